/**
 * Noisy parallel decoding (Gu 2018, §4.2): several samples of the latent part, each decoded in parallel, and the best
 * of them by the autoregressive mode.
 *
 * Latent here: the length, drawn from the length head's distribution (the first sample is its mode). Samples that share
 * a length share its pass, so where a length is drawn again, tokens are drawn instead: in every slot below 0.9 the best
 * or the second token, by their probabilities. `lengthBeam` samples (default 5), drawn from `seed` alone.
 *   s(Y) = λ · mean log p_AR + (1 − λ) · mean log p_NAR,   λ = `rerankWeight` (default 1; 0: self re-ranking)
 * Cost: encode + 1 pass over the distinct lengths + 1 to re-rank (2 above half of the positions), where the budget
 * allows it. Stops after that (fixed).
 */
import type { StopReason, TraceToken } from '../../protocol/trace';
import {
  autoregressiveScores,
  rerankedTokens,
  scoringPasses,
  type AutoregressiveScore,
} from '../ordered/autoregressive-score';
import { batchRequest } from './batch';
import { passBudget } from '../budget';
import { repeatCache } from '../cache';
import type { Decoder } from '../decoder';
import { range, sourceRequest } from '../layout';
import { givenTokens } from '../ordered/left-to-right';
import { chooseLengths, predictedLengths, type LengthGuess } from '../length';
import type { ForwardResult } from '../network';
import { finishOutput } from '../output';
import { emptyCandidate } from './candidate';
import { seededRandom } from '../random';
import { argmax } from '../softmax';
import { mean, predictedToken, Run, tokenText } from '../step';

/** A slot at least this sure is not drawn. */
const certain = 0.9;

interface Sample {
  length: number;
  tokens: TraceToken[];
  score: number;
}

export const noisyParallel: Decoder = async function* (context, source, options) {
  const { network } = context;
  const run = new Run(context, 'noisy-parallel', passBudget(options.passes, 3));
  if (source.ids.length === 0) return run.result([], 'empty', 0);
  if (run.cancelled) return run.result([], 'cancelled', 0);
  const encoded = await run.forward(sourceRequest(network, source));
  const guesses = predictedLengths(encoded.lengthLogits, source.ids.length, network.graph);
  const random = seededRandom(options.seed ?? 0);
  const count = Math.max(1, Math.min(9, Math.floor(options.lengthBeam ?? 5) || 1));
  const lengths =
    options.targetLength === undefined
      ? drawLengths(guesses, count, random)
      : new Array<number>(count).fill(chooseLengths(guesses, 1, options.targetLength, network.graph)[0]!);
  yield run.step('encode', givenTokens(run, source.ids), { lengths: guesses.slice(0, 9) });
  if (run.cancelled) return run.result([], 'cancelled', 0);

  const distinct = [...new Set(lengths)];
  const candidates = distinct.map((length) => emptyCandidate(length, network.specialTokens.mask));
  const slots = Math.max(...distinct);
  const result = await run.forward(
    batchRequest(network, repeatCache(network.graph, encoded.cache, distinct.length), candidates, slots, false),
  );
  const samples = lengths.map((length, index): Sample => {
    const draws = lengths.indexOf(length) < index;
    const tokens = range(length).map((slot) =>
      drawToken(result, distinct.indexOf(length), slot, draws ? random : undefined),
    );
    return { length, tokens, score: mean(tokens.map((token) => token.logProbability)) };
  });
  const weight = Math.min(1, Math.max(0, options.rerankWeight ?? 1));
  const outputs = samples.map(output);
  const reranks =
    weight > 0 && count > 1 && run.left >= scoringPasses(network.graph, Math.max(...outputs.map((ids) => ids.length)));
  const stop: StopReason = 'fixed';
  yield step('predict', ({ tokens }) => tokens, !reranks);
  if (reranks) {
    if (run.cancelled) return finish('cancelled');
    const rerank = (scores: readonly AutoregressiveScore[], last: boolean) =>
      step(
        'rerank',
        ({ tokens }, index) =>
          rerankedTokens(
            run,
            tokens.map(({ id }) => id),
            tokens.map((token) => token.logProbability),
            scores[index]!,
          ),
        last,
      );
    const scores = yield* autoregressiveScores(
      run,
      repeatCache(network.graph, encoded.cache, count),
      outputs,
      (soFar) => rerank(soFar, false),
    );
    if (!scores) return finish('cancelled');
    samples.forEach((sample, index) => {
      sample.score = weight * scores[index]!.mean + (1 - weight) * sample.score;
    });
    yield rerank(scores, true);
  }
  return finish(stop);

  function drawToken(from: ForwardResult, row: number, slot: number, draw: (() => number) | undefined): TraceToken {
    const at = (row * from.slots + slot) * network.graph.candidates;
    const [best, second] = [Math.exp(from.candidateLogProbs[at]!), Math.exp(from.candidateLogProbs[at + 1]!)];
    const rank = draw && best < certain && draw() < second / (best + second) ? 1 : 0;
    return predictedToken(
      context,
      from,
      row,
      slot,
      from.candidateIds[at + rank]!,
      from.candidateLogProbs[at + rank]!,
      'new',
    );
  }

  function output({ tokens }: Sample): number[] {
    return finishOutput(
      tokens.map(({ id }) => id),
      network.specialTokens,
      {},
    );
  }

  function step(action: 'predict' | 'rerank', show: (sample: Sample, index: number) => TraceToken[], last: boolean) {
    const best = argmax(samples.map(({ score }) => score));
    const beam = samples.map(({ length, tokens, score }, index) => ({
      length,
      text: tokens.map(({ id }) => tokenText(context, id)).join(''),
      score,
      chosen: index === best,
    }));
    return run.step(action, show(samples[best]!, best), { ...(count > 1 ? { beam } : {}), ...(last ? { stop } : {}) });
  }

  function finish(reason: StopReason) {
    const list = samples.map((sample) => ({
      ids: finishOutput(
        sample.tokens.map(({ id }) => id),
        network.specialTokens,
        options,
      ),
      score: sample.score,
    }));
    list.sort((left, right) => right.score - left.score);
    return run.result(list[0]!.ids, reason, list[0]!.score, list.length > 1 ? { candidates: list } : {});
  }
};

/** The most probable length, and `count` − 1 drawn from the distribution by its inverse, most probable first. */
function drawLengths(guesses: readonly LengthGuess[], count: number, random: () => number): number[] {
  const total = guesses.reduce((sum, { probability }) => sum + probability, 0);
  const lengths = [guesses[0]!.length];
  while (lengths.length < count) {
    let rest = random() * total;
    lengths.push((guesses.find(({ probability }) => (rest -= probability) < 0) ?? guesses[0]!).length);
  }
  return lengths;
}
