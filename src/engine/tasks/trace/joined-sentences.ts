/** A trace is of one passage: the sentences of a text joined, and where each of them stands in it. */
import type { TracedSentence } from '../../../protocol/trace';
import type { Sentence } from '../../../text/types';

/** Several sentences as one view, a blank between them; the blank is no source text, so no edit reaches it. */
export function joinSentences(sentences: readonly Sentence[]): Sentence | undefined {
  const [first] = sentences;
  if (!first) return undefined;
  const joined: Sentence = { ...first, pieces: [], text: '' };
  for (const sentence of sentences) {
    if (joined.text !== '') joined.text += ' ';
    const shift = joined.text.length;
    joined.pieces.push(...sentence.pieces.map((piece) => ({ ...piece, viewStart: piece.viewStart + shift })));
    joined.text += sentence.text;
    joined.end = sentence.end;
  }
  return joined;
}

/** Where each sentence stands in the joined view, and its map to the source. */
export function tracedSentences(sentences: readonly Sentence[]): TracedSentence[] {
  let start = 0;
  return sentences.map(({ text, pieces, refused }) => {
    const traced = { start, length: text.length, pieces, ...(refused === undefined ? {} : { refused }) };
    start += text.length + 1;
    return traced;
  });
}
