import { describe, expect, it } from 'vitest';
import { calibrated, leastConfidence } from '../../../src/engine/tasks/correct/thresholds';
import type { Thresholds } from '../../../src/protocol/manifest';

const thresholds: Thresholds = {
  default: 0.9,
  lexicon: 0.5,
  highConfidence: 0.95,
  byType: { spelling: 0.8, 'spelling/replace': 0.97, 'lexicon/casing': 0.7, near: 0.6 },
};
const edit = { type: 'spelling', form: 'replace', lexicon: false } as const;

describe('the least confidence of an edit', () => {
  it.each([
    ['by kind and form', edit, 0.97],
    ['by kind', { ...edit, form: 'insert' }, 0.8],
    ['the default', { ...edit, type: 'article' }, 0.9],
    ['of a listed word', { ...edit, lexicon: true }, 0.5],
    ['of a listed name', { ...edit, type: 'casing', lexicon: true }, 0.7],
    ['of a near word, whatever its kind', { ...edit, type: 'spacing', near: true }, 0.6],
  ] as const)('is %s', (_, asked, expected) => {
    expect(leastConfidence({}, thresholds, asked)).toBe(expected);
  });

  it('of a near word is that of its kind in a model without one of its own', () => {
    const byType = { ...thresholds.byType };
    delete byType.near;
    expect(leastConfidence({}, { ...thresholds, byType }, { ...edit, near: true })).toBe(0.97);
  });

  it('is what the caller says, for every kind', () => {
    expect(leastConfidence({ threshold: 0.2 }, thresholds, { ...edit, lexicon: true, near: true })).toBe(0.2);
  });
});

describe('calibrated confidences', () => {
  it('keep their order and their ends', () => {
    const scale = { scale: 0.5, offset: -0.2 };
    const values = [0, 0.1, 0.5, 0.9, 1].map((confidence) => calibrated(confidence, scale));
    expect(values).toEqual([...values].sort((a, b) => a - b));
    expect(calibrated(0.7)).toBeCloseTo(0.7);
    for (const value of values) expect(value > 0 && value < 1).toBe(true);
  });
});
