import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TraceEdit } from '../../../src/protocol/trace';
import { isOffered, stretchesOf, textWith } from '../../../src/webview/logic/offered-fixes';
import { checkTrace } from '../../../src/webview/logic/validate-trace';
import { trace } from './tokens';

const fix = (start: number, end: number, text: string, confidence: number, threshold = 0.5): TraceEdit => ({
  start,
  end,
  text,
  confidence,
  threshold,
  type: 'other',
  lexicon: false,
});

describe('fixes under a threshold', () => {
  const edits = [fix(3, 7, 'works', 0.9), fix(7, 8, '!', 0.3, 0.2)];
  it("take the model's own bar of each, or one number for all", () => {
    expect(edits.map((edit) => isOffered(edit, undefined))).toEqual([true, true]);
    expect(edits.map((edit) => isOffered(edit, 0.5))).toEqual([true, false]);
    expect(textWith(stretchesOf('It work.', edits, 0.5))).toBe('It works.');
    expect(textWith(stretchesOf('It work.', edits, undefined))).toBe('It works!');
    expect(textWith(stretchesOf('It work.', edits, 1))).toBe('It work.');
  });
  it('never fewer when the threshold sinks, and the source is there once whatever the edits are', () => {
    const any = fc
      .array(fc.tuple(fc.nat(12), fc.nat(12), fc.float({ min: 0, max: 1, noNaN: true })), { maxLength: 6 })
      .map((list) => list.map(([start, end, confidence]) => fix(start, end, 'x', confidence)));
    fc.assert(
      fc.property(
        any,
        fc.float({ min: 0, max: 1, noNaN: true }),
        fc.float({ min: 0, max: 1, noNaN: true }),
        (list, one, other) => {
          const offered = (threshold: number) => list.filter((edit) => isOffered(edit, threshold)).length;
          expect(offered(Math.min(one, other))).toBeGreaterThanOrEqual(offered(Math.max(one, other)));
          expect(
            stretchesOf('twelve chars', list, one)
              .map(({ text }) => text)
              .join(''),
          ).toBe('twelve chars');
        },
      ),
    );
  });
  it('are refused in a file that points outside of its text', () => {
    expect(checkTrace(trace({ edits }))).toHaveProperty('trace');
    expect(checkTrace(trace({ edits: [fix(3, 99, '', 1)] }))).toHaveProperty(
      'fault',
      expect.stringContaining('edits[0] must lie within the 8 characters'),
    );
    expect(checkTrace(trace({ edits: [fix(3, 7, '', 2)] }))).toHaveProperty(
      'fault',
      expect.stringContaining('edits[0].confidence must be a probability'),
    );
  });
});
