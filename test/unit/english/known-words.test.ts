import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frontCoded, KnownWords } from '../../../src/english/prior/known-words';

describe('known words', () => {
  it('are those of the list and no others', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcé'), minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), fc.array(word, { maxLength: 20 }), (words, others) => {
        const known = new KnownWords(frontCoded(words));
        for (const each of words) expect(known.has(each)).toBe(true);
        for (const each of others) expect(known.has(each)).toBe(words.includes(each));
      }),
    );
    expect(new KnownWords('').has('a')).toBe(false);
    expect(new KnownWords('').has('')).toBe(false);
  });
  it('of the shipped list are real words, below a megabyte, and no misspellings', () => {
    const folder = path.join(__dirname, '../../../models/lexicon');
    const text = readFileSync(path.join(folder, 'known-words.txt'), 'utf8');
    expect(text.length).toBeLessThan(1_000_000);
    const known = new KnownWords(text);
    for (const word of ['beheld', 'quintile', 'ingoing', 'todo', 'zither', 'aardvark'])
      expect([word, known.has(word)]).toEqual([word, true]);
    const misspelled = readFileSync(path.join(folder, 'misspellings.tsv'), 'utf8')
      .split('\n')
      .map((line) => line.split('\t')[0]!);
    expect(misspelled.filter((word) => known.has(word))).toEqual([]);
  });
});
