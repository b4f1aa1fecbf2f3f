import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { efforts } from '../../../src/protocol/effort';
import { readSettings } from '../../../src/protocol/read-settings';
import { defaultSettings } from '../../../src/protocol/settings';

describe('readSettings', () => {
  it('gives the defaults for nothing', () => {
    for (const value of [undefined, null, {}, [], 'x', { correct: null, model: 3 }])
      expect(readSettings(value)).toEqual(defaultSettings);
  });
  it('takes right values and leaves wrong ones alone', () => {
    const settings = readSettings({
      enable: false,
      correct: {
        delay: -5,
        confidence: 0.4,
        ignoredTypes: ['article', 'nonsense', 3],
      },
      experimental: { correct: { decoder: 'edit-tags', passes: 'many' } },
      dictionary: ['Kubernetes', 7],
      model: { path: '/m', dtype: '' },
      device: 'tpu',
      threads: 2.4,
    });
    expect(settings).toMatchObject({
      enable: false,
      correct: {
        delay: 0,
        confidence: 0.4,
        ignoredTypes: ['article'],
        decoder: 'edit-tags',
        passes: defaultSettings.correct.passes,
        asYouType: true,
      },
      dictionary: ['Kubernetes'],
      model: { path: '/m', dtype: 'auto' },
      device: 'auto',
      threads: 2,
    });
  });
  it('takes decoder and passes from the effort where they say nothing', () => {
    const { correct, paraphrase } = readSettings({
      effort: 'fast',
      experimental: { correct: { decoder: 'unheard-of', passes: null }, paraphrase: {} },
    });
    expect(correct).toMatchObject(efforts.fast.correct);
    expect(paraphrase).toMatchObject(efforts.fast.paraphrase);
    expect(readSettings({ effort: 'enormous' }).effort).toBe('balanced');
    for (const effort of ['fast', 'balanced', 'best'] as const)
      expect(readSettings({ effort })).toMatchObject({ ...efforts[effort], effort });
  });
  it('gives a decoder chosen by name a budget that is not another one’s', () => {
    expect(
      readSettings({
        effort: 'fast',
        experimental: {
          correct: { decoder: 'levenshtein' },
          paraphrase: { decoder: 'mask-predict' },
          summarize: { decoder: 'mist' },
        },
      }),
    ).toMatchObject({
      correct: { decoder: 'levenshtein', passes: 2 },
      paraphrase: { decoder: 'mask-predict', passes: 4 },
      summarize: { decoder: 'mist', passes: 4 },
    });
  });
  it('takes a decoder with rounds where more than one pass is asked for, and the decoder that is named', () => {
    const decoders = (value: object): string[] =>
      [readSettings(value)].flatMap(({ correct, paraphrase }) => [correct.decoder, paraphrase.decoder]);
    expect(decoders({ effort: 'fast', experimental: { correct: { passes: 4 }, paraphrase: { passes: 4 } } })).toEqual([
      'levenshtein',
      'mask-predict',
    ]);
    expect(decoders({ effort: 'fast', experimental: { correct: { passes: 1 }, paraphrase: { passes: 1 } } })).toEqual([
      'edit-tags',
      'single-pass',
    ]);
    expect(
      decoders({
        experimental: {
          correct: { decoder: 'edit-tags', passes: 4 },
          paraphrase: { decoder: 'single-pass', passes: 4 },
        },
      }),
    ).toEqual(['edit-tags', 'single-pass']);
  });
  it('rounds where only whole numbers mean anything', () => {
    expect(
      readSettings({
        correct: { delay: 99.6 },
        paraphrase: { candidates: 2.4 },
        experimental: { correct: { passes: 2.5 }, paraphrase: { passes: 0.2 }, summarize: { passes: 1e9 } },
        threads: 1.6,
        idleMinutes: 0.5,
      }),
    ).toMatchObject({
      correct: { passes: 3, delay: 100 },
      paraphrase: { passes: 1, candidates: 2 },
      summarize: { passes: 64 },
      threads: 2,
      idleMinutes: 0.5,
    });
  });
  it('takes the options that the decoder reads, and leaves out foreign and wrong ones', () => {
    const { correct, paraphrase, summarize, experimental } = readSettings({
      experimental: {
        correct: {
          decoder: 'levenshtein',
          options: {
            keepBias: 1,
            blockSize: 4,
            ngramVeto: 'yes',
            acceptConfidence: 2,
            magic: 1,
            passes: 9,
            lockedTokens: [1],
          },
        },
        paraphrase: { options: { lengthBeam: 5, keepBias: 1, exact: false } },
        summarize: { options: { order: 'margin' } },
        translate: { decoder: 'mist' },
      },
    });
    expect(correct.options).toEqual({ keepBias: 1 });
    expect(paraphrase.options).toEqual({ lengthBeam: 5, exact: false });
    expect(summarize.options).toEqual({});
    expect(experimental).toEqual({
      correct: { decoder: 'levenshtein', options: { keepBias: 1 } },
      paraphrase: { options: { lengthBeam: 5, exact: false } },
    });
    for (const options of [null, [], 'keepBias=1', 3])
      expect(readSettings({ experimental: { correct: { options } } }).correct.options).toEqual({});
  });
  it('gives whole settings for anything at all', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const settings = readSettings(value);
        expect(Object.keys(settings).sort()).toEqual(Object.keys(defaultSettings).sort());
        expect(readSettings(settings)).toEqual(settings);
      }),
    );
  });
  it('agrees with package.json where that declares a default', () => {
    const manifest = JSON.parse(readFileSync(path.join(__dirname, '../../../package.json'), 'utf8')) as {
      contributes?: { configuration?: unknown };
    };
    const sections = [manifest.contributes?.configuration ?? []].flat() as {
      properties: Record<string, { default?: unknown }>;
    }[];
    const declared = sections.flatMap((section) => Object.entries(section.properties));
    for (const [name, { default: value }] of declared) {
      const found = name
        .split('.')
        .slice(1)
        .reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], defaultSettings);
      expect({ [name]: value }).toEqual({ [name]: found });
    }
  });
});
