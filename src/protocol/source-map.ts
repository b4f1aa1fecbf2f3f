/**
 * The map from a sentence's view to the source: ranges back to the source, and the guards that keep protected text
 * untouched. It travels with a trace, so that what a person does with the output is written back without reading the
 * document a second time. All offsets are UTF-16 code units.
 */
import type { TextEdit } from './word-edits';

/** A run of view text that stands in the source as it is. Between two pieces lies markup that the view leaves out. */
export interface Piece {
  viewStart: number;
  sourceStart: number;
  length: number;
  /** Code span, URL, math, HTML, identifier: shown to the model, never edited. */
  protected: boolean;
}

/** A view and where its parts stand in the source. */
export interface SourceMap {
  /** What the model reads (emphasis and link markup left out, code spans kept in backticks). */
  text: string;
  pieces: Piece[];
  /** Characters that an edit must not bring in: they would end the string in which the text stands. */
  refused?: string;
}

/**
 * Source range of the view range [viewStart, viewEnd); undefined when it touches protected or synthetic text, or
 * markup that the view leaves out. An empty range is an insertion point: where markup lies between the two neighbours,
 * it is put outside of it ("**bold**|, then", not "**bold|**, then").
 */
export function viewToSource(
  sentence: SourceMap,
  viewStart: number,
  viewEnd: number,
): { start: number; end: number } | undefined {
  if (viewStart < 0 || viewEnd < viewStart || viewEnd > sentence.text.length) return undefined;
  if (viewStart === viewEnd) {
    const at = insertionPoint(sentence, viewStart);
    return at === undefined ? undefined : { start: at, end: at };
  }
  const piece = sentence.pieces[pieceIndex(sentence, viewStart)];
  if (piece === undefined || piece.protected || viewStart < piece.viewStart || viewEnd > piece.viewStart + piece.length)
    return undefined;
  const shift = piece.sourceStart - piece.viewStart;
  return { start: viewStart + shift, end: viewEnd + shift };
}

/** Index of the last piece that starts at or before `view`; -1 when there is none. */
function pieceIndex(sentence: SourceMap, view: number): number {
  let low = -1;
  let high = sentence.pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (sentence.pieces[middle]!.viewStart <= view) low = middle;
    else high = middle - 1;
  }
  return low;
}

function insertionPoint(sentence: SourceMap, view: number): number | undefined {
  const index = pieceIndex(sentence, view);
  const at = sentence.pieces[index];
  // Inside a piece.
  if (at !== undefined && at.viewStart < view && view < at.viewStart + at.length) {
    return at.protected ? undefined : at.sourceStart + view - at.viewStart;
  }
  const right = at !== undefined && at.viewStart === view ? at : undefined;
  const candidate = right === undefined ? at : sentence.pieces[index - 1];
  const left = candidate !== undefined && candidate.viewStart + candidate.length === view ? candidate : undefined;
  const leftEnd = left === undefined ? undefined : left.sourceStart + left.length;
  if (left !== undefined && right !== undefined) {
    if (leftEnd === right.sourceStart) return leftEnd;
    // Closing markup (text before it, a blank or a mark after it) is left behind; opening markup is kept ahead.
    const closing = !isBlank(sentence.text[view - 1]!) && !/[\p{L}\p{N}]/u.test(sentence.text[view]!);
    const first = closing ? right : left;
    const second = closing ? left : right;
    if (first.protected && second.protected) return closing ? right.sourceStart : leftEnd;
    const chosen = first.protected ? second : first;
    return chosen === right ? right.sourceStart : leftEnd;
  }
  if (left !== undefined && (!left.protected || view === sentence.text.length)) return leftEnd;
  if (right !== undefined && (!right.protected || view === 0)) return right.sourceStart;
  return undefined;
}

function isBlank(character: string): boolean {
  return character === ' ' || character === '\t' || character === '\u00a0';
}

/**
 * Whether the view range touches text that must not change: a protected piece, or a character that stands for
 * different source text. A line break shown as a space does not count: the word after it may still be corrected
 * (`editToSource` keeps the break itself).
 */
export function isProtected(sentence: SourceMap, viewStart: number, viewEnd: number): boolean {
  let covered = viewStart;
  for (let index = Math.max(0, pieceIndex(sentence, viewStart)); index < sentence.pieces.length; index += 1) {
    const piece: Piece = sentence.pieces[index]!;
    if (piece.viewStart >= viewEnd) break;
    const pieceEnd = piece.viewStart + piece.length;
    if (pieceEnd <= viewStart) continue;
    if (piece.protected) return true;
    if (piece.viewStart > covered && sentence.text.slice(covered, piece.viewStart).trim() !== '') return true;
    covered = pieceEnd;
  }
  return covered < viewEnd && sentence.text.slice(covered, viewEnd).trim() !== '';
}

/** Characters that could become markup; a replacement must not bring new ones in. */
const markup = /[`<>|[\]\\*_~#{}$^]/g;

/**
 * The edit "view range becomes `replacement`" as an edit of the source; undefined when it cannot be made without
 * touching protected text or markup. Tries, in this order: the range as it is; without blanks that both sides share;
 * the same deletion one blank later (" the" at the start of a line is deleted as "the "); without shared characters.
 */
export function editToSource(
  sentence: SourceMap,
  viewStart: number,
  viewEnd: number,
  replacement: string,
): TextEdit | undefined {
  const before = sentence.text.slice(viewStart, viewEnd);
  if (before === replacement) return undefined;
  const allowed: string[] = before.match(markup) ?? [];
  for (const mark of replacement.match(markup) ?? []) {
    const at = allowed.indexOf(mark);
    if (at < 0) return undefined;
    allowed.splice(at, 1);
  }
  if (/[\u0000-\u0008\u000a-\u001f\ufffd]/.test(replacement)) return undefined;
  if (Array.from(sentence.refused ?? '').some((character) => replacement.includes(character))) return undefined;
  for (const [start, end, text] of variants(sentence.text, viewStart, viewEnd, replacement)) {
    if (start < end && isProtected(sentence, start, end)) continue;
    const range = viewToSource(sentence, start, end);
    if (range === undefined || joinsProtected(sentence, start, end, text)) continue;
    return { start: range.start, end: range.end, text };
  }
  return undefined;
}

type Variant = [viewStart: number, viewEnd: number, text: string];

function variants(view: string, viewStart: number, viewEnd: number, replacement: string): Variant[] {
  const list: Variant[] = [];
  let start = viewStart;
  let end = viewEnd;
  let text = replacement;
  while (start < end && text !== '' && isBlank(view[start]!) && text[0] === view[start]) {
    start += 1;
    text = text.slice(1);
  }
  while (start < end && text !== '' && isBlank(view[end - 1]!) && text[text.length - 1] === view[end - 1]) {
    end -= 1;
    text = text.slice(0, -1);
  }
  list.push([start, end, text]);
  // Deleting " the" before " cat" and deleting "the " before "cat" are the same change.
  if (text === '' && isBlank(view.charAt(start)) && view[start] === view[end]) list.push([start + 1, end + 1, '']);
  if (text === '' && start > 0 && isBlank(view.charAt(end - 1)) && view[start - 1] === view[end - 1])
    list.push([start - 1, end - 1, '']);
  // Inserting " big" before " cat" and "big " before "cat" are the same change.
  if (start === end && text.length > 1 && isBlank(text[0]!) && view[start] === text[0])
    list.push([start + 1, end + 1, text.slice(1) + text[0]!]);
  if (
    start === end &&
    start > 0 &&
    text.length > 1 &&
    isBlank(text[text.length - 1]!) &&
    view[start - 1] === text[text.length - 1]
  ) {
    list.push([start - 1, end - 1, text[text.length - 1]! + text.slice(0, -1)]);
  }
  let narrowStart = start;
  let narrowEnd = end;
  while (narrowStart < narrowEnd && text !== '' && view[narrowStart] === text[0]) {
    narrowStart += 1;
    text = text.slice(1);
  }
  while (narrowStart < narrowEnd && text !== '' && view[narrowEnd - 1] === text[text.length - 1]) {
    narrowEnd -= 1;
    text = text.slice(0, -1);
  }
  if (/[\ud800-\udbff]$/.test(view.slice(0, narrowStart)) || /^[\udc00-\udfff]/.test(view.slice(narrowEnd)))
    return list;
  if (narrowStart !== start || narrowEnd !== end) list.push([narrowStart, narrowEnd, text]);
  return list;
}

/** Whether the new text would grow together with a protected name beside it ("file.ts" + "s"). */
function joinsProtected(sentence: SourceMap, viewStart: number, viewEnd: number, text: string): boolean {
  const isWord = (character: string): boolean => /[\p{L}\p{N}]/u.test(character);
  const removed = sentence.text.slice(viewStart, viewEnd);
  const left = viewStart > 0 && isProtected(sentence, viewStart - 1, viewStart);
  const right = viewEnd < sentence.text.length && isProtected(sentence, viewEnd, viewEnd + 1);
  if (text === '') return left && right;
  // Where a word stood beside the name before ("`npm`s"), another may.
  return (
    (left && isWord(text[0]!) && !isWord(removed.charAt(0))) ||
    (right && isWord(text[text.length - 1]!) && !isWord(removed.charAt(removed.length - 1)))
  );
}
