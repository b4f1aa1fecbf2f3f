import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nameMatches, readNames } from '../../../src/english/prior/names';

const names = readNames('api\tAPI\r\ngithub\tGitHub\njavascript\tJavaScript\n\nbroken\n');

describe('names with a settled case', () => {
  // The same lines are read by training/tests/test_prior.py.
  const lines = readFileSync('test/fixtures/prior/names.tsv', 'utf8').trimEnd().split('\n');
  it.each(lines.map((line) => line.split('\t')))('%s', (text, wanted) => {
    const code = [...text!.matchAll(/`[^`]*`/g)].map(({ 0: span, index }) => [index, index + span.length] as const);
    const found = nameMatches(text!, names, { protected: code }).map(
      ({ start, end, candidates }) => `${text!.slice(start, end)}→${candidates.join('|')}`,
    );
    expect(found.join(', ')).toBe(wanted ?? '');
  });

  it('reads lines with a tab, whatever their ends', () => {
    expect([...names]).toEqual([
      ['api', 'API'],
      ['github', 'GitHub'],
      ['javascript', 'JavaScript'],
    ]);
    expect(nameMatches('the api', new Map())).toEqual([]);
  });

  it('leaves words of the dictionary and protected ranges alone', () => {
    expect(nameMatches('the api', names, { dictionary: ['API'] })).toEqual([]);
    expect(nameMatches('the api', names, { protected: [[4, 7]] })).toEqual([]);
  });
});
