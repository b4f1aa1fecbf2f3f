/** The probe for saturating int8 products, and that slow and fast arithmetic agree where it says they do. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { isExact } from '../../../src/engine/model/integer-products';
import { addsProductsExactly } from '../../../src/engine/model/runtime';

const folder = path.join(__dirname, '../../../models/nar-base');

describe('int8 products', () => {
  it('count as exact only when every sum is', () => {
    const exact = new Int32Array(8 * 64).fill(64 * 255 * 127);
    expect(isExact(exact)).toBe(true);
    // vpmaddubsw: pairs of products saturate at 32,767.
    expect(isExact(exact.map(() => 32 * 32_767))).toBe(false);
    expect(isExact(exact.map((sum, index) => (index === 511 ? sum - 1 : sum)))).toBe(false);
    expect(isExact(exact.subarray(1))).toBe(false);
    expect(isExact(undefined)).toBe(false);
  });

  it('are asked of the processor: exact with VNNI and everywhere but on x64', async () => {
    const answer = await addsProductsExactly(ort);
    if (process.arch !== 'x64') expect(answer).toBe(true);
    else if (process.platform === 'linux')
      expect(answer).toBe(/\b(?:avx512_vnni|avx_vnni)\b/.test(readFileSync('/proc/cpuinfo', 'utf8')));
    else expect(typeof answer).toBe('boolean');
  });

  it('are not trusted when the probe cannot be run', async () => {
    const broken = {
      ...ort,
      InferenceSession: { create: () => Promise.reject(new Error('no')) },
    } as unknown as typeof ort;
    expect(await addsProductsExactly(broken)).toBe(false);
  });

  it('give the shipped model the same numbers in both arithmetics where they are exact', async () => {
    if (!(await addsProductsExactly(ort))) return; // this processor takes the slow one
    const { graph: shape } = JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8')) as {
      graph: Record<string, number>;
    };
    const ids = [2, 10, 400, 1200, 77, 3];
    const long = (values: number[], dims: number[]) =>
      new ort.Tensor('int64', BigInt64Array.from(values.map(BigInt)), dims);
    const dims = [shape['layers']!, 1, shape['heads']!, 0, shape['headSize']!];
    const feeds = {
      token_ids: long(ids, [1, 6]),
      positions: long(
        ids.map((_, index) => index),
        [1, 6],
      ),
      segments: long(
        ids.map(() => 0),
        [1, 6],
      ),
      attention_mask: new ort.Tensor('bool', new Uint8Array(36).fill(1), [1, 6, 6]),
      past_mask: new ort.Tensor('bool', new Uint8Array(0), [1, 0]),
      past_keys: new ort.Tensor('float32', new Float32Array(0), dims),
      past_values: new ort.Tensor('float32', new Float32Array(0), dims),
      logit_positions: long([2, 3], [1, 2]),
      score_ids: long([5, 400], [1, 2]),
    };
    const outputs = [];
    for (const extra of [{}, { extra: { session: { x64quantprecision: '1' } } }]) {
      const session = await ort.InferenceSession.create(path.join(folder, 'onnx/model_int8.onnx'), {
        executionProviders: ['cpu'],
        intraOpNumThreads: 1,
        ...extra,
      });
      const {
        score_log_probs: scores,
        operation_logits: operations,
        candidate_ids: candidates,
      } = await session.run(feeds);
      outputs.push([scores!.data, operations!.data, candidates!.data]);
      await session.release();
    }
    expect(outputs[0]).toEqual(outputs[1]);
  });
});
