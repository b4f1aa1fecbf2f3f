import { describe, expect, it } from 'vitest';
import type { ForwardRequest, ForwardResult } from '../../../src/decode/network';
import { compress, isSound, tidy } from '../../../src/engine/tasks/summarize/compress';
import type { TaskContext } from '../../../src/engine/task-context';
import { proseSentences } from '../../../src/text/prose';

/**
 * A network that wants to delete the tokens of the given words under `shorten`, and finds nothing to correct. One
 * token a word, its blank included.
 */
function contextThatDeletes(view: string, deleted: readonly string[]): TaskContext {
  const pieces = view.match(/ ?[^\s.,()]+|[.,()]| /g)!;
  const starts = pieces.map((_, index) => pieces.slice(0, index).join('').length);
  const forward = async ({ length, tokenIds }: ForwardRequest): Promise<ForwardResult> => {
    const operationLogits = new Float32Array(length * 3);
    for (let index = 0; index < length; index++) {
      const remove = tokenIds[1] === 12 && deleted.includes(pieces[index - 2]?.trim() ?? '-');
      operationLogits.set(remove ? [0, 9, 0] : [9, 0, 0], index * 3);
    }
    const insertionLogits = new Float32Array((length - 1) * 8).map((_, index) => (index % 8 === 0 ? 9 : 0));
    return { operationLogits, insertionLogits } as unknown as ForwardResult;
  };
  return {
    network: {
      forward,
      graph: { maximumInsertion: 7, maximumPositions: 512 },
      specialTokens: { begin: 2, end: 3, shorten: 12, fix: 9 },
    },
    model: {
      tokenizer: {
        encode: (text: string) =>
          text === view
            ? {
                ids: pieces.map((_, index) => 40 + index),
                starts,
                ends: pieces.map((piece, index) => starts[index]! + piece.length),
              }
            : { ids: [40, 41], starts: [0, 1], ends: [1, 2] },
      },
    },
  } as unknown as TaskContext;
}
async function shorter(view: string, ...deleted: string[]): Promise<string | undefined> {
  return (await compress(contextThatDeletes(view, deleted), proseSentences(view, 'plain')[0]!, 0.85))?.text;
}

describe('compress', () => {
  it('leaves out what the network is sure about', async () => {
    expect(await shorter('The small server reads the whole file.', 'small', 'whole')).toBe(
      'The server reads the file.',
    );
    expect(await shorter('Usually, the server reads the file.', 'Usually', ',')).toBe('The server reads the file.');
  });
  it('leaves out the surest part alone where all of it together would be unsound', async () => {
    expect(await shorter('The server reads (and writes) the big file.', '(', 'big')).toBe(
      'The server reads (and writes) the file.',
    );
  });
  it('never takes a negation or the verb, nor leaves a stump', async () => {
    expect(await shorter('The server does not read the file.', 'not')).toBeUndefined();
    expect(await shorter('The server is in the rack.', 'is')).toBeUndefined();
    expect(await shorter('The server reads the file.', 'The', 'reads', 'the')).toBeUndefined();
    expect(await shorter('The server reads a file of the user.', 'user')).toBeUndefined();
    expect(await shorter('The server reads the file.')).toBeUndefined();
  });
});

describe('what is left', () => {
  it('is tidy', () => {
    expect(tidy(', the server  reads ( ) it .')).toBe('The server reads it.');
  });
  it('is sound', () => {
    const before = 'The server (a small one) reads the file and the log.';
    expect(isSound('The server reads the file and the log.', before)).toBe(true);
    expect(isSound('The server (a small one reads the file.', before)).toBe(false);
    expect(isSound('The server reads the file and.', before)).toBe(false);
    expect(isSound('And the server reads the file.', before)).toBe(false);
    expect(isSound('Server reads.', before)).toBe(false);
  });
});
