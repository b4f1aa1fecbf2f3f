/**
 * All that the network is told of a sentence, over a corpus: sentences of our documents, and with slips put in.
 * The same lines are read by training/tests/test_prior.py, so both languages find the same or one of the tests fails.
 * `npx vitest run test/unit/english/prior-corpus.test.ts -u` writes what the TypeScript half finds now.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { Lexicon } from '../../../src/english/prior/lexicon';
import { findAll } from '../../../src/english/prior/prior';
import type { Piece, Sentence } from '../../../src/text/types';

const lists = path.resolve(import.meta.dirname, '../../../models/lexicon');
const corpus = path.resolve(import.meta.dirname, '../../fixtures/prior/prior-corpus.tsv');
const read = (name: string): string => readFileSync(path.join(lists, name), 'utf8');

/** Inline code is protected, as the reader of Markdown has it. */
function piecesOf(text: string): Piece[] {
  const ends = [...text.matchAll(/`[^`]*`/g)].flatMap(({ 0: code, index }) => [index, index + code.length]);
  return [0, ...ends].map((viewStart, place) => ({
    viewStart,
    sourceStart: viewStart,
    length: (ends[place] ?? text.length) - viewStart,
    protected: place % 2 === 1,
  }));
}

it('both languages find the same candidates in a corpus', async () => {
  const lexicon = Lexicon.fromText({
    misspellings: read('misspellings.tsv'),
    phrases: '',
    words: read('words.tsv'),
    names: read('names.tsv'),
  });
  const lines = readFileSync(corpus, 'utf8').trimEnd().split('\n');
  expect(lines.length).toBeGreaterThan(1000);
  const found = lines.map((line) => {
    const text = line.split('\t', 1)[0]!;
    const sentence: Sentence = {
      text,
      pieces: piecesOf(text),
      block: 'paragraph',
      blockIndex: 0,
      start: 0,
      end: text.length,
    };
    const offered = findAll(sentence, lexicon).filter((candidate) => candidate.offered);
    offered.sort((left, right) => left.start - right.start);
    return `${text}\t${offered.map(({ start, candidates }) => `${start} ${candidates.join('|')}`).join(', ')}\n`;
  });
  await expect(found.join('')).toMatchFileSnapshot(corpus);
});
