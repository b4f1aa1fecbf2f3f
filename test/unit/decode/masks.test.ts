/** Masks against their definition, row by row and column by column. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { causalTwoStreamMask, fullMask, mistMask } from '../../../src/decode/attention-mask';

function expectMask(mask: Uint8Array, length: number, sees: (row: number, column: number) => boolean): void {
  expect(mask.length).toBe(length * length);
  for (let row = 0; row < length; row++) {
    for (let column = 0; column < length; column++) {
      if ((mask[row * length + column] === 1) !== sees(row, column))
        throw new Error(`row ${row}, column ${column} is ${mask[row * length + column]}`);
    }
  }
}

describe('attention masks', () => {
  it('full: everybody sees what is no padding', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 24 }), fc.integer({ min: 1, max: 24 }), (length, valid) => {
        expectMask(fullMask(length, Math.min(valid, length)), length, (_, column) => column < valid);
      }),
    );
  });

  it('two streams: content is causal, a query sees the content before its token and itself', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 16 }), (count) => {
        // Content i stands at position i, query i at position i + 1: it predicts the token that stands there.
        const position = (index: number): number => (index < count ? index : index - count + 1);
        expectMask(causalTwoStreamMask(count), 2 * count, (row, column) => {
          if (row === column) return true;
          if (column >= count) return false;
          return row < count ? position(column) <= position(row) : position(column) < position(row);
        });
      }),
    );
  });

  it('two streams behind a prefix: the same without the queries of the prefix', () => {
    fc.assert(
      fc.property(fc.nat(9), fc.integer({ min: 1, max: 9 }), (before, count) => {
        const all = before + count;
        const whole = causalTwoStreamMask(all);
        const place = (index: number): number => (index < all ? index : index + before);
        expectMask(
          causalTwoStreamMask(count, before),
          all + count,
          (row, column) => whole[place(row) * 2 * all + place(column)] === 1,
        );
      }),
    );
  });

  it('one autoregressive step is the corner of the two-stream mask', () => {
    expect([...causalTwoStreamMask(1)]).toEqual([1, 0, 1, 1]);
  });

  it('MIST: attend(i, j) = i in target or j in source', () => {
    fc.assert(
      fc.property(fc.nat(12), fc.integer({ min: 1, max: 12 }), (sourceLength, targetLength) => {
        expectMask(
          mistMask(sourceLength, targetLength),
          sourceLength + targetLength,
          (row, column) => row >= sourceLength || column < sourceLength,
        );
      }),
    );
  });
});
