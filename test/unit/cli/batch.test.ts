import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runBatch, splitLines } from '../../../src/cli/batch';

async function* chunks(...parts: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield typeof part === 'string' ? Buffer.from(part) : part;
}
const collect = async (lines: AsyncIterable<string>): Promise<string[]> => {
  const found: string[] = [];
  for await (const line of lines) found.push(line);
  return found;
};

describe('splitLines', () => {
  it('gives back the same lines however the bytes are cut, at LF and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\n', '\u2028'))),
        fc.array(fc.nat(200)),
        async (lines, cuts) => {
          const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
          const places = [...new Set([0, ...cuts.map((cut) => Math.min(cut, bytes.length)), bytes.length])].sort(
            (a, b) => a - b,
          );
          const parts = places.slice(1).map((end, index) => bytes.subarray(places[index], end));
          expect(await collect(splitLines(chunks(...parts)))).toEqual(lines);
        },
      ),
      { numRuns: 200 },
    );
  });
  it('takes a last line without LF', async () => {
    expect(await collect(splitLines(chunks('a\nb')))).toEqual(['a', 'b']);
  });
});

describe('runBatch', () => {
  it('answers the good lines in order, tells each bad one with its id and goes on', async () => {
    const written: string[] = [];
    const complaints: string[] = [];
    const failures = await runBatch(
      chunks(
        '\ufeff{"id":"a","text":"one"}\r\n',
        'no json\n{"id":"c"}\n\n{"id":7,"text":"seven"}\n{"text":"x"}\n[1]\n{"id":"bad","text":"boom"}\n{"id":"z","text":"last"}',
      ),
      async ({ text }) => {
        if (text === 'boom') throw new Error('it failed');
        return { output: text.toUpperCase() };
      },
      async (line) => void written.push(line),
      (line) => complaints.push(line),
    );
    expect(written.map((line) => JSON.parse(line) as unknown)).toEqual([
      { id: 'a', output: 'ONE' },
      { id: 7, output: 'SEVEN' },
      { id: 'z', output: 'LAST' },
    ]);
    expect(complaints.map((line) => JSON.parse(line) as unknown)).toEqual([
      { id: null, line: 2, error: 'the line is not valid JSON' },
      { id: 'c', line: 3, error: '"text" must be a string' },
      { id: null, line: 6, error: '"id" must be a string or a number' },
      { id: null, line: 7, error: 'the line is not an object with "id" and "text"' },
      { id: 'bad', line: 8, error: 'it failed' },
    ]);
    expect(failures).toBe(5);
  });
});
