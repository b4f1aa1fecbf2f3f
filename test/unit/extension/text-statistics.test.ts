import { describe, expect, it } from 'vitest';
import { statisticsOf } from '../../../src/extension/shell/text-statistics';

describe('statisticsOf', () => {
  it('counts words and sentences, and nothing that is neither', () => {
    expect(statisticsOf([])).toBeUndefined();
    expect(statisticsOf(['—', '…'])).toBeUndefined();
    const found = statisticsOf(["It's a well-kept list.", '— ', 'Two words.']);
    expect(found).toMatchObject({ words: 7, sentences: 2, wordsPerSentence: 3.5 });
    expect(found!.minutes).toBeCloseTo(7 / 238);
  });
  it('gives the grade of the Automated Readability Index', () => {
    // 10 words, 2 sentences, 50 letters: 4.71 × 5 + 0.5 × 5 − 21.43 = 4.62
    expect(statisticsOf(['abcde abcde abcde abcde abcde.', 'abcde abcde abcde abcde abcde.'])!.grade).toBe(5);
    expect(statisticsOf(['I am.'])!.grade).toBe(1);
  });
});
