import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withErrorDensity } from '../../../src/engine/tasks/correct/error-density';

const rounded = (sentences: number[][]): number[][] =>
  sentences.map((edits) => edits.map((value) => Number(value.toFixed(4))));

describe('confidences in the light of the other edits', () => {
  // training/tests/test_thresholds.py reads the same cases.
  const cases = JSON.parse(readFileSync('test/fixtures/prior/error-density.json', 'utf8')) as {
    before: number[][];
    after: number[][];
  }[];
  it.each(cases)('$before', ({ before, after }) => expect(rounded(withErrorDensity(before))).toEqual(rounded(after)));

  it('lowers none, keeps the order within a sentence of unsure edits, and changes nothing in clean text', () => {
    const confidence = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.array(confidence, { maxLength: 6 }), { maxLength: 8 }), (sentences) => {
        const shifted = withErrorDensity(sentences);
        shifted.forEach((edits, index) =>
          edits.forEach((value, at) => {
            expect(value).toBeGreaterThanOrEqual(sentences[index]![at]! - 1e-12);
            expect(value).toBeLessThanOrEqual(1);
          }),
        );
        if (sentences.flat().every((value) => value < 0.6)) expect(shifted).toEqual(sentences);
      }),
    );
  });
});
