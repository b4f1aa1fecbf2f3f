/**
 * How central each sentence of a document is: TextRank (Mihalcea and Tarau 2004) over tf-idf cosines of stemmed
 * content words, times a prior for position and for words of the title. A pure function of its input; the
 * summarizer mixes it with the model's salience head.
 */
import { contentStems } from './meaning';
import { cosine, textRank, tfIdf } from './textrank';

export interface KeySentenceInput {
  text: string;
  /** Which block of the document the sentence belongs to. */
  blockIndex: number;
  heading?: boolean;
}

export interface KeySentenceOptions {
  /** Title of the document; default: its first heading. */
  title?: string;
  /** Power iteration's damping, 0..1. */
  damping?: number;
  /** How much a sentence at the document's start gains over one at its end, factor. */
  positionPrior?: number;
  /** How much a sentence with all words of the title gains, factor. */
  titlePrior?: number;
}

/**
 * A score for each sentence, 0..1, the best 1; headings and sentences without content words get 0. O(n² · w) for at
 * most `maximumCompared` (textrank.ts) sentences.
 */
export function sentenceCentrality(sentences: readonly KeySentenceInput[], options: KeySentenceOptions = {}): number[] {
  // Headings are no statements; they get no score and no say.
  const rank = textRank(
    sentences.map(({ text, heading }) => (heading === true ? '' : text)),
    options.damping,
  );
  const title = options.title ?? sentences.find((sentence) => sentence.heading === true)?.text ?? '';
  const titleStems = new Set(contentStems(title));
  const scores = sentences.map((sentence, index) => {
    if (rank[index] === 0) return 0;
    const stems = contentStems(sentence.text);
    const positionFactor =
      1 + (options.positionPrior ?? 1) * Math.exp((-6 * index) / Math.max(1, sentences.length - 1));
    const shared =
      titleStems.size === 0 ? 0 : [...titleStems].filter((word) => stems.includes(word)).length / titleStems.size;
    // A very short sentence tells too little, a very long one too much for a summary.
    const lengthFactor = Math.min(1, stems.length / 5) * (stems.length > 40 ? 40 / stems.length : 1);
    return rank[index]! * positionFactor * (1 + (options.titlePrior ?? 1) * shared) * lengthFactor;
  });
  const best = scores.reduce((most, score) => Math.max(most, score), 0);
  return best > 0 ? scores.map((score) => score / best) : scores;
}

/**
 * Indices, in document order, of at most `count` sentences with the best scores that do not repeat each other
 * (maximal marginal relevance, Carbonell and Goldstein 1998): the gain of a sentence is its score minus `redundancy`
 * times its largest cosine with one already taken.
 */
export function pickKeySentences(
  sentences: readonly KeySentenceInput[],
  scores: readonly number[],
  count: number,
  redundancy = 0.7,
): number[] {
  const order = scores
    .map((_, index) => index)
    .filter((index) => scores[index]! > 0)
    .sort((left, right) => scores[right]! - scores[left]! || left - right)
    .slice(0, 60);
  const vectors = tfIdf(order.map((index) => contentStems(sentences[index]!.text)));
  const taken: number[] = []; // positions in `order`
  while (taken.length < count && taken.length < order.length) {
    let best = -1;
    let bestGain = -Infinity;
    order.forEach((index, position) => {
      if (taken.includes(position)) return;
      const similar = taken.reduce((most, other) => Math.max(most, cosine(vectors[position]!, vectors[other]!)), 0);
      const gain = scores[index]! - redundancy * similar;
      if (gain > bestGain) {
        best = position;
        bestGain = gain;
      }
    });
    if (best < 0) break;
    taken.push(best);
  }
  return taken.map((position) => order[position]!).sort((left, right) => left - right);
}
