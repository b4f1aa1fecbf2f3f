/** Drafts and locks in words, with the shipped tokenizer. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Engine } from '../../../src/engine/engine';
import { draftOf, lockedBy } from '../../../src/engine/document/given-text';
import type { Trace } from '../../../src/protocol/trace';
import { ByteLevelTokenizer } from '../../../src/text/byte-level';

const folder = path.join(__dirname, '../../../models');
const tokenizer = ByteLevelTokenizer.fromJson(
  JSON.parse(readFileSync(path.join(folder, 'nar-base', 'tokenizer.json'), 'utf8')),
  {},
);
const mask = 1;
const view = 'The server reads the file, and the files of the reader stay.';
const encoding = tokenizer.encode(view);
const textOf = (indices: number[]): string[] => indices.map((index) => tokenizer.tokenText(encoding.ids[index]!));

describe('draftOf', () => {
  it('gives the tokens of the text as they stand in a sentence, and a slot for each <mask>', () => {
    expect(draftOf(view, tokenizer, mask)).toEqual(encoding.ids);
    const shown = (text: string): string[] =>
      draftOf(text, tokenizer, mask).map((id) => (id === mask ? '_' : tokenizer.tokenText(id)));
    expect(shown('The <mask> <mask> the file.')).toEqual(['The', '_', '_', ' the', ' file', '.']);
    expect(shown('  <mask> file<mask>\n')).toEqual(['_', ' file', '_']);
  });
});

describe('lockedBy', () => {
  it('locks whole words everywhere they stand', () => {
    expect(textOf(lockedBy(['file'], view, encoding)).join('')).toBe(' file');
    expect(textOf(lockedBy(['the file', 'the'], view, encoding)).join('')).toBe(' the file the the');
    expect(textOf(lockedBy(['file,'], view, encoding)).join('')).toBe(' file,');
  });
  it('refuses what the text does not hold', () => {
    for (const text of ['fil', 'The file', '', '   ', 'eader'])
      expect(() => lockedBy([text], view, encoding)).toThrow(/cannot be locked: the text does not hold it/);
  });
});

describe('a trace', () => {
  const engine = new Engine({
    modelsFolder: folder,
    settings: { model: { path: '', dtype: 'auto' }, device: 'cpu', threads: 1, idleMinutes: 0 },
  });
  afterAll(() => engine.dispose());
  const slip = 'The servr reads the the file.';

  it('keeps words that are locked', async () => {
    const run = (lockedTexts: string[]): Promise<Trace> =>
      engine.trace({ task: 'fix', text: slip, format: 'plain', decoder: 'levenshtein', lockedTexts });
    expect((await run([])).output).toBe('The server reads the file.');
    const locked = await run(['servr']);
    expect(locked.output).toBe('The servr reads the file.');
    expect(locked.options.lockedTokens!.map((index) => locked.source[index]!.text).join('')).toBe(' servr');
  });

  it('adds words to tokens that are locked by index', async () => {
    const { options } = await engine.trace({
      task: 'fix',
      text: slip,
      format: 'plain',
      decoder: 'levenshtein',
      options: { lockedTokens: [0] },
      lockedTexts: ['reads'],
    });
    expect(options.lockedTokens!.length).toBe(2);
  });

  it('goes on from a draft', async () => {
    const draftText = 'The server <mask> the file.';
    const { output, options } = await engine.trace({
      task: 'rephrase',
      text: slip,
      format: 'plain',
      decoder: 'mask-predict',
      draftText,
    });
    expect(options.draft).toEqual(draftOf(draftText, tokenizer, mask));
    expect(output).toMatch(/^The server .+ the file\.$/);
  });

  it('says how many tokens there are to be locked', async () => {
    await expect(
      engine.trace({
        task: 'fix',
        text: slip,
        format: 'plain',
        decoder: 'levenshtein',
        options: { lockedTokens: [99] },
      }),
    ).rejects.toThrow(/"lockedTokens" holds 99: the text has \d+ tokens, counted from 0/);
    await expect(
      engine.trace({ task: 'fix', text: slip, format: 'plain', decoder: 'levenshtein', options: { lockedDraft: [0] } }),
    ).rejects.toThrow(/"lockedDraft" holds 0: the draft has 0 tokens/);
  });

  it.each(['autoregressive', 'blockwise-parallel'] as const)(
    'with %s ends where the text ends, without a number of passes',
    async (decoder) => {
      const text =
        'The server reads the configuration file at startup, checks every value against the schema, and writes a warning to the log for each setting that it does not know.';
      const whole = await engine.trace({ task: 'fix', text, format: 'plain', decoder });
      expect(whole.stop).toBe('fixed');
      expect(whole.output).toMatch(/\.$/);
      const short = await engine.trace({ task: 'fix', text, format: 'plain', decoder, options: { passes: 2 } });
      expect(short.stop).toBe('budget');
      expect(short.output.length).toBeLessThan(whole.output.length);
    },
  );
});
