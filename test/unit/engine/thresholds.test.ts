import { describe, expect, it } from 'vitest';
import {
  calibrated,
  kindNames,
  leastConfidence,
  nearForm,
  showsStyle,
  type Kind,
} from '../../../src/engine/tasks/correct/thresholds';
import type { Thresholds } from '../../../src/protocol/manifest';

const thresholds: Thresholds = {
  default: 0.9,
  lexicon: 0.5,
  highConfidence: 0.95,
  byType: { spelling: 0.8, 'spelling/replace': 0.97, 'lexicon/casing': 0.7, near: 0.6 },
};
const edit: Kind = { type: 'spelling', form: 'replace', lexicon: false };
const least = (params: Parameters<typeof leastConfidence>[0], table: Thresholds, kind: Kind): number =>
  leastConfidence(params, table, kindNames(kind));

describe('the least confidence of an edit', () => {
  it.each([
    ['by kind and form', edit, 0.97],
    ['by kind', { ...edit, form: 'insert' }, 0.8],
    ['the default', { ...edit, type: 'article' }, 0.9],
    ['of a listed word', { ...edit, lexicon: true }, 0.5],
    ['of a listed name', { ...edit, type: 'casing', lexicon: true }, 0.7],
    ['of a near word, whatever its kind', { ...edit, type: 'spacing', near: 'short' }, 0.6],
  ] as const)('is %s', (_, asked, expected) => {
    expect(least({}, thresholds, asked)).toBe(expected);
  });

  it('of a near word is that of its make first', () => {
    const byType = { ...thresholds.byType, 'near/long': 0.3, 'near/common': 0.4 };
    const near = (before: string, after: string, count: number): number =>
      least({}, { ...thresholds, byType }, { ...edit, near: nearForm(before, after, count) });
    expect(near('feasable', 'feasible', 500)).toBe(0.3);
    expect(near('instancesthat', 'instances that', 0)).toBe(0.6);
    expect(near('voxel', 'vowel', 11)).toBe(0.6);
    expect(near('aout', 'about', 90_000)).toBe(0.4);
  });

  it('of a near word is that of its kind in a model without one of its own', () => {
    const byType = { ...thresholds.byType };
    delete byType.near;
    expect(least({}, { ...thresholds, byType }, { ...edit, near: 'short' })).toBe(0.97);
  });

  it('is what the caller says, for every kind', () => {
    expect(least({ threshold: 0.2 }, thresholds, { ...edit, lexicon: true, near: 'short' })).toBe(0.2);
  });
});

describe('the levels of a model', () => {
  const level = (value: number, byType: Record<string, number> = {}) => ({ default: value, byType });
  const levels = { careful: level(0.9), balanced: level(0.6, { near: 0.8 }), thorough: level(0.4) };

  it.each([
    ['careful', 'spelling', 0.9],
    ['balanced', 'spelling', 0.6],
    ['thorough', 'spelling', 0.4],
  ] as const)('%s has a table of its own', (name, type, expected) => {
    expect(least({ level: name }, { ...thresholds, levels }, { ...edit, type })).toBe(expected);
  });

  it('are balanced unless somebody asks, and the first name of an edit that stands in the table holds', () => {
    expect(least({}, { ...thresholds, levels }, { ...edit, near: 'short' })).toBe(0.8);
  });

  it('are one and the same in a model without them', () => {
    for (const name of ['careful', 'balanced', 'thorough'] as const)
      expect(least({ level: name }, thresholds, edit)).toBe(0.97);
  });

  it('show style with the level that shows everything, or when somebody says so', () => {
    expect(showsStyle({})).toBe(false);
    expect(showsStyle({ level: 'thorough' })).toBe(true);
    expect(showsStyle({ level: 'thorough', style: 'off' })).toBe(false);
    expect(showsStyle({ level: 'careful', style: 'on' })).toBe(true);
  });
});

describe('calibrated confidences', () => {
  it('take the numbers of the kind where it has some', () => {
    const confidence = { scale: 1, offset: 0, byType: { article: { scale: 1, offset: 2 } } };
    expect(calibrated(0.5, confidence, ['article/insert', 'article'])).toBeCloseTo(1 / (1 + Math.exp(-2)));
    expect(calibrated(0.5, confidence, ['agreement'])).toBeCloseTo(0.5);
  });

  it('keep their order and their ends', () => {
    const scale = { scale: 0.5, offset: -0.2 };
    const values = [0, 0.1, 0.5, 0.9, 1].map((confidence) => calibrated(confidence, scale));
    expect(values).toEqual([...values].sort((a, b) => a - b));
    expect(calibrated(0.7)).toBeCloseTo(0.7);
    for (const value of values) expect(value > 0 && value < 1).toBe(true);
  });
});
