/** Pure: where a summary goes into a document, and with which blank lines. Offsets are UTF-16 units. */
import type { TextFormat } from '../../protocol/requests';
import type { OffsetEdit } from '../shell/checked-edits';

/** What quotes and indents a line, before its words. */
const linePrefix = /^[ \t]*(?:>[ \t]?)*/;
const atxHeading = /^#{1,6}(?:[ \t]|$)/;
const setextUnderline = /^ {0,3}(?:=+|-+)[ \t]*$/;
const htmlHeading = /^<h([1-6])[\s>]/i;

export interface Place {
  /** Where the summarized text begins. */
  start: number;
  /** Where the text behind the front matter begins: a summary never goes before it. */
  bodyStart: number;
  format: TextFormat;
  /** Line break of the document. */
  eol: string;
}

/**
 * The summary as a paragraph of its own above the summarized text, but under the heading with which that begins; with a
 * blank line on each side.
 */
export function insertAboveEdit(text: string, summary: string, { start, bodyStart, format, eol }: Place): OffsetEdit {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const mark = text.startsWith('\ufeff') ? 1 : 0;
  const first = firstWrittenLine(text, Math.max(lineStart, bodyStart, mark));
  const place = format === 'markdown' ? (headingEnd(text, first) ?? first) : first;
  const prefix = linePrefix.exec(lineAt(text, first))![0];
  const lines = summary
    .trim()
    .split(/\r?\n/)
    .map((line) => prefix + line)
    .join(eol);
  const blank = prefix.trimEnd() + eol;
  const before =
    place === mark ? '' : text[place - 1] === '\n' ? (isBlank(lineBefore(text, place)) ? '' : blank) : eol + blank;
  if (place === text.length)
    return { start: place, end: place, text: before + lines + (before.startsWith(eol + blank) ? '' : eol) };
  return { start: place, end: place, text: before + lines + eol + (isBlank(lineAt(text, place)) ? '' : blank) };
}

function lineAt(text: string, start: number): string {
  const end = text.indexOf('\n', start);
  return text.slice(start, end < 0 ? text.length : end).replace(/\r$/, '');
}

function nextLine(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end + 1;
}

function lineBefore(text: string, start: number): string {
  return lineAt(text, text.lastIndexOf('\n', start - 2) + 1);
}

/** Nothing, or nothing but the marks of a quote. */
function isBlank(line: string): boolean {
  return line.replace(linePrefix, '') === '';
}

/** The first line from `start` on with words in it; `start` when there is none. */
function firstWrittenLine(text: string, start: number): number {
  for (let line = start; line < text.length; line = nextLine(text, line)) if (!isBlank(lineAt(text, line))) return line;
  return start;
}

/** Where the line behind a Markdown heading begins; undefined when no heading begins at `start`. */
function headingEnd(text: string, start: number): number | undefined {
  const line = lineAt(text, start).replace(linePrefix, '');
  if (atxHeading.test(line)) return nextLine(text, start);
  const html = htmlHeading.exec(line);
  for (let at = start; at < text.length; at = nextLine(text, at)) {
    const present = lineAt(text, at).replace(linePrefix, '');
    if (present === '') return undefined;
    if (html ? present.toLowerCase().includes(`</h${html[1]}>`) : at > start && setextUnderline.test(present))
      return nextLine(text, at);
  }
  return undefined;
}
