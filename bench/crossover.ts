/**
 * node bench/run.mjs crossover [--runs 20] [--threads 1 --threads 2] [--json]: parallel decoding against left to right, same
 * weights, same process, for texts of 8 to 64 tokens. The two take turns, so a slow moment of the machine meets both;
 * processor time beside the clock, because on a busy machine only the former says what the work costs. A second thread has
 * something to do where many tokens are computed at once, and little in the passes of one token, so both are measured.
 */
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { benchmarkSentence, plainSentence, quantile } from '../src/engine/benchmark';
import { loadModel, type Model } from '../src/engine/model';
import { prepare } from '../src/engine/prepare';
import { decoders } from '../src/decode/index';
import type { ForwardRequest, ForwardResult, Network } from '../src/decode/network';
import type { DecodeOptions, DecoderName } from '../src/protocol/trace';

const budgets = [1, 2, 4, 8, 16];
const lengths = [8, 16, 32, 64];

interface Row { threads: number; tokens: number; name: string; passes: number; milliseconds: number; processor: number; least: number }

async function main(): Promise<void> {
  const { values } = parseArgs({ options: {
    runs: { type: 'string', default: '20' }, threads: { type: 'string', multiple: true, default: availableParallelism() > 1 ? ['1', '2'] : ['1'] },
    model: { type: 'string', default: '' }, models: { type: 'string' }, json: { type: 'boolean', default: false },
  } });
  const rows: Row[] = [];
  for (const threads of values.threads) {
    const model = await loadModel({ bundled: values.models ?? path.join(process.env['NAR_TEXT_ROOT']!, 'models'), path: values.model, device: 'cpu', dtype: 'auto', threads: Number(threads) });
    const before = rows.length;
    const sourceTokens = await measure(model, Number(threads), Number(values.runs), rows);
    if (!values.json) print(`${model.manifest.name} ${model.manifest.version} (${model.dtype}), source of ${sourceTokens} tokens, ${threads} thread${threads === '1' ? '' : 's'}, encode included`, rows.slice(before));
    await model.release();
  }
  if (values.json) console.log(JSON.stringify(rows, null, 2));
}

/** Appends the rows of one number of threads; returns the tokens of the source. */
async function measure(model: Model, threads: number, runs: number, rows: Row[]): Promise<number> {
  const { source } = prepare(plainSentence(benchmarkSentence), 'rephrase', model.tokenizer);
  const { end, drop } = model.network.specialTokens;
  // Neither may end early: <end> and <drop> give way to the second token, so that both write as many tokens as asked.
  const network: Network = {
    graph: model.network.graph, specialTokens: model.network.specialTokens,
    async forward(request: ForwardRequest): Promise<ForwardResult> {
      const result = await model.network.forward(request);
      for (let slot = 0; slot < result.candidateIds.length; slot += result.candidateIds.length / (result.slots * result.batch)) {
        while (result.candidateIds[slot] === end || result.candidateIds[slot] === drop) result.candidateIds.copyWithin(slot, slot + 1, slot + 8);
      }
      return result;
    },
  };
  const run = async (decoder: DecoderName, options: DecodeOptions): Promise<number> => {
    const generator = decoders[decoder]({ network, text: (id) => model.tokenizer.tokenText(id), now: () => performance.now() }, source, options);
    for (;;) {
      const next = await generator.next();
      if (next.done) return next.value.passes;
    }
  };
  for (const tokens of lengths) {
    const setups: [string, DecoderName, DecodeOptions][] = [
      ...budgets.map((passes): [string, DecoderName, DecodeOptions] => [`${passes} passes`, 'mask-predict', { passes, lengthBeam: 1, targetLength: tokens }]),
      ...budgets.slice(2).map((passes): [string, DecoderName, DecodeOptions] => [`${passes} passes, sliced`, 'mask-predict', { passes, lengthBeam: 1, targetLength: tokens, exact: false }]),
      ['left to right', 'autoregressive', { passes: tokens, targetLength: tokens }],
    ];
    const times = setups.map(() => ({ clock: [] as number[], processor: [] as number[], passes: 0 }));
    for (let turn = -2; turn < runs; turn++) {
      for (const [index, [, decoder, options]] of setups.entries()) {
        const processor = process.cpuUsage();
        const started = performance.now();
        times[index]!.passes = await run(decoder, options);
        if (turn < 0) continue; // warming up
        times[index]!.clock.push(performance.now() - started);
        const used = process.cpuUsage(processor);
        times[index]!.processor.push((used.user + used.system) / 1000);
      }
    }
    setups.forEach(([name], index) => {
      const { clock, processor, passes } = times[index]!;
      rows.push({ threads, tokens, name, passes, milliseconds: quantile(clock, 0.5), processor: quantile(processor, 0.5), least: Math.min(...processor) });
    });
  }
  return source.ids.length;
}

function print(title: string, rows: readonly Row[]): void {
  console.log(`\n${title}\n`);
  console.log('tokens'.padStart(6), ' ', 'decoder'.padEnd(20), 'clock ms', 'processor ms', 'least ms', 'times faster than left to right: clock', 'processor');
  for (const row of rows) {
    const other = rows.find(({ tokens, name }) => tokens === row.tokens && name === 'left to right')!;
    console.log(String(row.tokens).padStart(6), ' ', row.name.padEnd(20), row.milliseconds.toFixed(1).padStart(8), row.processor.toFixed(1).padStart(12), row.least.toFixed(1).padStart(8),
      (other.milliseconds / row.milliseconds).toFixed(1).padStart(38), (other.processor / row.processor).toFixed(1).padStart(9));
  }
}

await main();
