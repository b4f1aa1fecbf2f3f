import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TokenEdit } from '../../../src/decode/decoder';
import { applyEdits, carryBack, composeEdits, findEdits, originsOf } from '../../../src/decode/edit/token-edits';

const tokens = fc.array(fc.integer({ min: 32, max: 36 }), { maxLength: 14 });

/** Edits over a text of `length` tokens, not overlapping, at most one insertion a place. */
function editsOver(length: number): fc.Arbitrary<TokenEdit[]> {
  const edit = fc.record({
    start: fc.nat(length),
    size: fc.nat(3),
    ids: fc.array(fc.integer({ min: 40, max: 60 }), { maxLength: 3 }),
    confidence: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  return fc.array(edit, { maxLength: 6 }).map((list) => {
    const edits: TokenEdit[] = [];
    for (const { start, size, ids, confidence } of list.sort((left, right) => left.start - right.start)) {
      const end = Math.min(start + size, length);
      const previous = edits.at(-1);
      if (previous && (start < previous.end || (start === end && previous.start === start))) continue;
      if (start === end && ids.length === 0) continue;
      edits.push({ start, end, ids, confidence, lexicon: false });
    }
    return edits;
  });
}

describe('edits', () => {
  it('found between two texts turn the one into the other', () => {
    fc.assert(
      fc.property(tokens, tokens, (source, target) => {
        const edits = findEdits(source, target);
        expect(applyEdits(source, edits)).toEqual(target);
        for (const { start, end, ids } of edits) expect(end - start + ids.length).toBeGreaterThan(0);
        if (source.join() === target.join()) expect(edits).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it('finds the fewest tokens', () => {
    expect(findEdits([1, 2, 3, 4], [1, 3, 4, 5])).toEqual([
      { start: 1, end: 2, ids: [] },
      { start: 4, end: 4, ids: [5] },
    ]);
  });

  it('composed do what the one does after the other', () => {
    fc.assert(
      fc.property(
        tokens.chain((source) =>
          editsOver(source.length).chain((first) => {
            const middle = applyEdits(source, first);
            return editsOver(middle.length).map((second) => ({ source, first, second, middle }));
          }),
        ),
        ({ source, first, second, middle }) => {
          const composed = composeEdits(first, second);
          expect(applyEdits(source, composed)).toEqual(applyEdits(middle, second));
          composed.forEach((edit, index) => {
            const previous = composed[index - 1];
            if (previous)
              expect(previous.start === previous.end && edit.start === edit.end && previous.start === edit.start).toBe(
                false,
              );
            expect(edit.confidence).toBeLessThanOrEqual(1);
          });
        },
      ),
      { numRuns: 5000 },
    );
  });

  it('composed with nothing stay as they are', () => {
    fc.assert(
      fc.property(editsOver(12), (edits) => {
        expect(composeEdits(edits, [])).toEqual(edits);
        expect(composeEdits([], edits)).toEqual(edits);
      }),
    );
  });

  it('refuse to overlap or to leave the text', () => {
    const edit = (start: number, end: number): TokenEdit => ({ start, end, ids: [], confidence: 1, lexicon: false });
    expect(() => applyEdits([1, 2, 3], [edit(0, 2), edit(1, 3)])).toThrow(RangeError);
    expect(() => applyEdits([1, 2, 3], [edit(2, 4)])).toThrow(/leaves the 3 tokens/);
  });

  it('carried back say the same about the tokens that stayed', () => {
    fc.assert(
      fc.property(
        tokens.chain((source) =>
          editsOver(source.length).chain((first) => {
            const middle = applyEdits(source, first);
            return editsOver(middle.length).map((second) => ({ source, first, second, middle }));
          }),
        ),
        ({ source, first, second, middle }) => {
          const origins = originsOf(source.length, first);
          for (const edit of second) {
            const back = carryBack(edit, origins, source.length);
            if (!back) continue;
            expect(source.slice(back.start, back.end)).toEqual(middle.slice(edit.start, edit.end));
            // Beside the first edits it gives what it gives after them.
            expect(applyEdits(source, [...first, back])).toEqual(applyEdits(middle, [edit]));
          }
        },
      ),
      { numRuns: 3000 },
    );
  });
});
