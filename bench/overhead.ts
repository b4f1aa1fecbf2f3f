/**
 * What our own code costs beyond the bare `session.run`: both in one process, alternating, over the same tensors.
 *
 * The bare run gets tensors that were made before the clock started and returns its outputs untouched; ours starts from
 * the decoders' plain arrays and ends with theirs.
 */
import type { Cache } from '../src/decode/network';
import { quantile } from '../src/engine/benchmark';
import { graphOutputs } from '../src/engine/model/onnx-network';
import { loadModel } from '../src/engine/model/model';
import { createSession } from '../src/engine/model/runtime';
import path from 'node:path';
import { chooseDtype } from '../src/engine/model/read-manifest';

export interface OverheadRow {
  name: string;
  bareMilliseconds: number;
  ourMilliseconds: number;
  ratio: number;
}

const words =
  'The server reads the configuration file at startup, checks every value against the schema, and writes a warning to the log for each setting that it does not know yet.';

export async function overhead(modelsFolder: string, modelPath: string, repetitions = 150): Promise<OverheadRow[]> {
  const model = await loadModel({ bundled: modelsFolder, path: modelPath, device: 'cpu', dtype: 'auto', threads: 1 });
  const { file } = chooseDtype(model.manifest, 'auto', 'cpu');
  const session = await createSession({ file: () => path.join(model.folder, file), device: 'cpu', threads: 1 });
  const { begin, end, fix, mask } = model.network.specialTokens;
  const { graph } = model.manifest;
  const ids = model.tokenizer.encode(words).ids;
  const source = [begin, fix, ...ids, end];
  const draft = [begin, ...ids.map((id, index) => (index % 4 === 1 ? mask : id)), end];
  const slots = draft.flatMap((id, index) => (id === mask ? [index] : []));
  const { cache } = await model.network.forward({
    batch: 1,
    length: source.length,
    tokenIds: source,
    positions: source.map((_, index) => index),
    segments: source.map(() => 0),
  });

  const bare = (
    tokens: number[],
    segment: number,
    past: Cache | undefined,
    rows: number[],
  ): (() => Promise<unknown>) => {
    const integers = (values: number[]): ReturnType<typeof session.tensor> =>
      session.tensor('int64', BigInt64Array.from(values.map(BigInt)), [1, values.length]);
    const pastLength = past?.length ?? 0;
    const dims = [graph.layers, 1, graph.heads, pastLength, graph.headSize];
    const feeds = {
      token_ids: integers(tokens),
      positions: integers(tokens.map((_, index) => index)),
      segments: integers(tokens.map(() => segment)),
      attention_mask: session.tensor('bool', new Uint8Array(tokens.length ** 2).fill(1), [
        1,
        tokens.length,
        tokens.length,
      ]),
      past_mask: session.tensor('bool', new Uint8Array(pastLength).fill(1), [1, pastLength]),
      past_keys: session.tensor('float32', past?.keys ?? new Float32Array(0), dims),
      past_values: session.tensor('float32', past?.values ?? new Float32Array(0), dims),
      logit_positions: integers(rows.length > 0 ? rows : [0]),
      score_ids: integers(rows.length > 0 ? rows.map(() => 0) : [0]),
    };
    const outputs = rows.length > 0 ? graphOutputs : graphOutputs.slice(0, 6);
    return () => session.run(feeds, outputs);
  };
  const ours =
    (tokens: number[], segment: number, past: Cache | undefined, rows: number[]): (() => Promise<unknown>) =>
    () =>
      model.network.forward({
        batch: 1,
        length: tokens.length,
        tokenIds: tokens,
        positions: tokens.map((_, index) => index),
        segments: tokens.map(() => segment),
        ...(past ? { past } : {}),
        ...(rows.length > 0 ? { logitPositions: rows } : {}),
      });
  const rows: OverheadRow[] = [];
  const shapes: [string, number[], number, Cache | undefined, number[]][] = [
    [`encode ${source.length} tokens`, source, 0, undefined, []],
    [`refine ${draft.length} tokens, ${slots.length} slots, past ${source.length}`, draft, 1, cache, slots],
    [`two tokens, past ${source.length}`, [draft[1]!, mask], 1, cache, [1]],
  ];
  for (const [name, ...shape] of shapes) {
    const runs = [bare(...shape), ours(...shape)];
    const times: number[][] = [[], []];
    for (let repetition = -10; repetition < repetitions; repetition++) {
      for (const which of repetition % 2 === 0 ? [0, 1] : [1, 0]) {
        const started = performance.now();
        await runs[which]!();
        if (repetition >= 0) times[which]!.push(performance.now() - started);
      }
    }
    const [bareMilliseconds, ourMilliseconds] = times.map((list) => quantile(list, 0.5)) as [number, number];
    rows.push({ name, bareMilliseconds, ourMilliseconds, ratio: ourMilliseconds / bareMilliseconds });
  }
  await session.release();
  await model.release();
  return rows;
}
