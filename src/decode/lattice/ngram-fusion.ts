/**
 * Fusion with an n-gram language model (Gu & Kong 2021, "combine with n-gram LM"): slots that were predicted apart are
 * chosen together, by a language model that counts.
 *
 *   score(Y) = Σ_t [ log p(y_t | X) + α log S(y_t | y_{t−2} y_{t−1}) ]
 *   β |Y| is 0: the length is fixed
 *
 * A beam of 8 over the 8 best tokens of each slot; `<drop>` costs nothing and leaves the context as it is; the sentence
 * begins after `<end>`. Cost: encode + 1 pass and 64 T look-ups. Stop: always fixed.
 */
import { passBudget } from '../budget';
import type { Decoder, DecoderContext } from '../decoder';
import { latticePass } from './lattice-pass';
import type { Lattice } from './lattice';
import type { NgramTable } from './ngram-table';
import { Run } from '../step';

const usualWeight = 0.4;
const beamWidth = 8;

export const ngramFusion: Decoder = async function* (context, source, options) {
  const run = new Run(context, 'ngram-fusion', passBudget(options.passes, 1));
  const nothing = run.nothingToDo(source);
  if (nothing) return nothing;
  const table = tableOf(context);
  const { end, drop } = context.network.specialTokens;
  return yield* latticePass(run, source, options, (lattice) => ({
    path: fusedPath(lattice, table, options.languageModelWeight ?? usualWeight, end, drop),
  }));
};

interface Hypothesis {
  path: number[];
  /** The last two tokens that count for the language model. */
  before: number[];
  score: number;
}

/** Index of the chosen candidate for each slot. @param start token before the first one */
export function fusedPath(
  { ids, scores }: Lattice,
  table: NgramTable,
  weight: number,
  start: number,
  drop: number,
): number[] {
  let beam: Hypothesis[] = [{ path: [], before: [start], score: 0 }];
  ids.forEach((candidates, slot) => {
    const best = new Map<string, Hypothesis>(); // of paths with the same two last tokens only the best can win
    for (const { path, before, score } of beam) {
      candidates.forEach((id, at) => {
        const next: Hypothesis = {
          path: [...path, at],
          before: id === drop ? before : [...before.slice(-1), id],
          score: score + scores[slot]![at]! + (id === drop || weight === 0 ? 0 : weight * table.logScore(before, id)),
        };
        const key = next.before.join(' ');
        if (!best.has(key) || best.get(key)!.score < next.score) best.set(key, next);
      });
    }
    beam = [...best.values()].sort((left, right) => right.score - left.score).slice(0, beamWidth);
  });
  return beam[0]!.path;
}

/** @throws RangeError for a model without one; the message says what to do */
function tableOf({ tables }: DecoderContext): NgramTable {
  if (tables?.ngrams) return tables.ngrams;
  throw new RangeError(
    'This decoder needs a model with an n-gram table (ngrams.bin in its folder), and this one has none. Choose another decoder.',
  );
}
