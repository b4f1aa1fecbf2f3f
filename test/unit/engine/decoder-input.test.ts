/**
 * Every decoder with input that nobody should give: a clear error or a sane result, through the
 * engine and the real runtime.
 */
import { decoderNames } from '../../../src/protocol/decoders';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runnableDecoders } from '../../../src/decode/needs';
import { Engine } from '../../../src/engine/engine';
import { InputError } from '../../../src/engine/errors';
import type { DecodeOptions, DecoderName, Trace } from '../../../src/protocol/trace';
import { copyTiny, temporaryFolder } from './model-folder';

let models: ReturnType<typeof temporaryFolder>;
let engine: Engine;
beforeAll(() => {
  models = temporaryFolder();
  copyTiny(models.folder);
  engine = new Engine({
    modelsFolder: models.folder,
    settings: { model: { path: '', dtype: 'auto' }, device: 'cpu', threads: 1, idleMinutes: 0 },
  });
});
afterAll(async () => {
  await engine.dispose();
  models.remove();
});

const trace = (decoder: DecoderName, text: string, options: DecodeOptions = {}): Promise<Trace> =>
  engine.trace({ task: 'rephrase', text, format: 'plain', decoder, options });
const sentence = 'The server reads the file.';

/** Those that the tiny model can run: it has both tables and was not trained for more. */
const runnable = runnableDecoders({}, { transitions: {} as never, ngrams: {} as never, links: {} as never });

describe.each(decoderNames.filter((name) => !runnable.includes(name)))('%s', (decoder) => {
  it('says what it needs when the model does not have it', async () => {
    await expect(trace(decoder, sentence, { passes: 2 })).rejects.toThrow(InputError);
    await expect(trace(decoder, sentence, { passes: 2 })).rejects.toThrow(
      /This decoder needs .* Choose another decoder/,
    );
  });
});

describe.each(runnable)('%s', (decoder) => {
  it('refuses a budget of 0 and says what to give, and cuts one of 10,000', async () => {
    await expect(trace(decoder, sentence, { passes: 0 })).rejects.toThrow(InputError);
    await expect(trace(decoder, sentence, { passes: 0 })).rejects.toThrow(
      /"passes" is 0: give a whole number of forward passes, 1 or more/,
    );
    await expect(trace(decoder, sentence, { passes: 2.5 })).rejects.toThrow(/whole number/);
    const { passes, steps } = await trace(decoder, sentence, { passes: 10_000 });
    expect(steps.length).toBe(passes);
    expect(passes).toBeLessThanOrEqual(512);
  });

  it('says that a text without a word holds nothing to decode', async () => {
    for (const text of ['', ' \n ', '<mask> <mask>', '<pad><end>', '\ufffd \ufffd', '\u{1f9ff} \u0378', '日本 語'])
      await expect(trace(decoder, text, { passes: 2 })).rejects.toThrow(/no prose/);
  });

  it.each([
    'The <mask> <mask> <drop>',
    'mask<pad><end>',
    'x\ufffd\ufffd \ufffd',
    'x \u{1f9ff} \u0378 \u{e0001}',
    'x 日',
  ])('reads %j like any other text', async (text) => {
    const result = await trace(decoder, text, { passes: 3 });
    expect(result.sourceText).toBe(text);
    // Encoded as plain bytes: no special token comes out of a text that only looks like one.
    expect(result.source.every(({ id }) => id >= 32)).toBe(true);
    expect(result.steps.length).toBe(result.passes);
    expect(result.steps.at(-1)!.stop).toBe(result.stop);
  });

  it('refuses a text that does not fit the model', async () => {
    await expect(trace(decoder, 'The server reads it. '.repeat(200), { passes: 2 })).rejects.toThrow(
      /at most .*Select less text/,
    );
  });
});

describe('blockwise-parallel', () => {
  it('writes the text of autoregressive over the real runtime in 32 bits', async () => {
    for (const text of [
      'The server reads the file.',
      'It stops when the list of the entries is empty.',
      'Error: the first entry is missing.',
    ]) {
      for (const blockSize of [1, 3, 8]) {
        const options = { targetLength: 24, passes: 100 };
        const plain = await trace('autoregressive', text, options);
        const blocks = await trace('blockwise-parallel', text, { ...options, blockSize });
        expect(blocks.output).toBe(plain.output);
        expect(blocks.stop).toBe(plain.stop);
      }
    }
  });
});

describe.each([
  'mask-predict',
  'single-pass',
  'inat',
  'llada',
  'dream',
  'fast-dllm',
  'remdm',
  'janus',
  'bang',
] as const)('%s with a draft', (decoder) => {
  it('refuses one that is longer than the model’s positions, and ids that do not exist', async () => {
    await expect(trace(decoder, sentence, { passes: 2, draft: new Array<number>(700).fill(1) })).rejects.toThrow(
      /draft takes 702 tokens.*at most 512/,
    );
    await expect(trace(decoder, sentence, { passes: 2, draft: [99_999] })).rejects.toThrow(
      /"draft" holds 99999: the vocabulary has \d+ ids/,
    );
  });

  it('keeps the given tokens, and has nothing to do where all are given', async () => {
    const { steps, stop, passes } = await trace(decoder, sentence, { passes: 2, draft: [40, 41, 42] });
    expect(stop).toBe('empty');
    expect(passes).toBe(1);
    expect(steps).toHaveLength(1);
    const filled = await trace(decoder, sentence, { passes: 2, draft: [40, 1, 42] });
    expect([filled.steps.at(-1)!.tokens[0]!.id, filled.steps.at(-1)!.tokens[2]!.id]).toEqual([40, 42]);
  });
});

describe.each([
  'single-pass',
  'mask-predict',
  'mist',
  'mist-cached',
  'autoregressive',
  'semi-autoregressive',
  'blockwise-parallel',
  'noisy-parallel',
  'janus',
  'bang',
] as const)('%s with a length', (decoder) => {
  it('refuses none and half a token, and cuts one that the model has no positions for', async () => {
    for (const targetLength of [0, -3, 1.5])
      await expect(trace(decoder, sentence, { passes: 2, targetLength })).rejects.toThrow(
        /"targetLength" is .*: give a whole number of tokens, 1 or more/,
      );
    expect((await trace(decoder, sentence, { passes: 1, targetLength: 5000 })).passes).toBeGreaterThan(0);
  });
});
