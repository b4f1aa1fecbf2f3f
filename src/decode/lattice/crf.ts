/**
 * CRF output layer over one parallel pass (NAT-CRF, Sun 2019): neighbours are chosen together, so that broken bigrams
 * and repeats, the typical faults of independent slots, cost something.
 *
 *   score(Y) = Σ_t log p(y_t | X) + Σ_t E1[y_{t−1}] · E2[y_t]
 *   Y = argmax over the 8 best tokens of each slot (Viterbi)
 *
 * The marginals of the same lattice (forward-backward) go into the trace; the confidences stay the network's own.
 * Cost: encode + 1 pass; the lattice is 64 T multiply-adds. Stop: always fixed.
 */
import { passBudget } from '../budget';
import type { Decoder, DecoderContext } from '../decoder';
import { latticePass } from './lattice-pass';
import { marginals, viterbi } from './lattice';
import type { TransitionTable } from './transition-table';
import { Run } from '../step';

export const crf: Decoder = async function* (context, source, options) {
  const run = new Run(context, 'crf', passBudget(options.passes, 1));
  const nothing = run.nothingToDo(source);
  if (nothing) return nothing;
  const table = tableOf(context);
  const transition = (left: number, right: number): number => table.score(left, right);
  return yield* latticePass(run, source, options, (lattice) => ({
    path: viterbi(lattice, transition),
    marginals: marginals(lattice, transition),
  }));
};

/** @throws RangeError for a model without one; the message says what to do */
function tableOf({ tables }: DecoderContext): TransitionTable {
  if (tables?.transitions) return tables.transitions;
  throw new RangeError(
    'This decoder needs a model with a transition table (crf.bin in its folder), and this one has none. Choose another decoder.',
  );
}
