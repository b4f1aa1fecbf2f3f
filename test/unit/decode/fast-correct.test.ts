/** Durations: distributions that sum to one, counts that sum to the target, owners that stay owners. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationProbabilities, editedDuration } from '../../../src/decode/edit/durations';
import { fakeNetwork, run, source, specialTokens } from './fake-network';

const distribution = (size: number) =>
  fc
    .array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: size, maxLength: size })
    .map((weights) => weights.map((weight) => weight / weights.reduce((sum, one) => sum + one, 0)));

describe('durations', () => {
  it('are a distribution', () => {
    fc.assert(
      fc.property(distribution(3), distribution(8), (operation, gap) => {
        const probabilities = durationProbabilities(operation, gap);
        expect(probabilities).toHaveLength(9);
        expect(probabilities.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 9);
        const { count, probability } = editedDuration(operation, gap);
        expect(probability).toBeLessThanOrEqual(probabilities[count]! + 1e-12);
        expect(probability).toBeLessThanOrEqual(1 - operation[0]! * gap[0]! + 1e-9); // P(edited)
      }),
    );
  });

  it('say 0 for a deleted token, 1 for a kept one and for one that is written anew, more where tokens are missing', () => {
    const none = [1, 0, 0, 0, 0, 0, 0, 0];
    const two = [0, 0, 1, 0, 0, 0, 0, 0];
    const likeliest = (operation: number[], gap: number[]) => durationProbabilities(operation, gap).indexOf(1);
    expect([
      likeliest([0, 1, 0], none),
      likeliest([1, 0, 0], none),
      likeliest([0, 0, 1], none),
      likeliest([0, 0, 1], two),
      likeliest([0, 1, 0], two),
    ]).toEqual([0, 1, 1, 3, 2]);
  });
});

describe('fast-correct', () => {
  it('shows durations that sum to the tokens of the target', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 32, max: 63 }), { minLength: 1, maxLength: 20 }),
        fc.nat(),
        fc.nat(),
        async (ids, seed, protect) => {
          const network = fakeNetwork({ seed, noInsertion: 2 });
          const flags = Uint8Array.from(ids, (_, index) => (protect >> index) & 1);
          const { steps } = await run(
            'fast-correct',
            network,
            source(ids, { protected: flags, lexicon: [{ start: 0, end: 1, candidates: [[60, 61, 62]] }] }),
          );
          const counts = steps[0]!.tokens.map(({ duration }) => duration!.count);
          const draft = network.calls[1] ? Array.from(network.calls[1].tokenIds) : [];
          let inside = false;
          let outside = 0; // slots and copied tokens of the draft: what the target has
          for (const id of draft.slice(1, -1)) {
            if (id === specialTokens.openDeleted) inside = true;
            else if (id === specialTokens.closeDeleted) inside = false;
            else if (!inside) outside++;
          }
          if (draft.length > 0) expect(counts.reduce((sum, count) => sum + count, 0)).toBe(outside);
          counts.forEach((count, index) => {
            if (flags[index]) expect(count).toBe(1);
          });
        },
      ),
      { numRuns: 200 },
    );
  });
});
