/** A locked token is never deleted, replaced or split, and locks that cannot be kept are told. */
import { decoderNames } from '../../../src/protocol/decoders';
import { keepsLocks } from '../../../src/protocol/decoder-facts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closedGaps, startDraft } from '../../../src/decode/locked-draft';
import { holds } from './drawn-options';
import { context, fakeNetwork, run, source, specialTokens } from './fake-network';

const network = fakeNetwork({ seed: 1 });

describe('levenshtein-draft', () => {
  it('begins with the locked tokens and never loses or splits them', async () => {
    const text = (id: number): string => (id % 3 === 0 ? 'x' : ' w'); // ids divisible by 3 continue the word before
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 100, max: 120 }), { minLength: 1, maxLength: 12 }),
        fc.array(fc.nat(11), { maxLength: 6 }),
        fc.nat(),
        async (ids, lockedTokens, seed) => {
          const restless = fakeNetwork({ seed, restless: true, operation: [-3, 3, 3], noInsertion: -3 });
          restless.graph.vocabulary = 200;
          const { result, steps } = await run(
            'levenshtein-draft',
            restless,
            source(ids),
            { passes: 12, lockedTokens },
            { text },
          );
          const locked = [...new Set(lockedTokens)]
            .filter((index) => index < ids.length)
            .sort((left, right) => left - right);
          expect(
            holds(
              result.ids,
              locked.map((index) => ids[index]!),
            ),
          ).toBe(true);
          for (const { tokens } of steps.slice(1)) {
            expect(tokens.filter((token) => token.locked).map((token) => token.sourceIndex)).toEqual(locked);
            tokens.forEach((token, at) => {
              if (!token.locked) return;
              expect(token.state).toBe('kept');
              const joined = text(token.id) === 'x' && locked.includes(token.sourceIndex! - 1);
              if (joined) expect(tokens[at - 1]!.sourceIndex).toBe(token.sourceIndex! - 1);
            });
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('ends within any budget, and one pass more is never worse used than not at all', async () => {
    for (let passes = 1; passes < 14; passes++) {
      const { result } = await run(
        'levenshtein-draft',
        fakeNetwork({ seed: 4, restless: true }),
        source([40, 41, 42]),
        { passes, lockedTokens: [1] },
      );
      expect(result.passes).toBeLessThanOrEqual(1 + passes);
      expect(result.ids).toContain(41);
      expect(result.ids).not.toContain(specialTokens.mask);
    }
  });

  it.each([
    [
      'a draft without the locked token',
      { lockedTokens: [1], draft: [40, 42] },
      /"lockedTokens" and "draft" contradict.*token 1/,
    ],
    ['a draft with the locked tokens in another order', { lockedTokens: [0, 1], draft: [41, 40] }, /contradict/],
    [
      'a target shorter than what is locked',
      { lockedTokens: [0, 1], targetLength: 1 },
      /"lockedTokens" and "targetLength" contradict.*2 tokens/,
    ],
  ])('refuses %s', async (_, options, message) => {
    await expect(run('levenshtein-draft', network, source([40, 41, 42]), options)).rejects.toThrow(RangeError);
    await expect(run('levenshtein-draft', network, source([40, 41, 42]), options)).rejects.toThrow(message);
  });

  it('finds locked tokens in the caller’s draft and ignores locks outside the sentence', () => {
    const draft = startDraft(context(network), source([40, 41, 40]), {
      lockedTokens: [2, 0, 99, -1],
      draft: [50, 40, specialTokens.mask, 40],
    });
    expect(draft.map(({ origin }) => origin)).toEqual([-1, 0, -1, 2]);
    expect(startDraft(context(network), source([40, 41]), {})).toEqual([]);
  });

  it('closes the gap inside a locked word only', () => {
    const text = (id: number): string => (id === 41 ? 'ly' : ' quick');
    const draft = [0, 1, 2].map((origin) => ({ id: 40 + origin, origin }));
    expect([...closedGaps(context(network, { text }), source([40, 41, 42]), draft)]).toEqual([0, 1, 0, 0]);
  });
});

describe('levenshtein', () => {
  it('spends 2 passes on one round and 3 on two: a reading pass without a fill would be half a round', async () => {
    const always = () => fakeNetwork({ seed: 9, restless: true, operation: [-4, 0, 4] });
    const actions = async (passes: number) =>
      (await run('levenshtein', always(), source([40, 41]), { passes, acceptConfidence: 0 })).steps.map(
        ({ action }) => action,
      );
    expect(await actions(1)).toEqual(['encode', 'fill']);
    expect(await actions(2)).toEqual(['encode', 'fill']);
    expect(await actions(3)).toEqual(['encode', 'fill', 'encode', 'fill']);
  });
});

describe('a lock on a token of the source', () => {
  it.each(decoderNames.filter((name) => !keepsLocks(name)))(
    'is refused by %s, which writes a new text',
    async (name) => {
      const untouched = fakeNetwork({ seed: 1 });
      const refused = run(name, untouched, source([40, 41, 42]), { passes: 3, lockedTokens: [1] });
      await expect(refused).rejects.toThrow(RangeError);
      await expect(refused).rejects.toThrow(
        'This decoder writes a new text and cannot keep tokens of the source: unlock them, or choose a decoder that can, such as levenshtein or levenshtein-draft.',
      );
      expect(untouched.calls).toEqual([]);
      // Locks outside the sentence forbid nothing, and none at all even less.
      for (const lockedTokens of [[], [3, -1, 99]])
        expect(
          (await run(name, fakeNetwork({ seed: 1 }), source([40, 41, 42]), { passes: 3, lockedTokens })).result.passes,
        ).toBeGreaterThan(0);
    },
  );

  it.each(decoderNames.filter(keepsLocks))('stays with %s, whatever the network says', async (name) => {
    for (let seed = 0; seed < 40; seed++) {
      const eager = fakeNetwork({ seed, restless: true, operation: [-9, 9, 0] });
      const list = [40, 40, 41, 40, 42, 42];
      for (const task of ['fix', 'rephrase'] as const) {
        const { result } = await run(name, eager, source(list, { task }), {
          passes: 5,
          lockedTokens: [0, 1, 4, 5],
          acceptConfidence: 0,
          collapseRepeats: true,
          upsampling: 1,
          beamWidth: 4,
        });
        expect(holds(result.ids, [40, 40, 42, 42])).toBe(true);
      }
    }
  });
});
