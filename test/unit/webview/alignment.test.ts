import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignColumns, groupDraft, groupWords, sharedTokens } from '../../../src/webview/logic/alignment';
import { slot, sourceOf, token } from './tokens';

describe('columns of source and draft', () => {
  it('puts a struck token and its slots under one source token, and an insertion between two', () => {
    const tokens = [
      token('It', { sourceIndex: 0 }),
      token(' work', { sourceIndex: 1, state: 'deleted' }),
      slot({ sourceIndex: 1 }),
      slot(),
      token('.', { sourceIndex: 2 }),
    ];
    expect(alignColumns(3, tokens)).toEqual([
      { source: 0, positions: [0] },
      { source: 1, positions: [1, 2] },
      { positions: [3] },
      { source: 2, positions: [4] },
    ]);
  });

  it('puts each new token under its own source token when a whole run was struck first', () => {
    const tokens = [
      token('rec', { sourceIndex: 0, state: 'deleted' }),
      token('ieve', { sourceIndex: 1, state: 'deleted' }),
      slot({ sourceIndex: 0 }),
      slot({ sourceIndex: 1 }),
      slot(),
      token(' it', { sourceIndex: 2 }),
    ];
    expect(alignColumns(3, tokens)).toEqual([
      { source: 0, positions: [0, 2] },
      { source: 1, positions: [1, 3] },
      { positions: [4] },
      { source: 2, positions: [5] },
    ]);
  });

  it('keeps a token without a source between the new tokens of a struck run', () => {
    const tokens = [
      token('a', { sourceIndex: 0, state: 'deleted' }),
      token('b', { sourceIndex: 1, state: 'deleted' }),
      token('x', { sourceIndex: 0 }),
      token('y'),
      token('z', { sourceIndex: 1 }),
    ];
    expect(alignColumns(2, tokens)).toEqual([
      { source: 0, positions: [0, 2] },
      { positions: [3] },
      { source: 1, positions: [1, 4] },
    ]);
  });

  it('puts a passage that an earlier round rewrote into one column', () => {
    const tokens = [
      token('The', { sourceIndex: 0 }),
      token(' receive', { state: 'deleted' }),
      token(' receives', { state: 'changed' }),
      token(' it', { sourceIndex: 4 }),
    ];
    expect(alignColumns(5, tokens)).toEqual([
      { source: 0, positions: [0] },
      { source: 1, more: [2, 3], positions: [1, 2] },
      { source: 4, positions: [3] },
    ]);
  });

  it('shows source tokens that the draft left out', () => {
    expect(alignColumns(4, [token('b', { sourceIndex: 1 })])).toEqual([
      { source: 0, positions: [] },
      { source: 1, positions: [0] },
      { source: 2, positions: [] },
      { source: 3, positions: [] },
    ]);
  });

  it('gives up where the draft crosses the source, points outside it, or hardly refers to it', () => {
    expect(alignColumns(2, [token('b', { sourceIndex: 1 }), token('a', { sourceIndex: 0 })])).toBeUndefined();
    expect(alignColumns(1, [token('b', { sourceIndex: 1 })])).toBeUndefined();
    expect(alignColumns(2, [token('x'), token('y')])).toBeUndefined();
    expect(alignColumns(2, [])).toBeUndefined();
  });

  it('has every source token and every draft token exactly once, and what is not struck in its own order', () => {
    const drafts = fc.tuple(
      fc.integer({ min: 1, max: 12 }),
      fc.array(fc.tuple(fc.boolean(), fc.nat(3), fc.boolean()), { maxLength: 20 }),
    );
    fc.assert(
      fc.property(drafts, ([sourceLength, moves]) => {
        const reached = { kept: 0, deleted: 0 };
        const tokens = moves.map(([linked, by, struck]) => {
          const state = struck ? ('deleted' as const) : ('kept' as const);
          const sourceIndex = (reached[state] = Math.min(sourceLength - 1, reached[state] + by));
          return token('x', { state, ...(linked ? { sourceIndex } : {}) });
        });
        const columns = alignColumns(sourceLength, tokens);
        if (!columns) return;
        expect(columns.flatMap(({ source, more = [] }) => (source === undefined ? [] : [source, ...more]))).toEqual(
          Array.from({ length: sourceLength }, (_, index) => index),
        );
        const positions = columns.flatMap((column) => column.positions);
        expect([...positions].sort((left, right) => left - right)).toEqual(tokens.map((_, index) => index));
        const said = positions.filter((position) => tokens[position]!.state === 'kept');
        expect(said).toEqual([...said].sort((left, right) => left - right));
        for (const { source, positions: here } of columns)
          for (const position of here) expect([source, undefined]).toContain(tokens[position]!.sourceIndex);
      }),
    );
  });

  it('breaks lines only between words', () => {
    const source = sourceOf('It works.');
    const tokens = source.map(({ text }, sourceIndex) => token(text, { sourceIndex }));
    const words = groupWords(alignColumns(source.length, tokens)!, source, tokens);
    expect(words.map(({ columns }) => columns.map(({ source: index }) => source[index!]!.text).join(''))).toEqual([
      'It',
      ' works.',
    ]);
    expect(groupDraft([token('It'), token(' wor'), token('ks'), slot(), token('.')])).toEqual([[0], [1, 2], [3, 4]]);
  });
});

describe('shared tokens', () => {
  it("takes the decoder's own links where there are any", () => {
    expect(sharedTokens(sourceOf('a b'), [token('x', { sourceIndex: 1 }), token('a')])).toEqual([1, undefined]);
  });
  it('finds the longest common run of tokens otherwise, and never a slot', () => {
    const source = sourceOf('Set the cache before the start');
    const draft = [token('Use'), token(' the'), token(' cache'), slot(), token(' the'), token(' end')];
    expect(sharedTokens(source, draft)).toEqual([undefined, 1, 2, undefined, 4, undefined]);
  });
});
