/** Schedules and requests of the generating decoders. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ForwardRequest } from '../../../src/decode/network';
import { maskWorst, type Candidate } from '../../../src/decode/refine/candidate';
import { fakeNetwork, run, source, specialTokens } from './fake-network';

const { begin, end, mask, rephrase, pad } = specialTokens;
const masks = (request: ForwardRequest): number => Array.from(request.tokenIds).filter((id) => id === mask).length;
const from = (ids: number[]) => source(ids, { task: 'rephrase' });

describe('mask-predict', () => {
  it('masks floor(T · (P − k) / P) tokens after pass k', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 12 }),
        fc.nat(),
        async (targetLength, passes, seed) => {
          const network = fakeNetwork({ seed });
          const { result } = await run('mask-predict', network, from([40, 41, 42]), { passes, targetLength });
          const expected = [targetLength];
          for (let pass = 1; pass < passes; pass++) {
            const count = Math.floor((targetLength * (passes - pass)) / passes);
            if (count === 0) break;
            expected.push(count);
          }
          expect(network.calls.slice(1).map(masks)).toEqual(expected);
          expect(result.stop).toBe('fixed');
        },
      ),
    );
  });

  it('masks the least sure, the earlier of equals, and never what is given', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ p: fc.integer({ min: -5, max: 0 }), given: fc.boolean() }), {
          minLength: 1,
          maxLength: 12,
        }),
        fc.integer({ min: 1, max: 5 }),
        (list, pass) => {
          const candidate: Candidate = {
            ids: list.map(() => 40),
            inputs: [],
            logProbabilities: list.map(({ p, given }) => (given ? 0 : p)),
            given: list.map(({ given }) => given),
            masked: [],
            seen: new Set(),
          };
          const chosen = maskWorst(candidate, pass, 6);
          const free = list.flatMap(({ given }, index) => (given ? [] : [index]));
          expect(chosen.length).toBe(Math.floor((free.length * (6 - pass)) / 6));
          for (const index of chosen) {
            expect(list[index]!.given).toBe(false);
            for (const other of free) {
              if (chosen.includes(other)) continue;
              expect(list[other]!.p > list[index]!.p || (list[other]!.p === list[index]!.p && other > index)).toBe(
                true,
              );
            }
          }
        },
      ),
    );
  });

  it('keeps the probability of the pass that wrote a token', async () => {
    const { steps } = await run('mask-predict', fakeNetwork({ seed: 4, restless: true }), from([40, 41, 42]), {
      passes: 4,
      targetLength: 8,
    });
    const predictions = steps.slice(1);
    for (let index = 1; index < predictions.length; index++) {
      predictions[index]!.tokens.forEach((token, slot) => {
        const before = predictions[index - 1]!.tokens[slot]!;
        if (token.alternatives.length === 0) expect(token.logProbability).toBe(before.logProbability);
      });
    }
    expect(predictions[1]!.tokens.filter((token) => token.alternatives.length > 0)).toHaveLength(6);
  });

  it('decodes the length beam in one padded batch over one encode', async () => {
    const network = fakeNetwork({ seed: 8 });
    const { steps, result } = await run('mask-predict', network, from([40, 41, 42, 43, 44]), {
      passes: 2,
      lengthBeam: 3,
    });
    expect(network.calls.map((request) => request.batch)).toEqual([1, 3, 3]);
    const [, request] = network.calls;
    const lengths = steps[0]!.lengths!.slice(0, 3).map(({ length }) => length);
    const longest = Math.max(...lengths) + 2;
    lengths.forEach((length, row) => {
      const rowIds = Array.from(request!.tokenIds).slice(row * longest, (row + 1) * longest);
      expect(rowIds).toEqual([
        begin,
        ...new Array<number>(length).fill(mask),
        end,
        ...new Array<number>(longest - length - 2).fill(pad),
      ]);
      for (let query = 0; query < longest; query++) {
        const sees = request!.attentionMask!.subarray(
          (row * longest + query) * longest,
          (row * longest + query + 1) * longest,
        );
        expect([...sees]).toEqual(Array.from({ length: longest }, (_, column) => (column < length + 2 ? 1 : 0)));
      }
    });
    expect(result.candidates!.map(({ score }) => score)).toEqual(
      result.candidates!.map(({ score }) => score).sort((a, b) => b - a),
    );
    expect(steps.at(-1)!.beam!.filter(({ chosen }) => chosen)).toHaveLength(1);
  });

  it('spends the last pass of the budget on re-ranking', async () => {
    const network = fakeNetwork({ seed: 8 });
    const { steps } = await run('mask-predict', network, from([40, 41, 42]), {
      passes: 3,
      lengthBeam: 2,
      rerankWeight: 1,
    });
    expect(steps.map(({ action }) => action)).toEqual(['encode', 'predict', 'predict', 'rerank']);
    const alone = await run('mask-predict', fakeNetwork({ seed: 8 }), from([40, 41, 42]), {
      passes: 1,
      lengthBeam: 2,
      rerankWeight: 1,
    });
    expect(alone.steps.map(({ action }) => action)).toEqual(['encode', 'predict']);
  });

  it('fills a given draft and leaves its other tokens alone', async () => {
    const draft = [40, mask, 41, mask];
    const { result } = await run('mask-predict', fakeNetwork({ seed: 2, fill: () => 50 }), from([40, 41]), {
      passes: 6,
      draft,
    });
    expect(result.ids).toEqual([40, 50, 41, 50]);
  });

  it('ends early where asked: nothing changed, or every token to be masked again is sure', async () => {
    const options = { passes: 10, targetLength: 8 };
    const whole = await run('mask-predict', fakeNetwork({ seed: 2, fill: () => 50 }), from([40, 41]), options);
    // with the encode; after pass 8 of 10 floor(8 · 2 / 10) = 1 is masked, after pass 9 none
    expect(whole.result).toMatchObject({ stop: 'fixed', passes: 10 });
    const stable = await run('mask-predict', fakeNetwork({ seed: 2, fill: () => 50 }), from([40, 41]), {
      ...options,
      stopWhenStable: true,
    });
    expect(stable.result).toMatchObject({ ids: whole.result.ids, stop: 'stable', passes: 3 });
    const sure = await run('mask-predict', fakeNetwork({ seed: 2, fill: () => 50 }), from([40, 41]), {
      ...options,
      sureProbability: 0.05,
    });
    expect(sure.result).toMatchObject({ ids: whole.result.ids, stop: 'confident', passes: 2 });
    const unsure = await run('mask-predict', fakeNetwork({ seed: 2, fill: () => 50 }), from([40, 41]), {
      ...options,
      sureProbability: 0.999,
    });
    expect(unsure.result.stop).toBe('fixed');
    const restless = await run('mask-predict', fakeNetwork({ seed: 2, restless: true }), from([40, 41]), {
      ...options,
      stopWhenStable: true,
    });
    expect(restless.result.passes).toBeGreaterThan(3);
  });

  it('collapses repeats only where asked, and shows the raw ratio', async () => {
    const options = { passes: 1, targetLength: 4 };
    const raw = await run('mask-predict', fakeNetwork({ seed: 2, fill: () => 50 }), from([40, 41]), options);
    const collapsed = await run('mask-predict', fakeNetwork({ seed: 2, fill: () => 50 }), from([40, 41]), {
      ...options,
      collapseRepeats: true,
    });
    expect(raw.result.ids).toEqual([50, 50, 50, 50]);
    expect(collapsed.result.ids).toEqual([50]);
    expect(collapsed.steps.at(-1)!.repetitionRatio).toBe(0.75);
  });
});

describe('mist', () => {
  it('mixes the draft into the source and starts from empty slots again', async () => {
    const network = fakeNetwork({ seed: 3, restless: true });
    const { steps } = await run('mist', network, from([40, 41]), { passes: 3, targetLength: 2 });
    const written = steps[1]!.tokens.map(({ id }) => id);
    expect(Array.from(network.calls[2]!.tokenIds)).toEqual([begin, rephrase, ...written, end, 40, 41, end]);
    expect(new Set(Array.from(network.calls[2]!.segments))).toEqual(new Set([0]));
    expect(masks(network.calls[3]!)).toBe(2);
    expect(network.calls[3]!.past!.length).toBe(8);
    expect(steps.at(-1)!.stop).toBe('budget');
  });

  it('stops at a fixpoint', async () => {
    const { result } = await run('mist', fakeNetwork({ seed: 3, fill: () => 50 }), from([40, 41]), {
      passes: 40,
      targetLength: 2,
    });
    expect(result).toMatchObject({ ids: [50, 50], stop: 'stable', passes: 4 });
  });
});

describe('mist-cached', () => {
  it('puts the draft behind the cached source, where the slots see it and the source does not', async () => {
    const network = fakeNetwork({ seed: 3, restless: true });
    const { steps } = await run('mist-cached', network, from([40, 41]), { passes: 2, targetLength: 2 });
    const written = steps[1]!.tokens.map(({ id }) => id);
    const request = network.calls[2]!;
    expect(Array.from(request.tokenIds)).toEqual([...written, end, begin, mask, mask, end]);
    expect(Array.from(request.positions)).toEqual([5, 6, 7, 0, 1, 2, 3]); // the source takes 0 to 4
    expect(Array.from(request.segments)).toEqual([0, 0, 0, 1, 1, 1, 1]);
    expect(Array.from(request.logitPositions!)).toEqual([4, 5]);
    expect(request.past!.length).toBe(5);
    const sees = (row: number): string => request.attentionMask!.subarray(row * 7, row * 7 + 7).join('');
    expect([sees(0), sees(2), sees(3), sees(6)]).toEqual(['1110000', '1110000', '1111111', '1111111']);
    expect(steps.map(({ action }) => action)).toEqual(['encode', 'predict', 'predict']);
    expect(steps.at(-1)!.stop).toBe('budget');
  });

  it('stops at a fixpoint, and cuts a draft that finds no room', async () => {
    const { result } = await run('mist-cached', fakeNetwork({ seed: 3, fill: () => 50 }), from([40, 41]), {
      passes: 40,
      targetLength: 2,
    });
    expect(result).toMatchObject({ ids: [50, 50], stop: 'stable', passes: 3 });
    const network = fakeNetwork({ seed: 3, restless: true, maximumPositions: 20 });
    const long = await run('mist-cached', network, from(new Array<number>(15).fill(40)), {
      passes: 3,
      targetLength: 10,
    });
    expect(network.calls.map(({ length }) => length)).toEqual([18, 12, 14, 14]);
    expect(long.result.stop).toBe('budget');
  });
});

describe('autoregressive', () => {
  it('feeds two tokens a step, keeps the content’s keys and drops the query’s', async () => {
    const visible: number[] = []; // read at once: the room for later tokens is written while the decoder goes on
    const network = fakeNetwork({
      seed: 3,
      fill: (request) => (request.positions[0]! < 3 ? 50 + request.positions[0]! : end),
      onForward: (request) => {
        if (request.past) visible.push(request.pastMask?.reduce((sum, flag) => sum + flag, 0) ?? request.past.length);
      },
    });
    const { result } = await run('autoregressive', network, from([40, 41]), {});
    expect(result).toMatchObject({ ids: [50, 51, 52], stop: 'fixed', passes: 5 });
    const steps = network.calls.slice(1);
    expect(steps.map((request) => Array.from(request.tokenIds))).toEqual([
      [begin, mask],
      [50, mask],
      [51, mask],
      [52, mask],
    ]);
    expect(steps.map((request) => Array.from(request.positions))).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 4],
    ]);
    for (const request of steps) expect([...request.attentionMask!]).toEqual([1, 0, 1, 1]);
    expect(visible).toEqual([5, 6, 7, 8]);
  });

  it('cuts at its budget', async () => {
    const { result } = await run('autoregressive', fakeNetwork({ seed: 3, fill: () => 50 }), from([40, 41]), {
      passes: 3,
    });
    expect(result).toMatchObject({ ids: [50, 50, 50], stop: 'budget', passes: 4 });
  });
});
