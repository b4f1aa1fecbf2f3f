/** The table of options: its bounds, what it refuses, and who keeps locks. */
import { decoderNames } from '../../../src/protocol/decoders';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkOptions,
  decoderOptionNames,
  decoderOptions,
  optionProblem,
  optionsOf,
  usualValue,
} from '../../../src/protocol/decoder-options';
import type { DecodeOptions, Task } from '../../../src/protocol/trace';
import { drawnOptions, drawnValue, token } from './drawn-options';
import { fakeNetwork, hash, run, source, specialTokens } from './fake-network';
import type { ForwardRequest } from '../../../src/decode/network';

describe('checkOptions', () => {
  it('finds nothing wrong with nothing, with the usual values, and with what is no option of the table', () => {
    for (const name of decoderNames) {
      expect(checkOptions(name, {})).toBeUndefined();
      const usual = Object.fromEntries(
        optionsOf(name).flatMap((option) => {
          const value = usualValue(option, name);
          return value === undefined ? [] : [[option, value]];
        }),
      );
      expect(checkOptions(name, usual)).toBeUndefined();
      expect(
        checkOptions(name, {
          passes: 0,
          draft: [1],
          lockedDraft: [0],
          lockedTokens: [9],
          temperatures: { fill: 2 },
          lengthBeam: undefined,
        } as object),
      ).toBeUndefined();
    }
  });

  it.each([
    ['mask-predict', { beamWidth: 3 }, '"beamWidth" does nothing with mask-predict: it belongs to ctc.'],
    ['ctc', { seed: 3 }, '"seed" does nothing with ctc: it belongs to remdm and noisy-parallel.'],
    ['mask-predict', { lengthBeam: 12 }, '"lengthBeam" must be a whole number from 1 to 9.'],
    ['mask-predict', { lengthBeam: 2.5 }, '"lengthBeam" must be a whole number from 1 to 9.'],
    ['janus', { rerankWeight: NaN }, '"rerankWeight" must be a number from 0 to 1.'],
    ['dream', { order: 'chance' }, '"order" must be one of entropy, margin, probability.'],
    ['inat', { exact: 1 }, '"exact" must be true or false.'],
  ] as const)('says what is wrong with %s %j', (name, options, problem) => {
    expect(checkOptions(name, options as object)).toBe(problem);
  });

  it('takes the ends of every range and refuses what lies beyond', () => {
    for (const name of decoderOptionNames) {
      const option = decoderOptions[name];
      if (option.kind !== 'number') continue;
      for (const value of [option.least, option.most]) expect(optionProblem(name, value), name).toBeUndefined();
      for (const value of [option.least - 1, option.most + 1, '1', Infinity])
        expect(optionProblem(name, value), name).toBeDefined();
    }
  });
});

describe.each(decoderNames)('%s', (name) => {
  const own = optionsOf(name);
  const foreign = decoderOptionNames.filter((option) => !own.includes(option));
  const situation = fc.record({
    ids: fc.array(token, { minLength: 2, maxLength: 12 }),
    seed: fc.nat(),
    restless: fc.boolean(),
    task: fc.constantFrom<Task>('fix', 'rephrase'),
    options: fc
      .tuple(drawnOptions(own), fc.integer({ min: 2, max: 9 }))
      .map(([drawn, passes]): DecodeOptions => ({ ...drawn, passes })),
  });
  /** On a canvas every third slot is blank, so that equal tokens can stand side by side. */
  const fill = (seed: number) =>
    name === 'ctc' || name === 'imputer'
      ? (request: ForwardRequest, row: number) =>
          hash(seed, request.positions[row]!) < 0.3 ? specialTokens.blank : 40 + Math.floor(3 * hash(seed, row))
      : undefined;
  /** All that a run asks and shows; the clock is the same for equal runs. */
  const told = async (
    { ids, seed, restless, task }: { ids: number[]; seed: number; restless: boolean; task: Task },
    options: DecodeOptions,
  ): Promise<string> => {
    const best = fill(seed);
    const network = fakeNetwork({ seed, restless, ...(best ? { fill: best } : {}) });
    const { steps, result } = await run(name, network, source(ids, { task }), options);
    return JSON.stringify([steps, result, network.calls.map(({ tokenIds }) => Array.from(tokenIds))]);
  };

  it('does not read what is not its own', async () => {
    await fc.assert(
      fc.asyncProperty(situation, drawnOptions(foreign), async (drawn, others) => {
        expect(await told(drawn, { ...drawn.options, ...others })).toBe(await told(drawn, drawn.options));
      }),
      { numRuns: 30 },
    );
  });

  // The correction command reads the veto (src/engine/tasks/correct/correct.ts), not the decoder
  // whose corrections it judges.
  it.each(own.filter((option) => option !== 'ngramVeto'))('reads %s', async (option) => {
    const samples = fc.sample(fc.tuple(situation, drawnValue(option)), { numRuns: 400, seed: 7 });
    for (const [drawn, value] of samples) {
      const without = { ...drawn.options };
      delete without[option];
      if ((await told(drawn, { ...without, [option]: value })) !== (await told(drawn, without))) return;
    }
    expect.unreachable(`${option} changed nothing in ${samples.length} runs`);
  });

  it('does what the table says where nothing is chosen', async () => {
    await fc.assert(
      fc.asyncProperty(situation, async (drawn) => {
        const usual = Object.fromEntries(
          own.flatMap((option) => {
            const value = usualValue(option, name);
            return value === undefined ? [] : [[option, value]];
          }),
        );
        expect(await told(drawn, { ...usual, ...drawn.options })).toBe(await told(drawn, drawn.options));
      }),
      { numRuns: 20 },
    );
  });
});
