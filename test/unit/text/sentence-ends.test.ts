import { describe, expect, it } from 'vitest';
import { mayEndSentence } from '../../../src/text/sentence-ends';

describe('characters that may end a sentence', () => {
  it('are all after which Unicode ends one', () => {
    const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
    const missed: string[] = [];
    let ends = 0;
    for (let code = 0; code <= 0x1ffff; code += 1) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const character = String.fromCodePoint(code);
      if (Array.from(segmenter.segment(`a${character} B`)).length === 1) continue;
      ends += 1;
      if (!mayEndSentence.test(character)) missed.push(code.toString(16));
    }
    expect(missed).toEqual([]);
    expect(ends).toBeGreaterThan(50);
  });
});
