/** Blocks from left to right, and blockwise parallel decoding against the text that it must reproduce. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ForwardRequest, Network } from '../../../src/decode/network';
import { blockwiseCausalMask, relaxedCausalMask } from '../../../src/decode/attention-mask';
import { fakeNetwork, graph, hash, run, source, specialTokens } from './fake-network';

const { begin, end, mask } = specialTokens;
const from = (ids: number[]) => source(ids, { task: 'rephrase' });

/**
 * A network whose autoregressive mode is a function of position and the token before, and whose parallel mode proposes
 * the greedy text with some tokens wrong: `agreement` is the share of right ones.
 */
function consistent(seed: number, agreement: number, endShare = 0.03): Network & { calls: ForwardRequest[] } {
  const next = (position: number, before: number): number =>
    hash(seed, position, before, 1) < endShare ? end : 32 + Math.floor(32 * hash(seed, position, before));
  const greedy = [begin];
  while (greedy.length < graph.maximumPositions) greedy.push(next(greedy.length, greedy.at(-1)!));
  return fakeNetwork({
    seed,
    fill: (request, row) => {
      const position = request.positions[row]!;
      if (!request.pastMask)
        return hash(seed, position, 2) < agreement && greedy[position]! >= 32
          ? greedy[position]!
          : 32 + Math.floor(32 * hash(seed, position, 3));
      // The content before a query is the row whose position is one less and which is no query.
      for (let other = 0; other < request.length; other++) {
        if (request.tokenIds[other] !== mask && request.positions[other] === position - 1)
          return next(position, request.tokenIds[other]!);
      }
      return 40;
    },
  });
}

describe('blockwise-parallel', () => {
  it('writes what greedy left-to-right decoding writes, token for token', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 20 }),
        fc.option(fc.integer({ min: 1, max: 60 })),
        async (seed, agreement, blockSize, sourceLength, target) => {
          const list = new Array<number>(sourceLength).fill(40);
          const options = target === null ? {} : { targetLength: target };
          const plain = await run('autoregressive', consistent(seed, agreement), from(list), options);
          const blocks = await run('blockwise-parallel', consistent(seed, agreement), from(list), {
            ...options,
            blockSize,
          });
          // Without a budget of its own it may run into the one bound that both have: the model's positions.
          if (blocks.result.passes > graph.maximumPositions - 1) return;
          expect(blocks.result.ids).toEqual(plain.result.ids);
          expect(blocks.result.stop).toBe(plain.result.stop);
          expect(blocks.steps.filter(({ action }) => action === 'verify').length).toBeLessThanOrEqual(
            plain.result.passes,
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('needs a fraction of the passes when the proposals are right', async () => {
    const plain = await run('autoregressive', consistent(5, 1, 0), from(new Array<number>(15).fill(40)), {
      targetLength: 32,
    });
    const blocks = await run('blockwise-parallel', consistent(5, 1, 0), from(new Array<number>(15).fill(40)), {
      targetLength: 32,
      blockSize: 8,
    });
    expect(blocks.result.ids).toEqual(plain.result.ids);
    expect(plain.result.passes).toBe(33);
    // One proposal, then blocks of 8 and the verifier's own token: 9, 18, 27, 32.
    expect(blocks.steps.map(({ action }) => action)).toEqual([
      'encode',
      'propose',
      'verify',
      'verify',
      'verify',
      'verify',
    ]);
    expect(blocks.steps.flatMap(({ accepted }) => accepted ?? [])).toEqual([
      { tokens: 9, mean: 9 },
      { tokens: 9, mean: 9 },
      { tokens: 9, mean: 9 },
      { tokens: 5, mean: 8 },
    ]);
  });

  it('shows what was accepted, what was refused, and the token that stands instead', async () => {
    const network = fakeNetwork({
      seed: 1,
      fill: (request, row) =>
        request.pastMask ? [0, 50, 51, 52, 53][request.positions[row]!] : [0, 50, 51, 60, 61][request.positions[row]!],
    });
    const { steps } = await run('blockwise-parallel', network, from([40, 41]), {
      passes: 2,
      targetLength: 4,
      blockSize: 3,
    });
    expect(steps.map(({ action }) => action)).toEqual(['encode', 'propose', 'verify']);
    expect(steps[2]!.tokens.map(({ id, state }) => [id, state])).toEqual([
      [50, 'kept'],
      [51, 'kept'],
      [60, 'deleted'],
      [52, 'changed'],
    ]);
    expect(steps[2]).toMatchObject({ stop: 'budget', accepted: { tokens: 3, mean: 3 } });
    const verify = network.calls[2]!;
    expect(Array.from(verify.tokenIds)).toEqual([begin, 50, 51, 60, mask, mask, mask, mask]);
    expect(Array.from(verify.positions)).toEqual([0, 1, 2, 3, 1, 2, 3, 4]);
  });
});

describe('semi-autoregressive', () => {
  it('is left to right where a block has one token', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 20 }), async (seed, sourceLength) => {
        const list = new Array<number>(sourceLength).fill(40);
        const plain = await run('autoregressive', consistent(seed, 0), from(list));
        const blocks = await run('semi-autoregressive', consistent(seed, 0), from(list), { blockSize: 1 });
        expect(blocks.result).toEqual(plain.result);
      }),
    );
  });

  it.each([2, 4, 8])('takes ⌈T / %i⌉ passes', async (blockSize) => {
    const network = fakeNetwork({ seed: 3, fill: (request, row) => 40 + (request.positions[row]! % 20) });
    const { result, steps } = await run('semi-autoregressive', network, from([40, 41]), {
      blockSize,
      targetLength: 13,
    });
    expect(result.ids).toEqual(Array.from({ length: 13 }, (_, index) => 41 + index));
    expect(steps.length - 1).toBe(Math.ceil(13 / blockSize));
    expect(Array.from(network.calls[2]!.tokenIds).slice(0, blockSize)).toEqual(result.ids.slice(0, blockSize));
    expect(Array.from(network.calls[2]!.positions)).toEqual(
      Array.from({ length: blockSize + Math.min(blockSize, 13 - blockSize) }, (_, index) => index + 1),
    );
  });

  it('cuts a block at <end>', async () => {
    const network = fakeNetwork({ seed: 3, fill: (request, row) => (request.positions[row]! === 6 ? end : 50) });
    const { result, steps } = await run('semi-autoregressive', network, from([40, 41]), { blockSize: 4 });
    expect(result).toMatchObject({ ids: [50, 50, 50, 50, 50], stop: 'fixed', passes: 3 });
    expect(steps.at(-1)!.tokens).toHaveLength(6);
  });

  it('lets a block see itself and its queries see each other and all content', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), (content, queries) => {
        const length = content + queries;
        const seen = relaxedCausalMask(content, queries);
        for (let row = 0; row < length; row++)
          for (let column = 0; column < length; column++) {
            expect(seen[row * length + column] === 1).toBe(column < content || row >= content);
          }
      }),
    );
    expect([...relaxedCausalMask(1, 1)]).toEqual([1, 0, 1, 1]);
  });
});

describe('a prefix', () => {
  const words = fc.array(fc.integer({ min: 32, max: 63 }), { minLength: 1, maxLength: 40 });

  it('is continued by blockwise-parallel as by autoregressive, token for token', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 20 }),
        words,
        fc.option(fc.integer({ min: 1, max: 60 })),
        async (seed, agreement, blockSize, sourceLength, draft, target) => {
          const list = new Array<number>(sourceLength).fill(40);
          const options = { draft: [...draft, mask, 33, 34], ...(target === null ? {} : { targetLength: target }) };
          const plain = await run('autoregressive', consistent(seed, agreement), from(list), options);
          const blocks = await run('blockwise-parallel', consistent(seed, agreement), from(list), {
            ...options,
            blockSize,
          });
          expect(plain.result.ids.slice(0, draft.length)).toEqual(draft);
          if (blocks.result.passes > graph.maximumPositions - 1) return;
          expect(blocks.result.ids).toEqual(plain.result.ids);
          expect(blocks.result.stop).toBe(plain.result.stop);
        },
      ),
      { numRuns: 200 },
    );
  });

  it.each(['autoregressive', 'semi-autoregressive', 'blockwise-parallel'] as const)(
    'of its own text is continued by %s as before',
    async (name) => {
      await fc.assert(
        fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 20 }), fc.nat(30), async (seed, sourceLength, cut) => {
          const list = new Array<number>(sourceLength).fill(40);
          // Only at the end of a block does the block-wise decoder come to the same blocks again.
          const size = 4;
          const network = () =>
            name === 'semi-autoregressive'
              ? fakeNetwork({ seed, fill: (request, row) => 32 + ((request.positions[row]! * 7) % 32) })
              : consistent(seed, 0.7);
          const whole = (await run(name, network(), from(list), { blockSize: size })).result;
          const prefix = whole.ids.slice(0, name === 'semi-autoregressive' ? cut - (cut % size) : cut);
          if (prefix.length === 0) return;
          const again = (await run(name, network(), from(list), { blockSize: size, draft: [...prefix, mask] })).result;
          expect(again.ids.slice(0, whole.ids.length)).toEqual(whole.ids);
          expect(again.passes).toBeLessThanOrEqual(1 + Math.max(1, 2 * (again.ids.length - prefix.length + 1)));
        }),
        { numRuns: 80 },
      );
    },
  );

  it('goes in with the first pass, stays marked as given, and costs no pass', async () => {
    const network = fakeNetwork({ seed: 1, fill: (request, row) => (request.positions[row] === 5 ? end : 50) });
    const { steps, result } = await run('autoregressive', network, from([40, 41]), {
      draft: [60, 61, 62, mask, 63],
      lockedDraft: [1],
    });
    expect(Array.from(network.calls[1]!.tokenIds)).toEqual([begin, 60, 61, 62, mask]);
    expect(Array.from(network.calls[1]!.positions)).toEqual([0, 1, 2, 3, 4]);
    expect(Array.from(network.calls[2]!.tokenIds)).toEqual([50, mask]);
    // In the end: the source, `<begin>` with the prefix, and the content of the last pass, which
    // is joined after it; no query.
    expect(network.calls[2]!.pastMask!.reduce((sum, value) => sum + value, 0)).toBe(5 + 4 + 1);
    expect(result).toMatchObject({ ids: [60, 61, 62, 50], stop: 'fixed', passes: 3 });
    expect(steps[1]!.tokens.map(({ id, state, locked }) => [id, state, locked])).toEqual([
      [60, 'given', undefined],
      [61, 'given', true],
      [62, 'given', undefined],
      [50, 'new', undefined],
    ]);
    expect(steps[2]!.tokens.map(({ state }) => state)).toEqual(['given', 'given', 'given', 'kept', 'new']);
  });

  it.each(['autoregressive', 'semi-autoregressive', 'blockwise-parallel'] as const)(
    'that is a whole text leaves %s nothing to do',
    async (name) => {
      for (const options of [{ draft: [60, 61, end, 62] }, { draft: [60, 61], targetLength: 2 }]) {
        const { result, steps } = await run(name, fakeNetwork({ seed: 1 }), from([40]), options);
        expect(result).toMatchObject({ ids: [60, 61], stop: 'empty', passes: 1 });
        expect(steps).toHaveLength(1);
      }
    },
  );

  it('is seen in blocks: a token sees its block and what is before it', () => {
    fc.assert(
      fc.property(
        fc.nat(20),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 9 }),
        (count, size, queries) => {
          const length = 1 + count + queries;
          const seen = blockwiseCausalMask(count, size, queries);
          const block = (index: number) =>
            index === 0 ? 0 : index > count ? Infinity : Math.floor((index - 1) / size) + 1;
          for (let row = 0; row < length; row++)
            for (let column = 0; column < length; column++)
              expect(seen[row * length + column] === 1).toBe(block(column) <= block(row));
        },
      ),
    );
    expect([...blockwiseCausalMask(0, 1, 1)]).toEqual([...relaxedCausalMask(1, 1)]);
  });
});
