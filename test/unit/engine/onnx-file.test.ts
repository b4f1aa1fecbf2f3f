import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Manifest, SpecialTokens } from '../../../src/protocol/manifest';
import type { Network } from '../../../src/decode/network';
import { loadModel, type ModelRequest, probe } from '../../../src/engine/model/model';
import { readOnnx } from '../../../src/engine/model/onnx-file';
import type * as Runtime from '../../../src/engine/model/runtime';
import { changeManifest, copyTiny, onnxFile, sealManifest, temporaryFolder } from './model-folder';

vi.mock('../../../src/engine/model/runtime', async (importActual) => {
  const actual = await importActual<typeof Runtime>();
  return {
    ...actual,
    /** A GPU that takes every graph and runs none. */
    createSession: async (request: Runtime.SessionRequest): Promise<Runtime.RuntimeSession> => {
      const session = await actual.createSession({ ...request, device: 'cpu' });
      if (request.device !== 'webgpu') return session;
      const run = (): Promise<never> => Promise.reject(new Error('shader-f16 is not there'));
      return new Proxy(session, {
        get: (real, key) =>
          key === 'device' ? 'webgpu' : key === 'run' ? run : (Reflect.get(real, key) as () => void),
      });
    },
  };
});

const temporary: { remove(): void }[] = [];
afterEach(() => temporary.splice(0).forEach((each) => each.remove()));
function tiny(): string {
  const folder = temporaryFolder();
  temporary.push(folder);
  return copyTiny(folder.folder);
}
const request = (folder: string): ModelRequest =>
  ({ bundled: folder, path: folder, device: 'cpu', dtype: 'auto', threads: 1, task: 'fix' }) as ModelRequest;

/** One field of a protocol buffer that holds bytes. */
function field(number: number, value: Uint8Array | string): Buffer {
  const body = Buffer.from(value as string);
  const length: number[] = [];
  for (let left = body.length; ; left = Math.floor(left / 128)) {
    length.push((left % 128) + (left >= 128 ? 128 : 0));
    if (left < 128) break;
  }
  return Buffer.concat([Buffer.from([number * 8 + 2, ...length]), body]);
}
const kind = (type: number): Buffer => Buffer.from([16, type]);
const inGraph = (tensor: Buffer): Buffer => field(7, field(5, tensor));
const elsewhere = (location: string): Buffer =>
  inGraph(
    Buffer.concat([field(8, 'far'), kind(1), field(13, Buffer.concat([field(1, 'location'), field(2, location)]))]),
  );
const weights = (values: Float32Array): Buffer =>
  inGraph(Buffer.concat([field(8, 'odd'), kind(1), field(9, Buffer.from(values.buffer))]));

describe('what an ONNX file holds', () => {
  it('numbers of every kind, wherever a tensor may stand', () => {
    const tensor = (type: number, raw: Buffer): Buffer => Buffer.concat([field(8, 'odd'), kind(type), field(9, raw)]);
    const nan = {
      1: Buffer.from(new Float32Array([1, NaN]).buffer),
      10: Buffer.from([0, 60, 1, 124]),
      11: Buffer.from(new Float64Array([NaN]).buffer),
      16: Buffer.from([0xc0, 0x7f]),
    };
    for (const [type, raw] of Object.entries(nan))
      expect([type, readOnnx(field(7, field(5, tensor(Number(type), raw)))).notWeights]).toEqual([type, 'odd']);
    const attribute = field(7, field(1, field(5, field(6, field(5, tensor(1, nan[1]))))));
    expect(readOnnx(attribute).notWeights).toBe('odd');
    expect(readOnnx(field(7, field(5, Buffer.concat([kind(1), field(4, nan[1])])))).notWeights).toBe('a constant');
    // int8 and int64 have no NaN, and a mask may have its minus infinity.
    expect(readOnnx(field(7, field(5, tensor(7, Buffer.alloc(16, 255))))).notWeights).toBeUndefined();
    expect(readOnnx(weights(new Float32Array([-Infinity, 0]))).notWeights).toBeUndefined();
    expect(readOnnx(weights(new Float32Array(100).fill(1, 0, 99).fill(Infinity, 99))).notWeights).toBe('odd');
    // Finite and beyond all measure is no weight either; large ones are, and so is the fill of a mask.
    expect(readOnnx(weights(new Float32Array(100).fill(1, 0, 99).fill(-1e30, 99))).notWeights).toBe('odd');
    expect(readOnnx(weights(new Float32Array(100).fill(1e9))).notWeights).toBeUndefined();
    expect(readOnnx(weights(new Float32Array([-3.4e38, 0]))).notWeights).toBeUndefined();
    const doubles = new Float64Array(100).fill(1e30);
    expect(readOnnx(inGraph(tensor(11, Buffer.from(doubles.buffer)))).notWeights).toBe('odd');
  });
  it('bytes that are none', () => {
    expect(() => readOnnx(Buffer.from([0x3a, 0x7f, 1]))).toThrow(RangeError);
  });
});

describe('a model', () => {
  it('whose graph reads a file that the manifest does not list is refused', async () => {
    const folder = tiny();
    appendFileSync(onnxFile(folder), elsewhere('weights.bin'));
    writeFileSync(path.join(folder, 'onnx', 'weights.bin'), 'x');
    sealManifest(folder);
    await expect(loadModel(request(folder))).rejects.toThrow(
      /onnx\/weights\.bin, which the manifest does not list with its SHA-256/,
    );
    // Listed, it is checked like every file.
    changeManifest(folder, (manifest) => {
      manifest.files['onnx/weights.bin'] = { sha256: '0'.repeat(64), bytes: 1 };
    });
    await expect(loadModel(request(folder))).rejects.toThrow(/SHA-256 of .*weights\.bin is not the one/);
    appendFileSync(onnxFile(folder), elsewhere('../../outside.bin'));
    sealManifest(folder);
    await expect(loadModel(request(folder))).rejects.toThrow(/outside\.bin, which the manifest does not list/);
  });
  it('whose weights are no numbers is refused', async () => {
    const folder = tiny();
    appendFileSync(onnxFile(folder), weights(new Float32Array([1, NaN])));
    sealManifest(folder);
    await expect(loadModel(request(folder))).rejects.toThrow(
      /weights that are no numbers, or beyond all measure \(odd\)\. Install/,
    );
  });
  it('whose weights are finite and beyond all measure is refused', async () => {
    const folder = tiny();
    appendFileSync(onnxFile(folder), weights(new Float32Array(100).fill(1e30)));
    sealManifest(folder);
    await expect(loadModel(request(folder))).rejects.toThrow(/or beyond all measure \(odd\)\. Install the model/);
  });
  it('whose answers are no numbers is refused, though its weights are', async () => {
    const model = await loadModel(request(tiny()));
    const { network, manifest } = model;
    await probe(network, manifest);
    for (const [broken, value] of [
      ['operationLogits', NaN],
      ['operationLogits', 1e30],
      ['candidateLogProbs', NaN],
    ] as const) {
      const odd: Network = {
        graph: network.graph,
        specialTokens: network.specialTokens,
        forward: async (asked) => {
          const answer = await network.forward(asked);
          return { ...answer, [broken]: answer[broken].map(() => value) };
        },
      };
      await expect(probe(odd, manifest)).rejects.toThrow(/values that are no numbers, or beyond all measure\. Install/);
    }
    await model.release();
  });
  it('with special tokens that share an id, or lie outside, is refused', async () => {
    const folder = tiny();
    const { specialTokens } = JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8')) as {
      specialTokens: { begin: number };
    };
    changeManifest(folder, (manifest) => void (manifest.specialTokens.end = specialTokens.begin));
    await expect(loadModel(request(folder))).rejects.toThrow(/"specialTokens\.end" has the id of another one/);
    changeManifest(folder, (manifest) => void (manifest.specialTokens.end = 1e6));
    await expect(loadModel(request(folder))).rejects.toThrow(/beyond the vocabulary/);
  });
  it('with a tokenizer_config.json that the manifest does not list is loaded without it', async () => {
    const folder = tiny();
    changeManifest(folder, (manifest) => void delete manifest.files['tokenizer_config.json']);
    writeFileSync(path.join(folder, 'tokenizer_config.json'), 'no JSON');
    const model = await loadModel(request(folder));
    expect(model.manifest.files).not.toHaveProperty('tokenizer_config.json');
    await model.release();
  });
  it('needs the token of every task that it serves, and of no other', async () => {
    const folder = tiny();
    const forget = (manifest: Manifest): void =>
      void delete (manifest.specialTokens as Partial<SpecialTokens>).simplify;
    changeManifest(folder, forget);
    await expect(loadModel(request(folder))).rejects.toThrow(/"specialTokens\.simplify" must be a whole number/);
    changeManifest(folder, (manifest) => void (manifest.tasks = manifest.tasks.filter((task) => task !== 'simplify')));
    const model = await loadModel(request(folder));
    expect(model.manifest.tasks).not.toContain('simplify');
    await model.release();
  });
  it('on a GPU that takes it and does not run it runs on the CPU, and that is told', async () => {
    const told: string[] = [];
    const model = await loadModel({
      ...request(tiny()),
      device: 'webgpu',
      onFallback: (message) => told.push(message),
    });
    expect(model.device).toBe('cpu');
    expect(told).toEqual([expect.stringMatching(/does not run on webgpu here .*shader-f16.*CPU is used instead/)]);
    await model.release();
  });
});
