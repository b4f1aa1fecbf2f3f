import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../src/protocol/word-edits';
import { proseSentences } from '../../../src/text/prose';
import { windowLimits } from '../../../src/text/sentence-ends';
import { editToSource, isProtected, viewToSource } from '../../../src/protocol/source-map';
import { awkwardText } from './arbitraries';

const format = fc.constantFrom('markdown' as const, 'plain' as const);
const runs = { numRuns: 1500 };

describe('any text', () => {
  it('gives no sentence with a blank at its end, whatever the blank', () => {
    for (const code of Array.from({ length: 0x10000 }, (_, index) => index)) {
      const blank = String.fromCharCode(code);
      if (blank.trim() === '')
        expect(
          proseSentences(`${blank}A word.${blank}`, 'plain').map(({ text }) => text),
          code.toString(16),
        ).toEqual(['A word.']);
    }
  });

  it('gives sentences whose pieces are the same text in the source, in order and apart', () => {
    fc.assert(
      fc.property(awkwardText, format, (source, kind) => {
        let sourceEnd = 0;
        let sentenceEnd = 0;
        let block = 0;
        for (const sentence of proseSentences(source, kind)) {
          let viewEnd = 0;
          expect(sentence.blockIndex - block === 0 || sentence.blockIndex - block === 1).toBe(true);
          // an image's alternative text lies inside the sentence before
          if (sentence.blockIndex > block) sentenceEnd = 0;
          if (sentence.block === 'other') sourceEnd = 0;
          block = sentence.blockIndex;
          expect(sentence.text).toBe(sentence.text.trim());
          expect(sentence.start).toBeGreaterThanOrEqual(sentenceEnd);
          expect(sentence.end).toBeGreaterThan(sentence.start);
          expect(sentence.end).toBeLessThanOrEqual(source.length);
          sentenceEnd = sentence.end;
          for (const piece of sentence.pieces) {
            expect(piece.length).toBeGreaterThan(0);
            expect(source.slice(piece.sourceStart, piece.sourceStart + piece.length)).toBe(
              sentence.text.slice(piece.viewStart, piece.viewStart + piece.length),
            );
            expect(piece.viewStart).toBeGreaterThanOrEqual(viewEnd);
            expect(piece.sourceStart).toBeGreaterThanOrEqual(sourceEnd);
            expect(piece.sourceStart).toBeGreaterThanOrEqual(sentence.start);
            expect(piece.sourceStart + piece.length).toBeLessThanOrEqual(sentence.end);
            viewEnd = piece.viewStart + piece.length;
            sourceEnd = piece.sourceStart + piece.length;
          }
        }
      }),
      runs,
    );
  });

  it('never maps a range that touches something protected, and maps each other range to equal text', () => {
    fc.assert(
      fc.property(awkwardText, format, fc.nat(), fc.nat(8), (source, kind, at, length) => {
        for (const sentence of proseSentences(source, kind)) {
          const start = at % (sentence.text.length + 1);
          const end = Math.min(sentence.text.length, start + length);
          const range = viewToSource(sentence, start, end);
          if (range === undefined) continue;
          expect(source.slice(range.start, range.end)).toBe(sentence.text.slice(start, end));
          if (end > start) expect(isProtected(sentence, start, end)).toBe(false);
          expect(range.start).toBeGreaterThanOrEqual(sentence.start);
          expect(range.end).toBeLessThanOrEqual(sentence.end);
        }
      }),
      runs,
    );
  });

  it('an edit that can be made changes the view as asked for and nothing protected', () => {
    fc.assert(
      fc.property(
        awkwardText,
        fc.nat(),
        fc.nat(6),
        fc.constantFrom('', ' the', 'the ', 'x', ', ', 'foo bar'),
        (source, at, length, text) => {
          for (const sentence of proseSentences(source, 'plain')) {
            const start = at % (sentence.text.length + 1);
            const end = Math.min(sentence.text.length, start + length);
            const edit = editToSource(sentence, start, end, text);
            if (edit === undefined) continue;
            const asked = sentence.text.slice(0, start) + text + sentence.text.slice(end);
            // The edit seen from the view: the pieces tell where the source range lies.
            const viewOf = (offset: number): number => {
              const piece = sentence.pieces.find(
                (candidate) => candidate.sourceStart <= offset && offset <= candidate.sourceStart + candidate.length,
              )!;
              return piece.viewStart + offset - piece.sourceStart;
            };
            const made = sentence.text.slice(0, viewOf(edit.start)) + edit.text + sentence.text.slice(viewOf(edit.end));
            expect(made).toBe(asked);
            const changed = applyEdits(source, [edit]);
            expect(changed.slice(0, edit.start)).toBe(source.slice(0, edit.start));
            expect(changed.slice(edit.start + edit.text.length)).toBe(source.slice(edit.end));
            for (const piece of sentence.pieces) {
              if (piece.protected)
                expect(edit.end <= piece.sourceStart || edit.start >= piece.sourceStart + piece.length).toBe(true);
            }
          }
        },
      ),
      runs,
    );
  });

  it('keeps every window within the limits of the model', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('word', 'longer-word', ', ', 'and', '日本語', 'é', '😀', '; '), {
          minLength: 100,
          maxLength: 900,
        }),
        (words) => {
          // A last window of punctuation alone would be no sentence.
          const text = [...words, 'word'].join(' ');
          const sentences = proseSentences(text, 'plain');
          expect(
            sentences
              .map((sentence) => sentence.text)
              .join('')
              .replace(/\s/g, ''),
          ).toBe(text.replace(/\s/g, ''));
          for (const sentence of sentences) {
            expect(sentence.text.length).toBeLessThanOrEqual(windowLimits.characters);
            expect(sentence.text.split(/\s+/).length).toBeLessThanOrEqual(windowLimits.words + 1);
            expect(/^[\udc00-\udfff\p{M}]/u.test(sentence.text)).toBe(false);
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});
