/**
 * Prose blocks of plain text: paragraphs end at blank lines; hard-wrapped lines are joined by one space in the view;
 * what stands between lines of three backticks or tildes is code.
 */
import type { Directive } from './directives';
import { type Block, BlockBuilder } from './block';

const bullet = /^[ \t]*(?:[-*+•‣–]|\(?\d{1,3}[.)]|\(?[a-z]\))[ \t]+/;
const directiveLine =
  /^[ \t]*(?:<!--[ \t]*|\/\/[ \t]*|#[ \t]*|%[ \t]*)?nar-(disable-next-line|disable-line|disable|enable)[ \t]*(?:-->[ \t]*)?$/;
const inlineDirective = /<!--[ \t]{0,20}nar-(disable-line)[ \t]{0,20}-->/;
/** Rules and underlines: no letter and no digit. */
const noWords = /^[^\p{L}\p{N}]*$/u;

const fence = /^[ \t]*(`{3,}|~{3,})/;

const prompt = /^[ \t]*(?:\$ (?!\d)\S|>>> \S|(?:PS )?[A-Z]:\\[^\r\n<>"|]{0,200}> ?\S)/;
/** Lines that a program reads or writes: "key = value", the target of a link's label, how a command is called. */
const programLine =
  /^[ \t]*(?:[\w.-]{1,60}[ \t]*=[ \t]*\S+$|\[[^\][]{1,80}\]:[ \t]+(?:<|[./]|[a-z][a-z0-9+.-]*:)\S*|usage:[ \t]+\S+[ \t]+(?:[[<]|-{1,2}[A-Za-z]|[A-Z_]{2}))/i;

/** Parts are at least this long (UTF-16 units). */
const shortestPart = 1500;

export interface PlainPart {
  start: number;
  text: string;
}

/** Cut after blank lines before a letter that is not small, outside of code. */
export function plainParts(source: string): PlainPart[] {
  const parts: PlainPart[] = [];
  let start = 0;
  let open: string | undefined;
  for (const match of source.matchAll(/[^\r\n]+/g)) {
    const mark = fence.exec(match[0])?.[1];
    if (mark !== undefined) open = open === undefined ? mark : mark.startsWith(open) ? undefined : open;
    if (open !== undefined || match.index - start < shortestPart || !/^(?!\p{Ll})\p{L}/u.test(match[0])) continue;
    if (!/(?:\r\n|\n|\r(?!\n))[ \t]*(?:\r\n|\n|\r)$/.test(source.slice(match.index - 4, match.index))) continue;
    parts.push({ start, text: source.slice(start, match.index) });
    start = match.index;
  }
  parts.push({ start, text: source.slice(start) });
  return parts;
}

/** @param most blocks that are read; what comes behind the last of them is not looked at */
export function plainBlocks(source: string, most = Infinity): { blocks: Block[]; directives: Directive[] } {
  const blocks: Block[] = [];
  const directives: Directive[] = [];
  const builder = new BlockBuilder(source);
  let open = false;
  let blockStart = 0;
  let previousEnd = 0; // end of the last line's content
  let kind: Block['kind'] = 'paragraph';
  let openFence: string | undefined;
  /** A line with a shell's prompt, and what is indented as it is. */
  let inSession = false;
  const close = (): void => {
    if (!open) return;
    open = false;
    const block = builder.finish(kind, blockStart, previousEnd);
    if (block !== undefined) blocks.push(block);
  };
  for (let lineStart = 0; lineStart < source.length && blocks.length < most; ) {
    const newline = nextLineEnd(source, lineStart);
    const nextLine =
      newline < source.length && source[newline] === '\r' && source[newline + 1] === '\n' ? newline + 2 : newline + 1;
    const line = source.slice(lineStart, newline);
    const directive = directiveLine.exec(line) ?? (line.includes('nar-') ? inlineDirective.exec(line) : null);
    if (directive !== null)
      directives.push({ name: directive[1] as Directive['name'], start: lineStart + directive.index, end: newline });
    const mark = fence.exec(line)?.[1];
    const isFence = mark !== undefined && (openFence === undefined || mark.startsWith(openFence));
    inSession = prompt.test(line) || (inSession && /^[ \t]+\S/.test(line));
    const isCode = openFence !== undefined || isFence || inSession || programLine.test(line);
    if (isFence) openFence = openFence === undefined ? mark : undefined;
    if (isCode || directiveLine.test(line) || noWords.test(line)) {
      close();
    } else {
      const bulletLength = bullet.exec(line)?.[0].length ?? 0;
      if (bulletLength > 0) close();
      let start = lineStart + bulletLength;
      while (start < newline && isSpace(source.charCodeAt(start))) start += 1;
      let end = newline;
      while (end > start && isSpace(source.charCodeAt(end - 1))) end -= 1;
      if (!open) {
        open = true;
        blockStart = start;
        kind = bulletLength > 0 ? 'list-item' : 'paragraph';
      } else builder.stand(' ', previousEnd, start);
      builder.copy(start, end, 'text');
      previousEnd = end;
    }
    lineStart = nextLine;
  }
  close();
  return { blocks, directives };
}

function nextLineEnd(source: string, from: number): number {
  let at = from;
  while (at < source.length) {
    const code = source.charCodeAt(at);
    if (code === 10 || code === 13) return at;
    at += 1;
  }
  return at;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === 11 || code === 12 || code === 0xfeff;
}
