/**
 * How central each sentence of a document is: TextRank (Mihalcea and Tarau 2004) over tf-idf cosines of stemmed
 * content words, times a prior for position and for words of the title. A pure function of its input; the
 * summarizer mixes it with the model's salience head.
 */
import { contentStems } from './meaning';

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

/** Most sentences that are compared with each other; of a longer document the first ones and an even sample of the rest. */
export const maximumCompared = 600;

/** A score for each sentence, 0..1, the best 1; headings and sentences without content words get 0. O(n² · w) for at most `maximumCompared` sentences. */
export function sentenceCentrality(sentences: readonly KeySentenceInput[], options: KeySentenceOptions = {}): number[] {
  const scores = sentences.map(() => 0);
  const usable: { index: number; stems: string[] }[] = [];
  sentences.forEach((sentence, index) => {
    if (sentence.heading === true) return;
    const stems = contentStems(sentence.text);
    if (stems.length > 0) usable.push({ index, stems });
  });
  if (usable.length === 0) return scores;
  const chosen = sample(usable, maximumCompared);
  const vectors = tfIdf(chosen.map(({ stems }) => stems));
  const rank = powerIteration(vectors, options.damping ?? 0.85);
  const title = options.title ?? sentences.find((sentence) => sentence.heading === true)?.text ?? '';
  const titleStems = new Set(contentStems(title));
  chosen.forEach(({ index, stems }, position) => {
    const place = chosen.length === 1 ? 0 : position / (chosen.length - 1);
    const positionFactor = 1 + (options.positionPrior ?? 1) * Math.exp(-6 * place);
    const shared = titleStems.size === 0 ? 0 : [...titleStems].filter((word) => stems.includes(word)).length / titleStems.size;
    // A very short sentence tells too little, a very long one too much for a summary.
    const lengthFactor = Math.min(1, stems.length / 5) * (stems.length > 40 ? 40 / stems.length : 1);
    scores[index] = rank[position]! * positionFactor * (1 + (options.titlePrior ?? 1) * shared) * lengthFactor;
  });
  const best = Math.max(...scores);
  return best > 0 ? scores.map((score) => score / best) : scores;
}

/**
 * Indices, in document order, of at most `count` sentences with the best scores that do not repeat each other
 * (maximal marginal relevance, Carbonell and Goldstein 1998): the gain of a sentence is its score minus `redundancy`
 * times its largest cosine with one already taken.
 */
export function pickKeySentences(sentences: readonly KeySentenceInput[], scores: readonly number[], count: number, redundancy = 0.7): number[] {
  const order = scores.map((_, index) => index).filter((index) => scores[index]! > 0).sort((left, right) => scores[right]! - scores[left]! || left - right).slice(0, 60);
  const vectors = tfIdf(order.map((index) => contentStems(sentences[index]!.text)));
  const taken: number[] = []; // positions in `order`
  while (taken.length < count && taken.length < order.length) {
    let best = -1;
    let bestGain = -Infinity;
    order.forEach((index, position) => {
      if (taken.includes(position)) return;
      const similar = taken.reduce((most, other) => Math.max(most, cosine(vectors[position]!, vectors[other]!)), 0);
      const gain = scores[index]! - redundancy * similar;
      if (gain > bestGain) { best = position; bestGain = gain; }
    });
    if (best < 0) break;
    taken.push(best);
  }
  return taken.map((position) => order[position]!).sort((left, right) => left - right);
}

function sample<Item>(items: Item[], most: number): Item[] {
  if (items.length <= most) return items;
  const head = Math.floor(most / 2);
  const step = (items.length - head) / (most - head);
  return [...items.slice(0, head), ...Array.from({ length: most - head }, (_, index) => items[head + Math.floor(index * step)]!)];
}

type Vector = Map<string, number>;

/** Unit vectors: (1 + log tf) · log(1 + n / df). */
function tfIdf(documents: readonly string[][]): Vector[] {
  const frequency = new Map<string, number>();
  for (const document of documents) for (const word of new Set(document)) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  return documents.map((document) => {
    const counts = new Map<string, number>();
    for (const word of document) counts.set(word, (counts.get(word) ?? 0) + 1);
    let norm = 0;
    const vector: Vector = new Map();
    for (const [word, count] of counts) {
      const weight = (1 + Math.log(count)) * Math.log(1 + documents.length / frequency.get(word)!);
      vector.set(word, weight);
      norm += weight * weight;
    }
    for (const [word, weight] of vector) vector.set(word, weight / Math.sqrt(norm));
    return vector;
  });
}

function cosine(left: Vector, right: Vector): number {
  const [small, large] = left.size < right.size ? [left, right] : [right, left];
  let sum = 0;
  for (const [word, weight] of small) sum += weight * (large.get(word) ?? 0);
  return sum;
}

/** Stationary distribution of the random walk along cosines; sentences without a neighbour keep the damping's share. */
function powerIteration(vectors: Vector[], damping: number): Float64Array {
  const size = vectors.length;
  const weights = new Float64Array(size * size); // [size, size], rows sum to 1 or 0
  for (let row = 0; row < size; row += 1) {
    for (let column = row + 1; column < size; column += 1) {
      const value = cosine(vectors[row]!, vectors[column]!);
      weights[row * size + column] = value;
      weights[column * size + row] = value;
    }
  }
  for (let row = 0; row < size; row += 1) {
    let sum = 0;
    for (let column = 0; column < size; column += 1) sum += weights[row * size + column]!;
    if (sum > 0) for (let column = 0; column < size; column += 1) weights[row * size + column]! /= sum;
  }
  let rank = new Float64Array(size).fill(1 / size);
  for (let iteration = 0; iteration < 50; iteration += 1) {
    const next = new Float64Array(size).fill((1 - damping) / size);
    for (let row = 0; row < size; row += 1) {
      const share = damping * rank[row]!;
      for (let column = 0; column < size; column += 1) next[column]! += share * weights[row * size + column]!;
    }
    let change = 0;
    for (let index = 0; index < size; index += 1) change += Math.abs(next[index]! - rank[index]!);
    rank = next;
    if (change < 1e-6) break;
  }
  return rank;
}
