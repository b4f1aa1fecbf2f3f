import { describe, expect, it } from 'vitest';
import {
  aboutRemark,
  changeLabel,
  insertedWords,
  percentOf,
  placeOf,
  totalsOf,
  visibleWords,
} from '../../../src/extension/review/bar';
import { moved, refused, reviewOf, type Remark } from '../../../src/extension/review/review';

const text = 'one two  three';
const review = reviewOf(
  [
    [0, 3, 'One'],
    [7, 9, ' '],
    [9, 14, ''],
  ].map(([startIndex, endIndex, correction]) => ({
    startIndex: startIndex as number,
    endIndex: endIndex as number,
    correction: correction as string,
    type: 'other' as const,
    confidence: 0.5,
    explanation: '',
    lexicon: false,
  })),
  text,
);

describe('the bar of a review', () => {
  it('counts places among what is open, and what was decided', () => {
    const later = moved(refused(review, [0]), 1);
    expect(placeOf(later, later.remarks[2]!)).toEqual({ place: 2, count: 2 });
    expect(totalsOf(later)).toEqual({ open: 2, taken: 0, refused: 1 });
  });
  it('shows a confidence in whole per cent', () => {
    expect([0, 0.345, 0.996].map(percentOf)).toEqual(['0 %', '35 %', '100 %']);
  });
  it('says the kind once', () => {
    const [remark] = review.remarks;
    expect(aboutRemark('Spelling', { ...remark!, explanation: 'Spelling: did you mean “One”?' })).toBe(
      'Spelling 50 %: did you mean “One”?',
    );
    expect(aboutRemark('Spelling', { ...remark!, explanation: 'Perhaps “One”.' })).toBe(
      'Spelling 50 %: Perhaps “One”.',
    );
  });
  it('makes white space and line breaks visible where they are the change', () => {
    expect(visibleWords(' the ')).toBe('the');
    expect(visibleWords('  ')).toBe('␣␣');
    expect(visibleWords('a\r\nb')).toBe('a⏎b');
    expect(review.remarks.map(insertedWords)).toEqual(['One', '␣', '']);
    const spaced: Remark = { ...review.remarks[0]!, original: 'a', replacement: 'a ' };
    expect(insertedWords(spaced)).toBe('a␣');
  });
});

describe('a change in a list', () => {
  it('is told by both sides, or by the one that there is', () => {
    expect(changeLabel('teh', 'the')).toBe('teh → the');
    expect(changeLabel(' it', '')).toBe('− it');
    expect(changeLabel('', 'the ')).toBe('+ the');
    expect(changeLabel('  ', ' ')).toBe('␣␣ → ␣');
  });
});
