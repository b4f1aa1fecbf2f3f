/** The table of options: its bounds, what it refuses, and who keeps locks. */
import { describe, expect, it } from 'vitest';
import { keepsLocks } from '../../../src/decode/keeps-locks';
import { checkOptions, decoderOptionNames, decoderOptions, optionProblem, optionsOf, usualValue } from '../../../src/protocol/decoder-options';
import { decoderNames } from '../../../src/protocol/trace';

describe('checkOptions', () => {
  it('finds nothing wrong with nothing, with the usual values, and with what is no option of the table', () => {
    for (const name of decoderNames) {
      expect(checkOptions(name, {})).toBeUndefined();
      const usual = Object.fromEntries(optionsOf(name).flatMap((option) => { const value = usualValue(option, name); return value === undefined ? [] : [[option, value]]; }));
      expect(checkOptions(name, usual)).toBeUndefined();
      expect(checkOptions(name, { passes: 0, draft: [1], lockedDraft: [0], lockedTokens: [9], temperatures: { fill: 2 }, lengthBeam: undefined } as object)).toBeUndefined();
    }
  });

  it.each([
    ['mask-predict', { beamWidth: 3 }, '"beamWidth" does nothing with mask-predict: it belongs to ctc.'],
    ['ctc', { seed: 3 }, '"seed" does nothing with ctc: it belongs to noisy-parallel and remdm.'],
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
      for (const value of [option.least - 1, option.most + 1, '1', Infinity]) expect(optionProblem(name, value), name).toBeDefined();
    }
  });
});

it('names the decoders that keep tokens of the source', () => {
  expect(decoderNames.filter(keepsLocks)).toEqual(['levenshtein', 'levenshtein-draft', 'insertion', 'voting', 'edit-tags', 'fast-correct', 'ctc', 'imputer', 'da-transformer']);
});
