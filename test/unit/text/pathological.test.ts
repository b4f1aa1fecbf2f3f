import { describe, expect, it } from 'vitest';
import { mostBlocks } from '../../../src/text/block-parts';
import { codeBlocks } from '../../../src/text/code/code';
import { endOfEnough } from '../../../src/text/code/parse-source';
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

  it('parses code as far as its comments are read, and all of it where the marks were none', async () => {
    const comment = '# A comment.\nb = 1\n';
    const source = comment.repeat(20_000);
    const end = endOfEnough(source, 1000);
    expect(end).toBeGreaterThan(1000 * comment.length);
    expect(end).toBeLessThan(1200 * comment.length);
    expect(endOfEnough(source, 20_000)).toBe(source.length);
    await grammarReady('python');
    const strings = `${'a = "#"\n'.repeat(300)}${`${'b'.repeat(4000)}\n`.repeat(60)}# The end.\n`;
    expect(endOfEnough(strings, 200)).toBeLessThan(strings.length);
    expect(codeBlocks(strings, 'python', 200).blocks.map(({ text }) => text)).toEqual(['The end.']);
    const comments = `${comment.repeat(300)}${strings}`;
    expect(codeBlocks(comments, 'python', 200).blocks.length).toBe(201);
  });
});
