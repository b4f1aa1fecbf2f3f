/** A network of word pieces that corrects beside one that does the rest. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Engine } from '../../../src/engine/engine';
import { vocabularySha256 } from '../../../src/engine/model/checksum';
import type { EngineStatus } from '../../../src/protocol/requests';
import { changeManifest, copyTiny, sealManifest, temporaryFolder } from './model-folder';

/** The tiny network under the first entries of the WordPiece fixture: marks, letters and short pieces. */
function copyWordPieces(parent: string): void {
  const folder = copyTiny(parent, 'nar-correct');
  const fixture = path.join(__dirname, '../../fixtures/word-piece/tokenizer.json');
  const tokenizer = JSON.parse(readFileSync(fixture, 'utf8')) as { model: { vocab: Record<string, number> } };
  tokenizer.model.vocab = Object.fromEntries(Object.entries(tokenizer.model.vocab).filter(([, id]) => id < 300));
  writeFileSync(path.join(folder, 'tokenizer.json'), JSON.stringify(tokenizer));
  changeManifest(folder, (manifest) => {
    manifest.name = 'nar-correct';
    manifest.vocabularySha256 = vocabularySha256(tokenizer);
    manifest.tasks = ['fix'];
    manifest.capabilities = ['piece-labels', 'one-pass'];
    manifest.fillFrom = 'source';
  });
  sealManifest(folder);
}

let models: ReturnType<typeof temporaryFolder>;
let engine: Engine;
let statuses: EngineStatus[];
beforeAll(() => {
  models = temporaryFolder();
  changeManifest(copyTiny(models.folder, 'nar-base'), (manifest) => (manifest.name = 'nar-base'));
  copyWordPieces(models.folder);
});
afterAll(() => models.remove());
beforeEach(() => {
  statuses = [];
  engine = new Engine({
    modelsFolder: models.folder,
    settings: { model: { path: '', dtype: 'auto' }, device: 'cpu', threads: 1, idleMinutes: 0 },
    onStatus: (status) => statuses.push(status),
  });
});
afterEach(() => engine.dispose());

const loaded = (): string[] => (engine.status.models ?? []).map(({ name }) => name);
const text = "The  server's well-known \u201cfile\u201d, e.g. a\tlog \u{1f642} naïve.";

describe('two networks', () => {
  it('are loaded when their first task is asked for', async () => {
    await engine.correct({ text, format: 'plain' });
    expect(loaded()).toEqual(['nar-correct']);
    await engine.summarize({ text: `${text} ${text}`, format: 'plain', length: 'sentence' });
    expect(loaded()).toEqual(['nar-correct', 'nar-base']);
    expect(engine.status).toMatchObject({ state: 'ready', model: 'nar-correct' });
    expect(statuses.filter(({ state }) => state === 'loading')).toHaveLength(2);
    await engine.unload();
    expect(engine.status).toEqual({ state: 'unloaded' });
    expect((await engine.trace({ text, format: 'plain', task: 'rephrase', decoder: 'mist' })).model.name).toBe(
      'nar-base',
    );
    expect(loaded()).toEqual(['nar-base']);
  });

  it('of which one edits only: what has to be written from nothing goes to the other', async () => {
    const both = temporaryFolder();
    try {
      changeManifest(copyTiny(both.folder, 'nar-base'), (manifest) => (manifest.name = 'nar-base'));
      copyWordPieces(both.folder);
      const folder = path.join(both.folder, 'nar-correct');
      changeManifest(folder, (manifest) => {
        manifest.tasks = ['fix', 'rephrase'];
        manifest.capabilities = ['piece-labels', 'one-pass', 'edits-only'];
      });
      sealManifest(folder);
      await engine.dispose();
      engine = new Engine({
        modelsFolder: both.folder,
        settings: { model: { path: '', dtype: 'auto' }, device: 'cpu', threads: 1, idleMinutes: 0 },
      });
      const modelOf = async (decoder: 'edit-tags' | 'mist'): Promise<string> =>
        (await engine.trace({ text, format: 'plain', task: 'rephrase', decoder })).model.name;
      expect(await modelOf('edit-tags')).toBe('nar-correct');
      expect(engine.status.decoders).not.toContain('mist');
      expect(await modelOf('mist')).toBe('nar-base');
      expect(engine.status.decoders).toContain('mist');
    } finally {
      both.remove();
    }
  });

  it('and only what an edit touches is written anew', async () => {
    const { corrections, output } = await engine.correct({ text, format: 'plain', threshold: 0 });
    expect(corrections.length).toBeGreaterThan(0);
    let rest = output;
    let at = 0;
    for (const { startIndex, endIndex, correction } of corrections) {
      const kept = text.slice(at, startIndex) + correction;
      expect(rest.startsWith(kept)).toBe(true);
      expect(correction).not.toContain('\ufffd');
      rest = rest.slice(kept.length);
      at = endIndex;
    }
    expect(rest).toBe(text.slice(at));
  });

  it('and a trace reads as its text does', async () => {
    const options = { keepBias: -3, acceptConfidence: 0.0001, minimumEditProbability: 0.01 };
    const trace = await engine.trace({ text, format: 'plain', task: 'fix', decoder: 'edit-tags', options });
    expect(trace.model.name).toBe('nar-correct');
    expect(trace.source.map((token) => token.text).join('')).toBe(trace.sourceText);
    for (const { tokens } of trace.steps) {
      for (const { id, text: shown, sourceIndex } of tokens) {
        const own = sourceIndex === undefined ? undefined : trace.source[sourceIndex];
        if (own?.id === id) expect(shown).toBe(own.text);
      }
    }
    const written = trace.steps.at(-1)!.tokens.filter(({ state }) => state !== 'deleted');
    expect(written.some(({ state }) => state === 'changed' || state === 'inserted')).toBe(true);
    expect(written[0]!.text).toBe(written[0]!.text.trimStart());
  });

  it('a broken one leaves the other at work, with one message', async () => {
    const file = path.join(models.folder, 'nar-base', 'tokenizer.json');
    const whole = readFileSync(file);
    writeFileSync(file, '{');
    await engine.correct({ text, format: 'plain' });
    await expect(engine.paraphrase({ text, format: 'plain', mode: 'simpler' })).rejects.toThrow('nar-base');
    expect(engine.status).toMatchObject({ state: 'failed', model: 'nar-correct' });
    expect(engine.status.message).toContain('there are no paraphrases');
    expect((await engine.correct({ text: 'It stays.', format: 'plain' })).passes).toBeGreaterThan(0);
    writeFileSync(file, whole);
  });
});

describe('a request about code', () => {
  it('has its grammar, whatever is asked for first', async () => {
    const code = { text: 'x = 1  # The servers are here.\n', format: 'python' } as const;
    const traced = await engine.trace({ ...code, task: 'rephrase', decoder: 'mist' });
    expect(traced.sourceText).toBe('The servers are here.');
  });
});
