/**
 * What an edit of tokens writes into the text. ByteLevel tokens carry their white space; WordPiece tokens carry none,
 * so the text keeps its own wherever it can, and what is new gets it by rule (text/piece-spacing).
 */
import { findEdits } from '../../decode/edit/token-edits';
import { standsDirectlyBehind } from '../../text/piece-spacing';
import type { Tokenizer } from '../../text/tokenizer';
import type { OffsetEncoding, TextEdit } from '../../text/types';
import { leadingGap } from '../../text/word-piece';

/** Source tokens [start, end) become `ids`. */
export interface TokenReplacement {
  start: number;
  end: number;
  ids: readonly number[];
}

/**
 * @param view text that was encoded
 * @param edits in order, not overlapping; each reads what the ones before it wrote (a quotation mark opens or closes)
 * @returns one edit of `view` for each; an empty one where nothing changes; undefined where the new tokens stand for no
 * text: an unknown word, or a part of a character
 */
export function writtenEdits(
  view: string,
  encoding: OffsetEncoding,
  edits: readonly TokenReplacement[],
  tokenizer: Tokenizer,
): (TextEdit | undefined)[] {
  if (tokenizer.carriesSpace) return edits.map((edit) => withOwnSpace(view, encoding, edit, tokenizer));
  let before = ''; // the new text up to `reached`
  let reached = 0;
  return edits.map((edit) => {
    const parts = findEdits(encoding.ids.slice(edit.start, edit.end), edit.ids).map(({ start, end, ids }) => ({
      start: start + edit.start,
      end: end + edit.start,
      ids,
    }));
    if (parts.some(({ ids }) => ids.some((id) => tokenizer.pieceText(id) === '' || id === tokenizer.unknownId)))
      return undefined;
    const written = parts.map((part) => {
      const left = part.start === 0 ? 0 : encoding.ends[part.start - 1]!;
      const change = spaced(
        new Place(view, encoding, part, tokenizer, before + view.slice(reached, left)),
        part.ids,
        tokenizer,
      );
      before += view.slice(reached, change.start) + change.text;
      reached = change.end;
      return change;
    });
    const nowhere = encoding.starts[edit.start] ?? view.length;
    return written.length > 0
      ? written.reduce((left, right) => joinEdits(view, left, right))
      : { start: nowhere, end: nowhere, text: '' };
  });
}

/** The whole text that `ids` make of `view`: every token of the source that is still there keeps its bytes. */
export function writtenText(
  view: string,
  encoding: OffsetEncoding,
  ids: readonly number[],
  tokenizer: Tokenizer,
): string {
  if (tokenizer.carriesSpace) return tokenizer.decode(ids);
  const shown = ids.filter((id) => tokenizer.pieceText(id) !== '');
  const [edit] = writtenEdits(view, encoding, [{ start: 0, end: encoding.ids.length, ids: shown }], tokenizer);
  return edit ? view.slice(0, edit.start) + edit.text + view.slice(edit.end) : tokenizer.decode(ids);
}

function withOwnSpace(
  view: string,
  { starts, ends }: OffsetEncoding,
  { start, end, ids }: TokenReplacement,
  tokenizer: Tokenizer,
): TextEdit | undefined {
  const insertion = start === 0 ? (starts[0] ?? 0) : ends[start - 1]!;
  const [from, to] = start === end ? [insertion, insertion] : [starts[start]!, ends[end - 1]!];
  const text = tokenizer.decode([...ids]);
  return text.includes('\ufffd') && !view.slice(from, to).includes('\ufffd')
    ? undefined
    : { start: from, end: to, text };
}

/** Two edits in order as one, with the text between them. */
export function joinEdits(view: string, left: TextEdit, right: TextEdit): TextEdit {
  // Where the first one took the white space on its right away, the second one does not bring it back.
  const lost = Math.min(Math.max(0, left.end - right.start), leadingGap(right.text));
  return {
    start: left.start,
    end: Math.max(left.end, right.end),
    text: left.text + view.slice(left.end, right.start) + right.text.slice(lost),
  };
}

/** The white space and the tokens around a replacement. */
class Place {
  /** Range of the replaced tokens, with and without the white space before them. */
  readonly from: number;
  readonly word: number;
  readonly to: number;
  /** Start of the next token's word; the end of the text behind the last one. */
  readonly next: number;
  readonly leftGap: string;
  readonly rightGap: string;
  readonly replaced: string[];
  /** Text of the next token; undefined behind the last one. */
  readonly right: string | undefined;
  readonly rightContinues: boolean;
  /** The replaced tokens begin inside a word. */
  readonly continues: boolean;
  readonly isFirst: boolean;

  /** @param before new text up to the end of the token on the left */
  constructor(
    readonly view: string,
    encoding: OffsetEncoding,
    { start, end }: TokenReplacement,
    tokenizer: Tokenizer,
    readonly before: string,
  ) {
    const { ids, starts, ends } = encoding;
    const wordStart = (token: number): number => starts[token]! + leadingGap(view.slice(starts[token], ends[token]));
    const left = start === 0 ? 0 : ends[start - 1]!;
    this.isFirst = start === 0;
    this.from = left;
    this.word = start < end ? wordStart(start) : left;
    this.to = start < end ? ends[end - 1]! : left;
    this.next = end < ids.length ? wordStart(end) : view.length;
    this.leftGap = view.slice(left, this.word);
    this.rightGap = view.slice(this.to, this.next);
    this.replaced = Array.from({ length: end - start }, (_, at) => view.slice(wordStart(start + at), ends[start + at]));
    this.right = end < ids.length ? view.slice(this.next, ends[end]) : undefined;
    this.rightContinues = end < ids.length && tokenizer.continues(ids[end]!);
    this.continues = start < end && tokenizer.continues(ids[start]!);
  }
}

function spaced(place: Place, ids: readonly number[], tokenizer: Tokenizer): TextEdit {
  if (ids.length === 0) return deletion(place);
  return place.replaced.length === 0 ? insertion(place, ids, tokenizer) : replacement(place, ids, tokenizer);
}

/** A word would follow directly: behind an opening bracket, a hyphen inside a word. */
const opens = (text: string): boolean => text !== '' && standsDirectlyBehind(text, 'xx');
const isClosing = (text: string): boolean => standsDirectlyBehind('x', text);

function deletion({
  view,
  from,
  word,
  to,
  next,
  before,
  leftGap,
  rightGap,
  right,
  rightContinues,
  isFirst,
}: Place): TextEdit {
  if (right === undefined) return { start: from, end: to, text: '' };
  if (isFirst) return withCapital(view, { start: word, end: next, text: '' });
  if (rightContinues) return { start: from, end: next, text: '' };
  if (leftGap !== '' && rightGap !== '') return { start: from, end: to, text: '' };
  if (rightGap !== '') return { start: from, end: opens(before) ? next : to, text: '' };
  if (leftGap !== '') return { start: isClosing(right) ? from : word, end: to, text: '' };
  return { start: from, end: to, text: standsDirectlyBehind(before, right) ? '' : ' ' };
}

/** "So the list is empty" without its first word begins with a capital as before. */
function withCapital(view: string, edit: TextEdit): TextEdit {
  const next = /^\p{Ll}+(?![\p{L}\p{N}_])/u.exec(view.slice(edit.end))?.[0];
  if (next === undefined || !/^\p{Lu}/u.test(view.slice(edit.start))) return edit;
  return { start: edit.start, end: edit.end + 1, text: next[0]!.toUpperCase() };
}

function insertion(
  { from, next, before, rightGap, right, rightContinues, isFirst }: Place,
  ids: readonly number[],
  tokenizer: Tokenizer,
): TextEdit {
  const first = tokenizer.pieceText(ids[0]!);
  // "state-of" but "`name` - what it is": a hyphen joins words only.
  const isDash =
    joints.test(first) &&
    ids.length === 1 &&
    rightGap !== '' &&
    !(/[\p{L}\p{N}]$/u.test(before) && /^[\p{L}\p{N}]/u.test(right ?? ''));
  const gap = isFirst || tokenizer.continues(ids[0]!) ? '' : isDash || !standsDirectlyBehind(before, first) ? ' ' : '';
  const body = gap + written(before + gap, ids, tokenizer);
  const whole = before + body;
  if (right === undefined) return { start: from, end: from, text: body };
  if (isFirst) return { start: next, end: next, text: rightContinues || opens(body) ? body : `${body} ` };
  if (rightContinues) return { start: from, end: next, text: body };
  // "you re" with its apostrophe is "you're".
  const joins = opens(whole) || (/['’]$/.test(body) && standsDirectlyBehind(whole, right));
  if (rightGap !== '' && joins) return { start: from, end: next, text: gap === '' ? body : rightGap + body.slice(1) };
  if (rightGap !== '' || standsDirectlyBehind(whole, right)) return { start: from, end: from, text: body };
  return { start: from, end: from, text: `${body} ` };
}

function replacement(place: Place, ids: readonly number[], tokenizer: Tokenizer): TextEdit {
  const { from, to, next, before, leftGap, rightGap, right, rightContinues, replaced, continues, isFirst } = place;
  const first = tokenizer.pieceText(ids[0]!);
  const gap = ((): string => {
    if (tokenizer.continues(ids[0]!)) return '';
    if (isFirst || (!continues && kindOf(first) === kindOf(replaced[0]!))) return leftGap;
    // "domains, you" to "domains - you"
    if (joints.test(first) && ids.length === 1 && rightGap !== '' && kindOf(replaced[0]!) === 'closing')
      return leftGap || ' ';
    return standsDirectlyBehind(before, first) ? '' : leftGap || ' ';
  })();
  const body = gap + written(before + gap, ids, tokenizer);
  const edit = { start: from, end: to, text: body };
  if (rightContinues) return { ...edit, end: next };
  if (right === undefined || kindOf(tokenizer.pieceText(ids.at(-1)!)) === kindOf(replaced.at(-1)!)) return edit;
  if (rightGap !== '') return opens(before + body) ? { ...edit, end: next } : edit;
  return standsDirectlyBehind(before + body, right) ? edit : { ...edit, text: `${body} ` };
}

/** The pieces behind `before`, white space between them by rule, none before the first one. */
function written(before: string, ids: readonly number[], tokenizer: Tokenizer): string {
  let text = before;
  ids.forEach((id, index) => {
    const piece = tokenizer.pieceText(id);
    text += index === 0 || tokenizer.continues(id) || standsDirectlyBehind(text, piece) ? piece : ` ${piece}`;
  });
  return text.slice(before.length);
}

const joints = /^[-–—]$/;
type Kind = 'word' | 'closing' | 'opening' | 'joint' | 'other';

function kindOf(piece: string): Kind {
  if (/^[\p{L}\p{N}\p{M}]/u.test(piece)) return 'word';
  if (/^[-–/'’_]/.test(piece)) return 'joint';
  if (opens(piece)) return 'opening';
  return isClosing(piece) ? 'closing' : 'other';
}
