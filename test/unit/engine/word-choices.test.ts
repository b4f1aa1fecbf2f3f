import { describe, expect, it } from 'vitest';
import type { ForwardRequest, ForwardResult, Network } from '../../../src/decode/network';
import { scoredWords } from '../../../src/engine/tasks/paraphrase/word-choices';

/** One id a word, in the order in which they are first seen. */
const words: string[] = [];
const encode = (text: string): number[] =>
  text.split(' ').map((word) => {
    if (!words.includes(word)) words.push(word);
    return 100 + words.indexOf(word);
  });

/** log P of a word: minus its length, and nothing to know where its neighbour is hidden too. */
function network(batches: ForwardRequest[]): Network {
  const specialTokens = { begin: 1, end: 2, mask: 3, fix: 4 } as Network['specialTokens'];
  return {
    graph: { maximumPositions: 512, maximumInsertion: 7 } as Network['graph'],
    specialTokens,
    async forward(request) {
      batches.push(request);
      const scoreLogProbs = Float32Array.from(Array.from(request.scoreIds!), (id, row) => {
        const place = request.logitPositions![row]!;
        const ids = Array.from(request.tokenIds).slice(row * request.length, (row + 1) * request.length);
        expect(ids[place]).toBe(specialTokens.mask);
        return -words[id - 100]!.length - (ids[place + 1] === specialTokens.mask ? 10 : 0);
      });
      return { scoreLogProbs } as ForwardResult;
    },
  };
}

describe('words that the network chooses', () => {
  it('compares each with what the writer has, in one pass for all of one length', async () => {
    const view = 'it contains several files';
    const batches: ForwardRequest[] = [];
    const edits = [
      { start: 3, end: 11, text: 'has' },
      { start: 12, end: 19, text: 'many' },
    ];
    const scored = await scoredWords(network(batches), encode, encode(view), view, edits);
    expect(scored.map(({ gain, score }) => [gain, score])).toEqual([
      [5, -3],
      [3, -4],
    ]);
    expect(batches).toHaveLength(1);
    expect(batches[0]!.batch).toBe(4);
  });

  it('asks for the tokens of a phrase from left to right', async () => {
    const view = 'it happens now';
    const edit = { start: 11, end: 14, text: 'at once' };
    const [scored] = await scoredWords(network([]), encode, encode(view), view, [edit]);
    // "at" is asked for beside a hidden "once", "once" beside a known "at".
    expect(scored!.score).toBe(-2 - 10 - 4);
    expect(scored!.gain).toBe(-16 + 3);
  });

  it('leaves out what changes nothing', async () => {
    expect(await scoredWords(network([]), encode, encode('a b'), 'a b', [{ start: 0, end: 1, text: 'a' }])).toEqual([]);
  });
});
