import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { articleMatches, beginsWithVowelSound } from '../../../src/english/prior/indefinite-article';

const misspelled = new Map([
  ['rror', undefined],
  ['umbrela', undefined],
  ['enviroment', 'environment'],
  ['usefull', 'useful'],
]);
const spelling = (word: string): string | undefined => (misspelled.has(word) ? misspelled.get(word) : word);

describe('indefinite articles', () => {
  // The same lines are read by training/tests/test_prior.py: the network is trained with these marks.
  const lines = readFileSync('test/fixtures/prior/indefinite-articles.tsv', 'utf8').trimEnd().split('\n');
  it.each(lines.map((line) => line.split('\t')))('%s', (text, wanted) => {
    const code = [...text!.matchAll(/`[^`]*`/g)].map(({ 0: span, index }) => [index, index + span.length] as const);
    const found = articleMatches(text!, spelling, { protected: code }).map(
      ({ start, end, candidates }) =>
        `${text!.slice(start, end)} ${/^[A-Za-z0-9]+/.exec(text!.slice(end + 1))![0]}→${candidates.join('|')}`,
    );
    expect(found.join(', ')).toBe(wanted ?? '');
  });

  // Sentences of our own documents, most of their articles swapped.
  // training/tests/test_prior.py finds the same in them.
  it('finds in a corpus what training marks', () => {
    const corpus = readFileSync('test/fixtures/prior/article-corpus.tsv', 'utf8').trimEnd().split('\n');
    const marked = corpus.map((line) => {
      const text = line.split('\t')[0]!;
      const code = [...text.matchAll(/`[^`]*`/g)].map(({ 0: span, index }) => [index, index + span.length] as const);
      const found = articleMatches(text, (word) => word, { protected: code });
      return `${text}\t${found.map(({ start, candidates }) => `${start} ${candidates[0]}`).join(', ')}`;
    });
    expect(marked).toEqual(corpus);
  });

  it('says nothing where letters do not tell', () => {
    for (const word of ['SQL', 'x', 'uint', 'historic', 'nginx', 'v2', 'RAM', 'npmrc'])
      expect(beginsWithVowelSound(word), word).toBeUndefined();
    for (const word of ['hour', 'API', 'unimportant', 'error', 'HTTP', 'umbrella', 'Ubuntu'])
      expect(beginsWithVowelSound(word), word).toBe(true);
    for (const word of ['user', 'URL', 'one', 'unit', 'European', 'UUID', 'Gradle', 'CPU', 'house'])
      expect(beginsWithVowelSound(word), word).toBe(false);
  });

  it('leaves protected ranges alone', () => {
    expect(articleMatches('a error', spelling, { protected: [[0, 1]] })).toEqual([]);
  });
});
