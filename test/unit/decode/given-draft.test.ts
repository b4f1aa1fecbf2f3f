/** Runs that go on from a caller's draft. */
import { decoderNames, decoderRecords } from '../../../src/protocol/decoders';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits, findEdits } from '../../../src/decode/edit/token-edits';
import { givenState } from '../../../src/decode/edit/given-draft';
import { holds } from './drawn-options';
import { context, fakeNetwork, run, source, specialTokens } from './fake-network';

const { mask } = specialTokens;

describe('a draft to go on from', () => {
  const from = (options: object) => givenState(context(fakeNetwork({ seed: 1 })), source([40, 41, 42, 43]), options);
  it('is the source itself where none is given', () => {
    expect(from({ lockedTokens: [1] })).toMatchObject({
      edits: [],
      state: { origins: [0, 1, 2, 3], locked: Uint8Array.of(0, 1, 0, 0) },
    });
  });
  it('becomes edits of the source, with slots left out, and keeps both kinds of locks', () => {
    const { state, edits } = from({ draft: [40, mask, 50, 42, 43], lockedDraft: [2], lockedTokens: [3] });
    expect(state.source.ids).toEqual([40, 50, 42, 43]);
    expect(state.origins).toEqual([0, -1, 2, 3]);
    expect([...state.locked]).toEqual([0, 1, 0, 1]);
    expect(applyEdits([40, 41, 42, 43], edits)).toEqual(state.source.ids);
    expect(edits.every(({ confidence }) => confidence === 1)).toBe(true);
  });
  it('is refused where it lacks a locked token, and never aligned so that one goes', () => {
    expect(() => from({ draft: [40, 42, 43], lockedTokens: [1] })).toThrow(
      /"lockedTokens" and "draft" contradict each other: the draft does not hold the locked token 1 \("w41"\)/,
    );
    expect(() => from({ draft: [43, 40], lockedTokens: [0, 3] })).toThrow(RangeError);
    // The only 40 of the draft could be either one of the source; the locked one is the second.
    const { state } = givenState(context(fakeNetwork({ seed: 1 })), source([40, 41, 40]), {
      draft: [40, 41],
      lockedTokens: [2],
    });
    expect(state).toMatchObject({ origins: [2, -1], locked: Uint8Array.of(1, 0) });
  });
  it('keeps every locked token whatever the draft is, with as few edits as without locks where it can', () => {
    const few = fc.integer({ min: 40, max: 42 });
    fc.assert(
      fc.property(
        fc.array(few, { maxLength: 9 }),
        fc.array(few, { maxLength: 9 }),
        fc.array(fc.nat(8), { maxLength: 4 }),
        (ids, draft, lockedTokens) => {
          const locked = [...new Set(lockedTokens)].filter((index) => index in ids).sort((left, right) => left - right);
          const given = () => givenState(context(fakeNetwork({ seed: 1 })), source(ids), { draft, lockedTokens });
          if (
            !holds(
              draft,
              locked.map((index) => ids[index]!),
            )
          ) {
            expect(given).toThrow(/contradict/);
            return;
          }
          const { state, edits } = given();
          expect(state.source.ids).toEqual(draft);
          expect(state.origins.filter((index) => locked.includes(index))).toEqual(locked);
          const size = (list: readonly { start: number; end: number; ids: number[] }[]) =>
            list.reduce((sum, edit) => sum + edit.end - edit.start + edit.ids.length, 0);
          const plain = findEdits(ids, draft);
          expect(size(edits)).toBeGreaterThanOrEqual(size(plain));
          if (plain.every(({ start, end }) => locked.every((index) => index < start || index >= end)))
            expect(size(edits)).toBe(size(plain));
        },
      ),
    );
  });
});

describe.each(['levenshtein', 'edit-tags', 'levenshtein-draft', 'insertion'] as const)('%s from a draft', (name) => {
  it('keeps its locked tokens whatever the network says, in every step', async () => {
    for (let seed = 0; seed < 30; seed++) {
      // A network that would delete everything.
      const network = fakeNetwork({ seed, restless: true, operation: [-9, 9, 0] });
      const { result, steps } = await run(name, network, source([40, 41, 42, 43]), {
        passes: 9,
        draft: [40, 55, 42, mask, 56],
        lockedDraft: [1, 4],
      });
      expect(result.ids.filter((id) => id === 55 || id === 56)).toEqual([55, 56]);
      for (const { tokens, action } of steps) {
        if (action === 'encode' && name !== 'levenshtein' && name !== 'edit-tags') continue; // shows the source
        expect(tokens.filter(({ locked }) => locked).map(({ id, state }) => [id, state === 'deleted'])).toEqual([
          [55, false],
          [56, false],
        ]);
      }
      if (result.edits)
        expect(
          applyEdits(
            [40, 41, 42, 43],
            result.edits.filter(({ confidence }) => confidence >= 0.5),
          ),
        ).toEqual(result.ids);
    }
  });
});

describe('levenshtein from a draft', () => {
  it("that a clean reading leaves alone gives the draft back, as edits of the user's own text", async () => {
    const { result, steps } = await run(
      'levenshtein',
      fakeNetwork({ seed: 1, operation: [9, 0, 0], noInsertion: 9 }),
      source([40, 41, 42]),
      { draft: [40, 50, 42, 51] },
    );
    expect(result).toMatchObject({ ids: [40, 50, 42, 51], stop: 'stable', passes: 1 });
    expect(applyEdits([40, 41, 42], result.edits!)).toEqual([40, 50, 42, 51]);
    expect(steps[0]!.tokens.map(({ sourceIndex }) => sourceIndex)).toEqual([0, undefined, 2, undefined]);
  });
  it('that says nothing ends at once', async () => {
    const { result } = await run('levenshtein', fakeNetwork({ seed: 1 }), source([40]), { draft: [mask] });
    expect(result).toMatchObject({ ids: [], stop: 'empty', passes: 0 });
  });
});

describe('a draft at the limit of the positions', () => {
  /** Tokens of the longest draft that fits 20 positions: edits read it as a source, with three special tokens. */
  const longest = (name: (typeof decoderNames)[number]) => (decoderRecords[name].draft === 'edits' ? 17 : 18);
  const readers = decoderNames.filter((name) => decoderRecords[name].draft !== undefined);
  it.each(readers)('is read by %s, and one above it is refused', async (name) => {
    const network = () => fakeNetwork({ seed: 2, maximumPositions: 20 });
    const from = source([40, 41, 42], { task: 'rephrase' });
    const filled = new Array<number>(longest(name)).fill(45);
    const { result } = await run(name, network(), from, { passes: 3, draft: filled });
    expect(result.ids.length).toBeGreaterThan(0);
    await expect(run(name, network(), from, { passes: 3, draft: [...filled, 45] })).rejects.toThrow(
      /The draft takes 21 tokens, special tokens included, but this model reads at most 20/,
    );
    const open = filled.map((id, index) => (index % 3 === 1 ? mask : id));
    expect((await run(name, network(), from, { passes: 3, draft: open })).result.passes).toBeGreaterThan(0);
    const tooLong = run(name, network(), from, { passes: 3, draft: [...open, ...filled] });
    if (decoderRecords[name].draft === 'prefix')
      expect((await tooLong).result.ids[0]).toBe(45); // one token stands before the first slot
    else await expect(tooLong).rejects.toThrow(/The draft takes/);
  });

  it('is refused by decoders that could only ignore it', async () => {
    const others = decoderNames.filter((name) => !readers.includes(name));
    expect(others.sort()).toEqual([
      'ctc',
      'da-transformer',
      'fast-correct',
      'imputer',
      'mist',
      'mist-cached',
      'noisy-parallel',
      'voting',
    ]);
    for (const name of others)
      await expect(run(name, fakeNetwork({ seed: 1 }), source([40]), { draft: [40] })).rejects.toThrow(
        /This decoder cannot go on from a draft: leave the draft out, or choose/,
      );
  });
});

describe.each(['janus', 'crf', 'ngram-fusion', 'bang', 'mask-predict'] as const)('%s', (name) => {
  it('keeps all given tokens of a draft, fills its slots, and shows what is locked', async () => {
    for (let seed = 0; seed < 20; seed++) {
      const network = fakeNetwork({ seed, fill: () => 60 });
      const { result, steps } = await run(name, network, source([40, 41], { task: 'rephrase' }), {
        draft: [50, mask, 52, 52, mask],
        lockedDraft: [2, 4],
        fallbackProbability: 1,
      });
      const shown = steps[1]!.tokens.map(({ id }) => id);
      expect([shown[0], shown[2], shown[3]]).toEqual([50, 52, 52]);
      expect(shown).not.toContain(mask);
      // A slot may end the text or hold no token; what is left stands in its order.
      const end = shown.indexOf(specialTokens.end);
      expect(result.ids).toEqual(shown.slice(0, end < 0 ? undefined : end).filter((id) => id !== specialTokens.drop));
      expect(steps[1]!.tokens.map(({ state }) => state)).toEqual(['given', 'new', 'given', 'given', 'new']);
      expect(steps[1]!.tokens.flatMap(({ locked }, index) => (locked ? [index] : []))).toEqual([2]);
    }
  });
});
