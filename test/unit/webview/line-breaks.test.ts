import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { lineBreaks } from '../../../src/webview/logic/line-breaks';

describe('lines of a long row', () => {
  it('hold as many words as fit, with room for words that grow', () => {
    expect(lineBreaks([40, 40, 40], 100, 5)).toEqual([2, 1]); // 85 of 92
    expect(lineBreaks([40, 50, 40], 100, 5)).toEqual([1, 1, 1]); // 95 of 92
  });

  it('give a word that is wider than a line one of its own', () => {
    expect(lineBreaks([10, 400, 10, 10], 100, 5)).toEqual([1, 1, 2]);
  });

  it('have nothing for no words', () => {
    expect(lineBreaks([], 100, 5)).toEqual([]);
  });

  it('keep every word, and none but the first of a line sticks out', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(300)), fc.integer({ min: 1, max: 500 }), fc.nat(20), (widths, available, gap) => {
        const lines = lineBreaks(widths, available, gap);
        expect(lines.reduce((sum, count) => sum + count, 0)).toBe(widths.length);
        let at = 0;
        for (const count of lines) {
          const line = widths.slice(at, (at += count));
          if (count > 1)
            expect(line.reduce((sum, width) => sum + width, 0) + gap * (count - 1)).toBeLessThanOrEqual(available);
        }
      }),
    );
  });
});
