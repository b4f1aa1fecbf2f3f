/**
 * What edits of WordPiece tokens write; pairs with the edits that the network learns from (reference/word_piece.py).
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writtenEdits, writtenText } from '../../../src/engine/document/written-edits';
import { viewEdits } from '../../../src/engine/document/sentence-edits';
import { tokenizerFromJson } from '../../../src/text/tokenizer';
import { applyEdits } from '../../../src/protocol/word-edits';

const folder = path.join(__dirname, '../../fixtures/word-piece');
const readJson = (name: string): unknown => JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
const tokenizer = tokenizerFromJson(readJson('tokenizer.json'), {});
const pairs = readJson('pairs.json') as {
  source: string;
  target: string;
  edits: { start: number; end: number; ids: number[] }[];
}[];
const texts = (readJson('texts.json') as { text: string }[]).map(({ text }) => text);

/** `view` with `words`, where they first stand, written as `text`. */
function replaced(view: string, words: string, text: string): string | undefined {
  const encoding = tokenizer.encode(view);
  const at = view.indexOf(words);
  const start = encoding.ends.findIndex((end) => end > at);
  const end = encoding.starts.filter((from) => from < at + words.length).length;
  const [edit] = writtenEdits(view, encoding, [{ start, end, ids: tokenizer.encode(text).ids }], tokenizer);
  return edit && applyEdits(view, [edit]);
}

describe('written edits of WordPiece tokens', () => {
  it('turn each source into its target by the edits of the labels', () => {
    expect(pairs.length).toBeGreaterThanOrEqual(300);
    for (const { source, target, edits } of pairs) {
      const encoding = tokenizer.encode(source);
      const written = writtenEdits(source, encoding, edits, tokenizer);
      expect(
        applyEdits(
          source,
          written.map((edit) => edit!),
        ),
        source,
      ).toBe(target);
      const tidy = viewEdits(
        source,
        encoding,
        edits.map((edit) => ({ ...edit, confidence: 0.9, lexicon: false })),
        tokenizer,
      );
      expect(applyEdits(source, tidy), source).toBe(target);
      expect(writtenText(source, encoding, tokenizer.encode(target).ids, tokenizer), source).toBe(target);
    }
  });

  it('change nothing where the own pieces are written', () => {
    const place = fc.record({
      text: fc.constantFrom(...texts.filter((text) => !/\ufffd/.test(text))),
      start: fc.nat(60),
      length: fc.nat(12),
    });
    fc.assert(
      fc.property(place, ({ text, start, length }) => {
        const encoding = tokenizer.encode(text);
        const from = Math.min(start, encoding.ids.length),
          to = Math.min(from + length, encoding.ids.length);
        const [edit] = writtenEdits(
          text,
          encoding,
          [{ start: from, end: to, ids: encoding.ids.slice(from, to) }],
          tokenizer,
        );
        expect(edit && applyEdits(text, [edit])).toBe(text);
        expect(writtenText(text, encoding, encoding.ids, tokenizer)).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  it('leave every byte outside alone, whatever they write', () => {
    const ids = fc.array(fc.integer({ min: 33, max: tokenizer.size - 1 }), { maxLength: 3 });
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.nat(40), fc.nat(4), ids, (text, start, length, written) => {
        const encoding = tokenizer.encode(text);
        const from = Math.min(start, encoding.ids.length),
          to = Math.min(from + length, encoding.ids.length);
        const [edit] = writtenEdits(text, encoding, [{ start: from, end: to, ids: written }], tokenizer);
        // At most the white space on both sides and, for a capital, one letter of the next word.
        const left = from === 0 ? 0 : encoding.ends[from - 1]!;
        const right =
          to < encoding.ids.length
            ? encoding.starts[to]! + /^[^\p{L}\p{N}\p{P}\p{S}]*/u.exec(text.slice(encoding.starts[to]))![0].length + 1
            : text.length;
        expect(edit!.start).toBeGreaterThanOrEqual(left);
        expect(edit!.end).toBeLessThanOrEqual(right);
        expect(edit!.start).toBeLessThanOrEqual(edit!.end);
      }),
      { numRuns: 300 },
    );
  });

  it('keep the white space before the first replaced word', () => {
    expect(replaced('read  teh\tfile', 'teh', 'the')).toBe('read  the\tfile');
    expect(replaced('read\n teh file', 'teh', 'the')).toBe('read\n the file');
    expect(replaced(' teh file', 'teh', 'The')).toBe(' The file');
  });

  it('put one space beside a new word', () => {
    expect(replaced('read file', 'read', 'read the')).toBe('read the file');
    expect(replaced('read file.', 'file', 'file here')).toBe('read file here.');
    expect(replaced('read file', 'read', 'Then read')).toBe('Then read file');
    expect(replaced('see (file)', '(', '(the')).toBe('see (the file)');
    expect(replaced('read\nfile', 'read', 'read the')).toBe('read the\nfile');
  });

  it('attach marks as prose does', () => {
    expect(replaced('However it is', 'However', 'However,')).toBe('However, it is');
    expect(replaced('run it', 'it', 'it.')).toBe('run it.');
    expect(replaced('this and that', 'and', ',')).toBe('this, that');
    expect(replaced('run see below)', 'run', 'run (')).toBe('run (see below)');
    expect(replaced('state of', 'state', 'state-')).toBe('state-of');
    expect(replaced('`a` this', '` this', '` - this')).toBe('`a` - this');
    expect(replaced('one, two', ',', '')).toBe('one two');
    expect(replaced('the users name', 'users', "user's")).toBe("the user's name");
    expect(replaced('it dont work', 'dont', "don't")).toBe("it don't work");
    expect(replaced('use well-known ports', '-', '')).toBe('use well known ports');
  });

  it('join and part words', () => {
    expect(replaced('put in to it', 'in to', 'into')).toBe('put into it');
    expect(replaced('have alot of it', 'alot', 'a lot')).toBe('have a lot of it');
    expect(replaced("it don't work", "don't", 'does not')).toBe('it does not work');
  });

  it('leave one white space behind a deleted word, and a capital at the start', () => {
    expect(replaced('see the the log', 'the', '')).toBe('see the log');
    expect(replaced('(the file)', 'the', '')).toBe('(file)');
    expect(replaced('a file too, yes', 'too', '')).toBe('a file, yes');
    expect(replaced('run it (now', '(', '')).toBe('run it now');
    expect(replaced('So the file is', 'So', '')).toBe('The file is');
    expect(replaced('so the file is', 'so', '')).toBe('the file is');
    expect(replaced('So npmRun is', 'So', '')).toBe('npmRun is');
    expect(replaced('the file now', 'now', '')).toBe('the file');
  });

  it('never write an unknown word', () => {
    const view = 'read the 🙂 file';
    const encoding = tokenizer.encode(view);
    expect(writtenEdits(view, encoding, [{ start: 1, end: 2, ids: [tokenizer.unknownId!] }], tokenizer)).toEqual([
      undefined,
    ]);
    // Where it stands already it stays.
    const kept = writtenEdits(
      view,
      encoding,
      [{ start: 1, end: 3, ids: [...tokenizer.encode('a').ids, tokenizer.unknownId!] }],
      tokenizer,
    );
    expect(applyEdits(view, [kept[0]!])).toBe('read a 🙂 file');
    expect(
      viewEdits(
        view,
        encoding,
        [{ start: 1, end: 2, ids: [tokenizer.unknownId!], confidence: 1, lexicon: false }],
        tokenizer,
      ),
    ).toEqual([]);
  });
});
