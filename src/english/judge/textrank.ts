/**
 * TextRank (Mihalcea and Tarau 2004): sentences are the nodes of a graph, the cosines of their tf-idf vectors the
 * weights of its edges; the stationary distribution of a random walk with damping says how central each sentence is.
 */
import { contentStems } from './meaning';

/** Most sentences that are compared with each other: the time grows with the square of their number. */
export const maximumCompared = 600;

/**
 * Centrality of each text, 0..1, the best 1; texts without content words get 0, and so do those beyond an even sample
 * of `maximumCompared` (the first half of it are the document's first sentences).
 */
export function textRank(texts: readonly string[], damping = 0.85): number[] {
  const scores = texts.map(() => 0);
  const usable = texts
    .map((text, index) => ({ index, stems: contentStems(text) }))
    .filter(({ stems }) => stems.length > 0);
  const chosen = sample(usable, maximumCompared);
  if (chosen.length === 0) return scores;
  const rank = powerIteration(tfIdf(chosen.map(({ stems }) => stems)), damping);
  const best = rank.reduce((most, value) => Math.max(most, value), 0);
  chosen.forEach(({ index }, position) => {
    scores[index] = best > 0 ? rank[position]! / best : 0;
  });
  return scores;
}

function sample<Item>(items: Item[], most: number): Item[] {
  if (items.length <= most) return items;
  const first = Math.floor(most / 2);
  const step = (items.length - first) / (most - first);
  return [
    ...items.slice(0, first),
    ...Array.from({ length: most - first }, (_, index) => items[first + Math.floor(index * step)]!),
  ];
}

export type Vector = Map<string, number>;

/** Unit vectors: (1 + log tf) · log(1 + n / df). */
export function tfIdf(documents: readonly string[][]): Vector[] {
  const frequency = new Map<string, number>();
  for (const document of documents)
    for (const word of new Set(document)) frequency.set(word, (frequency.get(word) ?? 0) + 1);
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

export function cosine(left: Vector, right: Vector): number {
  const [small, large] = left.size < right.size ? [left, right] : [right, left];
  let sum = 0;
  for (const [word, weight] of small) sum += weight * (large.get(word) ?? 0);
  return sum;
}

/** Stationary distribution of the random walk along cosines; sentences without a neighbour keep the damping's share. */
export function powerIteration(vectors: Vector[], damping: number): Float64Array {
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
