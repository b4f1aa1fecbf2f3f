/**
 * Which words do not go together where a synonym would be put: "remove a limit" is said and "delete a limit" is not.
 * For each pair of the table of synonyms and each word beside it the training prose was counted
 * (training/collocations.mjs); what was found far more seldom than the word's own frequency lets expect is refused.
 *
 *   expected(w', n) = count(w, n) · min(1, count(w') / count(w));   (w -> w', n) is refused when
 *   expected ≥ `fewestExpected` and count(w', n) < `leastShare` · expected
 *
 * The refused ones are kept as a Bloom filter (Bloom 1970): of what it does not hold it refuses about one in a hundred.
 */
import { stem } from '../judge/stem';

/** A word beside a place: what stands there, and on which side. */
export interface Neighbour {
  side: 'left' | 'right';
  /** Stem. */
  word: string;
}

/** Between a word and its neighbour these are passed over. */
const passed = new Set(
  `a an the this that these those my your our its their his her some any all each every both no such other another same
  new own is are was were be been being am will would can could may might must should has have had do does did not
  also only just one two three four five six many several few more most`.split(/\s+/),
);
/** They may be a neighbour themselves, and behind them the next word is one too. */
const linking = new Set(
  'of in on at to for from with by into onto as about over under through after before if when and or than it them you we they'.split(
    ' ',
  ),
);
const reach = 4;
/** Characters that hold so many words. */
const span = 80;

/** The neighbours of the place [start, end) of `view`: on each side the next word, and the next one of matter. */
export function neighboursOf(view: string, start: number, end: number): Neighbour[] {
  const left = view
    .slice(Math.max(0, start - span), start)
    .split(' ')
    .reverse();
  const right = view.slice(end, end + span).split(' ');
  // What stands close to the place is no word of its own.
  if (left.shift() !== '') left.length = 0;
  if (right.shift() !== '') right.length = 0;
  return [...found('left', left), ...found('right', right)];
}

function found(side: Neighbour['side'], words: readonly string[]): Neighbour[] {
  const neighbours: Neighbour[] = [];
  for (const part of words.slice(0, reach)) {
    // A mark, a number or code ends what belongs together; a word may stand before one.
    const [word] = (side === 'left' ? /[\p{L}'’-]{1,40}$/u : /^[\p{L}'’-]{1,40}/u).exec(part) ?? [];
    if (word === undefined) break;
    const lower = word.toLowerCase();
    const isLast = word.length < part.length;
    if (passed.has(lower) && isLast) break;
    if (passed.has(lower)) continue;
    neighbours.push({ side, word: stem(lower) });
    if (isLast || !linking.has(lower) || neighbours.length > 1) break;
  }
  return neighbours;
}

const hashes = 7;

export class Collocations {
  private readonly bits: Uint8Array;

  /** @param text base64 of the filter's bytes; '' refuses nothing */
  constructor(text: string) {
    this.bits = Uint8Array.from(Buffer.from(text, 'base64'));
  }

  /** The filter of these keys, as `new Collocations` takes it. */
  static write(keys: readonly string[]): string {
    const bits = new Uint8Array(Math.ceil((keys.length * 10) / 8));
    for (const key of keys) for (const bit of bitsOf(key, bits.length * 8)) bits[bit >> 3]! |= 1 << (bit & 7);
    return Buffer.from(bits).toString('base64');
  }

  /** Whether `to` goes ill with a word beside the place where `from` stands; both in small letters. */
  refuse(from: string, to: string, neighbours: readonly Neighbour[]): boolean {
    if (this.bits.length === 0) return false;
    return neighbours.some((neighbour) =>
      bitsOf(keyOf(from, to, neighbour), this.bits.length * 8).every((bit) => this.bits[bit >> 3]! & (1 << (bit & 7))),
    );
  }
}

export const keyOf = (from: string, to: string, { side, word }: Neighbour): string => `${from}|${to}|${side}|${word}`;

/** Double hashing (Kirsch 2006) of two FNV-1a sums. */
function bitsOf(key: string, size: number): number[] {
  const [first, second] = [fnv(key, 0x811c9dc5), fnv(key, 0x9747b28c) | 1];
  return Array.from({ length: hashes }, (_, index) => (first + index * second) % size);
}

function fnv(key: string, seed: number): number {
  let hash = seed;
  for (let index = 0; index < key.length; index++) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193) >>> 0;
  return hash;
}
