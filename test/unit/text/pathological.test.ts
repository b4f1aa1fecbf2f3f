import { describe, expect, it } from 'vitest';
import { mostBlocks } from '../../../src/text/block-parts';
import { grammarReady, maximumSourceLength, readProse } from '../../../src/text/prose';
import { type Pathological, pathological } from './pathological-documents';

/** Milliseconds of this process' own time, so that a busy machine does not decide. */
function cost({ format, make }: Pathological, length: number): number {
  const text = make(length);
  const started = process.cpuUsage().user;
  readProse(text.slice(0, maximumSourceLength), format);
  return (process.cpuUsage().user - started) / 1000;
}

describe('documents that are hard to read', () => {
  it.each(pathological)('$name: time grows no faster than the text', async (document) => {
    await grammarReady(document.format);
    cost(document, 10_000); // what is compiled once is not counted
    // The least of three: a pause of the garbage collector, or a processor that another program has emptied the caches
    // of, is no property of the reading.
    let [short, long] = [Infinity, Infinity];
    for (let attempt = 0; attempt < 3; attempt += 1) {
      short = Math.min(short, cost(document, 25_000));
      long = Math.min(long, cost(document, 100_000));
      if (long < Math.max(200, 10 * short)) break;
    }
    // Four times the text; a quadratic reading takes 16 times as long. Below 200 ms the measure says nothing.
    expect(long).toBeLessThan(Math.max(200, 10 * short));
  });

  it('says what was left alone', () => {
    const marks = '- '.repeat(10_000);
    const { sentences, unread } = readProse(
      `Before it stands a text.\n\n${marks}\n\nAfter it stands another.\n`,
      'markdown',
    );
    expect(sentences.map(({ text }) => text)).toEqual(['Before it stands a text.', 'After it stands another.']);
    expect(unread.map(([start, end]) => end - start)).toEqual([marks.length]);
  });

  it.each(['plain', 'commit'] as const)('reads so many sentences of %s and says where it stopped', (format) => {
    const word = 'A word.\n\n';
    const source = word.repeat(mostBlocks + 1000);
    const { sentences, unread } = readProse(source, format);
    expect(sentences.length).toBeGreaterThanOrEqual(mostBlocks);
    expect(sentences.length).toBeLessThan(mostBlocks + 1000);
    expect(unread).toEqual([[sentences.length * word.length, source.length]]);
  });
});
