/** The shipped model and its lists: what would be underlined in a text is not repeated in its summary. */
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Engine } from '../../../src/engine/engine';
import { withEdits } from '../../../src/engine/tasks/summarize/corrected-sentence';

const engine = new Engine({
  modelsFolder: path.join(__dirname, '../../../models'),
  settings: { model: { path: '', dtype: 'auto' }, device: 'cpu', threads: 1, idleMinutes: 0 },
});
afterAll(() => engine.dispose());

describe('a summary of a text without slips', () => {
  it.each(['headline', 'sentence', 'short', 'key-sentences'] as const)(
    'says nothing that its sources do not say: %s',
    async (length) => {
      const text =
        '# The log\n\nThe server reads the file. The user sees the error in the log. The configuration is read at startup.\n\n- One item of the list is here.\n';
      const { sentences } = await engine.summarize({ text, format: 'markdown', length });
      expect(sentences.length).toBeGreaterThan(0);
      for (const { text: sentence, sources, method, corrections } of sentences) {
        const source = text.slice(sources[0]!.startIndex, sources[0]!.endIndex);
        expect(corrections).toBeUndefined();
        if (method === 'extracted') expect(sentence).toBe(source);
        for (const word of sentence.toLowerCase().match(/\p{L}+/gu)!) expect(source.toLowerCase()).toContain(word);
      }
    },
  );
});

describe('slips of the source', () => {
  const slips = 'The relay recieves each message and and writes it to a segment file before it answers.';

  it('are corrected in a sentence that is taken over, and counted', async () => {
    const { sentences } = await engine.summarize({
      text: `# Relay\n\n${slips}\n`,
      format: 'markdown',
      length: 'sentence',
    });
    expect(sentences).toEqual([
      {
        text: 'The relay receives each message and writes it to a segment file before it answers.',
        corrections: 2,
        method: 'extracted',
        sources: [{ startIndex: 9, endIndex: 9 + slips.length }],
        confidence: expect.any(Number),
      },
    ]);
  });

  it('stay in what only the document says is a label: the sentence is not read a second time', async () => {
    const source = 'Call [recieve][] to read the next message of the server.\n\n[recieve]: a.html\n';
    const { sentences } = await engine.summarize({ text: source, format: 'markdown', length: 'sentence' });
    expect(sentences).toEqual([
      expect.objectContaining({ text: 'Call recieve to read the next message of the server.' }),
    ]);
    expect(sentences[0]!.corrections).toBeUndefined();
  });

  it('stay in code, and a sentence without any says nothing of corrections', async () => {
    const text = 'Use `relay --recieve` to start the relay by hand.';
    const { sentences } = await engine.summarize({ text, format: 'markdown', length: 'sentence' });
    expect(sentences).toEqual([
      {
        text,
        method: 'extracted',
        sources: [{ startIndex: 0, endIndex: text.length }],
        confidence: expect.any(Number),
      },
    ]);
  });
});

describe('a corrected view', () => {
  it('keeps its pieces and names on the same words', () => {
    const text = 'Teh `x` and and Ada recieves it.';
    const sentence = {
      text,
      block: 'paragraph' as const,
      blockIndex: 0,
      start: 0,
      end: text.length,
      pieces: [
        { viewStart: 0, sourceStart: 0, length: 4, protected: false },
        { viewStart: 4, sourceStart: 4, length: 3, protected: true },
        { viewStart: 7, sourceStart: 7, length: text.length - 7, protected: false },
      ],
      names: [[16, 19] as const],
    };
    const base = { confidence: 1, lexicon: true, type: 'spelling' as const };
    const corrected = withEdits(sentence, [
      { ...base, start: 0, end: 3, text: 'The' },
      { ...base, start: 8, end: 12, text: '' },
      { ...base, start: 20, end: 28, text: 'receives' },
    ]);
    const show = ({ viewStart, length }: { viewStart: number; length: number }): string =>
      corrected.text.slice(viewStart, viewStart + length);
    expect(corrected.text).toBe('The `x` and Ada receives it.');
    expect(corrected.pieces.map(show)).toEqual(['The ', '`x`', ' and Ada receives it.']);
    expect(corrected.names!.map(([start, end]) => corrected.text.slice(start, end))).toEqual(['Ada']);
  });
});
