/**
 * MIST with a cached source: the pseudo target does not enter the source but stands behind it as a segment of its own,
 * which sees the source and itself while the source does not see it. So keys and values of X stay valid.
 *
 *   Y_0 = NAR(X);  Y_k = argmax refine(MASK^T | KV(X), Y_{k−1} <end>)
 *
 * Pseudo target and slots go through the network together: encode + 1 pass an iteration, where exact MIST takes 2. An
 * approximation unless the network was trained with this mask. The pseudo target is cut on the right where it does not
 * fit the positions. Stops: Y_k = Y_{k−1} (stable), an older draft comes back (loop), or no pass is left (budget).
 */
import type { StopReason } from '../../protocol/trace';
import { passBudget } from '../budget';
import type { Decoder } from '../decoder';
import { draftRequest, range, sourceRequest } from '../layout';
import { chooseLengths, predictedLengths } from '../length';
import { mistMask } from '../attention-mask';
import { readDraft } from './mist';
import type { Cache, ForwardRequest, Network } from '../network';
import { finishOutput } from '../output';
import { mean, plainToken, Run } from '../step';

export const mistCached: Decoder = async function* (context, source, options) {
  const run = new Run(context, 'mist-cached', passBudget(options.passes, 3));
  const { network } = context;
  let draft: number[] = [];
  let score = 0;
  const finish = (stop: StopReason) => run.result(finishOutput(draft, network.specialTokens, options), stop, score);
  if (source.ids.length === 0) return finish('empty');
  if (run.cancelled) return finish('cancelled');
  const encoded = await run.forward(sourceRequest(network, source));
  const guesses = predictedLengths(encoded.lengthLogits, source.ids.length, network.graph);
  const length = chooseLengths(guesses, 1, options.targetLength, network.graph)[0]!;
  yield run.step(
    'encode',
    source.ids.map((id, index) => plainToken(context, id, 'given', { sourceIndex: index })),
    { lengths: guesses.slice(0, 9) },
  );
  const seen = new Set<string>();
  for (;;) {
    if (run.cancelled) return finish('cancelled');
    const previous = draft;
    const result = await run.forward(pseudoTargetRequest(network, encoded.cache, previous, length));
    const tokens = readDraft(context, result, previous);
    draft = tokens.map(({ id }) => id);
    score = mean(tokens.map((token) => token.logProbability));
    const key = draft.join(' ');
    const stop = key === previous.join(' ') ? 'stable' : seen.has(key) ? 'loop' : run.left >= 1 ? undefined : 'budget';
    seen.add(key);
    yield run.step('predict', tokens, stop ? { stop } : {});
    if (stop) return finish(stop);
  }
};

/**
 * `Y <end>` at the positions after the source, then `<begin> <mask>^T <end>`; without a pseudo target only the latter.
 */
function pseudoTargetRequest(
  network: Network,
  past: Cache,
  pseudoTarget: readonly number[],
  length: number,
): ForwardRequest {
  const slots = draftRequest(network, past, new Array<number>(length).fill(network.specialTokens.mask), range(length));
  if (pseudoTarget.length === 0) return slots;
  const most = network.graph.maximumPositions;
  const context = [...pseudoTarget, network.specialTokens.end].slice(
    0,
    Math.min(most - past.length, most - slots.length),
  );
  const total = context.length + slots.length;
  return {
    batch: 1,
    length: total,
    past,
    tokenIds: [...context, ...Array.from(slots.tokenIds)],
    positions: [...range(context.length, past.length), ...range(slots.length)],
    segments: [...context.map(() => 0), ...Array.from(slots.segments)],
    attentionMask: mistMask(context.length, slots.length),
    logitPositions: range(length, context.length + 1),
  };
}
