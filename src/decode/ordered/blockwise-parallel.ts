/**
 * Blockwise parallel decoding (Stern 2018): greedy left-to-right text in fewer passes. The parallel mode proposes, the
 * autoregressive mode of the same weights verifies; the output is that of greedy
 * autoregressive decoding, token for token.
 *
 *   propose: one refine pass with the accepted prefix given and the rest masked -> d_1 d_2 …
 *   verify:  one causal two-stream pass over d_1 … d_k: a_i = argmax AR(· | y, d_{<i}); accept the longest prefix with
 *            d_i = a_i, and then a itself
 *
 * A proposal stays in use until one of its tokens is refused. Cost: encode + at most 2 passes for a refused block, 1
 * for an accepted one; every verify pass settles at least one token. A caller's prefix goes in with the first verify
 * pass. Stops like `autoregressive`: `<end>` (fixed), or tokens or passes used up (budget). int8 models scale
 * activations by batch, so near ties may differ there.
 */
import type { StopReason, TraceToken } from '../../protocol/trace';
import { passBudget } from '../budget';
import { GrowingCache } from '../cache';
import type { Decoder } from '../decoder';
import { draftRequest, range, sourceRequest } from '../layout';
import { givenTokens, usualTokens } from './left-to-right';
import { checkTargetLength, chooseLengths, predictedLengths } from '../length';
import { causalTwoStreamMask } from '../attention-mask';
import { finishOutput } from '../output';
import { givenPrefix, prefixTokens } from './prefix';
import { mean, plainToken, predictedToken, Run } from '../step';

const usualBlockSize = 8;

export const blockwiseParallel: Decoder = async function* (context, source, options) {
  const { network } = context;
  const { begin, mask, end } = network.specialTokens;
  const { maximumPositions, candidates } = network.graph;
  checkTargetLength(options.targetLength);
  const given = givenPrefix(network, options);
  const usual = usualTokens(source.ids.length, maximumPositions, given.length) - given.length;
  const run = new Run(
    context,
    'blockwise-parallel',
    passBudget(options.passes, Math.max(1, 2 * usual), maximumPositions - 1),
  );
  const prefix = prefixTokens(run, given, options);
  const mostTokens = Math.min(
    Math.min(options.targetLength ?? Infinity, maximumPositions - 1) - prefix.length,
    Math.max(usual, options.passes ?? 0),
  );
  const blockSize = Math.max(1, Math.floor(options.blockSize ?? usualBlockSize) || 1);
  const ids = prefix.map(({ id }) => id);
  const settled: TraceToken[] = [];
  const finish = (stop: StopReason) =>
    run.result(
      finishOutput(
        ids,
        network.specialTokens,
        options,
        prefix.map(({ id }) => id),
      ),
      stop,
      mean(settled.map((token) => token.logProbability)),
    );
  if (source.ids.length === 0) return finish('empty');
  if (run.cancelled) return finish('cancelled');
  const encoded = await run.forward(sourceRequest(network, source));
  const guesses = predictedLengths(encoded.lengthLogits, source.ids.length, network.graph);
  const length = chooseLengths(guesses, 1, options.targetLength, network.graph)[0]!;
  const finished = mostTokens < 1 || ids.at(-1) === end;
  yield run.step('encode', givenTokens(run, source.ids), {
    lengths: guesses.slice(0, 9),
    ...(finished ? { stop: 'empty' } : {}),
  });
  if (finished) return finish('empty');
  const past = new GrowingCache(network.graph, encoded.cache);
  let draft: number[] = []; // proposed tokens after `ids`
  let verified = 0;
  for (;;) {
    const kept = [...prefix, ...settled.map((token) => ({ ...token, state: 'kept' as const, alternatives: [] }))];
    if (run.cancelled) return finish('cancelled');
    if (draft.length === 0 && ids.length + 1 < length && run.left >= 2) {
      const open = range(length - ids.length, ids.length);
      const result = await run.forward(draftRequest(network, encoded.cache, [...ids, ...open.map(() => mask)], open));
      const tokens = open.map((_, slot) =>
        predictedToken(
          context,
          result,
          0,
          slot,
          result.candidateIds[slot * candidates]!,
          result.candidateLogProbs[slot * candidates]!,
          'new',
        ),
      );
      draft = finishOutput(
        tokens.map(({ id }) => id),
        network.specialTokens,
        {},
      );
      yield run.step('propose', [...kept, ...tokens]);
      if (run.cancelled) return finish('cancelled');
    }
    const before = verified === 0 ? ids.length : 0; // content that is not in the cache yet, besides the last token
    // for proposals: they and their queries lie side by side
    const room = Math.floor((maximumPositions - before) / 2) - 1;
    const proposed = draft.slice(0, Math.min(blockSize, mostTokens - settled.length - 1, room));
    // content tokens with a query: the last given or settled one (or <begin>), and the proposal
    const count = proposed.length + 1;
    const start = ids.length; // position of the first of them
    const content = [...[begin, ...ids].slice(start - before), ...proposed];
    const sent = content.length + count;
    const result = await run.forward({
      batch: 1,
      length: sent,
      tokenIds: [...content, ...new Array<number>(count).fill(mask)],
      positions: [...range(content.length, start - before), ...range(count, start + 1)],
      segments: new Uint8Array(sent).fill(1),
      attentionMask: causalTwoStreamMask(count, before),
      past: past.cache,
      pastMask: past.mask,
      logitPositions: range(count, content.length),
    });
    const own = range(count).map((query) => result.candidateIds[query * candidates]!);
    let accepted = 0;
    while (accepted < proposed.length && proposed[accepted] === own[accepted]) accepted++;
    const block = own.slice(0, accepted + 1).map((id, query) => {
      const state = query < accepted ? 'kept' : query < proposed.length ? 'changed' : 'new';
      return predictedToken(context, result, 0, query, id, result.candidateLogProbs[query * candidates]!, state);
    });
    const refused = proposed.slice(accepted).map((id) => plainToken(context, id, 'deleted'));
    past.append(result.cache, before + accepted + 1);
    settled.push(...block);
    verified++;
    ids.push(...own.slice(0, accepted + 1).filter((id) => id !== end));
    // The proposal goes on where the verifier's own token is the one that it had there.
    draft = draft[accepted] === own[accepted] ? draft.slice(accepted + 1) : [];
    const stop =
      own[accepted] === end ? 'fixed' : settled.length >= mostTokens || run.left === 0 ? 'budget' : undefined;
    yield run.step('verify', [...kept, ...block.slice(0, accepted), ...refused, block[accepted]!], {
      accepted: { tokens: block.length, mean: settled.length / verified },
      ...(stop ? { stop } : {}),
    });
    if (stop) return finish(stop);
  }
};
