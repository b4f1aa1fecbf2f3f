import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Lexicon, withCaseOf } from '../../../src/english/prior/lexicon';
import { awkwardText } from '../text/arbitraries';
import { processorTime } from '../processor-time';

const lexicon = Lexicon.fromText({
  misspellings: 'adn\tand\nalot\ta lot\ngithub\tGitHub\nrecieve\treceive\nteh\tthe\nthier\ttheir,there\n',
  phrases: 'a number of\tsome|many\nin order to\tto\nutilize\tuse\nvery unique\t\n',
  words: 'GitHub\t20\nThe\t5\nthe\t90\n',
});
const wrong = (text: string, options?: Parameters<Lexicon['misspellings']>[1]): string[] =>
  lexicon
    .misspellings(text, options)
    .map(({ start, end, candidates }) => `${text.slice(start, end)}>${candidates.join('|')}`);
const phrases = (text: string): string[] =>
  lexicon.phrases(text).map(({ start, end, candidates }) => `${text.slice(start, end)}>${candidates.join('|')}`);

describe('misspellings', () => {
  it('keeps the case of the text', () => {
    expect(wrong('Teh cat, teh dog, TEH END. Thier alot; github.')).toEqual([
      'Teh>The',
      'teh>the',
      'TEH>THE',
      'Thier>Their|There',
      'alot>a lot',
      'github>GitHub',
    ]);
    expect(withCaseOf('Teh', '')).toBe('');
  });
  it('passes over names, digits, inner capitals, protected ranges and the dictionary', () => {
    expect(wrong('teh_x x_teh teh2 tEh teh.txt teh.JS a.teh @teh #teh --teh /teh teh() `teh`')).toEqual([]);
    expect(wrong('teh adn teh', { protected: [[0, 3]] })).toEqual(['adn>and', 'teh>the']);
    expect(wrong('teh adn', { dictionary: ['TEH'] })).toEqual(['adn>and']);
    expect(wrong('teh adn', { dictionary: new Set(['adn']) })).toEqual(['teh>the']);
  });
  it('reads words at hyphens, marks and possessives', () => {
    expect(wrong('(teh) “teh” well-teh, teh. thier’s')).toEqual([
      'teh>the',
      'teh>the',
      'teh>the',
      'teh>the',
      'thier’s>their’s|there’s',
    ]);
  });
  it('agrees with a search of every line', () => {
    const keys = fc.uniqueArray(
      fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é', '-', 'z'), minLength: 1, maxLength: 4 }),
      { minLength: 1, maxLength: 40 },
    );
    fc.assert(
      fc.property(keys, fc.boolean(), fc.boolean(), (list, sort, crlf) => {
        const lines = list.map((key) => `${key}\tx${key}`);
        if (sort) lines.sort();
        const table = Lexicon.fromText({ misspellings: '', phrases: lines.join(crlf ? '\r\n' : '\n'), words: '' });
        for (const key of list.filter((entry) => /^[\p{L}]+$/u.test(entry)))
          expect(table.phrases(key)[0]?.candidates).toEqual([`x${key}`]);
        expect(table.phrases('bogus')).toEqual([]);
      }),
    );
  });
  it('never throws, and gives sorted ranges', () => {
    fc.assert(
      fc.property(awkwardText, (text) => {
        let at = 0;
        for (const { start, end } of lexicon.misspellings(text)) {
          expect(start).toBeGreaterThanOrEqual(at);
          at = end;
        }
        expect(Array.isArray(lexicon.phrases(text))).toBe(true);
      }),
    );
  });
  it('stands empty and broken files', () => {
    const empty = Lexicon.fromText({ misspellings: '', phrases: '', words: '' });
    expect([empty.misspellings('teh'), empty.phrases('in order to'), empty.wordCount('x')]).toEqual([[], [], 0]);
    const broken = Lexicon.fromText({ misspellings: '# note\n\nteh\nadn\tand\n\t\n', phrases: '\n', words: 'x\n' });
    expect(broken.misspellings('teh adn').map(({ candidates }) => candidates)).toEqual([['and']]);
  });
});

describe('phrases and words', () => {
  it('finds the longest phrase, over line breaks, with the case of the text', () => {
    expect(phrases('In order\nto utilize a number of very unique things.')).toEqual([
      'In order\nto>To',
      'utilize>use',
      'a number of>some|many',
      'very unique>',
    ]);
  });
  it('knows the usual case and the count of a word', () => {
    expect([
      lexicon.usualCase('github'),
      lexicon.usualCase('THE'),
      lexicon.wordCount('The'),
      lexicon.wordCount('none'),
    ]).toEqual(['GitHub', 'the', 95, 0]);
  });
});

const folder = path.join(__dirname, '../../../models/lexicon');
describe.skipIf(!fs.existsSync(path.join(folder, 'misspellings.tsv')))('the shipped lists', () => {
  const read = (name: string): string => fs.readFileSync(path.join(folder, name), 'utf8');
  it('are sorted, load fast and find what they hold', () => {
    const files = { misspellings: read('misspellings.tsv'), phrases: read('phrases.tsv'), words: read('words.tsv') };
    let shipped!: Lexicon;
    const loading = processorTime(() => {
      shipped = Lexicon.fromText(files);
    });
    expect(loading).toBeLessThan(500); // 30 ms on an idle core
    const keys = files.misspellings
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split('\t')[0]!);
    for (let index = 1; index < keys.length; index += 1)
      if (!(keys[index - 1]! < keys[index]!)) throw new Error(`${keys[index]} is out of order`);
    expect(shipped.misspellings('We recieve teh mesage seperately.').map(({ candidates }) => candidates[0])).toEqual(
      expect.arrayContaining(['receive', 'separately']),
    );
    expect(
      shipped.misspellings('The quick brown fox jumps over the lazy dog and reads the documentation of the server.'),
    ).toEqual([]);
  });
});
