import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Engine } from '../../../src/engine/engine';
import { defaultSettings } from '../../../src/protocol/settings';

describe('text in another language', () => {
  const engine = new Engine({ modelsFolder: path.join(__dirname, '../../../models'), settings: defaultSettings });
  afterAll(() => engine.dispose());
  const german = 'Dieses Programm liest die Datei und schreibt den Titel in das Archiv.';
  const english = 'This page explains the Titel of a document. You can recieve it.';

  it('is left alone by paragraph and by word, and told', async () => {
    const text = `${german}\n\n${english}\n`;
    const { corrections, foreign } = await engine.correct({ text, format: 'markdown' });
    expect(corrections.map(({ correction }) => correction)).toEqual(['receive']);
    expect(foreign).toEqual([{ startIndex: 0, endIndex: german.length }]);
  });

  it('is no excuse where there is none', async () => {
    const { corrections, foreign } = await engine.correct({ text: english, format: 'markdown' });
    expect(corrections.map(({ correction }) => correction)).toEqual(['Title', 'receive']);
    expect(foreign).toBeUndefined();
  });
});
