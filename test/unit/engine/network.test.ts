import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CancelledError, RuntimeError } from '../../../src/engine/errors';
import { SessionNetwork } from '../../../src/engine/model/onnx-network';
import { QueuedNetwork } from '../../../src/engine/queued-network';
import { SerialQueue } from '../../../src/engine/queue';
import { availableDevices, createSession, type RuntimeSession } from '../../../src/engine/model/runtime';
import { sourceRequest, sourceRowsRequest } from '../../../src/decode/layout';
import type { ForwardRequest } from '../../../src/decode/network';
import type { Manifest } from '../../../src/protocol/manifest';
import { onnxFile, tinyFolder } from './model-folder';

const manifest = JSON.parse(readFileSync(path.join(tinyFolder, 'manifest.json'), 'utf8')) as Manifest;
let session: RuntimeSession;
let network: SessionNetwork;

beforeAll(async () => {
  session = await createSession({ file: () => onnxFile(tinyFolder), device: 'cpu', threads: 1 });
  network = new SessionNetwork(session, manifest.graph, manifest.specialTokens);
});
afterAll(() => session.release());

const source = [2, 9, 40, 41, 42, 3];
const draft = [2, 40, 1, 42, 1, 3];
const upTo = (length: number): number[] => Array.from({ length }, (_, index) => index);
const encode = (ids: number[], segment: number, rest: Partial<ForwardRequest> = {}): ForwardRequest => ({
  batch: 1,
  length: ids.length,
  tokenIds: ids,
  positions: upTo(ids.length),
  segments: ids.map(() => segment),
  ...rest,
});

function closeTo(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-4): void {
  expect(actual.length).toBe(expected.length);
  for (let index = 0; index < actual.length; index++)
    expect(Math.abs(actual[index]! - expected[index]!)).toBeLessThan(tolerance);
}

describe('SessionNetwork', () => {
  it('gives single rows of the source again as in the whole pass', async () => {
    const text = { task: 'fix', ids: [40, 41, 42, 77, 50], protected: Uint8Array.of(0, 0, 0, 1, 0) } as const;
    const request = sourceRequest(network, { ...text, ids: [...text.ids] });
    for (const rows of [[3, 5], [4]]) {
      const whole = await network.forward({ ...request, logitPositions: rows, scoreIds: rows.map(() => 60) });
      const again = await network.forward(
        sourceRowsRequest(
          network,
          { ...text, ids: [...text.ids] },
          whole.cache,
          rows,
          rows.map((_, index) => index),
          rows.map(() => 60),
        ),
      );
      closeTo(again.candidateLogProbs, whole.candidateLogProbs);
      closeTo(again.scoreLogProbs, whole.scoreLogProbs);
    }
  });

  it('gives the same draft scores from cached source keys as from source and draft in one row', async () => {
    const encoded = await network.forward(encode(source, 0));
    const refined = await network.forward(encode(draft, 1, { past: encoded.cache, logitPositions: [2, 4] }));
    const length = source.length + draft.length;
    // One row: the source does not see the draft, the draft sees everything.
    const attentionMask = new Uint8Array(length * length).map((_, index) =>
      Math.floor(index / length) >= source.length || index % length < source.length ? 1 : 0,
    );
    const joint = await network.forward({
      batch: 1,
      length,
      tokenIds: [...source, ...draft],
      positions: [...upTo(source.length), ...upTo(draft.length)],
      segments: [...source.map(() => 0), ...draft.map(() => 1)],
      attentionMask,
      logitPositions: [source.length + 2, source.length + 4],
    });
    closeTo(refined.candidateLogProbs, joint.candidateLogProbs);
    expect([...refined.candidateIds]).toEqual([...joint.candidateIds]);
    closeTo(refined.operationLogits, joint.operationLogits.subarray(source.length * 3));
    closeTo(refined.entropy, joint.entropy);
  });

  it('hides cached positions that pastMask leaves out', async () => {
    const encoded = await network.forward(encode(source, 0));
    const shown = await network.forward(encode(draft, 1, { past: encoded.cache, logitPositions: [2] }));
    const hidden = await network.forward(
      encode(draft, 1, { past: encoded.cache, pastMask: new Uint8Array(source.length), logitPositions: [2] }),
    );
    const alone = await network.forward(encode(draft, 1, { logitPositions: [2] }));
    closeTo(hidden.candidateLogProbs, alone.candidateLogProbs);
    expect(Math.abs(shown.candidateLogProbs[0]! - hidden.candidateLogProbs[0]!)).toBeGreaterThan(1e-6);
  });

  it('answers batch rows as it answers them one by one', async () => {
    const rows = [source, [2, 9, 50, 60, 70, 3]];
    const both = await network.forward({
      batch: 2,
      length: 6,
      tokenIds: rows.flat(),
      positions: [...upTo(6), ...upTo(6)],
      segments: new Array(12).fill(0),
      logitPositions: [1, 3, 1, 3],
      scoreIds: [40, 41, 42, 43],
    });
    const second = await network.forward(encode(rows[1]!, 0, { logitPositions: [1, 3], scoreIds: [42, 43] }));
    closeTo(both.scoreLogProbs.subarray(2), second.scoreLogProbs);
    closeTo(both.lengthLogits.subarray(both.lengthLogits.length / 2), second.lengthLogits);
    expect(both.slots).toBe(2);
  });

  it('leaves out what nobody asked for: no slots, no candidates', async () => {
    const result = await network.forward(encode(source, 0));
    expect([result.slots, result.candidateIds.length, result.entropy.length]).toEqual([0, 0, 0]);
    expect(result.cache.keys.length).toBe(
      manifest.graph.layers * manifest.graph.heads * source.length * manifest.graph.headSize,
    );
  });

  it.each([
    [[], 1],
    [['idle-head'], 0],
  ] as const)(
    'sends no row where none is asked for only to a graph that can do without: %j',
    async (capabilities, rows) => {
      const sent: (readonly number[])[] = [];
      const watched: RuntimeSession = {
        device: session.device,
        inputNames: session.inputNames,
        outputNames: session.outputNames,
        tensor: (...arguments_) => session.tensor(...arguments_),
        run: (feeds) => {
          sent.push(feeds['logit_positions']!.dims, feeds['score_ids']!.dims);
          throw new Error('seen enough');
        },
        release: () => Promise.resolve(),
      };
      await expect(
        new SessionNetwork(watched, manifest.graph, manifest.specialTokens, capabilities).forward(encode(source, 0)),
      ).rejects.toThrow('seen enough');
      expect(sent).toEqual([
        [1, rows],
        [1, rows],
      ]);
    },
  );

  it.each<[string, Partial<ForwardRequest>]>([
    ['positions', { positions: [0, 1] }],
    ['attentionMask', { attentionMask: new Uint8Array(5) }],
    ['logitPositions', { batch: 1, scoreIds: [1] }],
    ['past', { past: { batch: 1, length: 3, keys: new Float32Array(7), values: new Float32Array(7) } }],
    ['length', { length: 1, tokenIds: [2], positions: [0], segments: [0] }],
  ])('refuses a request whose arrays do not fit: %s', async (_name, wrong) => {
    await expect(network.forward({ ...encode(source, 0), ...wrong })).rejects.toBeInstanceOf(RangeError);
  });

  it('turns a failure of ONNX Runtime into one clear error and works on afterwards', async () => {
    await expect(network.forward(encode([2, 999_999], 0))).rejects.toBeInstanceOf(RuntimeError);
    await expect(network.forward(encode(source, 0))).resolves.toBeDefined();
  });
});

describe('runtime', () => {
  it('computes the same in WebAssembly', async () => {
    const web = await createSession({ file: () => onnxFile(tinyFolder), device: 'wasm', threads: 1 });
    expect(web.device).toBe('wasm');
    const request = encode(source, 0, { logitPositions: [2, 3] });
    const slow = await new SessionNetwork(web, manifest.graph, manifest.specialTokens).forward(request);
    const fast = await network.forward(request);
    closeTo(slow.candidateLogProbs, fast.candidateLogProbs, 1e-3);
    closeTo(slow.operationLogits, fast.operationLogits, 1e-3);
    await web.release();
  });

  it('lists the devices of this machine, and falls back to the CPU with one message for one that is not there', async () => {
    const devices = await availableDevices();
    expect(devices[0]).toBe('cpu');
    expect(devices).toContain('wasm');
    const absent = (['dml', 'coreml', 'cuda'] as const).find((device) => !devices.includes(device))!;
    const messages: string[] = [];
    const fallback = await createSession({
      file: () => onnxFile(tinyFolder),
      device: absent,
      threads: 1,
      onFallback: (message) => messages.push(message),
    });
    expect(fallback.device).toBe('cpu');
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(new RegExp(`"${absent}".*CPU is used instead`));
    await fallback.release();
  });
});

describe('QueuedNetwork', () => {
  it('stops between two passes when the request is cancelled, and lets typing go first', async () => {
    const queue = new SerialQueue();
    const controller = new AbortController();
    const background = new QueuedNetwork(network, queue, 'background', controller.signal);
    const typing = new QueuedNetwork(network, queue, 'typing');
    const order: string[] = [];
    const request = encode(source, 0);
    const passes = [1, 2, 3].map((number) =>
      background.forward(request).then(
        () => order.push(`background ${number}`),
        (error: unknown) => order.push((error as Error).name),
      ),
    );
    const urgent = typing.forward(request).then(() => {
      order.push('typing');
      controller.abort();
    });
    await Promise.all([...passes, urgent]);
    expect(order).toEqual(['background 1', 'typing', 'CancelledError', 'CancelledError']);
    await expect(background.forward(request)).rejects.toBeInstanceOf(CancelledError);
    expect(typing.passes).toBe(1);
  });
});
