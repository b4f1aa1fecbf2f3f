/** Insertion Transformer: parallel growth, the penalty, locks, and the missing-word pass. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fakeNetwork, run, source, specialTokens } from './fake-network';

const rephrase = (ids: number[]) => ({ ...source(ids), task: 'rephrase' as const });

describe('insertion as a generator', () => {
  it('doubles in each pass where every gap takes a token: T tokens in about log2 T passes', async () => {
    const { steps, result } = await run(
      'insertion',
      fakeNetwork({ seed: 2 }),
      rephrase(new Array<number>(12).fill(40)),
      { noInsertionPenalty: 50 },
    );
    expect(steps.map(({ tokens }) => tokens.length)).toEqual([12, 1, 3, 7, 15, 24]);
    expect(result).toMatchObject({ stop: 'fixed', passes: 6 });
  });

  it('stops at once where no gap takes a token', async () => {
    const { steps, result } = await run('insertion', fakeNetwork({ seed: 2 }), rephrase([40, 41]), {
      noInsertionPenalty: -50,
      draft: [50, 51],
    });
    expect(result).toMatchObject({ ids: [50, 51], stop: 'stable', passes: 2 });
    expect(steps[1]!.leadingGap!.count).toBe(0);
    expect(steps[1]!.tokens.map(({ gap }) => gap!.count)).toEqual([0, 0]);
  });

  it('ends within its budget, only grows, and never loses or moves a locked token', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 32, max: 63 }), { minLength: 1, maxLength: 20 }),
        fc.array(fc.nat(19), { maxLength: 5 }),
        fc.integer({ min: 1, max: 9 }),
        fc.double({ min: -3, max: 3, noNaN: true }),
        fc.nat(),
        async (ids, lockedTokens, passes, noInsertionPenalty, seed) => {
          const network = fakeNetwork({ seed, restless: true });
          const { steps, result } = await run('insertion', network, rephrase(ids), {
            passes,
            lockedTokens,
            noInsertionPenalty,
          });
          expect(result.passes).toBe(network.calls.length);
          expect(result.passes).toBeLessThanOrEqual(1 + passes);
          expect(steps.at(-1)!.stop).toBe(result.stop);
          const locked = [...new Set(lockedTokens)]
            .filter((index) => index < ids.length)
            .sort((left, right) => left - right);
          for (const [at, { tokens }] of steps.entries()) {
            if (at === 0) continue;
            expect(tokens.filter((token) => token.locked).map((token) => token.sourceIndex)).toEqual(locked);
            if (at > 1) expect(tokens.length).toBeGreaterThanOrEqual(steps[at - 1]!.tokens.length);
          }
          expect(result.ids.length).toBeLessThanOrEqual(Math.max(10, 2 * ids.length));
          expect(result.ids).not.toContain(specialTokens.drop);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('opens only the first gaps of a draft that fills the model’s positions', async () => {
    const draft = new Array<number>(58).fill(45);
    const network = fakeNetwork({ seed: 1 });
    const { result } = await run('insertion', network, rephrase([40, 41]), { draft, passes: 2 });
    expect(network.calls[1]!.length).toBe(64);
    expect(result.ids).toEqual(draft); // longer than the cap of 10 already: nothing may be inserted
  });

  it.each([
    [[], 'empty'],
    [[1], 'stable'],
  ])('copes with the source %j', async (ids, stop) => {
    expect(
      (await run('insertion', fakeNetwork({ seed: 1 }), rephrase(ids), { noInsertionPenalty: -50 })).result,
    ).toMatchObject({ ids: [], stop });
  });
});

describe('insertion as the missing-word pass', () => {
  it('takes pure insertions only, one token a gap', async () => {
    const network = fakeNetwork({ seed: 3, operation: [-9, 9, 9], noInsertion: -9 });
    const { result, steps } = await run('insertion', network, source([40, 41, 42]), {
      passes: 1,
      acceptConfidence: 0,
      minimumEditProbability: 0,
    });
    expect(result.edits!.every(({ start, end, ids }) => start === end && ids.length <= 1)).toBe(true);
    expect(steps[0]!.tokens.every(({ state }) => state === 'given')).toBe(true);
  });
});
