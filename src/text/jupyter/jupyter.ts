/** Prose of a notebook's file (.ipynb): its Markdown cells. All else of the JSON stays as it is, byte for byte. */
import type { Block } from '../block';
import type { Directive } from '../directives';
import { markdownBlocks } from '../markdown';
import { markdownParts } from '../markdown-parts';
import type { Range } from '../protect';
import { StringText } from '../string-text';
import { elements, members, readString, skipBlanks } from './json-strings';

/** Why the file is no notebook that can be read, for a person; undefined when it is one. */
export function notebookFault(source: string): string | undefined {
  let notebook: unknown;
  try {
    notebook = JSON.parse(withoutMark(source));
  } catch (error) {
    return `The notebook is not valid JSON (${(error as Error).message}), and it was left alone. Open it where it was made and save it again.`;
  }
  const isObject = typeof notebook === 'object' && notebook !== null && !Array.isArray(notebook);
  if (isObject && Array.isArray((notebook as { cells?: unknown }).cells)) return undefined;
  return 'The file is JSON without a list of cells, so it is no notebook of today’s format, and it was left alone. Save it again with a newer Jupyter.';
}

function withoutMark(source: string): string {
  return source.startsWith('\ufeff') ? source.slice(1) : source;
}

/** Nothing for what `notebookFault` refuses. */
export function jupyterBlocks(source: string): { blocks: Block[]; directives: Directive[]; unread: Range[] } {
  const blocks: Block[] = [];
  const directives: Directive[] = [];
  const unread: Range[] = [];
  if (notebookFault(source) !== undefined) return { blocks, directives, unread };
  const cells = members(source, skipBlanks(source, 0)).get('cells')!;
  for (const cell of elements(source, cells)) {
    const text = markdownOf(source, cell);
    if (text === undefined) continue;
    const { parts, labels, unread: hard } = markdownParts(text.text, 'markdown');
    for (const [start, end] of hard) unread.push(text.range(start, end));
    for (const part of parts) {
      const read = markdownBlocks(part, 'markdown', labels);
      for (const block of read.blocks) blocks.push(text.inSource(moved(block, part.start)));
      for (const directive of read.directives) {
        const [start, end] = text.range(directive.start + part.start, directive.end + part.start);
        directives.push({ ...directive, start, end });
      }
    }
  }
  return { blocks, directives, unread };
}

/** What a Markdown cell says: one string, or one for each line. */
function markdownOf(source: string, cell: number): StringText | undefined {
  const keys = members(source, cell);
  const kind = keys.get('cell_type');
  const written = keys.get('source');
  if (kind === undefined || written === undefined || !source.startsWith('"markdown"', kind)) return undefined;
  const text = new StringText(source, '"');
  for (const start of source[written] === '"' ? [written] : elements(source, written))
    if (source[start] === '"') readString(source, start, text);
  return text;
}

function moved(block: Block, by: number): Block {
  return {
    ...block,
    start: block.start + by,
    end: block.end + by,
    runs: block.runs.map((run) => ({ ...run, sourceStart: run.sourceStart + by, sourceEnd: run.sourceEnd + by })),
  };
}
