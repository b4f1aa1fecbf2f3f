/**
 * node bench/run.mjs decoders --pairs FILE [--task rephrase] [--limit 60] [--only NAME] [--json]: what each
 * decoder of whole targets costs and gives on the same texts with the same weights. FILE: lines {"source",
 * "target"} (or "targets"). All decoders take their turn on a text before the next one, so that a slow moment
 * of the machine meets them all.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Engine } from '../src/engine/engine';
import { quantile } from '../src/engine/benchmark';
import { decoderNames, decoderRecords } from '../src/protocol/decoders';
import type { DecodeOptions, DecoderName, Task, Trace } from '../src/protocol/trace';

/** The budgets of the papers, in forward passes after the encode. */
const ofPapers: [DecoderName, DecodeOptions][] = [
  ['single-pass', { lengthBeam: 1 }],
  ['single-pass', { lengthBeam: 1, sourceCopy: true }],
  ['single-pass', { lengthBeam: 5 }],
  ['single-pass', { lengthBeam: 5, rerankWeight: 0.5, passes: 2 }],
  ['noisy-parallel', {}],
  ['noisy-parallel', { rerankWeight: 0 }],
  ['inat', { passes: 10 }],
  ['mask-predict', { passes: 4, lengthBeam: 1 }],
  ['mask-predict', { passes: 10, lengthBeam: 1 }],
  ['mask-predict', { passes: 10, lengthBeam: 1, stopWhenStable: true, sureProbability: 0.9 }],
  ['mask-predict', { passes: 10, lengthBeam: 1, exact: false }],
  ['llada', { passes: 10, exact: false }],
  ['mist', { passes: 1 }],
  ['mist', { passes: 5 }],
  ['mist', { passes: 11 }],
  ['mist-cached', { passes: 3 }],
  ['mist-cached', { passes: 6 }],
  ['llada', { passes: 4 }],
  ['llada', { passes: 10 }],
  ['llada', { passes: 10, blockSize: 8 }],
  ['llada', { passes: 10, sureProbability: 0.9 }],
  ['dream', { passes: 10, order: 'probability' }],
  ['dream', { passes: 10, order: 'margin' }],
  ['dream', { passes: 10, order: 'entropy' }],
  ['fast-dllm', { sureProbability: 0.9 }],
  ['fast-dllm', { sureProbability: 0.7 }],
  ['fast-dllm', { sureProbability: 0.5 }],
  ['remdm', { passes: 10 }],
  ['bang', {}],
  ['autoregressive', {}],
  ['semi-autoregressive', { blockSize: 2 }],
  ['semi-autoregressive', { blockSize: 4 }],
  ['semi-autoregressive', { blockSize: 8 }],
  ['blockwise-parallel', { blockSize: 4 }],
  ['blockwise-parallel', { blockSize: 8 }],
  ['janus', { fallbackProbability: 0 }],
  ['janus', { fallbackProbability: 0.1 }],
  ['janus', { fallbackProbability: 0.2 }],
  ['janus', { fallbackProbability: 0.3 }],
];
/** The others that write a text with any model, as they are by themselves. */
const plain = decoderNames
  .filter((name) => 'targetLength' in decoderRecords[name].options && decoderRecords[name].needs === undefined)
  .filter((name) => !ofPapers.some(([named]) => named === name))
  .map((name): [DecoderName, DecodeOptions] => [name, {}]);
const allSetups = [...ofPapers, ...plain];

interface Pair {
  source: string;
  targets: string[];
}
interface Row {
  name: string;
  medianMilliseconds: number;
  passes: number;
  queryTokens: number;
  /** Share of neighbouring equal tokens, raw. */
  repetition: number;
  /** F1 of words and of pairs of words against the nearest target, and of words against the source. */
  words: number;
  pairs: number;
  copied: number;
  /** Share of outputs that are the text of `autoregressive`. */
  asLeftToRight: number;
  /** Mean tokens a verify pass settled. */
  accepted?: number;
}

const words = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
const bigrams = (text: string): string[] =>
  words(text)
    .slice(1)
    .map((word, index) => `${words(text)[index]} ${word}`);

function f1(left: string[], right: string[]): number {
  const counts = new Map<string, number>();
  for (const entry of right) counts.set(entry, (counts.get(entry) ?? 0) + 1);
  let common = 0;
  for (const entry of left) {
    const count = counts.get(entry) ?? 0;
    if (count > 0) common++;
    counts.set(entry, count - 1);
  }
  return left.length + right.length === 0 ? 0 : (2 * common) / (left.length + right.length);
}

const mean = (values: number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      pairs: { type: 'string' },
      task: { type: 'string', default: 'rephrase' },
      limit: { type: 'string', default: '60' },
      model: { type: 'string', default: '' },
      models: { type: 'string' },
      dtype: { type: 'string', default: 'auto' },
      only: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  if (!values.pairs) throw new Error('--pairs FILE is missing: lines of {"source", "target"}');
  const pairs = readFileSync(values.pairs, 'utf8')
    .split('\n')
    .filter(Boolean)
    .slice(0, Number(values.limit))
    .map((line): Pair => {
      const record = JSON.parse(line) as {
        source?: string;
        before?: string;
        target?: string;
        after?: string;
        targets?: string[];
      };
      return {
        source: (record.source ?? record.before)!,
        targets: record.targets ?? [(record.target ?? record.after)!],
      };
    });
  const engine = new Engine({
    modelsFolder: values.models ?? path.join(process.env['NAR_TEXT_ROOT']!, 'models'),
    settings: { model: { path: values.model, dtype: values.dtype }, device: 'cpu', threads: 1, idleMinutes: 0 },
  });
  // Left to right stays in: the others are compared with it.
  const setups = allSetups.filter(
    ([name]) => values.only === undefined || name === values.only || name === 'autoregressive',
  );
  const traces: Trace[][] = setups.map(() => []);
  for (const [index, { source }] of [pairs[0]!, ...pairs].entries()) {
    for (const [setup, [decoder, options]] of setups.entries()) {
      const trace = await engine.trace({ task: values.task as Task, text: source, format: 'plain', decoder, options });
      if (index > 0) traces[setup]!.push(trace); // the first text warms up
    }
  }
  await engine.dispose();
  const leftToRight = traces[setups.findIndex(([name]) => name === 'autoregressive')]!;
  const rows = setups.map(([decoder, options], setup): Row => {
    const list = traces[setup]!;
    const verified = list.flatMap(({ steps }) => steps.flatMap((step) => step.accepted?.tokens ?? []));
    return {
      name: [decoder, ...Object.entries(options).map(([name, value]) => `${name}=${String(value)}`)].join(' '),
      medianMilliseconds: quantile(
        list.map(({ milliseconds }) => milliseconds),
        0.5,
      ),
      passes: mean(list.map(({ passes }) => passes - 1)),
      queryTokens: mean(list.map(({ steps }) => steps.reduce((sum, step) => sum + step.queryTokens, 0))),
      repetition: mean(list.map(({ steps }) => steps.at(-1)!.repetitionRatio)),
      words: mean(
        list.map(({ output }, index) =>
          Math.max(...pairs[index]!.targets.map((target) => f1(words(output), words(target)))),
        ),
      ),
      pairs: mean(
        list.map(({ output }, index) =>
          Math.max(...pairs[index]!.targets.map((target) => f1(bigrams(output), bigrams(target)))),
        ),
      ),
      copied: mean(list.map(({ output }, index) => f1(words(output), words(pairs[index]!.source)))),
      asLeftToRight: mean(list.map(({ output }, index) => (output === leftToRight[index]!.output ? 1 : 0))),
      ...(verified.length > 0 ? { accepted: mean(verified) } : {}),
    };
  });
  if (values.json) {
    console.log(JSON.stringify({ task: values.task, texts: pairs.length, rows }, null, 2));
    return;
  }
  const { model } = traces[0]![0]!;
  console.log(
    `${model.name} ${model.version} (${model.dtype}) on ${model.device}, task ${values.task}, ${pairs.length} texts\n`,
  );
  console.log(
    'decoder'.padEnd(66),
    'median ms',
    'passes',
    'queries',
    'repeats %',
    'words F1',
    'pairs F1',
    'as source',
    'as l-to-r %',
    'accepted',
  );
  const number = (value: number, width: number, digits: number): string => value.toFixed(digits).padStart(width);
  for (const row of rows) {
    console.log(
      row.name.padEnd(66),
      number(row.medianMilliseconds, 9, 1),
      number(row.passes, 6, 1),
      number(row.queryTokens, 7, 0),
      number(100 * row.repetition, 9, 2),
      number(100 * row.words, 8, 1),
      number(100 * row.pairs, 8, 1),
      number(100 * row.copied, 9, 1),
      number(100 * row.asLeftToRight, 11, 0),
      row.accepted === undefined ? '' : number(row.accepted, 8, 2),
    );
  }
}

await main();
