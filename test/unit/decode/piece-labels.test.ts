/**
 * Models whose labels are decisions of single word pieces: what is proposed, what becomes
 * one edit, where fills are read.
 */
import { describe, expect, it } from 'vitest';
import type { DecoderContext, DecoderSource, TokenEdit } from '../../../src/decode/decoder';
import { decoders } from '../../../src/decode/index';
import type { ForwardRequest, ForwardResult, Network } from '../../../src/decode/network';
import type { Capability } from '../../../src/protocol/manifest';
import { fakeNetwork, specialTokens } from './fake-network';

const { mask, openDeleted, closeDeleted } = specialTokens;
/** Ids from 50 on go on with a word. */
const continues = (id: number): boolean => id >= 50;

interface Script {
  /** Token id -> probabilities of keep, delete, generate. */
  operations?: Record<number, [number, number, number]>;
  /** Token id -> probability of one slot behind it. */
  gaps?: Record<number, number>;
  fills?: number[];
  fillFrom?: 'source' | 'draft';
}

async function edits(
  ids: number[],
  { operations = {}, gaps = {}, fills = [], fillFrom }: Script,
  more: Partial<DecoderSource> = {},
): Promise<{ edits: Pick<TokenEdit, 'start' | 'end' | 'ids'>[]; confidences: number[]; calls: ForwardRequest[] }> {
  const base = fakeNetwork({ seed: 1 });
  const network: Network = {
    ...base,
    capabilities: ['piece-labels', 'one-pass'] satisfies Capability[],
    async forward(request): Promise<ForwardResult> {
      const result = await base.forward(request);
      Array.from(request.tokenIds).forEach((id, row) => {
        (operations[id] ?? [0.998, 0.001, 0.001]).forEach(
          (p, at) => (result.operationLogits[row * 3 + at] = Math.log(p)),
        );
        if (row === request.length - 1) return;
        const one = gaps[id] ?? 0.001;
        for (let count = 0; count < 8; count++)
          result.insertionLogits[row * 8 + count] = Math.log(count === 0 ? 0.999 - one : count === 1 ? one : 1e-4);
      });
      for (let slot = 0; slot < result.slots; slot++) {
        result.candidateIds[slot * 8] = fills[slot] ?? 60;
        result.candidateLogProbs[slot * 8] = Math.log(0.9);
        result.scoreLogProbs[slot] = -1 - slot;
      }
      return result;
    },
  };
  const context: DecoderContext = {
    network,
    text: (id) => (continues(id) ? 'x' : ' x'),
    continues,
    now: () => 0,
    ...(fillFrom ? { fillFrom } : {}),
  };
  const source: DecoderSource = {
    task: 'fix',
    ids,
    protected: new Uint8Array(ids.length),
    glued: Uint8Array.from(ids, (id) => Number(continues(id))),
    ...more,
  };
  const steps = decoders['edit-tags'](context, source, { acceptConfidence: 0.1 });
  for (;;) {
    const next = await steps.next();
    if (!next.done) continue;
    const found = next.value.edits ?? [];
    return {
      edits: found.map(({ start, end, ids: written }) => ({ start, end, ids: written })),
      confidences: found.map(({ confidence }) => confidence),
      calls: base.calls,
    };
  }
}

describe('piece labels', () => {
  it('write what is missing at the end of a word, and take away what is too much', async () => {
    expect((await edits([40, 41, 42], { gaps: { 41: 0.9 }, fills: [55] })).edits).toEqual([
      { start: 2, end: 2, ids: [55] },
    ]);
    expect((await edits([40, 51, 42], { operations: { 51: [0.1, 0.9, 0.0001] } })).edits).toEqual([
      { start: 1, end: 2, ids: [] },
    ]);
  });

  it('make one edit of several in a word, as sure as the least sure', async () => {
    const { edits: found, confidences } = await edits([40, 51, 52, 53, 42], {
      operations: { 51: [0.1, 0.001, 0.9], 53: [0.3, 0.7, 0.001] },
      fills: [57],
    });
    expect(found).toEqual([{ start: 1, end: 4, ids: [57, 52] }]);
    expect(confidences[0]).toBeCloseTo(0.7, 1);
  });

  it('leave the edits of two words two', async () => {
    const { edits: found } = await edits([40, 51, 41, 52], {
      operations: { 51: [0.1, 0.001, 0.9], 52: [0.1, 0.001, 0.9] },
      fills: [57, 58],
    });
    expect(found).toEqual([
      { start: 1, end: 2, ids: [57] },
      { start: 3, end: 4, ids: [58] },
    ]);
  });

  it("keep the pieces that a word shares with the prior's candidate", async () => {
    const { edits: found, calls } = await edits(
      [40, 41, 51, 42],
      { operations: { 51: [0.2, 0.01, 0.8] } },
      {
        lexicon: [
          {
            start: 1,
            end: 3,
            candidates: [
              [41, 56, 57],
              [41, 58, 59],
              [43, 44, 45],
            ],
          },
        ],
      },
    );
    expect(found).toEqual([{ start: 2, end: 3, ids: [56, 57] }]);
    expect(Array.from(calls[1]!.tokenIds)).toEqual([2, 40, 41, openDeleted, 51, closeDeleted, mask, mask, 42, 3]);
  });
});

describe('fills', () => {
  const wrong = {
    operations: { 41: [0.1, 0.001, 0.9] as [number, number, number] },
    gaps: { 42: 0.9 },
    fills: [44, 45],
  };

  it('are read in the own rows of the source, each with the keys of all others', async () => {
    const { edits: found, calls } = await edits([40, 41, 42, 43], { ...wrong, fillFrom: 'source' });
    expect(found).toEqual([
      { start: 1, end: 2, ids: [44] },
      { start: 3, end: 3, ids: [45] },
    ]);
    const [encode, fill] = calls;
    // The row of the token that goes, and the row before the gap.
    expect(Array.from(fill!.positions)).toEqual([3, 4]);
    expect(Array.from(fill!.tokenIds)).toEqual([41, 42]);
    expect(fill!.past!.length).toBe(encode!.length);
    expect(Array.from(fill!.pastMask!)).toEqual([1, 1, 1, 0, 0, 1, 1]);
    expect(Array.from(fill!.logitPositions!)).toEqual([0, 1]);
  });

  it('are read in the draft where the manifest says nothing else, and where one of them is longer', async () => {
    expect(Array.from((await edits([40, 41, 42, 43], wrong)).calls[1]!.tokenIds)).toContain(mask);
    const longer = await edits(
      [40, 41, 42, 43],
      { ...wrong, fillFrom: 'source' },
      { lexicon: [{ start: 1, end: 2, candidates: [[45, 46]] }] },
    );
    expect(Array.from(longer.calls[1]!.tokenIds)).toContain(mask);
  });
});
