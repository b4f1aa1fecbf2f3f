import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Lexicon } from '../../../src/english/prior/lexicon';
import { NearWords, oneSlipAway } from '../../../src/english/prior/near-words';

const words =
  'attempt\t40\nconfigure\t90\ncargo\t30\ndaemon\t12\ndemon\t9\nqueue\t50\nqueues\t20\nunreferenced\t15\nrow\t99\nTheir\t5\ntheir\t70\nthere\t80\nthese\t60';
const lexicon = Lexicon.fromText({ misspellings: 'recieve\treceive', phrases: '', words });
const near = new NearWords(lexicon);
const texts = (text: string, options = {}): string[] =>
  near
    .matches(text, lexicon.misspellings(text), options)
    .map(({ start, end, candidates }) => `${text.slice(start, end)} -> ${candidates.join(', ')}`);

const fixture = (name: string): string =>
  readFileSync(path.join(__dirname, '../../fixtures/prior', name), 'utf8').trimEnd();

describe('near words', () => {
  const shared = Lexicon.fromText({ misspellings: '', phrases: '', words: fixture('near-words.words.tsv') });
  it.each(
    fixture('near-words.tsv')
      .split('\n')
      .map((line) => `${line}\t`.split('\t') as [string, string]),
  )('are those of the twin in Python: %s', (text, wanted) => {
    expect(
      shared.near
        .matches(text, [])
        .map(({ start, end, candidates }) => `${text.slice(start, end)}→${candidates.join('|')}`)
        .join(', '),
    ).toBe(wanted);
  });

  it('offers the known words one slip away, most frequent first', () => {
    expect(texts('We confgure the quue after an atempt, thier cargo too.')).toEqual([
      'confgure -> configure',
      'quue -> queue',
      'atempt -> attempt',
      'thier -> their',
    ]);
    expect(near.candidates('thee')).toEqual(['there', 'these']);
    expect(near.candidates('hteir')).toEqual([]); // the first letter may be lost, never another one
    expect(near.candidates('ttempt')).toEqual(['attempt']);
  });

  it('leaves known, short, capitalised, listed and joined words alone', () => {
    expect(texts('queue rwo COnfgure confgure.js confgure_x recieve confgure()')).toEqual([]);
    expect(texts('the confgure step', { dictionary: ['confgure'] })).toEqual([]);
    expect(texts('the confgure step', { protected: [[4, 12]] })).toEqual([]);
  });

  it('gives a word with a capital one, or the case of its name', () => {
    const named = Lexicon.fromText({
      misspellings: '',
      phrases: '',
      words: 'GitHub\t900\ncommit\t800\nsee\t90',
      names: 'github\tGitHub',
    });
    expect(named.near.matches('See Githb and the Commmit.', []).map(({ candidates }) => candidates)).toEqual([
      ['GitHub'],
      ['Commit'],
    ]);
    expect(named.near.matches('See Github.', [])).toEqual([]);
  });

  it('takes no inflected form for a slip and no rare word for a neighbour', () => {
    expect(near.candidates('unreference')).toEqual([]);
    expect(near.candidates('cargos')).toEqual([]);
    expect(near.candidates('demom')).toEqual([]); // "demon" is seen 9 times
  });

  it('finds for every word exactly the words that one operation undoes', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{4,9}$/), (word) => {
        const around = oneSlipAway(word);
        expect(around.has(word)).toBe(false);
        for (const other of around)
          expect(other[0] === word[0] && Math.abs(other.length - word.length) <= 1).toBe(true);
        for (const other of around)
          if (other[0] === word[0] && other.length > 1) expect(oneSlipAway(other).has(word)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });
});
