/** Comments of YAML: block scalars and quoted strings hold none, and in a plain one an apostrophe opens nothing. */
import { linesOf } from '../lines';
import type { SourceRange } from './lexical-rules';

/** What stands before a line's first key or value. */
const lead = /^ *(?:[-?] +)*/;
const blockScalar = /(?:^|[\s:])[|>][-+\d]{0,3}[ \t]*(?:#[^]*)?$/;
/** A string that begins where a value or a key may, or a comment. */
const tokens = /(?:^|[[{,?:-])[ \t]*(?:![^\s]{0,60}[ \t]+|&[^\s]{1,60}[ \t]+)?(["'])|(?:^|\s)(#)/g;

/** @returns sorted source ranges */
export function yamlComments(source: string): SourceRange[] {
  const found: SourceRange[] = [];
  const lines = linesOf(source);
  for (let at = 0; at < lines.length; at += 1) {
    const { start, end } = lines[at]!;
    const text = source.slice(start, end);
    const comment = commentStart(source, start, end);
    if (typeof comment === 'object') {
      // A string over several lines: go on behind it.
      while (at + 1 < lines.length && lines[at + 1]!.start < comment.stringEnd) at += 1;
      const last = lines[at]!;
      const rest = commentStart(source, Math.min(comment.stringEnd, last.end), last.end);
      if (typeof rest === 'number') found.push({ start: rest, end: last.end });
      continue;
    }
    if (comment !== undefined) found.push({ start: comment, end });
    const code = text.slice(0, (comment ?? end) - start);
    if (blockScalar.test(code)) at = scalarEnd(lines, at, code) - 1;
  }
  return found;
}

/** Where the comment of [start, end) begins, or where a string ends that goes on behind it; undefined for neither. */
function commentStart(source: string, start: number, end: number): number | { stringEnd: number } | undefined {
  const from = start + lead.exec(source.slice(start, end))![0].length;
  const text = source.slice(from, end);
  tokens.lastIndex = 0;
  for (let match = tokens.exec(text); match !== null; match = tokens.exec(text)) {
    const behind = from + match.index + match[0].length;
    if (match[2] !== undefined) return behind - 1;
    const string = match[1] === '"' ? /"|\\[^]/g : /''|'/g;
    string.lastIndex = behind;
    let closing = string.exec(source);
    while (closing !== null && closing[0] !== match[1]) closing = string.exec(source);
    // One that is never closed: nothing behind it is understood.
    const stringEnd = closing === null ? source.length : closing.index + 1;
    if (stringEnd > end) return { stringEnd };
    tokens.lastIndex = stringEnd - from;
  }
  return undefined;
}

/** The line behind the block scalar that the line at `at` opens. */
function scalarEnd(lines: ReturnType<typeof linesOf>, at: number, code: string): number {
  const marks = lead.exec(code)![0];
  // "- |" belongs to its dash, "- key: |" to its key.
  const parent = /^[|>]/.test(code.slice(marks.length)) ? Math.max(-1, marks.lastIndexOf('-')) : marks.length;
  let end = at + 1;
  while (end < lines.length && lines[end]!.blank) end += 1;
  const inside = lines[end]?.indent ?? 0;
  if (end >= lines.length || (inside <= parent && !(parent === 0 && marks === '' && /^[|>]/.test(code)))) return at + 1;
  while (end < lines.length && (lines[end]!.blank || lines[end]!.indent >= inside)) end += 1;
  return end;
}
