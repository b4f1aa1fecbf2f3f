/**
 * Canvas, collapse, prefix beam against all alignments, the Imputer's blocks, and models that were not trained for it.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collapse, openCanvas, prefixBeam } from '../../../src/decode/lattice/ctc-alignment';
import { fakeNetwork, run, source, specialTokens } from './fake-network';

const { blank, mask } = specialTokens;
const free = (length: number): number[] => new Array<number>(length).fill(-1);
const collapsed = (alignment: number[], fixed = free(alignment.length)): number[] =>
  alignment.filter((_, slot) => collapse(alignment, fixed, blank)[slot]);

describe('collapse', () => {
  it('merges runs, drops blanks, and keeps a doubled word that has a blank between', () => {
    expect(collapsed([40, 40, blank, 41, blank, 41, 41])).toEqual([40, 41, 41]);
    expect(collapsed([blank, blank])).toEqual([]);
  });

  it('never merges a locked token with the slot before it', () => {
    expect(collapsed([40, 40], [-1, 40])).toEqual([40, 40]);
  });
});

describe('prefixBeam', () => {
  it('is the sum over all alignments where the beam is wide enough', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.double({ min: 0.05, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }), {
          minLength: 1,
          maxLength: 4,
        }),
        (weights) => {
          // 40, 41, blank
          const slots = weights.map((row) => row.map((weight) => weight / row.reduce((sum, one) => sum + one, 0)));
          const sums = new Map<string, number>();
          const walk = (slot: number, alignment: number[], probability: number): void => {
            if (slot === slots.length) {
              const key = collapsed(alignment).join(' ');
              sums.set(key, (sums.get(key) ?? 0) + probability);
              return;
            }
            [40, 41, blank].forEach((id, at) => walk(slot + 1, [...alignment, id], probability * slots[slot]![at]!));
          };
          walk(0, [], 1);
          const readings = slots.map(([first, second]) => ({
            ids: [40, 41],
            logProbabilities: [Math.log(first!), Math.log(second!)],
          }));
          const beam = prefixBeam(
            readings,
            slots.map((row) => Math.log(row[2]!)),
            blank,
            1000,
          );
          expect(beam).toHaveLength(sums.size);
          for (const { ids, logProbability } of beam)
            expect(Math.exp(logProbability)).toBeCloseTo(sums.get(ids.join(' '))!, 9);
          expect(beam.map(({ logProbability }) => logProbability)).toEqual(
            beam.map(({ logProbability }) => logProbability).sort((left, right) => right - left),
          );
        },
      ),
    );
  });

  it('finds an output whose best single alignment is not the best one', () => {
    // Greedy: blank, blank (0.36). "40" has three alignments: 0.4·0.6 + 0.6·0.4 + 0.4·0.4 = 0.64.
    const slots = [0, 1].map(() => ({ ids: [40], logProbabilities: [Math.log(0.4)] }));
    const [best] = prefixBeam(slots, [Math.log(0.6), Math.log(0.6)], blank, 4);
    expect(best).toEqual({ ids: [40], logProbability: expect.closeTo(Math.log(0.64), 9) });
  });
});

describe('ctc', () => {
  it('asks with the upsampled source and collapses what comes back', async () => {
    const answers = [50, 50, blank, 51, 52, blank];
    const network = fakeNetwork({ seed: 1, fill: (_, row) => answers[row - 1] });
    const { result, steps } = await run('ctc', network, source([40, 41, 42]));
    expect(Array.from(network.calls[1]!.tokenIds).slice(1, -1)).toEqual([40, 40, 41, 41, 42, 42]);
    expect(result).toMatchObject({ ids: [50, 51, 52], stop: 'fixed', passes: 2 });
    expect(steps[1]!.tokens.map(({ state }) => state)).toEqual(['new', 'deleted', 'deleted', 'new', 'new', 'deleted']);
    expect(steps[1]!.tokens.map(({ sourceIndex }) => sourceIndex)).toEqual([0, 0, 1, 1, 2, 2]);
  });

  it('takes fewer slots a token where the positions do not suffice', () => {
    const network = fakeNetwork({ seed: 1, maximumPositions: 20 });
    expect(openCanvas(network, source(new Array<number>(5).fill(40)), { upsampling: 4 }).upsampling).toBe(3);
    expect(openCanvas(network, source(new Array<number>(17).fill(40)), {}).upsampling).toBe(1);
    expect(() => openCanvas(network, source([40]), { upsampling: 0 })).toThrow(/"upsampling" is 0/);
  });

  it.each(['ctc', 'imputer'] as const)(
    '%s refuses a model that was not trained for it, and says what to do',
    async (name) => {
      const network = { ...fakeNetwork({ seed: 1 }), capabilities: [] };
      await expect(run(name, network, source([40]))).rejects.toThrow(
        /trained with connectionist temporal classification.*Choose another decoder/,
      );
    },
  );

  it.each(['ctc', 'imputer'] as const)('%s copies locked and protected tokens in their order', async (name) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 100, max: 105 }), { minLength: 1, maxLength: 10 }),
        fc.nat(),
        fc.array(fc.nat(9), { maxLength: 5 }),
        fc.integer({ min: 1, max: 9 }),
        async (ids, seed, lockedTokens, beamWidth) => {
          const network = fakeNetwork({ seed, restless: true });
          network.graph.vocabulary = 200;
          const { result, steps } = await run(
            name,
            network,
            source(ids, { protected: Uint8Array.from(ids, (_, index) => (index === 0 ? 1 : 0)) }),
            { lockedTokens, ...(name === 'ctc' && beamWidth > 1 ? { beamWidth } : {}) },
          );
          const wanted = ids.filter((_, index) => index === 0 || lockedTokens.includes(index));
          expect(result.ids.filter((id) => id >= 100)).toEqual(wanted); // the network writes 30 to 63 only
          expect(steps.at(-1)!.tokens.filter(({ locked }) => locked)).toHaveLength(2 * wanted.length);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('imputer', () => {
  it('fills the surest slot of every block in each pass, and the canvas in as many passes as a block has slots', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 15 }),
        fc.integer({ min: 1, max: 6 }),
        fc.nat(),
        async (length, passes, seed) => {
          const { steps, result } = await run(
            'imputer',
            fakeNetwork({ seed, restless: true }),
            source(new Array<number>(length).fill(40)),
            { passes },
          );
          expect(result.passes).toBe(1 + Math.min(passes, 2 * length));
          steps.slice(1).forEach(({ tokens }, pass) => {
            for (let start = 0; start < tokens.length; start += passes) {
              const block = tokens.slice(start, start + passes);
              expect(block.filter(({ id }) => id !== mask)).toHaveLength(Math.min(pass + 1, block.length));
            }
          });
        },
      ),
      { numRuns: 100 },
    );
  });
});
