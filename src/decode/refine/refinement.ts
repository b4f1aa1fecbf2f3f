/**
 * The loop that all masked-refinement decoders share: encode, choose lengths, predict the open slots of all candidates
 * in one batch over the same encoder cache, reveal some, mask some again, stop, rank. One step is one forward pass; the
 * trace shows the candidate that ranks first at that moment.
 */
import type { BeamCandidate, DecodeOptions, DecoderName, Step, StopReason, TraceToken } from '../../protocol/trace';
import {
  autoregressiveScores,
  rerankedTokens,
  scoringPasses,
  type AutoregressiveScore,
} from '../ordered/autoregressive-score';
import { readGuesses, WholeDrafts } from './batch';
import { passBudget } from '../budget';
import { repeatCache } from '../cache';
import type { DecodeResult, Decoder, DecoderSource } from '../decoder';
import { sourceRequest } from '../layout';
import { chooseLengths, predictedLengths, type LengthGuess } from '../length';
import type { Cache } from '../network';
import { finishOutput } from '../output';
import {
  copySource,
  draftCandidate,
  emptyCandidate,
  maskNothing,
  meanLogProbability,
  type Candidate,
  type Rank,
  type Remask,
  type Stop,
} from './candidate';
import { revealAll, type Guess, type Reveal } from './reveal';
import { SlicedDrafts } from './sliced-drafts';
import { argmax } from '../softmax';
import { plainToken, predictedToken, Run, tokenText } from '../step';

export interface RefinementPolicies {
  system: DecoderName;
  /** Passes when the caller does not say. */
  passes: number;
  /** Most passes that the method itself uses; default: the budget. */
  mostPasses?: number;
  lengthBeam: number;
  /** Lengths of the beam from the length head's distribution; default: the most probable ones. */
  lengths?: (guesses: readonly LengthGuess[], width: number, sourceLength: number) => number[];
  /** No `<end>` behind the last slot. */
  open?: boolean;
  reveal?: Reveal;
  remask?: Remask;
  /** What a slot that is predicted again holds meanwhile: `<mask>`, or its own last token (iNAT). */
  refill?: 'mask' | 'token';
  stop?: Stop;
  /** Why the run ends when the last planned pass leaves nothing open: the schedule was made for it, or it was cut. */
  limit?: 'fixed' | 'budget';
  rank?: Rank;
}

export function refinement(policies: RefinementPolicies): Decoder {
  return async function* (context, source, options) {
    const run = new Run(context, policies.system, passBudget(options.passes, policies.passes));
    return (yield* refine(run, source, options, policies)).result;
  };
}

export interface Refined {
  result: DecodeResult;
  /** Keys and values of the source; undefined when nothing was encoded. */
  past?: Cache;
}

/** The token of the trace for a guess, at `index` among those of its pass, of which the slot now holds `id`. */
type Show = (guess: Guess, index: number, id: number) => TraceToken;

/**
 * `goesOn` is asked with the final score and length before the last step is yielded: true leaves out its stop reason,
 * because the caller goes on (fallback to left to right).
 */
export async function* refine(
  run: Run,
  source: DecoderSource,
  options: DecodeOptions,
  policies: RefinementPolicies,
  goesOn: (score: number, length: number) => boolean = () => false,
): AsyncGenerator<Step, Refined> {
  const {
    lengths,
    open = false,
    reveal = revealAll,
    remask = maskNothing,
    refill = 'mask',
    limit = 'fixed',
    rank = meanLogProbability,
  } = policies;
  const { context, budget } = run;
  const { network } = context;
  const { mask } = network.specialTokens;
  if (source.ids.length === 0) return { result: run.result([], 'empty', 0) };
  if (run.cancelled) return { result: run.result([], 'cancelled', 0) };
  const encoded = await run.forward(sourceRequest(network, source));
  const guesses = predictedLengths(encoded.lengthLogits, source.ids.length, network.graph);
  const width = options.lengthBeam ?? policies.lengthBeam;
  const candidates = options.draft
    ? [draftCandidate(options.draft, mask)]
    : (options.targetLength === undefined && lengths
        ? lengths(guesses, width, source.ids.length)
        : chooseLengths(guesses, width, options.targetLength, network.graph)
      ).map((length) => emptyCandidate(length, mask));
  if (options.sourceCopy) for (const candidate of candidates) copySource(candidate, source.ids);
  let stop: StopReason = candidates.every(({ masked }) => masked.length === 0) ? 'empty' : 'fixed';
  const given = source.ids.map((id, index) => plainToken(context, id, 'given', { sourceIndex: index }));
  yield run.step('encode', given, { lengths: guesses.slice(0, 9), ...(stop === 'empty' ? { stop } : {}) });

  // Re-ranking takes forward passes like any other: the last ones of the budget. Where no other
  // would be left, it is left out.
  const weight = Math.min(1, Math.max(0, options.rerankWeight ?? 0));
  const scoring = scoringPasses(network.graph, Math.max(...candidates.map(({ ids }) => ids.length)));
  const rerank = weight > 0 && candidates.length > 1 && budget > scoring;
  const schedule = Math.min(budget - (rerank ? scoring : 0), policies.mostPasses ?? budget);
  const past = repeatCache(network.graph, encoded.cache, candidates.length);
  const drafts = options.exact === false ? new SlicedDrafts(network, past, open) : new WholeDrafts(network, past, open);
  let scores = candidates.map(rank);
  for (let pass = 1; pass <= schedule && candidates.some(({ masked }) => masked.length > 0); pass++) {
    if (run.cancelled) return finish('cancelled');
    const slots = Math.max(...candidates.map(({ masked }) => masked.length));
    const result = await drafts.forward((request) => run.forward(request), candidates, slots);
    const shown = candidates.map((candidate, row) => {
      const predicted = readGuesses(network, result, row, candidate.masked);
      const before = [...candidate.ids];
      const show: Show = (guess, index, id) =>
        predictedToken(context, result, row, index, id, guess.logProbability, stateOf(before[guess.slot]!, id));
      const { tokens, changed } = write(
        candidate,
        predicted,
        pass === schedule ? predicted.map(({ slot }) => slot) : reveal(candidate, predicted, pass, schedule),
        show,
      );
      plan(candidate, predicted, pass, changed);
      // A run that ends because all open slots are sure writes them, so this step shows them.
      if (candidate.stop === 'confident')
        predicted.forEach((guess, index) => {
          tokens[guess.slot] = show(guess, index, candidate.ids[guess.slot]!);
        });
      return tokens;
    });
    scores = candidates.map(rank);
    const best = argmax(scores);
    const done = candidates.every(({ masked }) => masked.length === 0);
    if (done) stop = candidates[best]!.stop ?? (pass === schedule ? limit : 'fixed');
    const more: Partial<Step> = {
      ...beamOf(),
      ...(done && !rerank && !goesOn(scores[best]!, candidates[best]!.ids.length) ? { stop } : {}),
    };
    yield run.step('predict', shown[best]!, more);
  }
  if (rerank) {
    if (run.cancelled) return finish('cancelled');
    const outputs = candidates.map(({ ids }) => finishOutput(ids, network.specialTokens, {}));
    const show = (index: number, of: readonly AutoregressiveScore[]) =>
      rerankedTokens(run, candidates[index]!.ids, candidates[index]!.logProbabilities, of[index]!);
    const autoregressive = yield* autoregressiveScores(run, past, outputs, (soFar) =>
      run.step('rerank', show(argmax(scores), soFar), beamOf()),
    );
    if (!autoregressive) return finish('cancelled');
    scores = scores.map((score, index) => weight * autoregressive[index]!.mean + (1 - weight) * score);
    const chosen = argmax(scores);
    yield run.step('rerank', show(chosen, autoregressive), {
      ...beamOf(),
      ...(goesOn(scores[chosen]!, candidates[chosen]!.ids.length) ? {} : { stop }),
    });
  }
  return finish(stop);

  /** Writes what is revealed into the candidate; the tokens are those of the trace. */
  function write(
    candidate: Candidate,
    predicted: readonly Guess[],
    revealed: readonly number[],
    show: Show,
  ): { tokens: TraceToken[]; changed: number } {
    const tokens = candidate.ids.map((id, index) => ({
      ...plainToken(
        context,
        id,
        candidate.given[index] ? 'given' : 'kept',
        options.lockedDraft?.includes(index) ? { locked: true } : {},
      ),
      logProbability: candidate.logProbabilities[index]!,
    }));
    const shownSlots = new Set(revealed);
    let changed = 0;
    predicted.forEach((guess, index) => {
      const before = candidate.ids[guess.slot]!;
      const id = shownSlots.has(guess.slot) ? guess.id : mask;
      if (id !== before) changed++;
      candidate.ids[guess.slot] = id;
      candidate.logProbabilities[guess.slot] = guess.logProbability;
      tokens[guess.slot] = show(guess, index, id);
    });
    return { tokens, changed };
  }

  function stateOf(before: number, id: number): TraceToken['state'] {
    return id === mask ? 'masked' : before === mask ? 'new' : before === id ? 'kept' : 'changed';
  }

  /** Decides what the next pass predicts, and what it reads there. */
  function plan(candidate: Candidate, predicted: readonly Guess[], pass: number, changed: number): void {
    if (predicted.length === 0) return; // done in an earlier pass
    const hidden = predicted.filter(({ slot }) => candidate.ids[slot] === mask);
    const again = pass === schedule ? [] : remask(candidate, pass, schedule);
    const sure = options.sureProbability === undefined ? Infinity : Math.log(options.sureProbability);
    const reason =
      policies.stop?.(candidate, pass, changed) ??
      (options.stopWhenStable && hidden.length === 0 && pass > 1 && changed === 0 ? 'stable' : undefined);
    candidate.masked = [...hidden.map(({ slot }) => slot), ...again].sort((left, right) => left - right);
    if (reason) {
      candidate.masked = [];
      candidate.stop = reason;
    } else if (
      candidate.masked.length > 0 &&
      candidate.masked.every((slot) => candidate.logProbabilities[slot]! >= sure)
    ) {
      for (const { slot, id } of hidden) candidate.ids[slot] = id;
      candidate.masked = [];
      candidate.stop = 'confident';
    }
    candidate.inputs = [...candidate.ids];
    if (refill === 'mask') for (const index of candidate.masked) candidate.inputs[index] = mask;
  }

  function beamOf(): { beam?: BeamCandidate[] } {
    if (candidates.length < 2) return {};
    const best = argmax(scores);
    return {
      beam: candidates.map(({ ids }, index) => ({
        length: ids.length,
        text: ids.map((id) => tokenText(context, id)).join(''),
        score: scores[index]!,
        chosen: index === best,
      })),
    };
  }

  function finish(reason: StopReason): Refined {
    const list = candidates.map(({ ids, given }, index) => ({
      ids: finishOutput(
        ids,
        network.specialTokens,
        options,
        ids.filter((_, slot) => given[slot]),
      ),
      score: scores[index]!,
    }));
    list.sort((left, right) => right.score - left.score);
    return {
      result: run.result(list[0]?.ids ?? [], reason, list[0]?.score ?? 0, list.length > 1 ? { candidates: list } : {}),
      past: encoded.cache,
    };
  }
}
