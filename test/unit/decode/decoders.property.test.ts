/**
 * Whatever the network answers and whatever the text, every decoder ends within its budget and returns clean tokens.
 */
import { decoderNames, decoderRecords } from '../../../src/protocol/decoders';
import { keepsLocks } from '../../../src/protocol/decoder-facts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../src/decode/edit/token-edits';
import type { DecodeOptions, DecoderName, Task } from '../../../src/protocol/trace';
import { drawnInput, drawnOptions, holds, refusal, token } from './drawn-options';
import { fakeNetwork, run, source, specialTokens } from './fake-network';

const { mask, drop, end } = specialTokens;
const ids = fc.array(token, { maxLength: 20 });
const candidates = fc.array(fc.array(token, { maxLength: 3 }), { maxLength: 3 });
const entry = fc.record({ start: fc.integer({ min: -1, max: 20 }), end: fc.integer({ min: -1, max: 22 }), candidates });
/** Only the engine's checks keep these away from a decoder: it has to cut them itself. */
const outOfBounds = fc.record(
  { lengthBeam: fc.integer({ min: -1, max: 12 }), blockSize: fc.integer({ min: -1, max: 70 }), seed: fc.integer() },
  { requiredKeys: [] },
);
const temperatures = fc.record({
  operation: fc.double({ min: 0.3, max: 3, noNaN: true }),
  insertion: fc.constant(1.5),
  fill: fc.constant(0.7),
});
const options = (passes: fc.Arbitrary<number>): fc.Arbitrary<DecodeOptions> =>
  fc
    .tuple(
      fc.record({ passes, temperatures }, { requiredKeys: ['passes'] }),
      drawnOptions(),
      fc.oneof({ arbitrary: fc.constant({}), weight: 2 }, outOfBounds),
      fc.oneof({ arbitrary: fc.constant({}), weight: 2 }, drawnInput),
    )
    .map((parts) => Object.assign({}, ...parts) as DecodeOptions);
const anyPasses = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constant(10_000));
const task = fc.constantFrom<Task>('fix', 'rephrase');
const environment = fc.record({
  seed: fc.nat(),
  restless: fc.boolean(),
  lexicon: fc.array(entry, { maxLength: 4 }),
  protect: fc.nat(),
  task,
});

/** What holds for every decoder, whatever it is given. */
async function expectSoundRun(
  name: DecoderName,
  list: number[],
  decode: DecodeOptions,
  {
    seed,
    restless,
    lexicon,
    protect,
    task: asked,
  }: {
    seed: number;
    restless: boolean;
    lexicon: { start: number; end: number; candidates: number[][] }[];
    protect: number;
    task: Task;
  },
): Promise<void> {
  const network = fakeNetwork({ seed, restless });
  const from = source(list, {
    task: asked,
    lexicon,
    protected: Uint8Array.from(list, (_, index) => (protect >> index % 31) & 1),
  });
  const refused = list.length === 0 && !decode.draft ? undefined : refusal(name, asked, list, decode);
  if (refused) {
    await expect(run(name, network, from, decode)).rejects.toThrow(refused);
    await expect(run(name, network, from, decode)).rejects.toThrow(RangeError);
    expect(network.calls).toEqual([]);
    return;
  }
  const { steps, result } = await run(name, network, from, decode);
  expect(network.calls.length).toBe(result.passes);
  expect(steps.length).toBe(result.passes); // one step is one forward pass
  expect(result.passes).toBeLessThanOrEqual(1 + Math.min(decode.passes!, 64));
  expect(steps.map((step) => step.index)).toEqual(steps.map((_, index) => index));
  if (steps.length > 0) expect(steps.at(-1)!.stop).toBe(result.stop);
  expect(steps.slice(0, -1).every((step) => step.stop === undefined)).toBe(true);
  const known = new Set([...list, ...(decode.draft ?? [])]);
  // no text, given or not
  if (['edits', 'whole'].includes(decoderRecords[name].draft ?? '')) for (const id of [end, drop]) known.delete(id);
  for (const output of [result.ids, ...(result.candidates ?? []).map((candidate) => candidate.ids)]) {
    for (const id of output) {
      expect(id).not.toBe(mask);
      if (!known.has(id)) expect(id).toBeGreaterThanOrEqual(31);
    }
  }
  expect(Number.isFinite(result.score)).toBe(true);
  for (const step of steps)
    for (const one of step.tokens) {
      expect(one.alternatives.length).toBeLessThanOrEqual(8);
      expect(one.logProbability).toBeLessThanOrEqual(0);
    }
  if (list.length === 0) return;
  const locked = [...new Set(decode.lockedTokens)].filter((index) => index in list).sort((left, right) => left - right);
  if (keepsLocks(name))
    expect(
      holds(
        result.ids,
        locked.map((index) => list[index]!),
      ),
      'keeps the locked tokens',
    ).toBe(true);
  // Where all given tokens stay, they do; what stands behind a given or predicted `<end>` is no text.
  const use = decoderRecords[name].draft;
  if (!decode.draft || (use !== 'slots' && use !== 'prefix')) return;
  const open = decode.draft.indexOf(mask);
  const given = use === 'prefix' && open >= 0 ? decode.draft.slice(0, open) : decode.draft;
  const last = given.indexOf(end);
  const written = steps.at(-1)!.tokens.map(({ id }) => id);
  const shown =
    use === 'slots' && written.includes(end)
      ? []
      : (last < 0 ? given : given.slice(0, last)).filter((id) => id !== mask && id !== drop);
  expect(holds(result.ids, shown), 'keeps the given tokens').toBe(true);
}

describe.each(decoderNames)('%s', (name) => {
  it('ends within its budget on any input, keeps what it is given, and never returns a special token', async () => {
    await fc.assert(
      fc.asyncProperty(ids, options(anyPasses), environment, (list, decode, around) =>
        expectSoundRun(name, list, decode, around),
      ),
      { numRuns: 100 },
    );
  });

  it('does so with a text near the limit of the positions', async () => {
    const long = fc
      .integer({ min: 50, max: 61 })
      .chain((length) => fc.array(token, { minLength: length, maxLength: length }));
    await fc.assert(
      fc.asyncProperty(long, options(fc.integer({ min: 1, max: 9 })), environment, (list, decode, around) =>
        expectSoundRun(name, list, decode, around),
      ),
      { numRuns: 25 },
    );
  });

  it('returns an empty text at once', async () => {
    const network = fakeNetwork({ seed: 1 });
    const { steps, result } = await run(name, network, source([]));
    expect(result).toMatchObject({ ids: [], stop: 'empty', passes: 0 });
    expect(steps).toEqual([]);
  });

  it.each([0, -1, 1.5, NaN])('refuses a budget of %s with a message that says what to do', async (passes) => {
    await expect(run(name, fakeNetwork({ seed: 1 }), source([40]), { passes })).rejects.toThrow(
      /"passes" is .*1 or more/,
    );
  });

  it('refuses a text that is longer than the network reads, and reads one that just fits', async () => {
    const network = fakeNetwork({ seed: 3, maximumPositions: 20 });
    await expect(run(name, network, source(new Array<number>(18).fill(40)))).rejects.toThrow(RangeError);
    await expect(run(name, network, source(new Array<number>(18).fill(40)))).rejects.toThrow(
      /21 tokens.*at most 20.*split the text/,
    );
    expect(
      (await run(name, network, source(new Array<number>(17).fill(40)), { passes: 30 })).result.passes,
    ).toBeGreaterThan(0);
  });

  it('returns what it has when it is cancelled between two passes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 0, max: 4 }), async (seed, after) => {
        const controller = new AbortController();
        if (after === 0) controller.abort();
        const network = fakeNetwork({
          seed,
          restless: true,
          operation: [-2, 0, 2],
          onForward: () => {
            if (network.calls.length + 1 === after) controller.abort();
          },
        });
        const { result } = await run(
          name,
          network,
          source([40, 41, 42, 43, 44]),
          { passes: 12, acceptConfidence: 0 },
          { signal: controller.signal },
        );
        expect(network.calls.length).toBeLessThanOrEqual(Math.max(after, 0));
        if (after === 0) expect(result.stop).toBe('cancelled');
        // A sentence in which the first reading finds nothing is done with it, cancelled or not.
        if (after === 1 && result.stop === 'stable') expect(result.ids).toEqual([40, 41, 42, 43, 44]);
        else if (after === 1) expect(result.stop).toBe('cancelled');
        if (
          name === 'edit-tags' ||
          name === 'fast-correct' ||
          name === 'levenshtein' ||
          name === 'insertion' ||
          name === 'voting'
        )
          expect(result.edits).toBeDefined();
      }),
      { numRuns: 60 },
    );
  });
});

describe.each(['edit-tags', 'fast-correct', 'levenshtein', 'insertion', 'voting'] as const)('%s', (name) => {
  it('never touches protected or locked tokens, opens no gap inside a protected span, and keeps the sum of insertions bounded', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(token, { minLength: 1, maxLength: 20 }),
        fc.nat(),
        fc.nat(),
        fc.array(fc.nat(19), { maxLength: 6 }),
        fc.boolean(),
        async (list, seed, protect, lockedTokens, restless) => {
          const flags = Uint8Array.from(list, (_, index) => (protect >> index) & 1);
          const { result } = await run(
            name,
            fakeNetwork({ seed, restless, operation: [-1, 1, 1], noInsertion: -3 }),
            source(list, { protected: flags }),
            { passes: 9, lockedTokens, acceptConfidence: 0, minimumEditProbability: 0.05 },
          );
          for (const { start, end } of result.edits!) {
            for (let index = start; index < end; index++)
              expect(flags[index] || lockedTokens.includes(index)).toBeFalsy();
            if (start === end && start > 0 && start < list.length) expect(flags[start - 1] && flags[start]).toBeFalsy();
          }
          expect(result.ids.length).toBeLessThanOrEqual(Math.max(10, 2 * list.length));
          expect(applyEdits(list, result.edits!)).toEqual(result.ids); // all accepted
        },
      ),
      { numRuns: 300 },
    );
  });

  it('changes nothing when everything is protected', async () => {
    const list = [40, 41, 42];
    const { result } = await run(
      name,
      fakeNetwork({ seed: 5, operation: [-9, 9, 9], noInsertion: 20 }),
      source(list, { protected: Uint8Array.of(1, 1, 1) }),
    );
    expect(result).toMatchObject({ ids: list, edits: [], stop: 'stable', passes: 1 });
  });

  it('reports every edit once, in order and without overlap, with a probability', async () => {
    await fc.assert(
      fc.asyncProperty(ids, fc.nat(), options(anyPasses), async (list, seed, decode) => {
        if (refusal(name, 'fix', list, decode)) return;
        const { result } = await run(name, fakeNetwork({ seed, restless: true }), source(list), decode);
        expect(() => applyEdits(list, result.edits!)).not.toThrow();
        for (const { confidence } of result.edits!) {
          expect(confidence).toBeGreaterThanOrEqual(0);
          expect(confidence).toBeLessThanOrEqual(1 + 1e-9);
        }
      }),
      { numRuns: 200 },
    );
  });
});
