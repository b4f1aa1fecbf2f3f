/**
 * Connectionist temporal classification (Libovický 2018; GLAT+CTC, Gu & Kong 2021): no length is predicted; one pass
 * over a canvas of r slots for each source token, whose inputs are the source tokens themselves.
 *
 *   greedy:       Y = collapse(argmax_z Π_t p(z_t | X))
 *   prefix beam:  Y = argmax_Y Σ_{z: collapse(z) = Y} Π_t p(z_t | X)
 *
 * Cost: encode + 1 pass over r N slots. Stop: always fixed. With r slots a token there is room for (r − 1) N more.
 */
import type { BeamCandidate } from '../../protocol/trace';
import { passBudget } from '../budget';
import { collapse, encodeCanvas, prefixBeam, slotReading, type SlotReading } from './ctc-alignment';
import type { Decoder } from '../decoder';
import { draftRequest } from '../layout';
import { finishOutput } from '../output';
import { mean, plainToken, predictedToken, Run, tokenText } from '../step';

export const ctc: Decoder = async function* (context, source, options) {
  const run = new Run(context, 'ctc', passBudget(options.passes, 1));
  const { network } = context;
  const { blank } = network.specialTokens;
  const nothing = run.nothingToDo(source);
  if (nothing) return nothing;
  const { owners, fixed, encoded } = yield* encodeCanvas(run, source, options);
  if (run.cancelled) return run.result([], 'cancelled', 0);
  const open = fixed.flatMap((id, slot) => (id < 0 ? [slot] : []));
  const result = await run.forward(
    draftRequest(
      network,
      encoded.cache,
      owners.map((index) => source.ids[index]!),
      open,
      open.map(() => blank),
    ),
  );
  const queryOf = new Map(open.map((slot, query) => [slot, query]));
  const slots = fixed.map((id, slot): SlotReading => {
    const query = queryOf.get(slot);
    return query === undefined
      ? { ids: [id], logProbabilities: [0], fixed: true }
      : slotReading(network, result, query);
  });
  const alignment = slots.map(({ ids }) => ids[0] ?? blank);
  const shows = collapse(alignment, fixed, blank);
  const tokens = alignment.map((id, slot) => {
    const query = queryOf.get(slot);
    const more = { sourceIndex: owners[slot]! };
    if (query === undefined)
      return plainToken(context, id, shows[slot] ? 'given' : 'deleted', { ...more, locked: true });
    return predictedToken(
      context,
      result,
      0,
      query,
      id,
      slots[slot]!.logProbabilities[0] ?? 0,
      shows[slot] ? 'new' : 'deleted',
      more,
    );
  });
  const greedy = {
    ids: alignment.filter((_, slot) => shows[slot]),
    score: mean(slots.map(({ logProbabilities }) => logProbabilities[0] ?? 0)),
  };
  const width = Math.max(1, Math.min(9, Math.floor(options.beamWidth ?? 1) || 1));
  const ranked =
    width === 1
      ? [greedy]
      : prefixBeam(
          slots,
          Float64Array.from(fixed, (id, slot) =>
            id < 0 ? result.scoreLogProbs[queryOf.get(slot)!]! : id === blank ? 0 : -Infinity,
          ),
          blank,
          width,
        ).map(({ ids, logProbability }) => ({ ids, score: logProbability / slots.length }));
  const beam = ranked.map(
    ({ ids, score }, rank): BeamCandidate => ({
      length: ids.length,
      text: ids.map((id) => tokenText(context, id)).join(''),
      score,
      chosen: rank === 0,
    }),
  );
  yield run.step('predict', tokens, { ...(width > 1 ? { beam } : {}), stop: 'fixed' });
  const list = ranked.map(({ ids, score }) => ({
    ids: finishOutput(
      ids,
      network.specialTokens,
      options,
      fixed.filter((id) => id >= 0 && id !== blank),
    ),
    score,
  }));
  return run.result(list[0]!.ids, 'fixed', list[0]!.score, list.length > 1 ? { candidates: list } : {});
};
