/**
 * node bench/run.mjs: prints the figures; nothing here is part of the test suite, because times depend on the machine.
 */
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Engine } from '../src/engine/engine';
import { loadModel } from '../src/engine/model/model';
import { editorFigures } from './editor';
import { overhead } from './overhead';
import { takeTurns, timesFaster } from './turns';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      model: { type: 'string', default: '' },
      models: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const root = process.env['NAR_TEXT_ROOT']!;
  const modelsFolder = values.models ?? path.join(root, 'models');
  const rows = await overhead(modelsFolder, values.model);
  const engine = new Engine({
    modelsFolder,
    settings: { model: { path: values.model, dtype: 'auto' }, device: 'cpu', threads: 1, idleMinutes: 0 },
  });
  const decoders = await engine.benchmark();
  await engine.dispose();
  const editor = await editorFigures(root, modelsFolder, values.model, path.join(root, 'dist/server.js'));
  const parallelSpeedUp: Record<string, number> = {};
  for (const threads of availableParallelism() > 1 ? [1, 2] : [1]) {
    const model = await loadModel({ bundled: modelsFolder, path: values.model, device: 'cpu', dtype: 'auto', threads });
    const { rows: turns } = await takeTurns(model, { runs: 40, lengths: [32], budgets: [1] });
    parallelSpeedUp[threads] = timesFaster(turns[0]!, turns).clock;
    await model.release();
  }
  if (values.json) {
    console.log(JSON.stringify({ overhead: rows, decoders, editor, parallelSpeedUp }, null, 2));
    return;
  }
  const time = (value: number): string => value.toFixed(2).padStart(9);
  console.log(`${decoders.model} on ${decoders.device}, 1 thread\n`);
  console.log('Overhead over the bare session.run (median ms)              bare      ours   ratio   (at most 1.15)');
  for (const row of rows)
    console.log(
      `  ${row.name.padEnd(52)} ${time(row.bareMilliseconds)} ${time(row.ourMilliseconds)}   ${row.ratio.toFixed(3)}`,
    );
  console.log('\nDecoders (ms)                                             median       p95  passes  tokens');
  for (const row of decoders.rows)
    console.log(
      `  ${row.name.padEnd(52)} ${time(row.medianMilliseconds)} ${time(row.p95Milliseconds)}  ${String(row.passes).padStart(6)}  ${String(row.tokens).padStart(6)}`,
    );
  for (const [threads, times] of Object.entries(parallelSpeedUp))
    console.log(
      `  one parallel pass for 32 tokens against left to right in turns, ${threads === '1' ? '1 thread ' : '2 threads'}: ${times.toFixed(1)} times faster   (at least 5)`,
    );
  console.log('\nThrough the server process');
  console.log(`  start to first diagnostics                 ${time(editor.startMilliseconds)} ms`);
  console.log(
    `  keystroke to diagnostics, ${editor.keystroke.words} words, p50     ${time(editor.keystroke.medianMilliseconds)} ms   (at most 15)`,
  );
  console.log(
    `  keystroke to diagnostics, ${editor.keystroke.words} words, p95     ${time(editor.keystroke.p95Milliseconds)} ms   (at most 40)`,
  );
  console.log(
    `  document of ${editor.document.characters} characters, cold       ${time(editor.document.coldMilliseconds)} ms   (at most 1,500)`,
  );
  console.log(`  the same again                             ${time(editor.document.warmMilliseconds)} ms`);
  console.log(
    `  after a one-word edit                      ${time(editor.document.afterEditMilliseconds)} ms   (at most 50)`,
  );
  if (editor.memory)
    console.log(
      `  memory, resident / peak                    ${time(editor.memory.resident)} / ${editor.memory.peak.toFixed(0)} MB   (at most 350)`,
    );
}

await main();
