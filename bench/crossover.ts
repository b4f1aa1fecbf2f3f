/**
 * node bench/run.mjs crossover [--runs 20] [--threads 1 --threads 2] [--json]: parallel decoding against left to right,
 * same weights, in turns (turns.ts), for texts of 8 to 64 tokens; processor time beside the clock, because on a busy
 * machine only the former says what the work costs. A second thread has something to do where many tokens are computed
 * at once, and little in the passes of one token, so both are measured.
 */
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadModel } from '../src/engine/model/model';
import { takeTurns, timesFaster, type Turn } from './turns';

const budgets = [1, 2, 4, 8, 16];
const lengths = [8, 16, 32, 64];

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '20' },
      threads: { type: 'string', multiple: true, default: availableParallelism() > 1 ? ['1', '2'] : ['1'] },
      model: { type: 'string', default: '' },
      models: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const all: (Turn & { threads: number })[] = [];
  for (const threads of values.threads) {
    const model = await loadModel({
      bundled: values.models ?? path.join(process.env['NAR_TEXT_ROOT']!, 'models'),
      path: values.model,
      device: 'cpu',
      dtype: 'auto',
      threads: Number(threads),
    });
    const { sourceTokens, rows } = await takeTurns(model, { runs: Number(values.runs), lengths, budgets });
    all.push(...rows.map((row) => ({ threads: Number(threads), ...row })));
    if (!values.json)
      print(
        `${model.manifest.name} ${model.manifest.version} (${model.dtype}), source of ${sourceTokens} tokens, ${threads} thread${threads === '1' ? '' : 's'}, encode included`,
        rows,
      );
    await model.release();
  }
  if (values.json) console.log(JSON.stringify(all, null, 2));
}

function print(title: string, rows: readonly Turn[]): void {
  console.log(`\n${title}\n`);
  console.log(
    'tokens'.padStart(6),
    ' ',
    'decoder'.padEnd(20),
    'clock ms',
    'processor ms',
    'least ms',
    'times faster than left to right: clock',
    'processor',
  );
  for (const row of rows) {
    const { clock, processor } = timesFaster(row, rows);
    console.log(
      String(row.tokens).padStart(6),
      ' ',
      row.name.padEnd(20),
      row.milliseconds.toFixed(1).padStart(8),
      row.processor.toFixed(1).padStart(12),
      row.least.toFixed(1).padStart(8),
      clock.toFixed(1).padStart(38),
      processor.toFixed(1).padStart(9),
    );
  }
}

await main();
