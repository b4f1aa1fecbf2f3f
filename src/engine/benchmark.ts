/** How fast this machine is with this model: the same work each time, medians over repeated runs in one process. */
import { decoderFor } from '../protocol/decoder-facts';
import type { BenchmarkResult } from '../protocol/requests';
import type { DecodeOptions, DecoderName, Task } from '../protocol/trace';
import type { Sentence } from '../text/types';
import type { TaskContext } from './task-context';
import { throwIfCancelled } from './errors';
import { findAll } from '../english/prior/prior';
import { prepare } from './document/prepare';
import { runDecoder } from './run-decoder';

/** Thirty words of technical prose with one typing mistake, so that the correction has something to fill. */
export const benchmarkSentence =
  'The server reads teh configuration file at startup, checks every value against the schema, and writes a warning to the log for each setting that it does not know yet.';
const targetTokens = 32;

interface Row {
  name: string;
  task: Task;
  decoder: DecoderName;
  options: DecodeOptions;
}
const rowsToMeasure: Row[] = [
  { name: 'correct, edit tags, 30 words', task: 'fix', decoder: decoderFor('fix'), options: {} },
  { name: 'correct, Levenshtein, 30 words', task: 'fix', decoder: decoderFor('fixInRounds'), options: { passes: 2 } },
  {
    name: `rephrase, 1 pass, ${targetTokens} tokens`,
    task: 'rephrase',
    decoder: decoderFor('writeInRounds'),
    options: { passes: 1, lengthBeam: 1, targetLength: targetTokens },
  },
  {
    name: `rephrase, 4 passes, ${targetTokens} tokens`,
    task: 'rephrase',
    decoder: decoderFor('writeInRounds'),
    options: { passes: 4, lengthBeam: 1, targetLength: targetTokens },
  },
  {
    name: 'left to right',
    task: 'rephrase',
    decoder: decoderFor('writeInOrder'),
    options: { passes: targetTokens, targetLength: targetTokens },
  },
];

export function plainSentence(text: string): Sentence {
  return {
    text,
    pieces: [{ viewStart: 0, sourceStart: 0, length: text.length, protected: false }],
    block: 'paragraph',
    blockIndex: 0,
    start: 0,
    end: text.length,
  };
}

/**
 * @param context the model that corrects
 * @param rewriting the model that paraphrases, which may be the same
 * @param repetitions runs a row after two to warm up
 */
export async function benchmark(
  context: TaskContext,
  rewriting: TaskContext,
  repetitions = 20,
): Promise<BenchmarkResult> {
  const rows: BenchmarkResult['rows'] = [];
  const measure = async (name: string, work: () => Promise<{ passes: number; tokens: number }>): Promise<void> => {
    const times: number[] = [];
    let latest = { passes: 0, tokens: 0 };
    for (let run = -2; run < repetitions; run++) {
      throwIfCancelled(context.signal);
      const started = performance.now();
      latest = await work();
      if (run >= 0) times.push(performance.now() - started);
    }
    rows.push({ name, medianMilliseconds: quantile(times, 0.5), p95Milliseconds: quantile(times, 0.95), ...latest });
    context.onProgress?.(rows.length, rowsToMeasure.length + 1);
  };
  const {
    network,
    model: { tokenizer },
  } = context;
  const sentence = plainSentence(benchmarkSentence);
  const { begin, end, fix } = network.specialTokens;
  const ids = [begin, fix, ...tokenizer.encode(sentence.text).ids, end];
  await measure('one forward pass, 30 words', async () => {
    await network.forward({
      batch: 1,
      length: ids.length,
      tokenIds: ids,
      positions: ids.map((_, index) => index),
      segments: ids.map(() => 0),
    });
    return { passes: 1, tokens: ids.length };
  });
  for (const { name, task, decoder, options } of rowsToMeasure) {
    const own = task === 'fix' ? context : rewriting;
    const { source } = prepare(
      sentence,
      task,
      own.model.tokenizer,
      task === 'fix' ? findAll(sentence, own.lexicon) : [],
    );
    await measure(name, async () => {
      const before = own.network.passes;
      const result = await runDecoder(own, decoder, source, options);
      return { passes: own.network.passes - before, tokens: result.ids.length };
    });
  }
  return {
    model: [...new Set([context, rewriting].map(nameOf))].join(', '),
    device: context.model.device,
    rows,
  };
}

function nameOf({ model: { manifest, dtype } }: TaskContext): string {
  return `${manifest.name} ${manifest.version} (${dtype})`;
}

/** @param share 0.5 for the median; nearest rank */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
