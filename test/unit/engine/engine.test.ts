import { applyEdits } from '../../../src/protocol/word-edits';
import { decoderNames } from '../../../src/protocol/decoders';
import { rmSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Engine, type EngineSettings } from '../../../src/engine/engine';
import { CancelledError, InputError, ModelError } from '../../../src/engine/errors';
import { efforts } from '../../../src/protocol/effort';
import type { CorrectResult, EngineStatus } from '../../../src/protocol/requests';
import type { DecoderName } from '../../../src/protocol/trace';
import { copyTiny, copyWordy, temporaryFolder } from './model-folder';

let models: ReturnType<typeof temporaryFolder>;
let engine: Engine;
let statuses: EngineStatus[];
const settings: EngineSettings = { model: { path: '', dtype: 'auto' }, device: 'cpu', threads: 1, idleMinutes: 0 };

let wordy: EngineSettings;
beforeAll(() => {
  models = temporaryFolder();
  copyTiny(models.folder);
  // Not beside the other: there it would be a second bundled model.
  wordy = { ...settings, model: { path: copyWordy(path.join(models.folder, 'more')), dtype: 'auto' } };
});
afterAll(() => models.remove());
beforeEach(() => {
  statuses = [];
  engine = new Engine({ modelsFolder: models.folder, settings, onStatus: (status) => statuses.push(status) });
});
afterEach(() => engine.dispose());

const sentences = [
  'The server reads the file.',
  'The user sees the error in the log.',
  'It stays there.',
  'The configuration is read at startup.',
];

function rebuild(text: string, { corrections }: CorrectResult): string {
  let result = '';
  let at = 0;
  for (const { startIndex, endIndex, correction } of corrections) {
    expect(startIndex).toBeGreaterThanOrEqual(at);
    expect(endIndex).toBeGreaterThanOrEqual(startIndex);
    result += text.slice(at, startIndex) + correction;
    at = endIndex;
  }
  return result + text.slice(at);
}

describe('correct', () => {
  it('runs the network only on sentences that changed', async () => {
    await engine.configure(wordy);
    const text = sentences.join(' ');
    const first = await engine.correct({ text, format: 'plain', threshold: 0 });
    expect(first.passes).toBeGreaterThanOrEqual(sentences.length);
    const again = await engine.correct({
      text: `Moved. ${text}`.slice(7),
      format: 'plain',
      threshold: 0,
    });
    expect([again.passes, again.corrections]).toEqual([0, first.corrections]);
    const alone = await engine.correct({ text: 'A new one stands here.', format: 'plain', threshold: 0 });
    const changed = await engine.correct({
      text: `${sentences[0]} A new one is here. ${sentences.slice(1).join(' ')}`,
      format: 'plain',
      threshold: 0,
    });
    expect(changed.passes).toBeGreaterThan(0);
    expect(changed.passes).toBeLessThanOrEqual(alone.passes + 2);
    // Moved sentences keep their edits, at their new places.
    const moved = changed.corrections.filter((entry) => entry.startIndex > 50);
    expect(moved.length).toBeGreaterThan(0);
    for (const entry of moved)
      expect(first.corrections).toContainEqual({
        ...entry,
        startIndex: entry.startIndex - 19,
        endIndex: entry.endIndex - 19,
      });
  });

  it('a higher threshold keeps a part of the same corrections, without another pass', async () => {
    await engine.configure(wordy);
    const text = sentences.join(' ');
    const all = await engine.correct({ text, format: 'plain', threshold: 0 });
    const middle = [...all.corrections].sort((a, b) => a.confidence - b.confidence)[all.corrections.length >> 1]!
      .confidence;
    const some = await engine.correct({ text, format: 'plain', threshold: middle });
    // Without the doubtful ones some of the others may be sound no more: never another one, and not many fewer.
    const sure = all.corrections.filter((entry) => entry.confidence >= middle);
    for (const correction of some.corrections) expect(sure).toContainEqual(correction);
    expect(some.corrections.length).toBeGreaterThan(sure.length / 2);
    expect(some.passes).toBe(0);
    const [type] = all.corrections.map((entry) => entry.type);
    const fewer = await engine.correct({ text, format: 'plain', threshold: 0, ignoredTypes: [type!] });
    expect(fewer.corrections.length).toBeGreaterThan(0);
    expect(fewer.corrections.filter((entry) => entry.type === type)).toEqual([]);
    expect(fewer.passes).toBe(0);
  });

  it('works on the range that it is given, and leaves ignored sentences alone', async () => {
    await engine.configure(wordy);
    const text = sentences.join(' ');
    const start = text.indexOf('user');
    const inRange = await engine.correct({ text, format: 'plain', threshold: 0, range: { start, end: start + 1 } });
    expect(
      inRange.corrections.every((entry) => entry.startIndex >= 27 && entry.endIndex <= 27 + sentences[1]!.length),
    ).toBe(true);
    const at = await engine.correct({ text, format: 'plain', threshold: 0, range: { start: 27, end: 27 } });
    expect(at.corrections).toEqual(inRange.corrections);
    const without = await engine.correct({ text, format: 'plain', threshold: 0, ignoredSentences: [sentences[1]!] });
    expect(
      without.corrections.some((entry) => entry.startIndex >= 27 && entry.endIndex <= 27 + sentences[1]!.length),
    ).toBe(false);
  });

  it('changes nothing outside its edits and nothing that is protected, whatever the text', async () => {
    const piece = fc.constantFrom(
      'teh ',
      'the the ',
      '`code`',
      '**bold** ',
      '[a link](http://x.org) ',
      '\n\n',
      '\r\n',
      '\t',
      '🙂',
      'e\u0301',
      'שלום ',
      '\ud800',
      '- item\n',
      '# Head\n',
      'http://a.b/c ',
      '$x$ ',
      '<b>x</b>',
      '. ',
      'word ',
      '\u0000',
      '|',
      '&amp; ',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 25 }),
        fc.constantFrom('markdown', 'plain'),
        async (pieces, format) => {
          const text = pieces.join('');
          const result = await engine.correct({ text, format: format as 'markdown', threshold: 0 });
          expect(result.output).toBe(rebuild(text, result));
          if (format === 'markdown')
            for (const mark of ['`code`', '](http://x.org)'])
              expect(result.output.split(mark).length).toBe(text.split(mark).length);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('reads a sentence of 3,000 words, and refuses ten million characters with a message', async () => {
    const long = `${'The server reads the file and '.repeat(500)}stops.`;
    await engine.configure(wordy);
    const result = await engine.correct({ text: long, format: 'plain', threshold: 0 });
    expect(result.output).toBe(rebuild(long, result));
    // The tiny tokenizer needs several tokens a word: the windows cut, and edits come from all parts of the text.
    expect(Math.max(...result.corrections.map((entry) => entry.startIndex))).toBeGreaterThan(long.length / 2);
    await expect(engine.correct({ text: 'x '.repeat(5_000_000), format: 'plain' })).rejects.toThrow(
      /10\.0 million characters; at most .* Select a part/,
    );
  }, 60_000);

  it('a newer request for the same document takes the place of the older one', async () => {
    const text = sentences.join(' ');
    await engine.load();
    const older = engine.correct({ text, format: 'plain' }, { priority: 'typing', key: 'a' });
    const other = engine.correct({ text: 'Another document.', format: 'plain' }, { priority: 'typing', key: 'b' });
    const newer = engine.correct({ text: `${text} More.`, format: 'plain' }, { priority: 'typing', key: 'a' });
    await expect(older).rejects.toBeInstanceOf(CancelledError);
    await expect(other).resolves.toBeDefined();
    await expect(newer).resolves.toBeDefined();
  });

  it('tells progress and corrections so far', async () => {
    const progress: [number, number][] = [];
    const text = Array.from({ length: 40 }, (_, index) => `Sentence ${index} is read by the server.`).join(' ');
    await engine.correct({ text, format: 'plain' }, { onProgress: (done, total) => progress.push([done, total]) });
    expect(progress).toEqual(Array.from({ length: 40 }, (_, index) => [index + 1, 40]));
  });
});

describe('the n-gram veto', () => {
  it('can only take corrections away', async () => {
    const text = sentences.join(' ');
    const all = await engine.correct({ text, format: 'plain', threshold: 0 });
    const kept = await engine.correct({ text, format: 'plain', threshold: 0, options: { ngramVeto: true } });
    expect(kept.corrections.length).toBeLessThanOrEqual(all.corrections.length);
    for (const { startIndex, endIndex } of kept.corrections)
      expect(all.corrections.some((other) => other.startIndex <= startIndex && endIndex <= other.endIndex)).toBe(true);
  });
});

describe('the other tasks', () => {
  const needsTraining = ['ctc', 'imputer']; // the capability "ctc", which this model does not have

  it.each(needsTraining)('trace with %s says that this model was not trained for it', async (decoder) => {
    const traced = engine.trace({
      task: 'fix',
      text: 'A word.',
      format: 'plain',
      decoder: decoder as DecoderName,
      options: {},
    });
    await expect(traced).rejects.toThrow(
      /was trained with connectionist temporal classification.*Choose another decoder/,
    );
  });

  it.each(decoderNames.filter((name) => !needsTraining.includes(name)))(
    'trace with %s ends within its budget and gives its steps as they come',
    async (decoder) => {
      const steps: unknown[] = [];
      const task = decoder === 'levenshtein' || decoder === 'edit-tags' ? 'fix' : 'rephrase';
      const result = await engine.trace(
        { task, text: 'The **server** reads `a.txt`.', format: 'markdown', decoder, options: { passes: 3 } },
        { onStep: (step) => steps.push(step) },
      );
      expect(result.steps).toEqual(steps);
      expect(result.sourceText).toBe('The server reads `a.txt`.');
      expect(result.source.map((token) => token.text).join('')).toBe(result.sourceText);
      expect(
        result.source
          .filter((token) => token.protected)
          .map((token) => token.text)
          .join(''),
      ).toContain('`a.txt`');
      expect(result.passes).toBe(result.steps[result.steps.length - 1]!.passes);
    },
  );

  it('summaries stand on the text that they name', async () => {
    const text = `# The log\n\n${sentences.join(' ')}\n\n- One item of the list is here.\n- Another item of the list.\n`;
    for (const length of ['headline', 'sentence', 'short', 'key-sentences'] as const) {
      const { sentences: found, output } = await engine.summarize({ text, format: 'markdown', length });
      expect(found.length).toBeGreaterThan(0);
      // A network with random weights corrects what it likes; what a summary says is seen with the shipped one
      // (summary-corrections.test.ts).
      for (const { text: sentence, sources } of found) {
        expect(sentence.trim()).not.toBe('');
        expect(text.slice(sources[0]!.startIndex, sources[0]!.endIndex)).toMatch(/^\p{Lu}.*\.$/u);
      }
      if (length === 'headline') expect(output.endsWith('.')).toBe(false);
      if (length === 'key-sentences') expect(output.split('\n').every((line) => line.startsWith('- '))).toBe(true);
    }
    expect(await engine.summarize({ text: '', format: 'plain', length: 'short' })).toMatchObject({
      output: '',
      sentences: [],
    });
  });

  it('a summary is rewritten by the decoder, in the passes and with the options that were asked for', async () => {
    const passesOf = async (params: object): Promise<number> =>
      (await engine.summarize({ text: sentences[0]!, format: 'plain', length: 'sentence', ...params })).passes;
    await passesOf({}); // What ranks and corrects sentences is in the cache from here on.
    const one = await passesOf({ options: { passes: 1 } });
    expect(await passesOf({ options: { passes: 5 } })).toBe(one + 4);
    const inBlocks = (blockSize: number): Promise<number> =>
      passesOf({ decoder: 'semi-autoregressive', options: { blockSize } });
    expect(await inBlocks(1)).toBeGreaterThan(await inBlocks(8));
    expect(await passesOf({ decoder: 'autoregressive' })).toBeGreaterThan(one + 4);
    expect(await passesOf({})).toBe(one + efforts.balanced.summarize.passes - 1);
    await expect(passesOf({ decoder: 'ctc' })).rejects.toThrow(/Choose another decoder/);
  });

  it('a paraphrase replaces whole sentences and is never the sentence itself', async () => {
    const text = 'Before it. We **utilize** the `log` in order to read it.\n';
    const { startIndex, endIndex, candidates } = await engine.paraphrase({
      text,
      format: 'markdown',
      mode: 'simpler',
      range: { start: 20, end: 25 },
    });
    expect(text.slice(startIndex, endIndex)).toBe('We **utilize** the `log` in order to read it.');
    for (const candidate of candidates) {
      expect(candidate.text).not.toBe(text.slice(startIndex, endIndex));
      expect(candidate.text).toContain('`log`');
    }
    await expect(
      engine.paraphrase({ text: '```\ncode\n```\n', format: 'markdown', mode: 'simpler' }),
    ).rejects.toBeInstanceOf(InputError);
    for (const { text: wording, edits } of candidates) {
      const rebuilt = applyEdits(text, edits);
      expect(rebuilt.slice(startIndex, rebuilt.length - (text.length - endIndex))).toBe(wording);
    }
  });
});

describe('life of the model', () => {
  it('loads when first needed, tells its state, unloads when idle and loads again', async () => {
    expect(engine.status).toEqual({ state: 'unloaded' });
    await engine.correct({ text: 'A text.', format: 'plain' });
    expect(statuses.map((status) => status.state)).toEqual(['loading', 'ready', 'busy', 'busy', 'ready']);
    expect(engine.status).toMatchObject({
      state: 'ready',
      device: 'cpu',
      dtype: 'fp32',
      latestMilliseconds: expect.any(Number),
    });
    await engine.configure({ ...settings, idleMinutes: 0.001 });
    await expect.poll(() => engine.status.state, { timeout: 60_000 }).toBe('unloaded');
    await engine.configure(settings);
    const result = await engine.correct({ text: 'Another text.', format: 'plain' });
    expect(result.passes).toBeGreaterThan(0);
    expect(engine.status.state).toBe('ready');
  });

  it('without a model: lists and extracts, one message, and a retry when there is one', async () => {
    const empty = temporaryFolder();
    const poor = new Engine({ modelsFolder: empty.folder, settings });
    await expect(
      poor.trace({ task: 'fix', text: 'A text.', format: 'plain', decoder: 'levenshtein' }),
    ).rejects.toBeInstanceOf(ModelError);
    expect(poor.status).toMatchObject({
      state: 'failed',
      message: expect.stringMatching(/No model is installed.*only listed misspellings/),
    });
    const summary = await poor.summarize({ text: sentences.join(' '), format: 'plain', length: 'sentence' });
    expect(sentences).toContain(summary.output);
    expect(await poor.correct({ text: 'A text.', format: 'plain' })).toMatchObject({ corrections: [], passes: 0 });
    copyTiny(empty.folder);
    await poor.configure({ ...settings, threads: 2 });
    await poor.correct({ text: 'A text.', format: 'plain' });
    expect(poor.status).toMatchObject({ state: 'ready' });
    await poor.dispose();
    rmSync(path.join(empty.folder, 'tiny'), { recursive: true });
    empty.remove();
  });

  it('survives being switched while it works', async () => {
    const runs = sentences.map((text) =>
      engine.correct({ text, format: 'plain' }).then(
        () => 'answered',
        (error: Error) => error.name,
      ),
    );
    const switched = engine.configure({ ...settings, threads: 2 });
    const outcomes = await Promise.all(runs);
    await switched;
    for (const outcome of outcomes) expect(['answered', 'RuntimeError', 'CancelledError']).toContain(outcome);
    expect(await engine.correct({ text: 'It still works.', format: 'plain' })).toMatchObject({
      passes: expect.any(Number),
    });
  });
});
