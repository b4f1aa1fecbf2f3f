import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits, wordEdits } from '../../../src/protocol/word-edits';
import { awkwardText } from './arbitraries';

describe('applyEdits', () => {
  it('keeps every unit outside the edits', () => {
    fc.assert(
      fc.property(
        awkwardText,
        fc.array(fc.tuple(fc.nat(100), fc.nat(5), fc.string({ maxLength: 4 })), { maxLength: 6 }),
        (source, raw) => {
          let at = 0;
          const edits = raw.map(([gap, length, text]) => {
            const start = Math.min(source.length, at + (gap % 7));
            at = Math.min(source.length, start + length);
            return { start, end: at, text };
          });
          const result = applyEdits(source, edits);
          let rest = result;
          let kept = 0;
          for (const edit of edits) {
            const outside = source.slice(kept, edit.start);
            expect(rest.startsWith(outside + edit.text)).toBe(true);
            rest = rest.slice(outside.length + edit.text.length);
            kept = edit.end;
          }
          expect(rest).toBe(source.slice(kept));
        },
      ),
    );
  });

  it('names the edit that is wrong', () => {
    expect(() => applyEdits('abc', [{ start: 1, end: 9, text: '' }])).toThrow(
      'Edit 0 has the range 1 to 9 in a text of 3 units.',
    );
    expect(() =>
      applyEdits('abc', [
        { start: 1, end: 2, text: '' },
        { start: 1, end: 3, text: '' },
      ]),
    ).toThrow('Edit 1 starts at 1, before the end 2');
    expect(() => applyEdits('abc', [{ start: 2, end: 1, text: '' }])).toThrow(RangeError);
    expect(() => applyEdits('abc', [{ start: Number.NaN, end: 1, text: '' }])).toThrow(RangeError);
  });
});

describe('wordEdits', () => {
  it('turns one text into the other', () => {
    const words = fc
      .array(fc.constantFrom('the', 'a', 'cat', ' ', '  ', '.', ',', '\n', "don't", '😀', 'é'), { maxLength: 25 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(words, awkwardText), fc.oneof(words, awkwardText), (before, after) => {
        const edits = wordEdits(before, after);
        expect(applyEdits(before, edits)).toBe(after);
        for (const edit of edits) expect(before.slice(edit.start, edit.end)).not.toBe(edit.text);
        for (let index = 1; index < edits.length; index += 1)
          expect(edits[index]!.start).toBeGreaterThan(edits[index - 1]!.end);
      }),
    );
  });

  it('changes whole words, and as few as possible', () => {
    expect(wordEdits('I has a apple.', 'I have an apple.')).toEqual([{ start: 2, end: 7, text: 'have an' }]);
    expect(wordEdits('It works good in teh end.', 'It works well in the end.')).toEqual([
      { start: 9, end: 13, text: 'well' },
      { start: 17, end: 20, text: 'the' },
    ]);
    expect(wordEdits('Same.', 'Same.')).toEqual([]);
    expect(wordEdits('a b', 'a b.')).toEqual([{ start: 3, end: 3, text: '.' }]);
    expect(wordEdits("it's", 'its')).toEqual([{ start: 0, end: 4, text: 'its' }]);
  });

  it('stays quick on long texts', () => {
    const left = Array.from({ length: 20_000 }, (_, index) => `a${index % 97}`).join(' ');
    const right = Array.from({ length: 20_000 }, (_, index) => `a${index % 89}`).join(' ');
    expect(applyEdits(left, wordEdits(left, right))).toBe(right);
  });
});
