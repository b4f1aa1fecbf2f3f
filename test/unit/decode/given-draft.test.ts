/** Runs that go on from a caller's draft. */
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../src/decode/edits';
import { givenState } from '../../../src/decode/given-draft';
import { context, fakeNetwork, source, specialTokens } from './fake-network';

const { mask } = specialTokens;

describe('a draft to go on from', () => {
  const from = (options: object) => givenState(context(fakeNetwork({ seed: 1 })), source([40, 41, 42, 43]), options);
  it('is the source itself where none is given', () => {
    expect(from({ lockedTokens: [1] })).toMatchObject({ edits: [], state: { origins: [0, 1, 2, 3], locked: Uint8Array.of(0, 1, 0, 0) } });
  });
  it('becomes edits of the source, with slots left out, and keeps both kinds of locks', () => {
    const { state, edits } = from({ draft: [40, mask, 50, 42, 43], lockedDraft: [2], lockedTokens: [3] });
    expect(state.source.ids).toEqual([40, 50, 42, 43]);
    expect(state.origins).toEqual([0, -1, 2, 3]);
    expect([...state.locked]).toEqual([0, 1, 0, 1]);
    expect(applyEdits([40, 41, 42, 43], edits)).toEqual(state.source.ids);
    expect(edits.every(({ confidence }) => confidence === 1)).toBe(true);
  });
  it('is refused when it has more tokens than the network reads', () => {
    expect(() => from({ draft: new Array(100).fill(40) })).toThrow(/The draft takes 103 tokens/);
  });
});
