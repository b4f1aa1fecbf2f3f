/** What the correction decoders ask of the network and make of its answers, with scripted heads. */
import { describe, expect, it } from 'vitest';
import type { ForwardRequest, ForwardResult, Network } from '../../../src/decode/network';
import { fakeNetwork, graph, run, source, specialTokens } from './fake-network';

const { begin, end, fix, mask, openDeleted, closeDeleted, drop } = specialTokens;

/** Edit heads by token id, fills in order of the slots; everything else is kept. */
interface Script {
  /** Token id -> probabilities of keep, delete, generate. */
  operations?: Record<number, [number, number, number]>;
  /** Token id -> slots after it, with the probability of that count. */
  gaps?: Record<number, { count: number; probability: number }>;
  fills?: { id: number; probability: number }[];
  scores?: number[];
}

function scripted({
  operations = {},
  gaps = {},
  fills = [],
  scores = [],
}: Script): Network & { calls: ForwardRequest[] } {
  const base = fakeNetwork({ seed: 1 });
  return {
    ...base,
    calls: base.calls,
    async forward(request): Promise<ForwardResult> {
      const result = await base.forward(request);
      const ids = Array.from(request.tokenIds);
      ids.forEach((id, row) => {
        (operations[id] ?? [0.999, 0.0005, 0.0005]).forEach((p, index) => {
          result.operationLogits[row * 3 + index] = Math.log(p);
        });
        if (row === ids.length - 1) return;
        const gap = gaps[id] ?? { count: 0, probability: 0.999 };
        for (let count = 0; count < 8; count++)
          result.insertionLogits[row * 8 + count] = Math.log(
            count === gap.count ? gap.probability : (1 - gap.probability) / 7,
          );
      });
      for (let slot = 0; slot < result.slots; slot++) {
        const fill = fills[slot] ?? { id: 50, probability: 0.5 };
        result.candidateIds[slot * 8] = fill.id;
        result.candidateLogProbs[slot * 8] = Math.log(fill.probability);
        result.scoreLogProbs[slot] = scores[slot] ?? -1;
      }
      return result;
    },
  };
}

describe('edit-tags', () => {
  it('fills several slots in several passes: the surest stay, the others are read again beside them', async () => {
    const network = scripted({
      gaps: { 41: { count: 3, probability: 0.9 } },
      fills: [
        { id: 51, probability: 0.3 },
        { id: 52, probability: 0.8 },
        { id: 53, probability: 0.5 },
      ],
    });
    const { result, steps } = await run('edit-tags', network, source([40, 41, 42]), {
      passes: 3,
      acceptConfidence: 0,
    });
    const drafts = network.calls.slice(1).map(({ tokenIds }) => Array.from(tokenIds).slice(1, -1));
    expect(drafts).toEqual([
      [40, 41, mask, mask, mask, 42],
      [40, 41, mask, 52, mask, 42],
      [40, 41, mask, 52, 52, 42], // two slots are left, and the script's second fill is the surer one
    ]);
    expect(result.ids).toEqual([40, 41, 51, 52, 52, 42]);
    expect(steps.map(({ action }) => action)).toEqual(['encode', 'fill', 'fill', 'fill']);
    expect(result.passes).toBe(4);
  });

  it('spends one fill pass where every edit has one slot, whatever the budget', async () => {
    const network = scripted({ gaps: { 40: { count: 1, probability: 0.9 }, 41: { count: 1, probability: 0.9 } } });
    const { result } = await run('edit-tags', network, source([40, 41, 42]), { passes: 8 });
    expect(result.passes).toBe(2);
  });

  it('asks in the layouts of the model format and skips the fill pass when nothing has to be filled', async () => {
    const network = scripted({ operations: { 41: [0.1, 0.85, 0.05] } });
    const { result, steps } = await run(
      'edit-tags',
      network,
      source([40, 41, 42], { protected: Uint8Array.of(0, 0, 1), lexicon: [{ start: 0, end: 1, candidates: [[60]] }] }),
    );
    expect(network.calls).toHaveLength(1);
    expect([...Array.from(network.calls[0]!.tokenIds)]).toEqual([begin, fix, 40, 41, 42, end]);
    expect([...Array.from(network.calls[0]!.segments)]).toEqual([0, 0, 2, 0, 3, 0]);
    expect(result).toMatchObject({
      ids: [40, 42],
      stop: 'fixed',
      edits: [{ start: 1, end: 2, ids: [], lexicon: false }],
    });
    expect(result.edits![0]!.confidence).toBeCloseTo(0.85, 6);
    expect(steps[0]!.tokens[1]).toMatchObject({ state: 'deleted', sourceIndex: 1 });
    expect(steps[0]!.tokens[1]!.operation![1]).toBeCloseTo(0.85, 6);
  });

  it('builds the FELIX draft and multiplies P(action) and p(fill)', async () => {
    const network = scripted({
      operations: { 41: [0.1, 0.1, 0.8] },
      gaps: { 42: { count: 2, probability: 0.6 }, [fix]: { count: 1, probability: 0.7 } },
      fills: [
        { id: 55, probability: 0.9 },
        { id: 56, probability: 0.5 },
        { id: 57, probability: 0.4 },
        { id: drop, probability: 0.5 },
      ],
    });
    const { result, steps } = await run('edit-tags', network, source([40, 41, 42]), { acceptConfidence: 0 });
    const draft = network.calls[1]!;
    expect(Array.from(draft.tokenIds)).toEqual([
      begin,
      mask,
      40,
      openDeleted,
      41,
      closeDeleted,
      mask,
      42,
      mask,
      mask,
      end,
    ]);
    expect(Array.from(draft.positions)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(new Set(Array.from(draft.segments))).toEqual(new Set([1]));
    expect(draft.past!.length).toBe(6);
    expect(Array.from(draft.logitPositions!)).toEqual([1, 6, 8, 9]);
    expect(result.ids).toEqual([55, 40, 56, 42, 57]);
    expect(result.edits!.map(({ start, end: last, ids }) => [start, last, ids])).toEqual([
      [0, 0, [55]],
      [1, 2, [56]],
      [3, 3, [57]],
    ]);
    expect(result.edits!.map(({ confidence }) => confidence)).toEqual([
      expect.closeTo(0.7 * 0.9, 5),
      expect.closeTo(0.8 * 0.5, 5),
      expect.closeTo(0.6 * 0.4 * 0.5, 5),
    ]);
    expect(steps[0]!.leadingGap).toEqual({ count: 1, probability: expect.closeTo(0.7, 5) });
    expect(steps[0]!.tokens[2]!.gap).toEqual({ count: 2, probability: expect.closeTo(0.6, 5) });
    expect(steps[1]!.tokens.map((token) => token.state)).toEqual([
      'inserted',
      'kept',
      'deleted',
      'changed',
      'kept',
      'inserted',
      'deleted',
    ]);
  });

  it('takes a fill that writes the deleted word again for no edit', async () => {
    const { result } = await run(
      'edit-tags',
      scripted({ operations: { 41: [0.1, 0, 0.9] }, fills: [{ id: 41, probability: 0.9 }] }),
      source([40, 41]),
    );
    expect(result).toMatchObject({ ids: [40, 41], edits: [] });
  });

  it('lets the operation head judge a listed misspelling, and the list say what to write', async () => {
    const lexicon = [{ start: 1, end: 2, candidates: [[60, 61], [62, 63], [64]] }];
    // Two candidates of two tokens: four rows, slot by slot. The second one fits better.
    const network = scripted({ operations: { 41: [0.4, 0.1, 0.5] }, scores: [-3, -1, -2, -1] });
    const { result } = await run('edit-tags', network, source([40, 41], { lexicon }));
    expect(Array.from(network.calls[1]!.scoreIds!)).toEqual([60, 62, 61, 63]);
    expect(Array.from(network.calls[1]!.logitPositions!)).toEqual([5, 5, 6, 6]);
    const share = Math.exp(-2) / (Math.exp(-5) + Math.exp(-2));
    expect(result.edits).toEqual([
      { start: 1, end: 2, ids: [62, 63], lexicon: true, confidence: expect.closeTo(0.6 * share, 5) },
    ]);
    const unsure = await run(
      'edit-tags',
      scripted({ operations: { 41: [0.9, 0.05, 0.05] } }),
      source([40, 41], { lexicon }),
    );
    expect(unsure.result.edits).toEqual([]);
  });

  it('joins "in to" into one edit and keeps two corrected words apart', async () => {
    const joined = scripted({
      operations: { 41: [0.2, 0.1, 0.7], 42: [0.05, 0.9, 0.05] },
      fills: [{ id: 55, probability: 0.8 }],
    });
    expect((await run('edit-tags', joined, source([40, 41, 42]))).result.edits).toEqual([
      { start: 1, end: 3, ids: [55], lexicon: false, confidence: expect.closeTo(0.7 * 0.8, 5) },
    ]);
    const apart = scripted({
      operations: { 41: [0.2, 0.1, 0.7], 42: [0.05, 0.05, 0.9] },
      fills: [
        { id: 55, probability: 0.8 },
        { id: 56, probability: 0.5 },
      ],
    });
    expect(
      (await run('edit-tags', apart, source([40, 41, 42]))).result.edits!.map(({ start, end: last, ids }) => [
        start,
        last,
        ids,
      ]),
    ).toEqual([
      [1, 2, [55]],
      [2, 3, [56]],
    ]);
  });

  it('treats the tokens of a word as one unit', async () => {
    // 42 has no blank before it: 41 and 42 are one word. One token alone would not reach the bar, their mean does.
    const text = (id: number): string => (id === 42 ? 'x' : ` w`);
    const network = scripted({
      operations: { 41: [0.9, 0, 0.1], 42: [0.1, 0.1, 0.8] },
      fills: [
        { id: 55, probability: 0.5 },
        { id: 56, probability: 0.5 },
      ],
    });
    const { result } = await run('edit-tags', network, source([40, 41, 42]), { minimumEditProbability: 0.4 }, { text });
    expect(result.edits!.map(({ start, end: last }) => [start, last])).toEqual([[1, 3]]);
    const locked = await run(
      'edit-tags',
      network,
      source([40, 41, 42]),
      { minimumEditProbability: 0.4, lockedTokens: [2] },
      { text },
    );
    expect(locked.result.edits).toEqual([]);
    expect(locked.steps[0]!.tokens.map((token) => token.locked)).toEqual([undefined, undefined, true]);
  });

  it('decides with the keep bias but neither shows it nor lets it touch the confidence', async () => {
    const script: Script = { operations: { 41: [0.3, 0.7, 1e-9] } };
    const plain = await run('edit-tags', scripted(script), source([40, 41]));
    const biased = await run('edit-tags', scripted(script), source([40, 41]), { keepBias: 1 });
    const suppressed = await run('edit-tags', scripted(script), source([40, 41]), { keepBias: 4 });
    expect(biased.result.edits).toEqual(plain.result.edits);
    expect(suppressed.result.edits).toEqual([]);
    expect(suppressed.steps[0]!.tokens[1]!.operation).toEqual(plain.steps[0]!.tokens[1]!.operation);
  });

  it('scales confidences by temperature, not the trace', async () => {
    const script: Script = { operations: { 41: [0.1, 0.1, 0.8] }, fills: [{ id: 55, probability: 0.5 }] };
    const plain = await run('edit-tags', scripted(script), source([40, 41]));
    const scaled = await run('edit-tags', scripted(script), source([40, 41]), {
      temperatures: { operation: 2, fill: 1 },
    });
    const action = Math.sqrt(0.8) / (Math.sqrt(0.8) + 2 * Math.sqrt(0.1));
    expect(plain.result.edits![0]!.confidence).toBeCloseTo(0.4, 5);
    expect(scaled.result.edits![0]!.confidence).toBeCloseTo(action * 0.5, 5);
    expect(scaled.steps[0]!.tokens[1]!.operation).toEqual(plain.steps[0]!.tokens[1]!.operation);
  });
});

describe('levenshtein', () => {
  it('corrects its own output until nothing changes, and reports edits over the user’s tokens', async () => {
    // 41 -> 55; beside 55 the word 42 becomes wrong, and is deleted; then all is well.
    const network = scripted({ operations: { 41: [0.05, 0.05, 0.9] }, fills: [{ id: 55, probability: 0.9 }] });
    const inner = network.forward.bind(network);
    network.forward = async (request) => {
      const result = await inner(request);
      const row = Array.from(request.tokenIds).indexOf(42);
      if (Array.from(request.tokenIds).includes(55) && row > 0)
        [0.1, 0.8, 0.1].forEach((p, index) => {
          result.operationLogits[row * 3 + index] = Math.log(p);
        });
      return result;
    };
    const { result, steps } = await run('levenshtein', network, source([41, 40, 42]), { passes: 9 });
    expect(steps.map(({ action }) => action)).toEqual(['encode', 'fill', 'encode', 'encode']);
    expect(result).toMatchObject({ ids: [55, 40], stop: 'stable', passes: 4 });
    expect(result.edits!.map(({ start, end: last, ids }) => [start, last, ids])).toEqual([
      [0, 1, [55]],
      [2, 3, []],
    ]);
    expect(steps[2]!.tokens.map((token) => token.sourceIndex)).toEqual([undefined, 1, 2]);
  });

  it('stops when a sentence comes back', async () => {
    const network = scripted({
      operations: { 41: [0.05, 0.05, 0.9], 55: [0.05, 0.05, 0.9] },
      fills: [{ id: 55, probability: 0.9 }],
    });
    const inner = network.forward.bind(network);
    network.forward = async (request) => {
      const result = await inner(request);
      if (result.slots > 0) result.candidateIds[0] = Array.from(request.tokenIds).includes(55) ? 41 : 55;
      return result;
    };
    const { result } = await run('levenshtein', network, source([40, 41]), { passes: 40 });
    expect(result).toMatchObject({ stop: 'loop', ids: [40, 41], edits: [] });
  });

  it('builds on sure edits only, and still reports the others', async () => {
    const network = scripted({ operations: { 41: [0.6, 0.4, 0], 43: [0.1, 0.9, 0] } });
    const { result, steps } = await run('levenshtein', network, source([40, 41, 42, 43]), { passes: 9 });
    expect(result.ids).toEqual([40, 41, 42]);
    expect(result.edits!.map(({ start, end: last }) => [start, last])).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(steps.at(-1)!.stop).toBe('stable');
  });

  it('caps the sum of all insertions', async () => {
    const gaps = Object.fromEntries([fix, 40, 41, 42, 43].map((id) => [id, { count: 7, probability: 0.9 }]));
    const { result } = await run('levenshtein', scripted({ gaps }), source([40, 41, 42, 43]), {
      passes: 9,
      acceptConfidence: 0,
    });
    expect(result.ids.length).toBeLessThanOrEqual(10);
    expect(graph.maximumInsertion).toBe(7);
  });
});

describe('the sentence gate', () => {
  it("leaves a sentence alone in which nothing is wrong with that probability, whatever the words' own bar says", async () => {
    const script: Script = { operations: { 41: [0.6, 0.4, 0] } };
    const open = await run('edit-tags', scripted(script), source([40, 41]), { minimumErrorProbability: 0.39 });
    const shut = await run('edit-tags', scripted(script), source([40, 41]), { minimumErrorProbability: 0.41 });
    expect(open.result.edits).toHaveLength(1);
    expect(shut.result).toMatchObject({ edits: [], stop: 'stable', passes: 1 });
    expect(shut.steps[0]!.tokens.map(({ state }) => state)).toEqual(['given', 'given']);
    const gap = await run('edit-tags', scripted({ gaps: { 40: { count: 1, probability: 0.8 } } }), source([40, 41]), {
      minimumErrorProbability: 0.7,
    });
    expect(gap.result.edits).toHaveLength(1);
  });
});
