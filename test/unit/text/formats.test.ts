import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { grammarReady, readProse } from '../../../src/text/prose';
import { editToSource } from '../../../src/protocol/source-map';
import { applyEdits } from '../../../src/protocol/word-edits';
import { documentsOf, folders, marked, proseSpans, type Span } from './formats-corpus';

/** In every document these words stand where nothing may change, … */
const kept = /teh|recieve/gi;
/** … and these stand in prose. */
const prose = /adress|wich/gi;

const holds = (spans: readonly Span[], start: number, end: number): boolean =>
  spans.some(([from, to]) => from <= start && end <= to);
const touches = (spans: readonly Span[], start: number, end: number): boolean =>
  spans.some(([from, to]) => from < end && start < to);

describe.each(folders)('%s', (folder) => {
  const documents = documentsOf(folder);

  beforeAll(async () => {
    for (const { format } of documents) await grammarReady(format);
  }, 120_000);

  it.each(documents)('$name: what is prose', async (document) => {
    // Every snapshot was read by a person; `vitest run -u` writes them anew.
    await expect(marked(document)).toMatchFileSnapshot(`${document.file}.prose`);
  });

  it.each(documents)(
    '$name: words that stand for code are out of reach, words of prose are not',
    ({ source, format }) => {
      const { sentences, unread } = readProse(source, format);
      expect(unread).toEqual([]);
      const spans = proseSpans(sentences);
      const wrong: string[] = [];
      const around = (at: number): string => JSON.stringify(source.slice(Math.max(0, at - 15), at + 20));
      for (const { index, 0: word } of source.matchAll(kept))
        if (touches(spans, index, index + word.length)) wrong.push(`prose: ${around(index)}`);
      for (const { index, 0: word } of source.matchAll(prose))
        if (!holds(spans, index, index + word.length)) wrong.push(`no prose: ${around(index)}`);
      expect(wrong).toEqual([]);
    },
  );

  it.each(documents)('$name: CRLF line ends change nothing', ({ source, format }) => {
    const crlf = source.replaceAll('\n', '\r\n');
    const texts = (text: string): string[] => readProse(text, format).sentences.map((sentence) => sentence.text);
    expect(texts(crlf)).toEqual(texts(source));
  });

  it.each(documents)('$name: mixed line ends change nothing', ({ source, format }) => {
    let isOdd = false;
    const mixed = source.replace(/\n/g, (end) => ((isOdd = !isOdd) ? '\r\n' : end));
    const texts = (text: string): string[] => readProse(text, format).sentences.map((sentence) => sentence.text);
    expect(texts(mixed)).toEqual(texts(source));
  });

  it.each(documents)('$name: cut anywhere, its prose stands in the source as it is', ({ source, format }) => {
    fc.assert(
      fc.property(fc.nat(source.length), fc.constantFrom('', '\n', '\r\n', '`', '{', '"'), (at, end) => {
        const text = source.slice(0, at) + end;
        for (const { text: view, pieces } of readProse(text, format).sentences)
          for (const { viewStart, sourceStart, length } of pieces)
            expect(text.slice(sourceStart, sourceStart + length)).toBe(view.slice(viewStart, viewStart + length));
      }),
      { numRuns: 12 },
    );
  });

  it.each(documents)('$name: no edit of a sentence reaches out of its prose', ({ source, format }) => {
    const { sentences } = readProse(source, format);
    // Before and after something protected words may be put in, never inside of it.
    const spans = sentences.flatMap(({ pieces }) =>
      pieces.flatMap(({ protected: isProtected, sourceStart, length }): Span[] => {
        const end = sourceStart + length;
        return isProtected
          ? [
              [sourceStart, sourceStart],
              [end, end],
            ]
          : [[sourceStart, end]];
      }),
    );
    for (const { text, pieces } of sentences)
      for (const { viewStart, sourceStart, length } of pieces)
        expect(source.slice(sourceStart, sourceStart + length)).toBe(text.slice(viewStart, viewStart + length));
    if (sentences.length === 0) return;
    fc.assert(
      fc.property(
        fc.nat(),
        fc.nat(),
        fc.nat(12),
        fc.constantFrom('', 'x', ' the', 'word ', ', '),
        (which, at, length, text) => {
          const sentence = sentences[which % sentences.length]!;
          const start = at % (sentence.text.length + 1);
          const edit = editToSource(sentence, start, Math.min(sentence.text.length, start + length), text);
          if (edit === undefined) return;
          expect(spans.some(([from, to]) => from <= edit.start && edit.end <= to)).toBe(true);
          const changed = applyEdits(source, [edit]);
          expect(changed.slice(0, edit.start) + changed.slice(edit.start + edit.text.length)).toBe(
            source.slice(0, edit.start) + source.slice(edit.end),
          );
        },
      ),
      { numRuns: 30 },
    );
  });
});
