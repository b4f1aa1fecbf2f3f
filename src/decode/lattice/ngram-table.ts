/**
 * Packed counts of token 1- to 3-grams, and their stupid back-off score (Brants 2007, Eq. 5):
 *
 *   S(w | u v) = c(u v w) / c(u v), else 0.4 · c(v w) / c(v), else 0.16 · c(w) / N
 *
 * File ngrams.bin (docs/model-format.md), little-endian, 7 bytes a bigram and 3 a trigram. Counts are stored as
 * 1 + round(8 log2 n), so they are right within 5 %. Reading makes views of the bytes and
 * nothing else: it takes no time.
 */
const magic = 'NARNGRM\0';
const headerBytes = 24;
const backOff = 0.4;

export interface NgramTable {
  vocabulary: number;
  /** Count of one to three tokens; 0 where they are not attested (or were pruned). */
  count(tokens: readonly number[]): number;
  /** Natural logarithm of S(next | the last two tokens of `before`). */
  logScore(before: readonly number[], next: number): number;
}

/** @throws RangeError when the bytes are no such table, or one of another vocabulary */
export function readNgramTable(bytes: Uint8Array, vocabulary: number): NgramTable {
  const name = bytes.length < headerBytes ? '' : String.fromCharCode(...bytes.subarray(0, magic.length));
  if (name !== magic) throw new RangeError('it is no n-gram table ("NARNGRM" is missing at its beginning)');
  const { buffer } = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  let offset = bytes.byteOffset % 4 === 0 ? bytes.byteOffset : 0;
  const [found, bigrams, trigrams] = new Uint32Array(buffer, offset + magic.length, 3) as unknown as [
    number,
    number,
    number,
  ];
  if (found !== vocabulary) throw new RangeError(`it has ${found} tokens, the model has ${vocabulary}`);
  const expected =
    headerBytes + 4 * (found + 1) + 4 * (bigrams + 1) + 2 * bigrams + 2 * trigrams + found + bigrams + trigrams;
  if (bytes.length !== expected) throw new RangeError(`it has ${bytes.length} of ${expected} bytes`);
  offset += headerBytes;
  const view = <Values>(
    kind: new (buffer: ArrayBufferLike, offset: number, length: number) => Values,
    size: number,
    length: number,
  ): Values => {
    const values = new kind(buffer, offset, length);
    offset += size * length;
    return values;
  };
  const bigramStart = view(Uint32Array, 4, found + 1); // bigrams of token a: bigramStart[a] … bigramStart[a + 1]
  const trigramStart = view(Uint32Array, 4, bigrams + 1);
  const second = view(Uint16Array, 2, bigrams); // sorted within each first token
  const third = view(Uint16Array, 2, trigrams);
  const counts = [view(Uint8Array, 1, found), view(Uint8Array, 1, bigrams), view(Uint8Array, 1, trigrams)] as const;
  const countOf = (order: 0 | 1 | 2, at: number): number =>
    at < 0 || counts[order][at] === 0 ? 0 : 2 ** ((counts[order][at]! - 1) / 8);
  const bigram = (left: number, right: number): number =>
    search(second, bigramStart[left]!, bigramStart[left + 1]!, right);
  const trigram = (at: number, next: number): number =>
    at < 0 ? -1 : search(third, trigramStart[at]!, trigramStart[at + 1]!, next);
  let total = 0;
  for (let id = 0; id < found; id++) total += countOf(0, id);
  return {
    vocabulary,
    count(tokens) {
      const [first, middle, last] = tokens as [number, number?, number?];
      if (middle === undefined) return countOf(0, first);
      const at = bigram(first, middle);
      return last === undefined ? countOf(1, at) : countOf(2, trigram(at, last));
    },
    logScore(before, next) {
      const [far, near] = [before.at(-2), before.at(-1)];
      let penalty = 0;
      if (far !== undefined && near !== undefined) {
        const at = bigram(far, near);
        const count = countOf(2, trigram(at, next));
        if (count > 0) return Math.log(count / countOf(1, at));
        penalty += Math.log(backOff);
      }
      if (near !== undefined) {
        const count = countOf(1, bigram(near, next));
        if (count > 0) return penalty + Math.log(count / countOf(0, near));
        penalty += Math.log(backOff);
      }
      return penalty + Math.log(Math.max(countOf(0, next), 0.5) / Math.max(total, 1)); // a token never seen counts half
    },
  };
}

function search(values: Uint16Array, low: number, end: number, wanted: number): number {
  let high = end;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low < end && values[low] === wanted ? low : -1;
}
