/** What is offered for whole documents can be applied together, and a sentence that fails takes nothing with it. */
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Engine, type EngineSettings } from '../../../src/engine/engine';
import { Lexicon } from '../../../src/english/prior/lexicon';
import type { CorrectResult } from '../../../src/protocol/requests';
import { copyWordy, temporaryFolder } from './model-folder';

const settings: EngineSettings = { model: { path: '', dtype: 'auto' }, device: 'cpu', threads: 1, idleMinutes: 0 };
const known = Lexicon.fromText({ misspellings: 'smal\tsmall\n', phrases: '', words: '' });
let models: ReturnType<typeof temporaryFolder>;
let engine: Engine;
beforeAll(() => {
  models = temporaryFolder();
  copyWordy(models.folder);
  engine = new Engine({ modelsFolder: models.folder, settings });
});
afterAll(async () => {
  await engine.dispose();
  models.remove();
});

/** The corrections made by hand, in the order in which they come. */
function applied(text: string, { corrections }: CorrectResult): string {
  let result = '';
  let at = 0;
  for (const { startIndex, endIndex, correction } of corrections) {
    expect(startIndex).toBeGreaterThanOrEqual(at);
    result += text.slice(at, startIndex) + correction;
    at = endIndex;
  }
  return result + text.slice(at);
}

const pieces = [
  '![The the small button](a.png)',
  '![It is is *here*](b.png "A the title")',
  'You can can press the button.',
  'Two of of the the files are are lost.',
  '[A link to to it](https://example.com) is is here,',
  '**It it** was _read_ by by `code` and the user.',
  '\n\n',
  '\n- ',
  ' ',
];

describe('documents with pictures, links and many corrections', () => {
  it('get corrections that are sorted, disjoint and can all be applied', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...pieces), { minLength: 2, maxLength: 12 }), async (list) => {
        const text = `${list.join(' ')}\n`;
        const result = await engine.correct({ text, format: 'markdown', threshold: 0 });
        expect(applied(text, result)).toBe(result.output);
      }),
      { numRuns: 40 },
    );
  });

  it('the text of a picture is corrected before what comes behind it', async () => {
    const text = '![The smal button](button.png) You can press the smal button here.\n';
    const plain = new Engine({ modelsFolder: path.join(__dirname, 'none'), settings });
    const { misspellings } = Lexicon.prototype;
    const list = vi
      .spyOn(Lexicon.prototype, 'misspellings')
      .mockImplementation((view, options) => misspellings.call(known, view, options));
    const result = await plain.correct({ text, format: 'markdown' });
    list.mockRestore();
    expect(result.output).toBe(text.replaceAll('smal ', 'small '));
    expect(applied(text, result)).toBe(result.output);
  });
});

describe('a sentence that fails', () => {
  it('is told, and the others are corrected as without it', async () => {
    const [good, bad] = ['The server reads the file. It writes a log.', 'This one is the cause.'];
    const alone = await engine.correct({ text: `${good}\n`, format: 'markdown', threshold: 0 });
    expect(alone.corrections.length).toBeGreaterThan(0);
    expect(alone.failures).toBeUndefined();
    const { misspellings } = Lexicon.prototype;
    const spy = vi.spyOn(Lexicon.prototype, 'misspellings').mockImplementation(function (this: Lexicon, view, options) {
      if (view.includes(bad)) throw new TypeError('no such thing');
      return misspellings.call(this, view, options);
    });
    const text = `${good}\n\n${bad}\n`;
    const result = await engine.correct({ text, format: 'markdown', threshold: 0 });
    spy.mockRestore();
    expect(result.failures).toEqual([
      { startIndex: text.indexOf(bad), endIndex: text.length - 1, message: 'no such thing' },
    ]);
    expect(result.corrections).toEqual(alone.corrections);
    // It is tried again, not remembered.
    expect((await engine.correct({ text, format: 'markdown', threshold: 0 })).failures).toBeUndefined();
  });
});
