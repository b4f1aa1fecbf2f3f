/** Runs that go on from a caller's draft. */
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../src/decode/edits';
import { givenState } from '../../../src/decode/given-draft';
import { context, fakeNetwork, run, source, specialTokens } from './fake-network';

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

describe.each(['levenshtein', 'edit-tags', 'levenshtein-draft', 'insertion'] as const)('%s from a draft', (name) => {
  it('keeps its locked tokens whatever the network says, in every step', async () => {
    for (let seed = 0; seed < 30; seed++) {
      // A network that would delete everything.
      const network = fakeNetwork({ seed, restless: true, operation: [-9, 9, 0] });
      const { result, steps } = await run(name, network, source([40, 41, 42, 43]), { passes: 9, draft: [40, 55, 42, mask, 56], lockedDraft: [1, 4] });
      expect(result.ids.filter((id) => id === 55 || id === 56)).toEqual([55, 56]);
      for (const { tokens, action } of steps) {
        if (action === 'encode' && name !== 'levenshtein' && name !== 'edit-tags') continue; // shows the source
        expect(tokens.filter(({ locked }) => locked).map(({ id, state }) => [id, state === 'deleted'])).toEqual([[55, false], [56, false]]);
      }
      if (result.edits) expect(applyEdits([40, 41, 42, 43], result.edits.filter(({ confidence }) => confidence >= 0.5))).toEqual(result.ids);
    }
  });
});

describe('levenshtein from a draft', () => {
  it('that a clean reading leaves alone gives the draft back, as edits of the user\'s own text', async () => {
    const { result, steps } = await run('levenshtein', fakeNetwork({ seed: 1, operation: [9, 0, 0], noInsertion: 9 }), source([40, 41, 42]), { draft: [40, 50, 42, 51] });
    expect(result).toMatchObject({ ids: [40, 50, 42, 51], stop: 'stable', passes: 1 });
    expect(applyEdits([40, 41, 42], result.edits!)).toEqual([40, 50, 42, 51]);
    expect(steps[0]!.tokens.map(({ sourceIndex }) => sourceIndex)).toEqual([0, undefined, 2, undefined]);
  });
  it('that says nothing ends at once', async () => {
    const { result } = await run('levenshtein', fakeNetwork({ seed: 1 }), source([40]), { draft: [mask] });
    expect(result).toMatchObject({ ids: [], stop: 'empty', passes: 0 });
  });
});
