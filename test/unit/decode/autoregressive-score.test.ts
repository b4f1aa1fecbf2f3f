/**
 * Re-ranking of long outputs: chunks over a growing cache give the numbers of one pass, and count
 * as the passes that they are.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  autoregressiveScores,
  scoringPasses,
  type AutoregressiveScore,
} from '../../../src/decode/ordered/autoregressive-score';
import { repeatCache } from '../../../src/decode/cache';
import { sourceRequest } from '../../../src/decode/layout';
import type { Network } from '../../../src/decode/network';
import { Run } from '../../../src/decode/step';
import { SessionNetwork } from '../../../src/engine/model/onnx-network';
import { createSession, type RuntimeSession } from '../../../src/engine/model/runtime';
import type { Manifest } from '../../../src/protocol/manifest';
import type { Step } from '../../../src/protocol/trace';
import { context, fakeNetwork, graph, run, source } from './fake-network';

const folder = path.join(__dirname, '../../fixtures/tiny');
const manifest = JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8')) as Manifest;
let session: RuntimeSession;
let tiny: SessionNetwork;
beforeAll(async () => {
  session = await createSession({ file: () => path.join(folder, 'onnx/model.onnx'), device: 'cpu', threads: 1 });
  tiny = new SessionNetwork(session, manifest.graph, manifest.specialTokens, manifest.capabilities);
});
afterAll(() => session.release());

/** The same network, believed to have fewer positions: more chunks. */
const withPositions = (network: Network, maximumPositions: number): Network => ({
  graph: { ...network.graph, maximumPositions },
  specialTokens: network.specialTokens,
  forward: (request) => network.forward(request),
});

async function scored(
  network: Network,
  outputs: number[][],
): Promise<{ scores: AutoregressiveScore[]; partial: AutoregressiveScore[][]; passes: number }> {
  const scoring = new Run(context(network), 'janus', 64);
  const encoded = await tiny.forward(sourceRequest(tiny, source([60, 70, 80, 90], { task: 'rephrase' })));
  const partial: AutoregressiveScore[][] = [];
  const generator = autoregressiveScores(
    scoring,
    repeatCache(network.graph, encoded.cache, outputs.length),
    outputs,
    (soFar) => {
      partial.push([...soFar]);
      return scoring.step('rerank', []);
    },
  );
  let next = await generator.next();
  while (!next.done) next = await generator.next();
  return { scores: next.value!, partial, passes: scoring.passes };
}

const words = (count: number, step: number): number[] =>
  Array.from({ length: count }, (_, index) => 40 + ((index * step) % 180));

describe('scores in chunks', () => {
  it.each([[6], [7], [16], [33], [44]])('of a network with %i positions are those of one pass', async (positions) => {
    const outputs = [words(Math.min(21, positions - 2), 7), [], words(3, 11), words(Math.min(20, positions - 2), 13)];
    const whole = await scored(tiny, outputs);
    const chunks = await scored(withPositions(tiny, positions), outputs);
    expect(whole.passes).toBe(1);
    expect(chunks.passes).toBe(
      scoringPasses({ ...tiny.graph, maximumPositions: positions }, Math.max(...outputs.map(({ length }) => length))),
    );
    chunks.scores.forEach(({ mean, tokens }, row) => {
      expect(Math.abs(mean - whole.scores[row]!.mean)).toBeLessThan(1e-4);
      expect(tokens).toHaveLength(outputs[row]!.length);
      tokens.forEach((value, at) => expect(Math.abs(value - whole.scores[row]!.tokens[at]!)).toBeLessThan(1e-4));
    });
    // What is known on the way is the beginning of what comes out.
    for (const known of chunks.partial)
      known.forEach(({ tokens }, row) => expect(chunks.scores[row]!.tokens.slice(0, tokens.length)).toEqual(tokens));
  });

  it('take one pass up to half of the positions and two up to all of them', () => {
    for (const maximumPositions of [64, 63, 512]) {
      const shape = { ...graph, maximumPositions };
      const half = Math.floor(maximumPositions / 2);
      expect([0, half - 1, half, maximumPositions - 2].map((longest) => scoringPasses(shape, longest))).toEqual([
        1, 1, 2, 2,
      ]);
    }
  });

  it('score texts of 300 and 510 tokens with the real positions, and each token as a shorter text does', async () => {
    const long = words(510, 7);
    const { scores, passes } = await scored(tiny, [long, words(300, 11)]);
    expect(passes).toBe(2);
    expect(scores.map(({ tokens }) => tokens.length)).toEqual([510, 300]);
    const short = await scored(tiny, [long.slice(0, 240)]);
    short.scores[0]!.tokens.forEach((value, at) => expect(Math.abs(value - scores[0]!.tokens[at]!)).toBeLessThan(1e-4));
  });
});

describe('re-ranking of long texts', () => {
  const long = source(new Array<number>(55).fill(40), { task: 'rephrase' });
  const actions = (steps: readonly Step[]) => steps.map(({ action }) => action);

  it('takes two of the passes above half of the positions, a step each', async () => {
    for (const name of ['janus', 'mask-predict', 'single-pass'] as const) {
      const { steps, result } = await run(name, fakeNetwork({ seed: 3, fill: () => 50 }), long, {
        passes: 5,
        lengthBeam: 3,
        rerankWeight: 0.5,
        fallbackProbability: 0,
      });
      expect(actions(steps).slice(-2)).toEqual(['rerank', 'rerank']);
      expect(result.passes).toBe(name === 'single-pass' ? 4 : 6);
      const modes = steps.slice(-2).map(({ tokens }) => tokens.filter((token) => token.modes).length);
      expect(modes[0]).toBe(graph.maximumPositions / 2);
      expect(modes[1]).toBe(steps.at(-1)!.tokens.length);
      expect(steps.at(-2)!.stop).toBeUndefined();
    }
    const { steps } = await run('noisy-parallel', fakeNetwork({ seed: 3, fill: () => 50 }), long, { targetLength: 60 });
    expect(actions(steps)).toEqual(['encode', 'predict', 'rerank', 'rerank']);
  });

  it('is left out where the budget has no room for it', async () => {
    const drafts = await run('mask-predict', fakeNetwork({ seed: 3, fill: () => 50 }), long, {
      passes: 2,
      lengthBeam: 3,
      rerankWeight: 0.5,
    });
    expect(actions(drafts.steps)).toEqual(['encode', 'predict', 'predict']);
    const samples = await run('noisy-parallel', fakeNetwork({ seed: 3, fill: () => 50 }), long, {
      passes: 2,
      targetLength: 60,
    });
    expect(actions(samples.steps)).toEqual(['encode', 'predict']);
    expect(samples.result.stop).toBe('fixed');
  });

  it('gives back the drafts where it is cancelled between its two passes', async () => {
    for (const name of ['mask-predict', 'noisy-parallel'] as const) {
      const controller = new AbortController();
      const network = fakeNetwork({
        seed: 3,
        fill: () => 50,
        onForward: ({ scoreIds }) => {
          if (scoreIds) controller.abort();
        },
      });
      const { steps, result } = await run(
        name,
        network,
        long,
        {
          passes: 4,
          lengthBeam: 3,
          rerankWeight: 0.5,
          targetLength: name === 'noisy-parallel' ? 60 : undefined,
        } as object,
        { signal: controller.signal },
      );
      expect(result.stop).toBe('cancelled');
      expect(actions(steps).filter((action) => action === 'rerank')).toHaveLength(1);
      expect(result.ids.length).toBeGreaterThan(0);
    }
  });
});
