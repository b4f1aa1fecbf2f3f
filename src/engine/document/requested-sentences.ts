/** Which sentences of a text a request is about. */
import type { ProseResult, TextInput, UnreadPassage } from '../../protocol/requests';
import type { Place } from '../../english/judge/guards';
import { type Prose, unreadableReason } from '../../text/prose';
import { foreignSentences } from '../../text/natural-language';
import type { Sentence } from '../../text/types';
import type { DocumentReader } from './document-parts';
import { InputError } from '../errors';

/** A sentence and where it stands in the whole document, whatever part of it was asked for. */
export interface PlacedSentence {
  sentence: Sentence;
  place: Required<Place>;
}

/**
 * The sentences of a text that touch its range, in order. An empty range is a cursor: the one sentence at it.
 * @throws InputError when the text is too long to be read as a whole
 */
export function readSentences(reader: DocumentReader, input: TextInput): Sentence[] {
  return placedSentences(reader, input).map(({ sentence }) => sentence);
}

/** What a request is about, and what of it could not be read. */
export interface RequestedProse {
  sentences: PlacedSentence[];
  /** In order, without the white space around them. */
  unread: UnreadPassage[];
  /** Passages in another language than English, which are left alone; in order. */
  foreign: UnreadPassage[];
}

/** As `readSentences`, with their places; without those whose text is ignored. */
export function placedSentences(
  reader: DocumentReader,
  input: TextInput,
  ignoredSentences: readonly string[] = [],
): PlacedSentence[] {
  return requestedProse(reader, input, ignoredSentences).sentences;
}

/** As `placedSentences`, with the passages that were left unread. */
export function requestedProse(
  reader: DocumentReader,
  input: TextInput,
  ignoredSentences: readonly string[] = [],
): RequestedProse {
  const reason = unreadableReason(input.text, input.format);
  if (reason !== undefined) throw new InputError(reason);
  const { sentences, unread } = reader.readProse(input.text, input.format);
  const foreign = foreignSentences(sentences);
  const wanted = requested(sentences, input, ignoredSentences);
  return {
    sentences: wanted.filter(({ sentence }) => !foreign.has(sentence)),
    foreign: passagesOf(
      input.text,
      wanted.filter(({ sentence }) => foreign.has(sentence)).map(({ sentence: { start, end } }) => [start, end]),
    ),
    unread: passagesOf(input.text, unread).filter((passage) => touches(passage, input.range)),
  };
}

/** The sentences that touch the range, in whatever language. @throws InputError as `readSentences` */
export function proseOf(reader: DocumentReader, input: TextInput): ProseResult {
  const reason = unreadableReason(input.text, input.format);
  if (reason !== undefined) throw new InputError(reason);
  const all = reader.read(input.text, input.format);
  const foreign = foreignSentences(all);
  const wanted = requested(all, input, []).map(({ sentence }) => sentence);
  return {
    sentences: wanted.map(({ start, end, text }) => ({ startIndex: start, endIndex: end, text })),
    foreign: wanted.filter((sentence) => foreign.has(sentence)).length,
  };
}

/** Ranges without the white space around them; what only white space parts is one passage. */
function passagesOf(text: string, ranges: Prose['unread']): UnreadPassage[] {
  const passages: UnreadPassage[] = [];
  for (const [start, end] of ranges) {
    const range = text.slice(start, end);
    if (range.trim() === '') continue;
    const startIndex = start + range.length - range.trimStart().length;
    const endIndex = startIndex + range.trim().length;
    const last = passages.at(-1);
    if (last && text.slice(last.endIndex, startIndex).trim() === '') last.endIndex = endIndex;
    else passages.push({ startIndex, endIndex });
  }
  return passages;
}

function touches({ startIndex, endIndex }: UnreadPassage, range: TextInput['range']): boolean {
  return range === undefined || (startIndex <= range.end && range.start <= endIndex);
}

function requested(all: Sentence[], { text, range }: TextInput, ignoredSentences: readonly string[]): PlacedSentence[] {
  const ignored = new Set(ignoredSentences.map((sentence) => sentence.trim()));
  const cursor = range && range.start === range.end ? atCursor(all, range.start) : undefined;
  return all.flatMap((sentence, index) => {
    if (cursor ? sentence !== cursor[0] : range && !(sentence.start < range.end && range.start < sentence.end))
      return [];
    if (ignored.size > 0 && ignored.has(text.slice(sentence.start, sentence.end).trim())) return [];
    return [{ sentence, place: placeOf(all, index) }];
  });
}

function placeOf(sentences: readonly Sentence[], index: number): Required<Place> {
  const [before, sentence, after] = [sentences[index - 1], sentences[index]!, sentences[index + 1]];
  const startsBlock = before?.blockIndex !== sentence.blockIndex;
  return {
    startsBlock,
    endsBlock: after?.blockIndex !== sentence.blockIndex,
    goesOn: startsBlock && before?.block === 'paragraph' && !/[.!?…][\s"'”’»)\]*_]*$/u.test(before.text),
  };
}

/** A cursor between two sentences belongs to the one that begins there. */
function atCursor(sentences: Sentence[], offset: number): Sentence[] {
  const at =
    sentences.find((sentence) => sentence.start <= offset && offset < sentence.end) ??
    sentences.find((sentence) => sentence.end === offset);
  return at ? [at] : [];
}

/** Protected ranges and names: all that the answer can depend on, besides the text, model and options. */
export function layoutOf({ pieces, names = [] }: Sentence): string {
  const layout = pieces.map((piece) => `${piece.viewStart}+${piece.length}${piece.protected ? 'p' : ''}`);
  return [...layout, ...names.map(([start, end]) => `${start}-${end}n`)].join(',');
}

/** What is not protected, put together: only to ask whether there is anything to work on. */
export function editableText(sentence: Sentence): string {
  return sentence.pieces
    .filter((piece) => !piece.protected)
    .map(({ viewStart, length }) => sentence.text.slice(viewStart, viewStart + length))
    .join(' ');
}
