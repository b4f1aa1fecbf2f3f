/**
 * node bench/pairs.mjs: what each decoder makes of the same sentences, and what it costs. Lines of standard input are
 * JSON: {"before", "after"}. Word F1 is the overlap with the reference as bags of words; a copy of the source is the
 * first row, because a decoder that changes little must beat it.
 */
import { decoderNames } from '../src/protocol/decoders';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Engine } from '../src/engine/engine';
import type { DecodeOptions, DecoderName, Task } from '../src/protocol/trace';

interface Row {
  name: string;
  f1: number[];
  copies: number;
  repetition: number[];
  passes: number[];
  milliseconds: number[];
}

const words = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}'’-]+/gu) ?? [];

function f1(output: string, reference: string): number {
  const left = words(output);
  const rest = words(reference);
  const size = left.length + rest.length;
  let common = 0;
  for (const word of left) {
    const at = rest.indexOf(word);
    if (at < 0) continue;
    rest.splice(at, 1);
    common++;
  }
  return size === 0 ? 1 : (2 * common) / size;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

const { values } = parseArgs({
  options: {
    task: { type: 'string', default: 'rephrase' },
    decoders: { type: 'string' },
    passes: { type: 'string', default: '' },
    model: { type: 'string', default: '' },
    options: { type: 'string', default: '{}' },
    show: { type: 'string', default: '0' },
    limit: { type: 'string', default: '100' },
  },
});
const pairs = readFileSync(0, 'utf8')
  .split('\n')
  .filter(Boolean)
  .slice(0, Number(values.limit))
  .map((line) => JSON.parse(line) as { before: string; after: string });
const root = process.env['NAR_TEXT_ROOT']!;
const engine = new Engine({
  modelsFolder: path.join(root, 'models'),
  settings: { model: { path: values.model, dtype: 'auto' }, device: 'cpu', threads: 1, idleMinutes: 0 },
});
const rows: Row[] = [
  {
    name: 'copy of the source',
    f1: pairs.map(({ before, after }) => f1(before, after)),
    copies: pairs.length,
    repetition: [],
    passes: [],
    milliseconds: [],
  },
];
for (const decoder of (values.decoders?.split(',') ?? decoderNames) as DecoderName[]) {
  for (const passes of values.passes === '' ? [undefined] : values.passes.split(',').map(Number)) {
    const options: DecodeOptions = { ...(passes ? { passes } : {}), ...(JSON.parse(values.options) as DecodeOptions) };
    const row: Row = {
      name: `${decoder}${passes ? `, ${passes} passes` : ''}`,
      f1: [],
      copies: 0,
      repetition: [],
      passes: [],
      milliseconds: [],
    };
    for (const [index, { before, after }] of pairs.entries()) {
      const trace = await engine.trace({ text: before, format: 'plain', task: values.task as Task, decoder, options });
      row.f1.push(f1(trace.output, after));
      if (trace.output === trace.sourceText) row.copies++;
      row.repetition.push(trace.steps.at(-1)?.repetitionRatio ?? 0);
      row.passes.push(trace.passes);
      row.milliseconds.push(trace.milliseconds);
      if (index < Number(values.show)) console.log(`${decoder}: ${trace.output}`);
    }
    rows.push(row);
  }
}
await engine.dispose();
console.log(`${pairs.length} sentences, task ${values.task}`);
console.log(`${'decoder'.padEnd(34)}  word F1  copies  repetition  passes  ms (median)`);
for (const { name, f1: scores, copies, repetition, passes, milliseconds } of rows) {
  console.log(
    [
      name.padEnd(34),
      (100 * mean(scores)).toFixed(1).padStart(8),
      `${copies}`.padStart(7),
      (100 * mean(repetition)).toFixed(1).padStart(11),
      mean(passes).toFixed(1).padStart(7),
      median(milliseconds).toFixed(1).padStart(12),
    ].join(' '),
  );
}
