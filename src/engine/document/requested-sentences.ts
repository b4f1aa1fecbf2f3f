/** Which sentences of a text a request is about. */
import type { TextInput } from '../../protocol/requests';
import { tooLargeReason } from '../../text/prose';
import type { Sentence } from '../../text/types';
import type { DocumentReader } from './document-parts';
import { InputError } from '../errors';

/**
 * The sentences of a text that touch its range, in order. An empty range is a cursor: the one sentence at it.
 * @throws InputError when the text is too long to be read as a whole
 */
export function readSentences(
  reader: DocumentReader,
  { text, format, range }: TextInput,
  ignoredSentences: readonly string[] = [],
): Sentence[] {
  const reason = tooLargeReason(text);
  if (reason !== undefined) throw new InputError(reason);
  let sentences = reader.read(text, format);
  if (range)
    sentences =
      range.start === range.end
        ? atCursor(sentences, range.start)
        : sentences.filter((sentence) => sentence.start < range.end && range.start < sentence.end);
  if (ignoredSentences.length === 0) return sentences;
  const ignored = new Set(ignoredSentences.map((sentence) => sentence.trim()));
  return sentences.filter((sentence) => !ignored.has(text.slice(sentence.start, sentence.end).trim()));
}

/** A cursor between two sentences belongs to the one that begins there. */
function atCursor(sentences: Sentence[], offset: number): Sentence[] {
  const at =
    sentences.find((sentence) => sentence.start <= offset && offset < sentence.end) ??
    sentences.find((sentence) => sentence.end === offset);
  return at ? [at] : [];
}

/** Text and protected ranges: all that the network's answer can depend on, besides model and options. */
export function layoutOf(sentence: Sentence): string {
  return sentence.pieces.map((piece) => `${piece.viewStart}+${piece.length}${piece.protected ? 'p' : ''}`).join(',');
}

/** View ranges of protected text, sorted. */
export function protectedRangesOf(sentence: Sentence): [number, number][] {
  return sentence.pieces
    .filter((piece) => piece.protected)
    .map(({ viewStart, length }) => [viewStart, viewStart + length]);
}

/** What is not protected, put together: only to ask whether there is anything to work on. */
export function editableText(sentence: Sentence): string {
  return sentence.pieces
    .filter((piece) => !piece.protected)
    .map(({ viewStart, length }) => sentence.text.slice(viewStart, viewStart + length))
    .join(' ');
}
