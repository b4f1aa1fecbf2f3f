/**
 * A sample of `node bench/run.mjs fuzz`: the tiny model's random edits, all of them applied,
 * with the lists that are shipped.
 */
import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Engine } from '../../../src/engine/engine';
import { readProse } from '../../../src/text/prose';
import { editableRanges, faultsOf, fuzzedText } from '../text/fuzzed-texts';
import { copyTiny, temporaryFolder } from './model-folder';

let models: ReturnType<typeof temporaryFolder>;
let engine: Engine;
beforeAll(() => {
  models = temporaryFolder();
  copyTiny(models.folder);
  symlinkSync(path.join(__dirname, '../../../models/lexicon'), path.join(models.folder, 'lexicon'), 'junction');
  engine = new Engine({
    modelsFolder: models.folder,
    settings: { model: { path: '', dtype: 'auto' }, device: 'cpu', threads: 1, idleMinutes: 0 },
  });
});
afterAll(async () => {
  await engine.dispose();
  models.remove();
});

describe('texts put together at random', () => {
  it('get corrections of prose alone, that can be applied together, and no sentence fails', async () => {
    let corrections = 0;
    for (let seed = 1; seed <= 70; seed += 1) {
      const { format, text } = fuzzedText(seed);
      const result = await engine.correct({ text, format, threshold: 0 });
      expect([seed, result.failures, faultsOf(text, result, editableRanges(readProse(text, format)))]).toEqual([
        seed,
        undefined,
        [],
      ]);
      corrections += result.corrections.length;
    }
    expect(corrections).toBeGreaterThan(150);
  });

  it('are told when something else changes', () => {
    const text = 'One `two` three.';
    const editable = editableRanges(readProse(text, 'markdown'));
    const change = (startIndex: number, endIndex: number, correction: string, output: string): string[] =>
      faultsOf(text, { corrections: [{ startIndex, endIndex, correction }], output }, editable);
    expect(change(10, 15, 'four', 'One `two` four.')).toEqual([]);
    expect(change(10, 15, 'four', 'One `two` four')).toEqual(['the output differs outside of the corrections']);
    expect(change(5, 8, 'six', 'One `six` three.')).toEqual(['"two" at 5 is no prose']);
    expect(change(2, 12, '', 'Onree.')).toEqual(['"e `two` th" at 2 is no prose']);
  });
});
