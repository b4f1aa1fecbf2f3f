import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TokenEdit } from '../../../src/decode/decoder';
import {
  keepFirstCopy,
  resolveOverlaps,
  viewEdits,
  wholeWords,
  type ViewEdit,
} from '../../../src/engine/document/sentence-edits';
import type { Tokenizer } from '../../../src/text/tokenizer';
import { applyEdits } from '../../../src/protocol/word-edits';

/** One token a word with the blank before it; ids are places in a list, so that tests can write words. */
function tokens(view: string): { ids: number[]; starts: number[]; ends: number[] } {
  const encoding = { ids: [] as number[], starts: [] as number[], ends: [] as number[] };
  for (const match of view.matchAll(/ ?[\p{L}\p{M}'’-]+| ?[^\p{L}\s]|\s/gu)) {
    encoding.ids.push(encoding.ids.length);
    encoding.starts.push(match.index);
    encoding.ends.push(match.index + match[0].length);
  }
  return encoding;
}
const words = ['', ' the', ' a', ' lot', ' into', ',', 'in', ' worked', '\ufffd', ' 🙂'];
const decode = (ids: readonly number[]): string => ids.map((id) => words[id]!).join('');
const tokenizer: Tokenizer = {
  carriesSpace: true,
  unknownId: undefined,
  size: words.length,
  encode: tokens,
  decode,
  tokenText: (id) => words[id]!,
  pieceText: (id) => words[id]!.trim(),
  continues: () => false,
};
const edit = (start: number, end: number, ids: number[], confidence = 0.9): TokenEdit => ({
  start,
  end,
  ids,
  confidence,
  lexicon: false,
});
const found = (view: string, ...edits: TokenEdit[]): [string, string][] =>
  viewEdits(view, tokens(view), edits, tokenizer).map(({ start, end, text }) => [view.slice(start, end), text]);

it('leaves the first copy of a doubled word where both were to go', () => {
  const kept = (view: string, start: number, end: number, text = ''): [number, number] => {
    const { start: from, end: to } = keepFirstCopy(view, { start, end, text, confidence: 0.9, lexicon: false });
    return [from, to];
  };
  expect(kept('see the the log', 3, 11)).toEqual([7, 11]);
  expect(kept('The the log', 0, 7)).toEqual([3, 7]);
  expect(kept('see the log', 3, 11)).toEqual([3, 11]);
  expect(kept('see the the log', 3, 11, ' a')).toEqual([3, 11]);
});

describe('viewEdits', () => {
  it('gives whole words without the blank that both sides share', () => {
    expect(found('Read teh file', edit(1, 2, [1]))).toEqual([['teh', 'the']]);
    expect(found('It work here', edit(1, 2, [7]))).toEqual([['work', 'worked']]);
    expect(found('However it is', edit(1, 1, [5]))).toEqual([['', ',']]);
    expect(found('He is in house', edit(3, 3, [1]))).toEqual([['', ' the']]);
    expect(found('see the the log', edit(2, 3, []))).toEqual([[' the', '']]);
  });
  it('joins the halves of one change in a word, and leaves out the doubtful one of two', () => {
    // Both widen to the whole word: "don't" -> "the" + ... is one edit.
    expect(found("I don't", edit(1, 2, [1]), edit(2, 2, [6]))).toEqual([["don't", 'thein']]);
    expect(found("I don't", edit(1, 2, [1], 0.9), edit(2, 2, [6], 0.2))).toEqual([["don't", 'the']]);
    expect(found('teh teh file', edit(0, 1, [1], 0.9), edit(1, 2, [1], 0.4)).length).toBe(2);
  });
  it('leaves an insertion beside a replaced word alone', () => {
    expect(found('However teh file', edit(1, 1, [5], 0.1), edit(1, 2, [1], 0.9))).toEqual([
      ['', ','],
      ['teh', 'the'],
    ]);
    expect(found('I have alot of it', edit(2, 3, [2, 3]))).toEqual([['alot', 'a lot']]);
    expect(found('put in to it', edit(1, 3, [4]))).toEqual([['in to', 'into']]);
  });
  it('leaves out edits that do not form whole characters, and edits that change nothing', () => {
    expect(found('Read teh file', edit(1, 2, [8]))).toEqual([]);
    expect(found('Read the file', edit(1, 2, [1]))).toEqual([]);
  });
  it('never overlaps, never leaves the text, and changes it as the token edits do', () => {
    const alphabet = fc.constantFrom('teh', 'in', 'to', 'house', '🙂', "don't", 'e-mail', ',', 'é');
    fc.assert(
      fc.property(
        fc.array(alphabet, { minLength: 1, maxLength: 8 }),
        fc.array(fc.tuple(fc.nat(8), fc.nat(2), fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 2 })), {
          maxLength: 4,
        }),
        (list, raw) => {
          const view = list.join(' ');
          const encoding = tokens(view);
          const edits: TokenEdit[] = [];
          for (const [at, length, ids] of raw.sort((a, b) => a[0] - b[0])) {
            const start = Math.min(at, encoding.ids.length);
            const end = Math.min(start + length, encoding.ids.length);
            if (start >= (edits[edits.length - 1]?.end ?? 0) + (edits.length > 0 ? 1 : 0))
              edits.push(edit(start, end, ids));
          }
          const result = viewEdits(view, encoding, edits, tokenizer);
          const wanted = applyEdits(
            view,
            edits.map(({ start, end, ids }) => ({
              start: start === end ? (start === 0 ? 0 : encoding.ends[start - 1]!) : encoding.starts[start]!,
              end: start === end ? (start === 0 ? 0 : encoding.ends[start - 1]!) : encoding.ends[end - 1]!,
              text: decode(ids),
            })),
          );
          let last = 0;
          for (const { start, end } of result) {
            expect(start).toBeGreaterThanOrEqual(last);
            expect(end).toBeLessThanOrEqual(view.length);
            last = end;
          }
          expect(applyEdits(view, result)).toBe(wanted);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('wholeWords', () => {
  it('does not change what an edit does, nor cut a character', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.nat(),
        fc.nat(),
        fc.string({ unit: 'grapheme' }),
        (view, a, b, text) => {
          // Edges of tokens are edges of characters.
          const edges = [
            0,
            ...[...view].map(
              (
                (at) => (character: string) =>
                  (at += character.length)
              )(0),
            ),
          ];
          const [start, end] = [edges[a % edges.length]!, edges[b % edges.length]!].sort((x, y) => x - y) as [
            number,
            number,
          ];
          const before: ViewEdit = { start, end, text, confidence: 1, lexicon: false };
          const after = wholeWords(view, before);
          expect(applyEdits(view, [after])).toBe(applyEdits(view, [before]));
          expect(after.start > 0 && /[\ud800-\udbff]/.test(view[after.start - 1]!)).toBe(false);
          expect(after.end < view.length && /[\udc00-\udfff]/.test(view[after.end]!)).toBe(false);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('resolveOverlaps', () => {
  it('keeps the surest of edits that overlap, in order', () => {
    const entry = (
      start: number,
      end: number,
      confidence: number,
    ): { start: number; end: number; confidence: number } => ({ start, end, confidence });
    expect(
      resolveOverlaps([entry(0, 4, 0.5), entry(3, 6, 0.9), entry(5, 8, 0.7), entry(9, 9, 0.2), entry(9, 9, 0.3)]),
    ).toEqual([entry(3, 6, 0.9), entry(9, 9, 0.3)]);
  });
});
