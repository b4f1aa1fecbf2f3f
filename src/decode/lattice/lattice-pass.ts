/**
 * One parallel pass whose slots are decided together: what the CRF layer and n-gram fusion share. They
 * differ in how a path is chosen.
 */
import type { DecodeOptions, Step, TraceToken } from '../../protocol/trace';
import type { DecodeResult, DecoderSource } from '../decoder';
import type { Lattice } from './lattice';
import { draftRequest, sourceRequest } from '../layout';
import { chooseLengths, predictedLengths } from '../length';
import { finishOutput } from '../output';
import { mean, plainToken, predictedToken, type Run } from '../step';

export interface Choice {
  /** Index of the chosen candidate for each slot. */
  path: number[];
  /** P(candidate) under the whole lattice, where the method has it. */
  marginals?: number[][];
}

/**
 * Encode, predict all slots at once, let `choose` decide over the lattice of their candidates. Tokens of a caller's
 * draft are slots with one candidate.
 */
export async function* latticePass(
  run: Run,
  source: DecoderSource,
  options: DecodeOptions,
  choose: (lattice: Lattice) => Choice,
): AsyncGenerator<Step, DecodeResult> {
  const { context } = run;
  const { network } = context;
  const { mask } = network.specialTokens;
  const encoded = await run.forward(sourceRequest(network, source));
  const guesses = predictedLengths(encoded.lengthLogits, source.ids.length, network.graph);
  const draft = options.draft
    ? [...options.draft]
    : new Array<number>(chooseLengths(guesses, 1, options.targetLength, network.graph)[0]!).fill(mask);
  const open = draft.flatMap((id, index) => (id === mask ? [index] : []));
  const given = source.ids.map((id, index) => plainToken(context, id, 'given', { sourceIndex: index }));
  const nothingOpen = open.length === 0;
  yield run.step('encode', given, { lengths: guesses.slice(0, 9), ...(nothingOpen ? { stop: 'empty' } : {}) });
  if (nothingOpen) return run.result(finishOutput(draft, network.specialTokens, options, draft), 'empty', 0);
  if (run.cancelled) return run.result([], 'cancelled', 0);
  const result = await run.forward(draftRequest(network, encoded.cache, draft, open));
  const count = network.graph.candidates;
  const lattice: Lattice = { ids: draft.map((id) => [id]), scores: draft.map(() => [0]) };
  open.forEach((slot, query) => {
    lattice.ids[slot] = [...result.candidateIds.subarray(query * count, (query + 1) * count)];
    lattice.scores[slot] = [...result.candidateLogProbs.subarray(query * count, (query + 1) * count)];
  });
  const { path, marginals } = choose(lattice);
  const ids = path.map((at, slot) => lattice.ids[slot]![at]!);
  const tokens = draft.map((id, slot): TraceToken => {
    const query = open.indexOf(slot);
    if (query < 0) return plainToken(context, id, 'given', options.lockedDraft?.includes(slot) ? { locked: true } : {});
    const more = marginals ? { marginals: marginals[slot]! } : {};
    return predictedToken(context, result, 0, query, ids[slot]!, lattice.scores[slot]![path[slot]!]!, 'new', more);
  });
  yield run.step('predict', tokens, { stop: 'fixed' });
  const score = mean(open.map((slot) => lattice.scores[slot]![path[slot]!]!));
  return run.result(
    finishOutput(
      ids,
      network.specialTokens,
      options,
      draft.filter((id) => id !== mask),
    ),
    'fixed',
    score,
  );
}
