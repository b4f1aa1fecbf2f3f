/** From a decoder's token edits to word-sized edits of the sentence's text, with one confidence each. */
import type { DecodeResult, TokenEdit } from '../../decode/decoder';
import type { SentenceEdit } from '../../english/sentence-edit';
import type { Tokenizer } from '../../text/tokenizer';
import type { OffsetEncoding } from '../../text/types';
import { wordEdits } from '../../protocol/word-edits';
import { joinEdits, writtenEdits, writtenText } from './written-edits';

/** An edit before it is judged. */
export type ViewEdit = Omit<SentenceEdit, 'type' | 'raw' | 'names' | 'settled' | 'style' | 'dialect'>;

const word = /[\p{L}\p{N}\p{M}]/u;

/** Letters, digits and marks; an apostrophe or hyphen counts between two of them. */
function isInWord(text: string, index: number): boolean {
  const character = text[index];
  if (character === undefined) return false;
  if (word.test(character) || /[\ud800-\udfff]/.test(character)) return true;
  return /['’-]/.test(character) && word.test(text[index - 1] ?? '') && word.test(text[index + 1] ?? '');
}

/**
 * @param view text that was encoded
 * @returns sorted, not overlapping (an insertion may touch a replacement), each different from the text that it
 * replaces; edits whose tokens stand for no text are left out
 */
export function viewEdits(
  view: string,
  encoding: OffsetEncoding,
  edits: readonly TokenEdit[],
  tokenizer: Tokenizer,
): ViewEdit[] {
  const ordered = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  const found: Entry[] = [];
  writtenEdits(view, encoding, ordered, tokenizer).forEach((written, index) => {
    if (!written) return;
    const { confidence, lexicon } = ordered[index]!;
    const raw = { ...written, confidence, lexicon };
    let entry: Entry = { raw, tidy: wholeWords(view, raw) };
    // Widened to whole words two edits may meet.
    for (let last = found[found.length - 1]; last && meet(last.tidy, entry.tidy); last = found[found.length - 1]) {
      found.pop();
      entry = settle(view, last, entry);
    }
    found.push(entry);
  });
  return found.map(({ tidy }) => tidy).filter(({ start, end, text }) => start !== end || text !== '');
}

/** What a decoder that writes the sentence anew changes, each change as sure as its tokens are on average. */
export function rewritingEdits(
  view: string,
  encoding: OffsetEncoding,
  { ids, score }: Pick<DecodeResult, 'ids' | 'score'>,
  tokenizer: Tokenizer,
): ViewEdit[] {
  const confidence = Math.exp(Math.min(0, score));
  return wordEdits(view, writtenText(view, encoding, ids, tokenizer)).map((edit) => ({
    ...edit,
    confidence,
    lexicon: false,
  }));
}

/** An edit with its whole words. */
interface Entry {
  raw: ViewEdit;
  tidy: ViewEdit;
}

/**
 * Of two edits that meet in one word the halves of one change are joined; beside a sure
 * edit a doubtful one is left out.
 */
function settle(view: string, left: Entry, right: Entry): Entry {
  const [weaker, surer] = left.raw.confidence < right.raw.confidence ? [left, right] : [right, left];
  if (weaker.raw.confidence < surer.raw.confidence / 2) return surer;
  const joined = join(view, left.raw, right.raw);
  return { raw: joined, tidy: wholeWords(view, joined) };
}

/** They overlap, or insert at the same place, where their order would be lost. */
function meet(left: ViewEdit, right: ViewEdit): boolean {
  return right.start < left.end || (right.start === left.end && right.start === right.end && left.start === left.end);
}

function join(view: string, left: ViewEdit, right: ViewEdit): ViewEdit {
  return {
    ...joinEdits(view, left, right),
    confidence: Math.min(left.confidence, right.confidence),
    lexicon: left.lexicon && right.lexicon,
  };
}

/**
 * Of a doubled word the network may want both copies gone, or the first one, which has the
 * capital; the first one stays.
 */
export function keepFirstCopy(view: string, edit: ViewEdit): ViewEdit {
  if (edit.text !== '') return edit;
  const removed = view.slice(edit.start, edit.end);
  const first = /^(\s*(\S+))\s+\2$/iu.exec(removed)?.[1];
  if (first !== undefined) return { ...edit, start: edit.start + first.length };
  const word = removed.trim();
  const start = edit.start + removed.indexOf(word);
  const second = /^\s+([\p{L}\p{M}\p{N}'’]+)/u.exec(view.slice(start + word.length));
  if (word === '' || second?.[1]!.toLowerCase() !== word.toLowerCase()) return edit;
  return { ...edit, start: start + word.length, end: start + word.length + second[0].length };
}

/**
 * Without what both sides share, then widened so that a person reads whole words: "te|h|" -> "the", not "h" -> "he".
 */
export function wholeWords(view: string, edit: ViewEdit): ViewEdit {
  let { start, end, text } = edit;
  while (start < end && text !== '' && view[start] === text[0]) {
    start++;
    text = text.slice(1);
  }
  while (start < end && text !== '' && view[end - 1] === text[text.length - 1]) {
    end--;
    text = text.slice(0, -1);
  }
  if (start === end && text === '') return { ...edit, start, end, text };
  // A surrogate pair or a letter with its marks must not be cut.
  while (
    start > 0 &&
    (/[\ud800-\udbff]/.test(view[start - 1]!) ||
      ((text !== '' || start < end) && /^[\p{M}\udc00-\udfff]/u.test(view.slice(start, end) || text)))
  ) {
    start--;
    text = view[start]! + text;
  }
  while (end < view.length && /^[\p{M}\udc00-\udfff\u200d]/u.test(view.slice(end, end + 1))) {
    text += view[end]!;
    end++;
  }
  const first = (): boolean =>
    (start < end ? isInWord(view, start) : false) ||
    word.test(text[0] ?? '') ||
    (start === end && text !== '' && /['’-]/.test(text[0]!));
  const lastIn = (): boolean =>
    (start < end ? isInWord(view, end - 1) : false) ||
    word.test(text[text.length - 1] ?? '') ||
    (start === end && text !== '' && /['’-]/.test(text[text.length - 1]!));
  // Inside a word ("a|lot"), or what joins two ("in| |to").
  const inside = isInWord(view, start - 1) && isInWord(view, end);
  if ((inside || first()) && isInWord(view, start - 1)) {
    while (start > 0 && isInWord(view, start - 1)) {
      start--;
      text = view[start]! + text;
    }
  }
  if ((inside || lastIn()) && isInWord(view, end)) {
    while (end < view.length && isInWord(view, end)) {
      text += view[end]!;
      end++;
    }
  }
  return { ...edit, start, end, text };
}

/** Of edits that overlap the surest stays. */
export function resolveOverlaps<Edit extends { start: number; end: number; confidence: number }>(
  edits: readonly Edit[],
): Edit[] {
  const chosen: Edit[] = [];
  for (const edit of [...edits].sort((a, b) => b.confidence - a.confidence || a.start - b.start)) {
    const clash = chosen.some(
      (other) =>
        (edit.start < other.end && other.start < edit.end) ||
        (edit.start === edit.end && other.start === other.end && edit.start === other.start),
    );
    if (!clash) chosen.push(edit);
  }
  return chosen.sort((a, b) => a.start - b.start || a.end - b.end);
}
