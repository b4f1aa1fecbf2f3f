/** From a document to the sentences that the model works on, each tied to the source it came from. */
import type { TextFormat } from '../protocol/requests';
import { disabledRanges } from './directives';
import { markdownBlocks } from './markdown';
import { plainBlocks } from './plain';
import { protectedRanges } from './protect';
import { sentenceRanges } from './sentence-ends';
import type { Piece, Sentence } from './types';
import { cutSentences, maskProtected, protect } from './block';

/** Longest document that is read, in UTF-16 units. */
export const maximumSourceLength = 2_000_000;

/** Why the document is too large to be worked on, for a person; undefined when it is not. */
export function tooLargeReason(source: string): string | undefined {
  if (source.length <= maximumSourceLength) return undefined;
  return `The document has ${(source.length / 1e6).toFixed(1)} million characters; at most ${maximumSourceLength / 1e6} million are read. Select a part of it instead.`;
}

/**
 * All prose sentences of `source` in order (docs: types.ts). Every piece maps view text to the same source text;
 * view text outside all pieces stands for different source text (line break, character reference) and cannot be edited.
 * Never throws; a document over `maximumSourceLength` gives none (see `tooLargeReason`).
 */
export function proseSentences(source: string, format: TextFormat): Sentence[] {
  if (source.length > maximumSourceLength) return [];
  const { blocks, directives } = format === 'markdown' ? markdownBlocks(source) : plainBlocks(source);
  const disabled = disabledRanges(source, directives);
  const sentences: Sentence[] = [];
  let blockIndex = 0;
  for (const block of blocks) {
    const marked = protect(block, protectedRanges(maskProtected(block, ' '), format === 'plain'));
    const before = sentences.length;
    for (const sentence of cutSentences(marked, sentenceRanges(maskProtected(marked, 'X')), blockIndex)) {
      // Where nothing may be edited (a table cell with code alone), there is nothing to work on.
      if (sentence.pieces.every((piece) => piece.protected || !hasLetter(sentence.text, piece))) continue;
      if (!disabled.some(([start, end]) => sentence.start < end && start < sentence.end)) sentences.push(sentence);
    }
    if (sentences.length > before) blockIndex += 1;
  }
  return sentences;
}

function hasLetter(text: string, piece: Piece): boolean {
  return /\p{L}/u.test(text.slice(piece.viewStart, piece.viewStart + piece.length));
}
