/** Sliced queries: the same answers as whole passes where that can be, with fewer tokens through the network. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ForwardRequest, ForwardResult, Network } from '../../../src/decode/network';
import { fakeNetwork, graph, hash, run, source } from './fake-network';

const from = (ids: number[]) => source(ids, { task: 'rephrase' });
const value = (id: number, position: number, segment: number): number => id * 1000 + position * 4 + segment;

/**
 * One layer of attention in whole numbers: keys say which token stands where, and an answer depends on the sum of all
 * keys that its row sees. A wrong mask, position or cache entry changes every answer.
 */
function oneLayer(seed: number): Network & { calls: ForwardRequest[] } {
  const base = fakeNetwork({ seed });
  const { heads, headSize } = graph;
  return {
    ...base,
    calls: base.calls,
    async forward(request): Promise<ForwardResult> {
      const result = await base.forward(request);
      const { batch, length, past } = request;
      for (let row = 0; row < batch; row++) {
        for (let index = 0; index < length; index++) {
          const key = value(
            request.tokenIds[row * length + index]!,
            request.positions[row * length + index]!,
            request.segments[row * length + index]!,
          );
          for (let head = 0; head < heads; head++)
            for (let feature = 0; feature < headSize; feature++) {
              result.cache.keys[((row * heads + head) * length + index) * headSize + feature] = key;
            }
        }
        for (let slot = 0; slot < result.slots; slot++) {
          const at = row * result.slots + slot;
          const query = request.logitPositions![at]!;
          let sum = 0;
          for (let index = 0; index < length; index++) {
            if (!request.attentionMask || request.attentionMask[(row * length + query) * length + index])
              sum += result.cache.keys[(row * heads * length + index) * headSize]!;
          }
          for (let index = 0; index < (past?.length ?? 0); index++) {
            if (!request.pastMask || request.pastMask[row * past!.length + index])
              sum += past!.keys[(row * heads * past!.length + index) * headSize]!;
          }
          const position = request.positions[row * length + query]!;
          const best = 0.3 + 0.6 * hash(seed, sum, position);
          for (let rank = 0; rank < 8; rank++) {
            result.candidateIds[at * 8 + rank] = 32 + ((Math.floor(32 * hash(seed, sum, position, 1)) + rank) % 32);
            result.candidateLogProbs[at * 8 + rank] = Math.log(rank === 0 ? best : (1 - best) / 9);
          }
          result.entropy[at] = hash(seed, sum, position, 2);
        }
      }
      return result;
    },
  };
}

describe.each(['mask-predict', 'inat', 'llada', 'dream', 'fast-dllm', 'remdm'] as const)(
  '%s with sliced queries',
  (name) => {
    it('writes what whole passes write for a network of one layer, through fewer tokens', async () => {
      let whole = 0;
      let sliced = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.nat(),
          fc.integer({ min: 1, max: 12 }),
          fc.integer({ min: 1, max: 5 }),
          fc.integer({ min: 1, max: 20 }),
          async (seed, passes, lengthBeam, sourceLength) => {
            const list = Array.from({ length: sourceLength }, (_, index) => 32 + ((seed + index) % 32));
            const exact = await run(name, oneLayer(seed), from(list), { passes, lengthBeam });
            const fast = await run(name, oneLayer(seed), from(list), { passes, lengthBeam, exact: false });
            expect(fast.result).toEqual(exact.result);
            expect(fast.steps.map(({ tokens, beam }) => ({ tokens, beam }))).toEqual(
              exact.steps.map(({ tokens, beam }) => ({ tokens, beam })),
            );
            whole += exact.steps.reduce((sum, step) => sum + step.queryTokens, 0);
            sliced += fast.steps.reduce((sum, step) => sum + step.queryTokens, 0);
          },
        ),
        { numRuns: 100 },
      );
      expect(sliced).toBeLessThan(name === 'inat' ? whole + 1 : 0.95 * whole); // iNAT predicts every slot again
    });
  },
);

describe('sliced queries', () => {
  it('compute open slots and changed tokens, and all of them in every third pass', async () => {
    const network = oneLayer(3);
    await run('llada', network, from([40, 41, 42]), { passes: 8, targetLength: 8, exact: false });
    // One slot is revealed a pass; its token is new to the cache in the next one. Passes 1, 4 and 7 are whole.
    expect(network.calls.slice(1).map(({ length }) => length)).toEqual([10, 8, 7, 10, 5, 4, 10, 2]);
    const third = network.calls[3]!;
    expect(third.past!.length).toBe(6 + 10);
    const visible = third.pastMask!.reduce((sum, flag) => sum + flag, 0);
    expect(visible + third.length).toBe(16); // every token once
  });
});
