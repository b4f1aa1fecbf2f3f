/** Viterbi and marginals against all paths, the table files, n-gram fusion and the veto. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { marginals, viterbi, type Lattice } from '../../../src/decode/lattice/lattice';
import { fusedPath } from '../../../src/decode/lattice/ngram-fusion';
import { readNgramTable, type NgramTable } from '../../../src/decode/lattice/ngram-table';
import { isVetoed } from '../../../src/decode/edit/ngram-veto';
import { readTransitionTable } from '../../../src/decode/lattice/transition-table';
import { fakeNetwork, hash, run, source } from './fake-network';

const transition = (left: number, right: number): number => 3 * hash(left, right) - 1.5;
const lattices: fc.Arbitrary<Lattice> = fc
  .array(fc.array(fc.double({ min: -4, max: 0, noNaN: true }), { minLength: 1, maxLength: 3 }), {
    minLength: 1,
    maxLength: 5,
  })
  .map((scores) => ({ scores, ids: scores.map((row, slot) => row.map((_, at) => 10 * slot + at)) }));

function allPaths({ ids, scores }: Lattice): { path: number[]; score: number }[] {
  let paths = [{ path: [] as number[], score: 0 }];
  ids.forEach((row, slot) => {
    paths = paths.flatMap(({ path: before, score }) =>
      row.map((id, at) => ({
        path: [...before, at],
        score: score + scores[slot]![at]! + (slot > 0 ? transition(ids[slot - 1]![before.at(-1)!]!, id) : 0),
      })),
    );
  });
  return paths;
}

describe('viterbi and marginals', () => {
  it('are those of all paths written out', () => {
    fc.assert(
      fc.property(lattices, (lattice) => {
        const paths = allPaths(lattice);
        const best = paths.reduce((left, right) => (right.score > left.score ? right : left));
        const chosen = viterbi(lattice, transition).join();
        expect(paths.find(({ path: one }) => one.join() === chosen)!.score).toBeCloseTo(best.score, 9);
        const total = paths.reduce((sum, { score }) => sum + Math.exp(score), 0);
        marginals(lattice, transition).forEach((row, slot) =>
          row.forEach((probability, at) => {
            const through = paths
              .filter(({ path: one }) => one[slot] === at)
              .reduce((sum, { score }) => sum + Math.exp(score), 0);
            expect(probability).toBeCloseTo(through / total, 9);
          }),
        );
      }),
    );
  });

  it('forbid a repeat that the slots alone would write', () => {
    const lattice = {
      ids: [
        [40, 41],
        [40, 42],
      ],
      scores: [
        [-0.1, -2],
        [-0.1, -0.5],
      ],
    };
    const noRepeats = (left: number, right: number): number => (left === right ? -9 : 0);
    expect(viterbi(lattice, () => 0)).toEqual([0, 0]);
    expect(viterbi(lattice, noRepeats)).toEqual([0, 1]);
    expect(viterbi({ ids: [], scores: [] }, noRepeats)).toEqual([]);
  });
});

describe('the table files', () => {
  const folder = path.join(__dirname, '../../fixtures/tiny');
  const crf = new Uint8Array(readFileSync(path.join(folder, 'crf.bin')));
  const ngrams = new Uint8Array(readFileSync(path.join(folder, 'ngrams.bin')));

  it('are read as they were packed', () => {
    const table = readNgramTable(ngrams, 300);
    const start = table.count([3]);
    expect(start).toBeGreaterThan(500); // <end> is a tenth of 6,000 tokens
    const followers = Array.from({ length: 300 }, (_, id) => table.count([3, id])).filter((count) => count > 0);
    expect(Math.abs(followers.reduce((sum, count) => sum + count, 0) / start - 1)).toBeLessThan(0.05);
    expect(readTransitionTable(crf, 300).rank).toBe(4);
  });

  it('say the same wherever in memory they lie', () => {
    const shifted = new Uint8Array(ngrams.length + 1);
    shifted.set(ngrams, 1);
    const [plain, moved] = [readNgramTable(ngrams, 300), readNgramTable(shifted.subarray(1), 300)];
    for (let id = 32; id < 300; id++) expect(moved.logScore([3, id], 60)).toBe(plain.logScore([3, id], 60));
  });

  it('back off by 0.4 for each token of context that does not help', () => {
    const table = readNgramTable(ngrams, 300);
    const unseen = Array.from({ length: 300 }, (_, id) => id).find(
      (id) => id >= 32 && table.count([id]) > 0 && table.count([4, id]) === 0,
    )!;
    expect(table.logScore([4], unseen)).toBeCloseTo(table.logScore([], unseen) + Math.log(0.4), 9);
    expect(table.logScore([5, 4], unseen)).toBeCloseTo(table.logScore([], unseen) + 2 * Math.log(0.4), 9);
  });

  it('are refused when they are damaged or of another model', () => {
    expect(() => readNgramTable(ngrams.subarray(0, 9000), 300)).toThrow(/9000 of \d+ bytes/);
    expect(() => readNgramTable(ngrams, 301)).toThrow(/300 tokens, the model has 301/);
    expect(() => readNgramTable(crf, 300)).toThrow(/no n-gram table/);
    expect(() => readTransitionTable(ngrams, 300)).toThrow(/no transition table/);
    expect(() => readTransitionTable(crf.subarray(0, 100), 300)).toThrow(/100 bytes/);
    expect(() => readTransitionTable(new Uint8Array(3), 300)).toThrow(RangeError);
  });
});

/** Bigrams of the list are attested, nothing else is. */
const attested = (pairs: string[]): NgramTable => ({
  vocabulary: 64,
  count: (tokens) => (pairs.includes(tokens.join(' ')) ? 5 : 0),
  logScore: (before, next) => (pairs.includes(`${before.at(-1)} ${next}`) ? -1 : -9),
});

describe('n-gram fusion', () => {
  it('lets the language model overrule the slots by its weight, and leaves its context alone at a drop', () => {
    const lattice = {
      ids: [
        [40, 41],
        [8, 42],
        [43, 44],
      ],
      scores: [
        [-0.1, -0.4],
        [-0.1, -3],
        [-0.1, -0.4],
      ],
    };
    const table = attested(['3 41', '41 44']);
    expect(fusedPath(lattice, table, 0, 3, 8)).toEqual([0, 0, 0]);
    expect(fusedPath(lattice, table, 1, 3, 8)).toEqual([1, 0, 1]); // 41 <drop> 44
  });
});

describe('the veto', () => {
  const table = attested(['40 41', '41 42', '40 50', '50 42', '40 42']);

  it.each([
    ['an attested phrase that would become an unattested one', { start: 1, end: 2, ids: [51] }, true],
    ['an attested phrase that stays attested', { start: 1, end: 2, ids: [50] }, false],
    ['a deletion that leaves attested neighbours', { start: 1, end: 2, ids: [] }, false],
    ['an insertion between attested neighbours', { start: 1, end: 1, ids: [51] }, true],
  ])('of %s', (_, edit, vetoed) => {
    expect(isVetoed(table, [40, 41, 42], edit)).toBe(vetoed);
  });

  it('never speaks where the sentence was unattested already', () => {
    expect(isVetoed(table, [40, 60, 42], { start: 1, end: 2, ids: [61] })).toBe(false);
  });
});

describe.each(['crf', 'ngram-fusion'] as const)('%s', (name) => {
  it('refuses a model without its table, and says what to do', async () => {
    await expect(run(name, fakeNetwork({ seed: 1 }), source([40]), {}, { tables: {} })).rejects.toThrow(
      /\.bin in its folder.*Choose another decoder/,
    );
  });
});
