/** Decoders that draw, choose and fall back: noisy parallel decoding, JANUS, BANG. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ForwardRequest, ForwardResult, Network } from '../../../src/decode/network';
import { fakeNetwork, run, source, specialTokens } from './fake-network';

const { begin, end, mask } = specialTokens;
const from = (ids: number[]) => source(ids, { task: 'rephrase' });

/** All best tokens have this probability, their seconds half of the rest; `answer` says which tokens. */
function withProbability(
  probability: number,
  answer: (request: ForwardRequest, row: number) => number | undefined = () => undefined,
): Network & { calls: ForwardRequest[] } {
  const base = fakeNetwork({ seed: 3, fill: answer });
  return {
    ...base,
    calls: base.calls,
    async forward(request): Promise<ForwardResult> {
      const result = await base.forward(request);
      for (let slot = 0; slot < result.candidateLogProbs.length; slot += 8) {
        result.candidateLogProbs[slot] = Math.log(probability);
        result.candidateLogProbs[slot + 1] = Math.log((1 - probability) / 2);
      }
      return result;
    },
  };
}

describe('noisy-parallel', () => {
  it('decodes each length once, draws tokens where a length comes again, and lets left to right choose', async () => {
    const network = withProbability(0.6);
    const { steps, result } = await run('noisy-parallel', network, from([40, 41, 42]), {
      lengthBeam: 6,
      targetLength: 12,
      seed: 4,
    });
    expect(network.calls.map(({ batch }) => batch)).toEqual([1, 1, 6]);
    expect(steps.map(({ action }) => action)).toEqual(['encode', 'predict', 'rerank']);
    expect(steps[1]!.beam).toHaveLength(6);
    expect(new Set(steps[1]!.beam!.map(({ text }) => text)).size).toBeGreaterThan(2);
    // By its own score the sample of best tokens wins, whatever was drawn.
    expect(steps[1]!.beam![0]!.chosen).toBe(true);
    expect(steps[1]!.beam![0]!.score).toBeCloseTo(Math.log(0.6), 6);
    const scores = steps[2]!.beam!.map(({ score }) => score);
    expect(result.score).toBe(Math.max(...scores));
    expect(result.candidates!.map(({ score }) => score)).toEqual([...scores].sort((a, b) => b - a));
  });

  it('draws no token in a slot that is sure, and self re-ranks without a pass', async () => {
    const { steps } = await run('noisy-parallel', withProbability(0.95), from([40, 41]), {
      lengthBeam: 5,
      targetLength: 9,
      rerankWeight: 0,
    });
    expect(new Set(steps[1]!.beam!.map(({ text }) => text)).size).toBe(1);
    expect(steps).toHaveLength(2);
  });

  it('draws lengths by their probabilities, the mode first', async () => {
    const counts = new Map<number, number>();
    let mode = 0;
    let share = 0;
    for (let seed = 0; seed < 200; seed++) {
      const { steps } = await run('noisy-parallel', fakeNetwork({ seed: 1 }), from(new Array<number>(30).fill(40)), {
        lengthBeam: 9,
        seed,
        passes: 1,
      });
      mode = steps[0]!.lengths![0]!.length;
      share = steps[0]!.lengths![0]!.probability;
      const lengths = steps[1]!.beam!.map(({ length }) => length);
      expect(lengths[0]).toBe(mode);
      for (const length of lengths.slice(1)) counts.set(length, (counts.get(length) ?? 0) + 1);
    }
    expect((counts.get(mode) ?? 0) / 1600).toBeCloseTo(share, 1);
    expect(counts.size).toBeGreaterThan(3);
  });
});

describe('janus', () => {
  /** Parallel drafts as sure as `probability`; left to right writes 50 51 52 and ends. */
  const network = (probability: number) =>
    withProbability(probability, (request, row) =>
      request.pastMask ? (request.positions[row]! < 4 ? 49 + request.positions[row]! : end) : undefined,
    );

  it('keeps a sure draft', async () => {
    const { steps, result } = await run('janus', network(0.8), from([40, 41, 42]), { rerankWeight: 0 });
    expect(result.stop).toBe('fixed');
    expect(steps.some(({ action }) => action === 'predict')).toBe(true);
    expect(result.passes).toBeLessThanOrEqual(5);
  });

  it('writes from left to right where the best draft is unsure', async () => {
    const { steps, result } = await run('janus', network(0.08), from([40, 41, 42]), { rerankWeight: 0 });
    expect(result).toMatchObject({ ids: [50, 51, 52], stop: 'fixed' });
    expect(result.candidates!.length).toBeGreaterThan(1);
    expect(steps.filter(({ stop }) => stop !== undefined)).toHaveLength(1);
    expect(
      (await run('janus', network(0.08), from([40, 41, 42]), { rerankWeight: 0, fallbackProbability: 0 })).result.ids,
    ).not.toEqual([50, 51, 52]);
  });

  it('stays with the draft when the budget has no room for the text, when it is cut, and for a caller’s draft', async () => {
    const options = { rerankWeight: 0, targetLength: 6, fallbackProbability: 0.3 };
    const short = await run('janus', network(0.2), from([40, 41]), { ...options, passes: 8 });
    expect(short.result).toMatchObject({ stop: 'fixed', passes: 5 });
    const endless = withProbability(0.2, (request) => (request.pastMask ? 50 : 45));
    const cut = await run('janus', endless, from([40, 41]), { ...options, passes: 12 });
    expect(cut.result).toMatchObject({ ids: [45, 45, 45, 45, 45, 45], stop: 'budget' });
    const draft = await run('janus', network(0.2), from([40, 41]), {
      rerankWeight: 0,
      fallbackProbability: 0.3,
      draft: [60, mask, 61],
    });
    expect([draft.result.ids[0], draft.result.ids.at(-1)]).toEqual([60, 61]);
  });
});

describe('bang', () => {
  it('has a multiple of 16 slots with nothing behind them, and cuts at <end>', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 50 }), async (sourceLength) => {
        const network = fakeNetwork({ seed: 2, fill: (request, row) => (request.positions[row]! === 4 ? end : 50) });
        const { result } = await run('bang', network, from(new Array<number>(sourceLength).fill(40)));
        // 62: <begin> and the positions of this model
        const slots = Math.min(62, 16 * Math.ceil((sourceLength + 1) / 16));
        expect(Array.from(network.calls[1]!.tokenIds)).toEqual([begin, ...new Array<number>(slots).fill(mask)]);
        expect(result).toMatchObject({ ids: [50, 50, 50], stop: 'fixed', passes: 2 });
      }),
      { numRuns: 40 },
    );
  });

  it('scores the text and its end, not what lies behind', async () => {
    const network = fakeNetwork({ seed: 2, fill: (request, row) => (request.positions[row]! === 3 ? end : 50) });
    const { steps, result } = await run('bang', network, from([40]));
    const scores = steps[1]!.tokens.slice(0, 3).map(({ logProbability }) => logProbability);
    expect(result.score).toBeCloseTo((scores[0]! + scores[1]! + scores[2]!) / 3, 9);
  });
});
