/**
 * node bench/run.mjs networks [--model DIR --model DIR …] [--runs 25] [--threads 1 --threads 2] [--json]: one
 * encode pass of several networks in turns in one process (default: all bundled ones), by length and batch.
 * Processor time beside the clock, because on a busy machine only the former says what a pass costs; a second
 * thread shows on the clock alone.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { quantile } from '../src/engine/benchmark';
import { loadModel, type Model } from '../src/engine/model/model';
import { listModels } from '../src/engine/model/model-folders';

const shapes = [
  { batch: 1, length: 12 },
  { batch: 1, length: 24 },
  { batch: 1, length: 36 },
  { batch: 1, length: 64 },
  { batch: 4, length: 24 },
  { batch: 8, length: 24 },
];

interface Row {
  name: string;
  threads: number;
  batch: number;
  length: number;
  /** Medians, milliseconds for one row of the batch. */
  processor: number;
  clock: number;
}

async function pass({ network }: Model, batch: number, length: number, seed: number): Promise<[number, number]> {
  const { vocabulary } = network.graph;
  const tokenIds = Array.from(
    { length: batch * length },
    (_, at) => 40 + ((at * 7919 + seed * 31) % (vocabulary - 40)),
  );
  const request = {
    batch,
    length,
    tokenIds,
    positions: tokenIds.map((_, at) => at % length),
    segments: tokenIds.map(() => 0),
  };
  const before = process.cpuUsage();
  const started = performance.now();
  await network.forward(request);
  const { user, system } = process.cpuUsage(before);
  return [(user + system) / 1000 / batch, (performance.now() - started) / batch];
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      model: { type: 'string', multiple: true },
      runs: { type: 'string', default: '25' },
      threads: { type: 'string', multiple: true, default: ['1', '2'] },
      json: { type: 'boolean', default: false },
    },
  });
  const bundled = path.join(process.env['NAR_TEXT_ROOT']!, 'models');
  const folders = values.model ?? (await listModels(bundled, '')).map(({ folder }) => folder);
  const rows: Row[] = [];
  for (const threads of values.threads.map(Number)) {
    const open = (folder: string): Promise<Model> =>
      loadModel({ bundled, path: folder, device: 'cpu', dtype: 'auto', threads });
    const models = await Promise.all(folders.map(open));
    for (const { batch, length } of shapes) {
      const times = models.map(() => ({ processor: [] as number[], clock: [] as number[] }));
      for (let run = -2; run < Number(values.runs); run++) {
        for (const [index, model] of models.entries()) {
          const [processor, clock] = await pass(model, batch, length, run);
          if (run < 0) continue;
          times[index]!.processor.push(processor);
          times[index]!.clock.push(clock);
        }
      }
      rows.push(
        ...models.map(({ manifest: { name } }, index) => ({
          name,
          threads,
          batch,
          length,
          processor: quantile(times[index]!.processor, 0.5),
          clock: quantile(times[index]!.clock, 0.5),
        })),
      );
    }
    for (const model of models) await model.release();
  }
  if (values.json) {
    console.log(JSON.stringify(rows, null, 2));
    return;
  }
  console.log('threads  batch  length  network            processor ms   clock ms (one row)   of the first network');
  for (const { name, threads, batch, length, processor, clock } of rows) {
    const first = rows.find((row) => row.threads === threads && row.batch === batch && row.length === length)!;
    console.log(
      `${String(threads).padStart(7)} ${String(batch).padStart(6)} ${String(length).padStart(7)}  ${name.padEnd(18)} ${processor.toFixed(2).padStart(12)} ${clock.toFixed(2).padStart(10)} ${(processor / first.processor).toFixed(2).padStart(22)}`,
    );
  }
}

await main();
