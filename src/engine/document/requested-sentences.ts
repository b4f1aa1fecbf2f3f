/** Which sentences of a text a request is about. */
import type { ProseResult, TextInput, UnreadPassage } from '../../protocol/requests';
import type { Place } from '../../english/judge/guards';
import { type PartProse, type PlacedPart, placedSentence, type Prose, unreadableReason } from '../../text/prose';
import { foreignIn } from '../../text/natural-language';
import type { Sentence } from '../../text/types';
import type { DocumentReader } from './document-parts';
import { InputError } from '../errors';
import type { Range } from '../../text/protect';

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

/** What of a text could not be read, and what is left alone. */
interface Passages {
  /** In order, without the white space around them. */
  unread: UnreadPassage[];
  /** Passages in another language than English, which are left alone; in order. */
  foreign: UnreadPassage[];
}

/** What a request is about, and what of it could not be read. */
export interface RequestedProse extends Passages {
  sentences: PlacedSentence[];
}

/** A part of a document with those of its sentences that a request is about. Offsets are in the part. */
export interface RequestedPart {
  part: PlacedPart;
  /**
   * With the same prose and an equal key a request is about the same sentences in the same places; undefined where it
   * is about a range.
   */
  key: string | undefined;
  sentences(): PlacedSentence[];
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
  const { parts, ...passages } = requestedParts(reader, input, ignoredSentences);
  const sentences = parts.flatMap(({ part, sentences: own }) => own().map((placed) => inDocument(placed, part)));
  return { ...passages, sentences };
}

export const inDocument = ({ sentence, place }: PlacedSentence, part: PlacedPart): PlacedSentence => ({
  sentence: placedSentence(sentence, part),
  place,
});

/** As `requestedProse`, part by part: who knows a part does not ask for its sentences. */
export function requestedParts(
  reader: DocumentReader,
  input: TextInput,
  ignoredSentences: readonly string[] = [],
): Passages & { parts: RequestedPart[] } {
  const reason = unreadableReason(input.text, input.format);
  if (reason !== undefined) throw new InputError(reason);
  const { text, range } = input;
  const prose = reader.readProse(text, input.format);
  const foreign = foreignIn(prose.parts.map((part) => part.prose.sentences));
  const ignored = new Set(ignoredSentences.map((sentence) => sentence.trim()));
  const cursor = range && range.start === range.end ? atCursor(prose.sentences, range.start) : undefined;
  const isWanted = ({ start, end }: Sentence, from: number): boolean => {
    if (cursor && !cursor.some((each) => each.start === start + from && each.end === end + from)) return false;
    if (range && !cursor && !(start + from < range.end && range.start < end + from)) return false;
    return ignored.size === 0 || !ignored.has(text.slice(start + from, end + from).trim());
  };
  const rest = JSON.stringify([foreign.mostly, ...ignored]);
  const passages: Range[] = [];
  const parts: RequestedPart[] = [];
  for (const [index, part] of prose.parts.entries()) {
    const before = prose.parts[index - 1]?.prose;
    const left = foreign(part.prose.sentences);
    for (const sentence of left)
      if (isWanted(sentence, part.start)) passages.push([sentence.start + part.start, sentence.end + part.start]);
    const goesOn = before !== undefined && isOpen(before);
    parts.push({
      part,
      key: range ? undefined : `${Number(goesOn)}${rest}`,
      sentences: () =>
        part.prose.sentences.flatMap((sentence, at) =>
          !left.has(sentence) && isWanted(sentence, part.start)
            ? [{ sentence, place: placeOf(part.prose.sentences, at, goesOn) }]
            : [],
        ),
    });
  }
  return {
    parts,
    foreign: passagesOf(text, passages),
    unread: passagesOf(text, prose.unread).filter((passage) => touches(passage, range)),
  };
}

/** The sentences that touch the range, in whatever language. @throws InputError as `readSentences` */
export function proseOf(reader: DocumentReader, input: TextInput): ProseResult {
  const reason = unreadableReason(input.text, input.format);
  if (reason !== undefined) throw new InputError(reason);
  const { parts } = reader.readProse(input.text, input.format);
  const foreign = foreignIn(parts.map(({ prose }) => prose.sentences));
  const { range } = input;
  const all = parts.flatMap((part) => {
    const left = foreign(part.prose.sentences);
    return part.prose.sentences.map((sentence) => ({
      isForeign: left.has(sentence),
      sentence: placedSentence(sentence, part),
    }));
  });
  const cursor =
    range && range.start === range.end
      ? atCursor(
          all.map(({ sentence }) => sentence),
          range.start,
        )
      : undefined;
  const wanted = all.filter(({ sentence }) =>
    cursor ? sentence === cursor[0] : !range || (sentence.start < range.end && range.start < sentence.end),
  );
  return {
    sentences: wanted.map(({ sentence: { start, end, text } }) => ({ startIndex: start, endIndex: end, text })),
    foreign: wanted.filter(({ isForeign }) => isForeign).length,
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

/** @param goesOn whether the text before the list is open */
function placeOf(sentences: readonly Sentence[], index: number, goesOn: boolean): Required<Place> {
  const [before, sentence, after] = [sentences[index - 1], sentences[index]!, sentences[index + 1]];
  const startsBlock = before?.blockIndex !== sentence.blockIndex;
  return {
    startsBlock,
    endsBlock: after?.blockIndex !== sentence.blockIndex,
    goesOn: startsBlock && (before === undefined ? goesOn : isOpenSentence(before)),
  };
}

/** A sentence of a paragraph without its end: "which stands for", and a formula below it. */
const isOpenSentence = ({ block, text }: Sentence): boolean =>
  block === 'paragraph' && !/[.!?…][\s"'”’»)\]*_]*$/u.test(text);

const open = new WeakMap<PartProse, boolean>();

function isOpen(prose: PartProse): boolean {
  let known = open.get(prose);
  if (known === undefined) open.set(prose, (known = isOpenSentence(prose.sentences.at(-1)!)));
  return known;
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
