/** The small parts: caches, words, softmax, repetition, budget. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passBudget } from '../../../src/decode/budget';
import { GrowingCache, concatCaches, emptyCache, repeatCache, scatterPositions } from '../../../src/decode/cache';
import { collapseRepeats } from '../../../src/decode/collapse-repeats';
import type { Cache } from '../../../src/decode/network';
import { repetitionRatio } from '../../../src/decode/repetition';
import { scaledProbability, softmax } from '../../../src/decode/softmax';
import { splitWords } from '../../../src/decode/token-words';
import { ByteLevelTokenizer } from '../../../src/text/byte-level';
import { graph } from './fake-network';

const shape = { ...graph, layers: 2, heads: 3, headSize: 2 };

/** Every value says where it stands. */
function numbered(batch: number, length: number, start = 0): Cache {
  const cache = emptyCache(shape, batch, length);
  for (let index = 0; index < cache.keys.length; index++) {
    cache.keys[index] = start + index;
    cache.values[index] = -start - index;
  }
  return cache;
}

function at(cache: Cache, layer: number, row: number, head: number, position: number, feature: number): number {
  return cache.keys[
    (((layer * cache.batch + row) * shape.heads + head) * cache.length + position) * shape.headSize + feature
  ]!;
}

function everywhere(
  cache: Cache,
  check: (layer: number, row: number, head: number, position: number, feature: number) => void,
): void {
  for (let layer = 0; layer < shape.layers; layer++)
    for (let row = 0; row < cache.batch; row++)
      for (let head = 0; head < shape.heads; head++) {
        for (let position = 0; position < cache.length; position++)
          for (let feature = 0; feature < shape.headSize; feature++) check(layer, row, head, position, feature);
      }
}

/** Positions [start, end). */
function slice(cache: Cache, start: number, end: number): Cache {
  const result = emptyCache(shape, cache.batch, end - start);
  everywhere(result, (layer, row, head, position, feature) => {
    const index =
      (((layer * cache.batch + row) * shape.heads + head) * (end - start) + position) * shape.headSize + feature;
    result.keys[index] = at(cache, layer, row, head, start + position, feature);
    result.values[index] = -result.keys[index]!;
  });
  return result;
}

describe('caches', () => {
  it('join and repeat as the definition says', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }), fc.nat(4), fc.nat(4), (batch, left, right) => {
        const first = numbered(batch, left);
        const second = numbered(batch, right, 1000);
        const joined = concatCaches(shape, first, second);
        everywhere(joined, (layer, row, head, position, feature) => {
          const expected =
            position < left
              ? at(first, layer, row, head, position, feature)
              : at(second, layer, row, head, position - left, feature);
          expect(at(joined, layer, row, head, position, feature)).toBe(expected);
        });
        expect(slice(joined, left, left + right)).toEqual(second);
        const repeated = repeatCache(shape, numbered(1, left), batch);
        everywhere(repeated, (layer, row, head, position, feature) => {
          expect(at(repeated, layer, row, head, position, feature)).toBe(
            at(numbered(1, left), layer, 0, head, position, feature),
          );
        });
      }),
    );
    expect(() => concatCaches(shape, numbered(1, 1), numbered(2, 1))).toThrow(RangeError);
    expect(() => repeatCache(shape, numbered(2, 1), 3)).toThrow(RangeError);
  });

  it('overwrite single positions of every row, and nothing else', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 5 }), fc.nat(), (batch, length, seed) => {
        const positions = Array.from({ length: batch }, (_, row) =>
          Array.from({ length }, (_, index) => index).filter((index) => ((seed >> (row * 5 + index)) & 1) === 1),
        );
        const from = numbered(batch, Math.max(1, ...positions.map((list) => list.length)), 1000);
        const before = numbered(batch, length);
        const to = numbered(batch, length);
        scatterPositions(shape, from, to, positions);
        everywhere(to, (layer, row, head, position, feature) => {
          const index = positions[row]!.indexOf(position);
          expect(at(to, layer, row, head, position, feature)).toBe(
            index < 0 ? at(before, layer, row, head, position, feature) : at(from, layer, row, head, index, feature),
          );
        });
      }),
    );
  });

  it('grow to what joining would give, and hide what is not filled', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 4 }),
        (start, steps, room) => {
          const growing = new GrowingCache(shape, numbered(1, start), room);
          let expected = numbered(1, start);
          for (let step = 1; step <= steps; step++) {
            const added = numbered(1, 2, 1000 * step);
            growing.append(added, 1);
            expected = concatCaches(shape, expected, slice(added, 0, 1));
          }
          expect(slice(growing.cache, 0, growing.length)).toEqual(expected);
          expect([...growing.mask]).toEqual(
            Array.from({ length: growing.cache.length }, (_, index) => (index < expected.length ? 1 : 0)),
          );
        },
      ),
    );
  });
});

describe('words', () => {
  const folder = path.join(__dirname, '../../fixtures/tiny');
  const tokenizer = ByteLevelTokenizer.fromJson(
    JSON.parse(readFileSync(path.join(folder, 'tokenizer.json'), 'utf8')),
    {},
  );
  // ByteLevel pre-tokenization (GPT-2)
  const pattern = /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu;

  const firstTokens = (text: string): number[] => {
    const { ids, starts } = tokenizer.encode(text);
    const bounds = new Set([...text.matchAll(pattern)].map((match) => match.index));
    // Inner tokens of a character start where it ends: the last token with that start is the next word's.
    return ids.flatMap((_, index) =>
      bounds.has(starts[index]!) && starts[index + 1] !== starts[index] ? [index] : [],
    );
  };

  it.each([
    'The server returns an error when the file is missing.',
    "It doesn't work; we'll see: file42 (the `first` one), e.g. foo.bar_baz().",
    'Two  blanks and a tab\there, then\na line.',
    'naïve café, 日本語 text, 100% of 3.5 MB!',
    '"Quoted," he said... **bold**',
    "I've they'd 'tis it's' ''s",
  ])('are those of the pre-tokenizer: %s', (text) => {
    const ids = tokenizer.encode(text).ids;
    const words = splitWords(ids.map((id) => tokenizer.tokenText(id)));
    expect(words.map(({ start }) => start)).toEqual(firstTokens(text));
    expect(words.at(-1)!.end).toBe(ids.length);
  });

  it('cover all tokens once and in order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom(' ', '\ufffd', "'s", ' the', '.')), { maxLength: 20 }),
        (texts) => {
          let position = 0;
          for (const { start, end } of splitWords(texts)) {
            expect(start).toBe(position);
            expect(end).toBeGreaterThan(start);
            position = end;
          }
          expect(position).toBe(texts.length);
        },
      ),
    );
  });
});

describe('numbers', () => {
  it('softmax sums to one and does not overflow', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e4, max: 1e4, noNaN: true }), { minLength: 1, maxLength: 9 }),
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        (logits, temperature) => {
          const sum = softmax(logits, 0, logits.length, temperature).reduce((total, value) => total + value, 0);
          expect(sum).toBeCloseTo(1, 9);
        },
      ),
    );
  });

  it('scaled probabilities are exact at temperature 1 and order-preserving elsewhere', () => {
    const best = [0.5, 0.2, 0.1].map(Math.log);
    expect(scaledProbability(best[1]!, best, 1)).toBeCloseTo(0.2, 12);
    const half = (p: number): number =>
      Math.sqrt(p) / (Math.sqrt(0.5) + Math.sqrt(0.2) + Math.sqrt(0.1) + Math.sqrt(0.2));
    expect(scaledProbability(best[0]!, best, 2)).toBeCloseTo(half(0.5), 9);
    expect(scaledProbability(best[2]!, best, 2)).toBeCloseTo(half(0.1), 9);
  });

  it('repetition is the share of tokens equal to the one before', () => {
    expect(repetitionRatio([])).toBe(0);
    expect(repetitionRatio([1, 1, 2, 2, 2])).toBeCloseTo(3 / 5);
    fc.assert(
      fc.property(fc.array(fc.nat(3)), (ids) => {
        const collapsed = collapseRepeats(ids);
        expect(repetitionRatio(collapsed)).toBe(0);
        expect(ids.length - collapsed.length).toBe(Math.round(repetitionRatio(ids) * ids.length));
      }),
    );
  });

  it('budgets are clamped above and refused below', () => {
    expect(passBudget(undefined, 4)).toBe(4);
    expect(passBudget(10_000, 4)).toBe(64);
    expect(() => passBudget(0, 4)).toThrow(RangeError);
  });
});
