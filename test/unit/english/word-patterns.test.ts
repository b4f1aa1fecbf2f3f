import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { patternMatches } from '../../../src/english/prior/word-patterns';

describe('word patterns', () => {
  // The same lines are read by training/tests/test_prior.py.
  const lines = readFileSync('test/fixtures/prior/word-patterns.tsv', 'utf8').trimEnd().split('\n');
  it.each(lines.map((line) => line.split('\t')))('%s', (text, wanted) => {
    const code = [...text!.matchAll(/`[^`]*`/g)].map(({ 0: span, index }) => [index, index + span.length] as const);
    const found = patternMatches(text!, { protected: code }).map(
      ({ start, end, candidates }) => `${text!.slice(start, end)}→${candidates.join('|')}`,
    );
    expect(found.join(', ')).toBe(wanted ?? '');
  });
});
