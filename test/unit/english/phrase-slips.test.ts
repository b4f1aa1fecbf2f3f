import { describe, expect, it } from 'vitest';
import { grammarSlips } from '../../../src/english/prior/grammar-slips';
import { phraseSlips } from '../../../src/english/prior/phrase-slips';
import phrases from '../../../src/english/prior/phrase-slips.json';

const mended = (text: string): string =>
  grammarSlips(text)
    .reverse()
    .reduce((result, { start, end, candidates }) => result.slice(0, start) + candidates[0]! + result.slice(end), text);

describe('phrases that nobody writes on purpose', () => {
  it.each([
    ['It is for all intensive purposes done.', 'It is for all intents and purposes done.'],
    ['It is not longer possible.', 'It is no longer possible.'],
    ['It is worth to try.', 'It is worth trying.'],
    ['Their is a way.', 'There is a way.'],
    ['I am exited about it.', 'I am excited about it.'],
    ['It is faster then before.', 'It is faster than before.'],
    ['A part from the first one it works.', 'Apart from the first one it works.'],
  ])('%s', (wrong, right) => {
    expect(mended(wrong)).toBe(right);
  });

  it.each([
    'It was faster then, but not now.',
    'It is not-longer possible.',
    'It is worth a try.',
    'Their isle is far.',
    'They are apart from the others.',
    'It is `not longer able` to run.',
  ])('leaves alone: %s', (text) => {
    expect(mended(text)).toBe(text);
  });

  it('holds phrases of plain words, each with another one that is right', () => {
    for (const [wrong, right] of Object.entries(phrases)) {
      expect(wrong).toMatch(/^[a-z']+(?: [a-z']+)+$/);
      expect(right).not.toBe(wrong);
      expect(phraseSlips(right).filter(({ start, end }) => start === 0 && end === right.length)).toEqual([]);
      expect(phraseSlips(`${wrong} x`).length).toBeGreaterThan(0);
    }
  });
});
