/**
 * MIST, iterative and exact (Jiang 2021, §3 and Table 6): the draft of one iteration is mixed
 * into the source of the next.
 *
 *   Y_0 = NAR(X);  Y_k = argmax refine(MASK^T | encode(<begin> <task> Y_{k−1} <end> X <end>))
 *
 * Pseudo-target tokens are part of the source, so every iteration encodes again: encode + 1 pass for the first, 2 for
 * each further one. The source is cut on the right where both do not fit. Stops: Y_k = Y_{k−1} (stable), an older draft
 * comes back (loop), or fewer than the 2 passes of an iteration are left (budget).
 */
import type { StopReason, TraceToken } from '../../protocol/trace';
import { passBudget } from '../budget';
import type { Decoder, DecoderContext } from '../decoder';
import { draftRequest, range, sourceRequest } from '../layout';
import { chooseLengths, predictedLengths } from '../length';
import type { ForwardRequest, ForwardResult, Network } from '../network';
import { finishOutput } from '../output';
import { mean, plainToken, predictedToken, Run } from '../step';

export const mist: Decoder = async function* (context, source, options) {
  const run = new Run(context, 'mist', passBudget(options.passes, 5));
  const { network } = context;
  const { mask } = network.specialTokens;
  let draft: number[] = [];
  let score = 0;
  const finish = (stop: StopReason) => run.result(finishOutput(draft, network.specialTokens, options), stop, score);
  if (source.ids.length === 0) return finish('empty');
  if (run.cancelled) return finish('cancelled');
  let encoded = await run.forward(sourceRequest(network, source));
  const guesses = predictedLengths(encoded.lengthLogits, source.ids.length, network.graph);
  const length = chooseLengths(guesses, 1, options.targetLength, network.graph)[0]!;
  const given = source.ids.map((id, index) => plainToken(context, id, 'given', { sourceIndex: index }));
  yield run.step('encode', given, { lengths: guesses.slice(0, 9) });
  const seen = new Set<string>();
  for (;;) {
    if (run.cancelled) return finish('cancelled');
    const previous = draft;
    const result = await run.forward(
      draftRequest(network, encoded.cache, new Array<number>(length).fill(mask), range(length)),
    );
    const tokens = readDraft(context, result, previous);
    draft = tokens.map(({ id }) => id);
    score = mean(tokens.map((token) => token.logProbability));
    const key = draft.join(' ');
    const stop = key === previous.join(' ') ? 'stable' : seen.has(key) ? 'loop' : run.left >= 2 ? undefined : 'budget';
    seen.add(key);
    yield run.step('predict', tokens, stop ? { stop } : {});
    if (stop) return finish(stop);
    if (run.cancelled) return finish('cancelled');
    encoded = await run.forward(mixedRequest(network, sourceRequest(network, source), draft));
    yield run.step('encode', [...draft.map((id) => plainToken(context, id, 'kept')), ...given]);
  }
};

/** The best token of every slot; `previous` is the draft of the iteration before, empty in the first one. */
export function readDraft(context: DecoderContext, result: ForwardResult, previous: readonly number[]): TraceToken[] {
  return range(result.slots).map((slot) => {
    const at = slot * context.network.graph.candidates;
    const id = result.candidateIds[at]!;
    const state = previous.length === 0 ? 'new' : previous[slot] === id ? 'kept' : 'changed';
    return predictedToken(context, result, 0, slot, id, result.candidateLogProbs[at]!, state);
  });
}

/** The source with the pseudo target mixed in after the task token; all of it is segment 0 or what the source has. */
export function mixedRequest(
  network: Network,
  request: ForwardRequest,
  pseudoTarget: readonly number[],
): ForwardRequest {
  const { end } = network.specialTokens;
  const ids = Array.from(request.tokenIds);
  const inserted = [...pseudoTarget, end];
  const most = network.graph.maximumPositions;
  const tokenIds = [...ids.slice(0, 2), ...inserted, ...ids.slice(2)];
  const segments = [0, 0, ...inserted.map(() => 0), ...Array.from(request.segments).slice(2)];
  if (tokenIds.length > most) {
    tokenIds.splice(most - 1, tokenIds.length, end);
    segments.splice(most - 1, segments.length, 0);
  }
  return { batch: 1, length: tokenIds.length, tokenIds, positions: range(tokenIds.length), segments };
}
