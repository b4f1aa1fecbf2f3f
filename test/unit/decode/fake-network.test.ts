/**
 * The fake network refuses what the real one refuses: else a property test would pass with
 * requests that end in an error.
 */
import { describe, expect, it } from 'vitest';
import type { ForwardRequest } from '../../../src/decode/network';
import { SessionNetwork } from '../../../src/engine/model/onnx-network';
import { fakeNetwork, graph, specialTokens } from './fake-network';

const passed = 'the session was asked';
const real = new SessionNetwork(
  {
    device: 'cpu',
    tensor: () => ({}),
    run: () => {
      throw new Error(passed);
    },
  } as never,
  graph,
  specialTokens,
);
const fake = fakeNetwork({ seed: 1 });

function request(batch: number, length: number, more: Partial<ForwardRequest> = {}): ForwardRequest {
  const zeros = new Array<number>(batch * length).fill(0);
  return { batch, length, tokenIds: zeros, positions: zeros, segments: zeros, ...more };
}
const past = (batch: number, length: number) => {
  const values = new Float32Array(graph.layers * batch * graph.heads * length * graph.headSize);
  return { batch, length, keys: values, values };
};

describe('a request that the real network refuses', () => {
  it.each<[string, ForwardRequest]>([
    ['no row', request(0, 4)],
    ['one token', request(1, 1)],
    ['more tokens than positions', request(1, graph.maximumPositions + 1)],
    ['too few token ids', { ...request(1, 4), tokenIds: [1] }],
    ['too few positions', { ...request(2, 4), positions: [1] }],
    ['too few segments', { ...request(2, 4), segments: [1] }],
    ['a mask of another size', request(1, 4, { attentionMask: new Uint8Array(15).fill(1) })],
    ['a mask of the cache without a cache', request(1, 4, { pastMask: new Uint8Array(3) })],
    ['a mask of the cache of another size', request(1, 4, { past: past(1, 5), pastMask: new Uint8Array(4) })],
    ['a cache of another batch', request(2, 4, { past: past(1, 5) })],
    ['rows that differ in slots', request(2, 4, { logitPositions: [0, 1, 2] })],
    ['more tokens to score than slots', request(1, 4, { logitPositions: [0], scoreIds: [1, 2] })],
    ['tokens to score without slots', request(1, 4, { scoreIds: [1] })],
  ])('%s', async (_, wrong) => {
    await expect(real.forward(wrong)).rejects.toThrow(RangeError);
    await expect(fake.forward(wrong)).rejects.toThrow(/The request is wrong/);
  });
});

it('both take the largest request', async () => {
  const largest = request(3, graph.maximumPositions, {
    past: past(3, 7),
    pastMask: new Uint8Array(21).fill(1),
    logitPositions: [0, 1, 2],
    scoreIds: [1, 2, 3],
  });
  await expect(real.forward(largest)).rejects.toThrow(passed);
  expect((await fake.forward(largest)).slots).toBe(1);
});
