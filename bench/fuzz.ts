/**
 * node bench/run.mjs fuzz [--texts 10000] [--seed 1] [--models DIR] [--threshold P]: corrects texts that are put
 * together at random, of every format in turn, mistakes, pictures and broken markup in them
 * (test/unit/text/fuzzed-texts.ts). Told are errors, sentences that failed, changes outside of the corrections or
 * of prose, and texts that take more than two seconds of processor time. Exit code 1 when there is any. With
 * another model and --threshold 0 everything that is proposed is applied. Every text is the same for the same
 * number: --seed N --texts 1 repeats one.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Engine } from '../src/engine/engine';
import { messageOf } from '../src/engine/errors';
import { textFormats } from '../src/protocol/formats';
import { readProse } from '../src/text/prose';
import { editableRanges, faultsOf, fuzzedText } from '../test/unit/text/fuzzed-texts';

const mostSeconds = 2;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      texts: { type: 'string', default: '10000' },
      seed: { type: 'string', default: '1' },
      threshold: { type: 'string' },
      models: { type: 'string', default: path.join(process.env['NAR_TEXT_ROOT']!, 'models') },
    },
  });
  const threshold = values.threshold === undefined ? {} : { threshold: Number(values.threshold) };
  const [first, count] = [Number(values.seed), Number(values.texts)];
  const engine = new Engine({
    modelsFolder: values.models,
    settings: { model: { path: '', dtype: 'auto' }, device: 'cpu', threads: 1, idleMinutes: 0 },
  });
  await engine.load();
  if (engine.status.state === 'failed') throw new Error(engine.status.message);
  // What is compiled once is not counted: one text of each format.
  for (let seed = 0; seed < textFormats.length; seed += 1) await engine.correct(fuzzedText(seed));
  let [corrections, faulty, slowest, total] = [0, 0, 0, 0];
  for (let seed = first; seed < first + count; seed += 1) {
    const { format, text } = fuzzedText(seed);
    const before = process.cpuUsage();
    const faults: string[] = [];
    try {
      const result = await engine.correct({ text, format, ...threshold });
      corrections += result.corrections.length;
      for (const { message } of result.failures ?? []) faults.push(`a sentence failed: ${message}`);
      faults.push(...faultsOf(text, result, editableRanges(readProse(text, format))));
    } catch (error) {
      faults.push(messageOf(error));
    }
    const { user, system } = process.cpuUsage(before);
    const seconds = (user + system) / 1e6;
    if (seconds > mostSeconds) faults.push(`${seconds.toFixed(1)} s`);
    slowest = Math.max(slowest, seconds);
    total += seconds;
    if (faults.length > 0) faulty += 1;
    for (const fault of faults) console.log(`${seed} (${format}): ${fault}`);
    if ((seed - first + 1) % 1000 === 0)
      console.log(`${seed - first + 1} texts, ${corrections} corrections, ${faulty} faulty`);
  }
  await engine.dispose();
  console.log(
    `${count} texts, ${corrections} corrections, ${faulty} faulty; processor time ${((total / count) * 1000).toFixed(0)} ms a text, at most ${slowest.toFixed(2)} s`,
  );
  process.exitCode = faulty === 0 ? 0 : 1;
}

void main();
