import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits, editsOf, touchesAny } from '../../../src/extension/shell/checked-edits';
import type { Correction } from '../../../src/protocol/requests';

const correction = (startIndex: number, endIndex: number, text: string, confidence = 0.9): Correction => ({
  startIndex,
  endIndex,
  correction: text,
  confidence,
  type: 'spelling',
  explanation: '',
  lexicon: false,
});

describe('edits from corrections', () => {
  it('come in order, in document offsets, without overlap; the surer one stays', () => {
    const edits = editsOf(
      [correction(8, 11, 'box', 0.5), correction(4, 7, 'cat', 0.9), correction(6, 9, 'x', 0.7)],
      'the kat bix',
      100,
    );
    expect(edits).toEqual([
      { start: 104, end: 107, text: 'cat' },
      { start: 108, end: 111, text: 'box' },
    ]);
  });

  it('leave out what lies outside the text, is reversed, is no whole number or changes nothing', () => {
    expect(
      editsOf(
        [
          correction(-1, 2, 'x'),
          correction(2, 1, 'x'),
          correction(0, 99, 'x'),
          correction(0.5, 2, 'x'),
          correction(0, 3, 'the'),
        ],
        'the end',
        0,
      ),
    ).toEqual([]);
  });

  it('keep only one of two insertions at one place', () => {
    expect(editsOf([correction(3, 3, ' a', 0.6), correction(3, 3, ' the', 0.8)], 'see end', 0)).toEqual([
      { start: 3, end: 3, text: ' the' },
    ]);
  });

  it('leave every unit outside them as it was', () => {
    const text = fc.string({ maxLength: 60 });
    fc.assert(
      fc.property(
        text,
        fc.array(
          fc.tuple(fc.nat(60), fc.nat(60), fc.string({ maxLength: 5 }), fc.double({ min: 0, max: 1, noNaN: true })),
          { maxLength: 8 },
        ),
        (source, raw) => {
          const edits = editsOf(
            raw.map(([a, b, inserted, confidence]) => correction(Math.min(a, b), Math.max(a, b), inserted, confidence)),
            source,
            0,
          );
          const result = applyEdits(source, edits);
          let at = 0;
          let resultAt = 0;
          for (const edit of edits) {
            const kept = source.slice(at, edit.start);
            expect(result.slice(resultAt, resultAt + kept.length)).toBe(kept);
            resultAt += kept.length + edit.text.length;
            at = edit.end;
          }
          expect(result.slice(resultAt)).toBe(source.slice(at));
        },
      ),
    );
  });
});

describe('applyEdits', () => {
  it('refuses edits out of order or outside', () => {
    expect(() =>
      applyEdits('abc', [
        { start: 2, end: 3, text: '' },
        { start: 0, end: 1, text: '' },
      ]),
    ).toThrow(RangeError);
    expect(() => applyEdits('abc', [{ start: 2, end: 4, text: '' }])).toThrow(RangeError);
  });
});

describe('what belongs to a selection', () => {
  it('is what overlaps it: a word that it cuts too, a word beside it not', () => {
    const word = { startIndex: 4, endIndex: 7 };
    expect(touchesAny(word, [{ start: 5, end: 20 }])).toBe(true);
    expect(touchesAny(word, [{ start: 7, end: 20 }])).toBe(false);
    expect(
      touchesAny(word, [
        { start: 0, end: 4 },
        { start: 6, end: 7 },
      ]),
    ).toBe(true);
  });

  it('is an insertion at its ends', () => {
    expect(touchesAny({ startIndex: 5, endIndex: 5 }, [{ start: 5, end: 9 }])).toBe(true);
    expect(touchesAny({ startIndex: 4, endIndex: 4 }, [{ start: 5, end: 9 }])).toBe(false);
  });
});
