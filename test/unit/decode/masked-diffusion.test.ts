/** Reveal, order and remask policies of the masked-diffusion decoders and of iNAT, on whole runs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/decode/random';
import type { DecodeOptions, DecoderName, Step } from '../../../src/protocol/trace';
import { fakeNetwork, run, source, specialTokens } from './fake-network';

const { begin, end, mask } = specialTokens;
const from = (ids: number[]) => source(ids, { task: 'rephrase' });
const shownAfter = ({ tokens }: Step): number => tokens.filter(({ state }) => state !== 'masked').length;
const lengths = fc.integer({ min: 1, max: 20 });
const budgets = fc.integer({ min: 1, max: 12 });

/** Predict steps of a restless run: every pass answers differently, so that what is kept is kept on purpose. */
async function predictions(name: DecoderName, options: DecodeOptions, seed: number): Promise<Step[]> {
  const { steps } = await run(name, fakeNetwork({ seed, restless: true }), from([40, 41, 42]), options);
  return steps.filter(({ action }) => action === 'predict');
}

describe.each(['llada', 'dream', 'fast-dllm'] as const)('%s', (name) => {
  it('never revises what it has revealed', async () => {
    await fc.assert(
      fc.asyncProperty(
        lengths,
        budgets,
        fc.nat(),
        fc.constantFrom('probability', 'margin', 'entropy'),
        fc.integer({ min: 1, max: 9 }),
        async (targetLength, passes, seed, order, blockSize) => {
          const steps = await predictions(name, { passes, targetLength, order, blockSize }, seed);
          for (let index = 1; index < steps.length; index++) {
            steps[index - 1]!.tokens.forEach((before, slot) => {
              if (before.state !== 'masked')
                expect(steps[index]!.tokens[slot]).toMatchObject({ id: before.id, state: 'kept', alternatives: [] });
            });
          }
          expect(steps.at(-1)!.tokens.every(({ state }) => state !== 'masked')).toBe(true);
        },
      ),
    );
  });
});

it('a run that ends because all open slots are sure shows them in its last step', async () => {
  for (const name of ['llada', 'dream', 'remdm', 'fast-dllm', 'mask-predict'] as const) {
    const { steps, result } = await run(
      name,
      fakeNetwork({ seed: 1, fill: (request, row) => 40 + request.positions[row]! }),
      from([40, 41]),
      { passes: 10, targetLength: 9, lengthBeam: 1, sureProbability: 0 },
    );
    expect(result.stop).toBe('confident');
    expect(steps.at(-1)!.tokens.map(({ id, state }) => [id, state])).toEqual(result.ids.map((id) => [id, 'new']));
  }
});

describe('llada', () => {
  it('reveals equal shares', async () => {
    await fc.assert(
      fc.asyncProperty(lengths, budgets, fc.nat(), async (targetLength, passes, seed) => {
        const steps = await predictions('llada', { passes, targetLength }, seed);
        expect(steps.length).toBe(Math.min(passes, targetLength));
        steps.forEach((step, index) => {
          const full = Math.ceil(targetLength / passes); // the larger shares come first
          const larger = targetLength - (full - 1) * passes;
          expect(shownAfter(step)).toBe(
            full * Math.min(index + 1, larger) + (full - 1) * Math.max(0, index + 1 - larger),
          );
        });
      }),
    );
  });

  it('reveals the most probable, and finishes a block before the next one', async () => {
    const [first] = await predictions('llada', { passes: 4, targetLength: 8 }, 5);
    const revealed = first!.tokens.filter(({ state }) => state === 'new').map(({ logProbability }) => logProbability);
    const hidden = first!.tokens.filter(({ state }) => state === 'masked').map(({ logProbability }) => logProbability);
    expect(revealed).toHaveLength(2);
    expect(Math.min(...revealed)).toBeGreaterThanOrEqual(Math.max(...hidden));
    const blocks = await predictions('llada', { passes: 8, targetLength: 8, blockSize: 4 }, 5);
    expect(blocks[3]!.tokens.map(({ state }) => state === 'masked')).toEqual([
      false,
      false,
      false,
      false,
      true,
      true,
      true,
      true,
    ]);
  });

  it('ends at once when all open slots are sure', async () => {
    const { result } = await run('llada', fakeNetwork({ seed: 1 }), from([40, 41]), {
      passes: 10,
      targetLength: 9,
      sureProbability: 0,
    });
    expect(result).toMatchObject({ stop: 'confident', passes: 2 });
    expect(result.ids).not.toContain(mask);
  });
});

describe('dream', () => {
  it('orders by what it is told to order by', async () => {
    for (const order of ['probability', 'margin', 'entropy'] as const) {
      const [first] = await predictions('dream', { passes: 3, targetLength: 9, order }, 11);
      const value = ({ logProbability, alternatives, entropy }: Step['tokens'][number]): number =>
        order === 'probability'
          ? logProbability
          : order === 'margin'
            ? alternatives[0]!.probability - alternatives[1]!.probability
            : -entropy;
      const revealed = first!.tokens.filter(({ state }) => state === 'new').map(value);
      const hidden = first!.tokens.filter(({ state }) => state === 'masked').map(value);
      expect(revealed.length).toBe(2); // floor(9 · (1 − 0.667))
      expect(Math.min(...revealed)).toBeGreaterThanOrEqual(Math.max(...hidden));
    }
  });
});

describe('fast-dllm', () => {
  it('reveals what is at least τ, or the surest one', async () => {
    await fc.assert(
      fc.asyncProperty(
        lengths,
        fc.nat(),
        fc.double({ min: 0.05, max: 0.6, noNaN: true }),
        async (targetLength, seed, sureProbability) => {
          const steps = await predictions('fast-dllm', { passes: 30, targetLength, sureProbability }, seed);
          for (const { tokens } of steps) {
            const predicted = tokens.filter(({ alternatives }) => alternatives.length > 0);
            const sure = predicted.filter(({ logProbability }) => logProbability >= Math.log(sureProbability));
            const revealed = predicted.filter(({ state }) => state !== 'masked');
            if (sure.length > 0) expect(revealed).toEqual(sure);
            else
              expect(revealed.map(({ logProbability }) => logProbability)).toEqual([
                Math.max(...predicted.map(({ logProbability }) => logProbability)),
              ]);
          }
        },
      ),
    );
  });

  it('says why it ended', async () => {
    const options = { passes: 3, targetLength: 6 };
    expect(
      (await run('fast-dllm', fakeNetwork({ seed: 2 }), from([40]), { ...options, sureProbability: 0.001 })).result,
    ).toMatchObject({ stop: 'confident', passes: 2 });
    expect(
      (await run('fast-dllm', fakeNetwork({ seed: 2 }), from([40]), { ...options, sureProbability: 1 })).result,
    ).toMatchObject({ stop: 'budget', passes: 4 });
    expect(
      (await run('fast-dllm', fakeNetwork({ seed: 2 }), from([40]), { targetLength: 6, passes: 9, sureProbability: 1 }))
        .result,
    ).toMatchObject({ stop: 'fixed', passes: 7 });
  });
});

describe('remdm', () => {
  it('shows floor(T · k / P) tokens after pass k, whatever it takes back', async () => {
    let takenBack = 0;
    await fc.assert(
      fc.asyncProperty(lengths, budgets, fc.nat(), async (targetLength, passes, seed) => {
        const network = fakeNetwork({ seed, restless: true });
        const { steps } = await run('remdm', network, from([40, 41, 42]), { passes, targetLength, seed });
        const predicted = steps.filter(({ action }) => action === 'predict');
        predicted.forEach((step, index) =>
          expect(shownAfter(step)).toBe(Math.floor((targetLength * (index + 1)) / passes)),
        );
        for (let index = 1; index < predicted.length; index++) {
          const masked = Array.from(network.calls[index + 1]!.tokenIds).filter((id) => id === mask).length;
          takenBack += masked - (targetLength - shownAfter(predicted[index - 1]!));
        }
      }),
    );
    expect(takenBack).toBeGreaterThan(50);
  });

  it('is the same run for the same seed', async () => {
    const texts = await Promise.all(
      [1, 1, 2, 3, 4].map(async (seed) =>
        (
          await run('remdm', fakeNetwork({ seed: 9, restless: true }), from([40, 41]), {
            passes: 9,
            targetLength: 12,
            seed,
          })
        ).result.ids.join(' '),
      ),
    );
    expect(texts[0]).toBe(texts[1]);
    expect(new Set(texts).size).toBeGreaterThan(1);
  });
});

describe('inat', () => {
  it('reads its own last output, whole', async () => {
    const network = fakeNetwork({ seed: 3, restless: true });
    const { steps } = await run('inat', network, from([40, 41]), { passes: 3, targetLength: 4 });
    expect(Array.from(network.calls[1]!.tokenIds)).toEqual([begin, mask, mask, mask, mask, end]);
    expect(Array.from(network.calls[2]!.tokenIds)).toEqual([begin, ...steps[1]!.tokens.map(({ id }) => id), end]);
    expect(network.calls[3]!.logitPositions).toEqual([1, 2, 3, 4]);
    expect(steps.at(-1)!.stop).toBe('budget');
  });

  it('stops at a fixpoint and in a loop', async () => {
    const fixed = await run('inat', fakeNetwork({ seed: 3, fill: () => 50 }), from([40]), {
      passes: 20,
      targetLength: 2,
    });
    expect(fixed.result).toMatchObject({ ids: [50, 50], stop: 'stable', passes: 3 });
    const turning = await run(
      'inat',
      fakeNetwork({ seed: 3, fill: (request, row) => (request.tokenIds[row] === 50 ? 51 : 50) }),
      from([40]),
      { passes: 20, targetLength: 2 },
    );
    expect(turning.result).toMatchObject({ stop: 'loop', passes: 4 });
  });
});

describe('single-pass', () => {
  it('copies the source evenly into the slots of the first pass where asked', async () => {
    const inputs = async (targetLength: number): Promise<number[]> => {
      const network = fakeNetwork({ seed: 3 });
      await run('single-pass', network, from([40, 41, 42]), { targetLength, sourceCopy: true });
      return Array.from(network.calls[1]!.tokenIds).slice(1, -1);
    };
    expect(await inputs(5)).toEqual([40, 41, 41, 42, 42]); // round(t · 2 / 4): 0, 0.5, 1, 1.5, 2, halves up
    expect(await inputs(2)).toEqual([40, 42]);
    expect(await inputs(1)).toEqual([40]);
  });
});

describe('random numbers', () => {
  it('are those of the reference', () => {
    const random = seededRandom(7);
    // nar_training.reference.random.Random(7)
    expect([random(), random(), random()]).toEqual([0.011704753153026104, 0.06195825757458806, 0.97690763277933]);
  });
});
