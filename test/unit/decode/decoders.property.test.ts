/** Whatever the network answers and whatever the text, every decoder ends within its budget and returns clean tokens. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../src/decode/edits';
import { decoderNames, pathSearches, type DecodeOptions } from '../../../src/protocol/trace';
import { fakeNetwork, run, source, specialTokens } from './fake-network';

const token = fc.integer({ min: 32, max: 63 });
const ids = fc.array(token, { maxLength: 20 });
const candidates = fc.array(fc.array(token, { maxLength: 3 }), { maxLength: 3 });
const entry = fc.record({ start: fc.integer({ min: -1, max: 20 }), end: fc.integer({ min: -1, max: 22 }), candidates });
const probability = fc.double({ min: 0, max: 1, noNaN: true });
const options: fc.Arbitrary<DecodeOptions> = fc.record({
  passes: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constant(10_000)),
  lengthBeam: fc.integer({ min: -1, max: 12 }), keepBias: fc.double({ min: -5, max: 5, noNaN: true }), rerankWeight: probability,
  lockedTokens: fc.array(fc.integer({ min: -3, max: 30 }), { maxLength: 8 }), draft: fc.array(fc.oneof(token, fc.constant(specialTokens.mask)), { maxLength: 61 }), lockedDraft: fc.array(fc.nat(70), { maxLength: 6 }),
  targetLength: fc.integer({ min: 1, max: 500 }), minimumEditProbability: probability, acceptConfidence: probability, collapseRepeats: fc.boolean(),
  sourceCopy: fc.boolean(), order: fc.constantFrom('probability', 'margin', 'entropy'), sureProbability: probability, stopWhenStable: fc.boolean(),
  blockSize: fc.integer({ min: -1, max: 20 }), seed: fc.integer(), pathSearch: fc.constantFrom(...pathSearches), lengthPenalty: fc.double({ min: 0, max: 4, noNaN: true }),
  temperatures: fc.record({ operation: fc.double({ min: 0.3, max: 3, noNaN: true }), insertion: fc.constant(1.5), fill: fc.constant(0.7) }),
}, { requiredKeys: ['passes'] });

describe.each(decoderNames)('%s', (name) => {
  it('ends within its budget on any input and never returns a special token', async () => {
    await fc.assert(fc.asyncProperty(ids, options, fc.nat(), fc.boolean(), fc.array(entry, { maxLength: 4 }), fc.nat(), async (list, decode, seed, restless, lexicon, protect) => {
      const network = fakeNetwork({ seed, restless });
      const from = source(list, { lexicon, protected: Uint8Array.from(list, (_, index) => ((protect >> index) & 1)) });
      // Locks that the draft or the length contradicts are refused, which locked-tokens.test.ts looks at.
      if (name === 'levenshtein-draft' && (decode.draft ?? decode.targetLength) !== undefined) delete decode.lockedTokens;
      const { steps, result } = await run(name, network, from, decode);
      expect(network.calls.length).toBe(result.passes);
      expect(steps.length).toBe(result.passes); // one step is one forward pass
      expect(result.passes).toBeLessThanOrEqual(1 + Math.min(decode.passes!, 64));
      expect(steps.map((step) => step.index)).toEqual(steps.map((_, index) => index));
      if (steps.length > 0) expect(steps.at(-1)!.stop).toBe(result.stop);
      expect(steps.slice(0, -1).every((step) => step.stop === undefined)).toBe(true);
      const known = new Set([...list, ...(decode.draft ?? [])]);
      for (const output of [result.ids, ...(result.candidates ?? []).map((candidate) => candidate.ids)]) {
        for (const id of output) if (!known.has(id)) expect(id).toBeGreaterThanOrEqual(31);
      }
      expect(Number.isFinite(result.score)).toBe(true);
      for (const step of steps) for (const one of step.tokens) {
        expect(one.alternatives.length).toBeLessThanOrEqual(8);
        expect(one.logProbability).toBeLessThanOrEqual(0);
      }
    }), { numRuns: 150 });
  });

  it('returns an empty text at once', async () => {
    const network = fakeNetwork({ seed: 1 });
    const { steps, result } = await run(name, network, source([]));
    expect(result).toMatchObject({ ids: [], stop: 'empty', passes: 0 });
    expect(steps).toEqual([]);
  });

  it.each([0, -1, 1.5, NaN])('refuses a budget of %s with a message that says what to do', async (passes) => {
    await expect(run(name, fakeNetwork({ seed: 1 }), source([40]), { passes })).rejects.toThrow(/"passes" is .*1 or more/);
  });

  it('refuses a text that is longer than the network reads, and reads one that just fits', async () => {
    const network = fakeNetwork({ seed: 3, maximumPositions: 20 });
    await expect(run(name, network, source(new Array<number>(18).fill(40)))).rejects.toThrow(RangeError);
    await expect(run(name, network, source(new Array<number>(18).fill(40)))).rejects.toThrow(/21 tokens.*at most 20.*split the text/);
    expect((await run(name, network, source(new Array<number>(17).fill(40)), { passes: 30 })).result.passes).toBeGreaterThan(0);
  });

  it('returns what it has when it is cancelled between two passes', async () => {
    await fc.assert(fc.asyncProperty(fc.nat(), fc.integer({ min: 0, max: 4 }), async (seed, after) => {
      const controller = new AbortController();
      if (after === 0) controller.abort();
      const network = fakeNetwork({ seed, restless: true, operation: [-2, 0, 2], onForward: () => { if (network.calls.length + 1 === after) controller.abort(); } });
      const { result } = await run(name, network, source([40, 41, 42, 43, 44]), { passes: 12, acceptConfidence: 0 }, { signal: controller.signal });
      expect(network.calls.length).toBeLessThanOrEqual(Math.max(after, 0));
      if (after === 0) expect(result.stop).toBe('cancelled');
      // A sentence in which the first reading finds nothing is done with it, cancelled or not.
      if (after === 1 && result.stop === 'stable') expect(result.ids).toEqual([40, 41, 42, 43, 44]);
      else if (after === 1) expect(result.stop).toBe('cancelled');
      if (name === 'edit-tags' || name === 'fast-correct' || name === 'levenshtein' || name === 'insertion' || name === 'voting') expect(result.edits).toBeDefined();
    }), { numRuns: 60 });
  });
});

describe.each(['edit-tags', 'fast-correct', 'levenshtein', 'insertion', 'voting'] as const)('%s', (name) => {
  it('never touches protected or locked tokens, opens no gap inside a protected span, and keeps the sum of insertions bounded', async () => {
    await fc.assert(fc.asyncProperty(fc.array(token, { minLength: 1, maxLength: 20 }), fc.nat(), fc.nat(), fc.array(fc.nat(19), { maxLength: 6 }), fc.boolean(), async (list, seed, protect, lockedTokens, restless) => {
      const flags = Uint8Array.from(list, (_, index) => ((protect >> index) & 1));
      const { result } = await run(name, fakeNetwork({ seed, restless, operation: [-1, 1, 1], noInsertion: -3 }), source(list, { protected: flags }),
        { passes: 9, lockedTokens, acceptConfidence: 0, minimumEditProbability: 0.05 });
      for (const { start, end } of result.edits!) {
        for (let index = start; index < end; index++) expect(flags[index] || lockedTokens.includes(index)).toBeFalsy();
        if (start === end && start > 0 && start < list.length) expect(flags[start - 1] && flags[start]).toBeFalsy();
      }
      expect(result.ids.length).toBeLessThanOrEqual(Math.max(10, 2 * list.length));
      expect(applyEdits(list, result.edits!)).toEqual(result.ids); // all accepted
    }), { numRuns: 300 });
  });

  it('changes nothing when everything is protected', async () => {
    const list = [40, 41, 42];
    const { result } = await run(name, fakeNetwork({ seed: 5, operation: [-9, 9, 9], noInsertion: 20 }), source(list, { protected: Uint8Array.of(1, 1, 1) }));
    expect(result).toMatchObject({ ids: list, edits: [], stop: 'stable', passes: 1 });
  });

  it('reports every edit once, in order and without overlap, with a probability', async () => {
    await fc.assert(fc.asyncProperty(ids, fc.nat(), options, async (list, seed, decode) => {
      const { result } = await run(name, fakeNetwork({ seed, restless: true }), source(list), decode);
      expect(() => applyEdits(list, result.edits!)).not.toThrow();
      for (const { confidence } of result.edits!) {
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(confidence).toBeLessThanOrEqual(1 + 1e-9);
      }
    }), { numRuns: 200 });
  });
});
