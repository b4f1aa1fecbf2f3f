/**
 * node bench/run.mjs da-transformer [--runs 20] [--json]: what a graph of λ N vertices costs beside the other ways to
 * write a whole target, same weights, same process, taking turns. The links are untrained (rank 64, as training makes
 * them): time does not depend on what they say, except for the number of tokens on the path, which costs nothing.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { decoders } from '../src/decode/index';
import { readLinkTable } from '../src/decode/lattice/link-table';
import type { Network } from '../src/decode/network';
import { benchmarkSentence, plainSentence, quantile } from '../src/engine/benchmark';
import { loadModel } from '../src/engine/model/model';
import { prepare } from '../src/engine/document/prepare';
import { pathSearches, type DecodeOptions, type DecoderName } from '../src/protocol/trace';

const rank = 64;
const distances = 32;

/** dag.bin with small, fixed numbers. */
function untrainedLinks(width: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(24 + 4 * (2 * width * rank + distances)));
  new Uint8Array(view.buffer).set(Buffer.from('NARDAG1\0', 'latin1'));
  [width, rank, distances, 4].forEach((value, index) => {
    view.setUint32(8 + 4 * index, value, true);
  });
  for (let at = 24; at < view.byteLength; at += 4) view.setFloat32(at, Math.sin(at) / Math.sqrt(width), true);
  return new Uint8Array(view.buffer);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '20' },
      model: { type: 'string', default: '' },
      models: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const model = await loadModel({
    bundled: values.models ?? path.join(process.env['NAR_TEXT_ROOT']!, 'models'),
    path: values.model,
    device: 'cpu',
    dtype: 'auto',
    threads: 1,
  });
  const { source } = prepare(plainSentence(benchmarkSentence), 'rephrase', model.tokenizer);
  const links = readLinkTable(untrainedLinks(model.manifest.graph.width), model.manifest.graph.width);
  const processor = (): number => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  };
  let inside = 0;
  const network: Network = {
    graph: model.network.graph,
    specialTokens: model.network.specialTokens,
    async forward(request) {
      const started = processor();
      const result = await model.network.forward(request);
      inside += processor() - started;
      return result;
    },
  };
  const length = source.ids.length;
  const setups: [string, DecoderName, DecodeOptions][] = [
    ['single pass', 'single-pass', { lengthBeam: 1, targetLength: length }],
    ...[4, 10].map((passes): [string, DecoderName, DecodeOptions] => [
      `Mask-Predict, ${passes} passes`,
      'mask-predict',
      { passes, lengthBeam: 1, targetLength: length },
    ]),
    ...[1, 2, 4, 8].map((upsampling): [string, DecoderName, DecodeOptions] => [
      `λ = ${upsampling}, lookahead`,
      'da-transformer',
      { upsampling },
    ]),
    ...pathSearches
      .filter((one) => one !== 'lookahead')
      .map((pathSearch): [string, DecoderName, DecodeOptions] => [
        `λ = 4, ${pathSearch}`,
        'da-transformer',
        { upsampling: 4, pathSearch },
      ]),
  ];
  const times = setups.map(() => ({ whole: [] as number[], network: [] as number[], queryTokens: 0 }));
  for (let turn = -2; turn < Number(values.runs); turn++) {
    for (const [index, [, decoder, options]] of setups.entries()) {
      inside = 0;
      const started = processor();
      let queryTokens = 0;
      for await (const step of decoders[decoder](
        { network, tables: { links }, text: (id) => model.tokenizer.tokenText(id), now: () => performance.now() },
        source,
        options,
      ))
        queryTokens += step.queryTokens;
      times[index]!.queryTokens = queryTokens;
      if (turn < 0) continue; // warming up
      times[index]!.whole.push(processor() - started);
      times[index]!.network.push(inside);
    }
  }
  const rows = setups.map(([name], index) => ({
    name,
    queryTokens: times[index]!.queryTokens,
    milliseconds: quantile(times[index]!.whole, 0.5),
    network: quantile(times[index]!.network, 0.5),
  }));
  if (values.json) {
    console.log(JSON.stringify(rows, null, 2));
    return;
  }
  console.log(
    `${model.manifest.name} ${model.manifest.version} (${model.dtype}), source of ${length} tokens, 1 thread, encode included; processor time, median of ${values.runs}\n`,
  );
  console.log('decoder'.padEnd(26), 'tokens', 'whole ms', 'network ms', 'ours ms');
  for (const row of rows)
    console.log(
      row.name.padEnd(26),
      String(row.queryTokens).padStart(6),
      row.milliseconds.toFixed(1).padStart(8),
      row.network.toFixed(1).padStart(10),
      (row.milliseconds - row.network).toFixed(1).padStart(7),
    );
}

await main();
