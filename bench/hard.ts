/**
 * node bench/run.mjs hard [--length 1000000] [--name PART] [--read] [--models DIR]: what the documents of
 * test/unit/text/pathological-documents.ts cost at a tenth of the length and at all of it; with --read the reading
 * alone, else a whole correction. Processor time, since the clock of a busy machine says nothing. Exit code 1 when one
 * takes more than two seconds, or grows faster than 15 times for ten times the text.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Engine } from '../src/engine/engine';
import { messageOf } from '../src/engine/errors';
import { grammarReady, readProse } from '../src/text/prose';
import { pathological, type Pathological } from '../test/unit/text/pathological-documents';

const mostSeconds = 2;
const mostGrowth = 15;
/** Below this the growth says nothing. */
const leastSeconds = 0.5;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      length: { type: 'string', default: '1000000' },
      name: { type: 'string', default: '' },
      read: { type: 'boolean', default: false },
      models: { type: 'string', default: path.join(process.env['NAR_TEXT_ROOT']!, 'models') },
    },
  });
  const length = Number(values.length);
  const engine = new Engine({
    modelsFolder: values.models,
    settings: { model: { path: '', dtype: 'auto' }, device: 'cpu', threads: 1, idleMinutes: 0 },
  });
  if (!values.read) await engine.load();
  const cost = async ({ format, make }: Pathological, size: number): Promise<{ seconds: number; note: string }> => {
    const text = make(size).slice(0, size);
    const before = process.cpuUsage();
    let note = '';
    try {
      await grammarReady(format);
      const { unread } = values.read ? readProse(text, format) : await engine.correct({ text, format });
      if (unread && unread.length > 0) note = 'left in part';
    } catch (error) {
      note = messageOf(error).slice(0, 60);
    }
    const { user, system } = process.cpuUsage(before);
    return { seconds: (user + system) / 1e6, note };
  };
  let wrong = 0;
  const chosen = pathological.filter(({ name }) => name.includes(values.name));
  for (const document of chosen) {
    await cost(document, 10_000); // what is compiled once is not counted
    const short = await cost(document, length / 10);
    const long = await cost(document, length);
    const growth = long.seconds / Math.max(short.seconds, 0.001);
    const isWrong = long.seconds > mostSeconds || (long.seconds > leastSeconds && growth > mostGrowth);
    if (isWrong) wrong += 1;
    const figures = `${short.seconds.toFixed(2).padStart(6)} s ${long.seconds.toFixed(2).padStart(6)} s`;
    console.log(
      `${isWrong ? '!' : ' '} ${document.format.padEnd(9)} ${document.name.padEnd(40)} ${figures}  ${long.note}`,
    );
  }
  await engine.dispose();
  console.log(`${chosen.length} documents of ${length / 10} and ${length} characters, ${wrong} over the limits`);
  process.exitCode = wrong === 0 ? 0 : 1;
}

void main();
