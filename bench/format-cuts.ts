/**
 * node bench/run.mjs format-cuts --repositories FOLDER [--cuts 50] [--set NAME] [--kind NAME] [--seed 1]: half-written
 * documents. Each document of bench/formats/documents.tsv is cut at random places and read, every other time with mixed
 * line ends. Told are pieces of the view that differ from the source, errors, readings of more than two seconds of
 * processor time, and text that is prose in the half document and not in the whole one, more than three lines before
 * the cut: code that came in. Exit code 1 when there is any of the first three.
 */
import { parseArgs } from 'node:util';
import { messageOf } from '../src/engine/errors';
import { formatOfFile } from '../src/protocol/formats';
import { grammarReady, readProse } from '../src/text/prose';
import { editableRanges, randomOf } from '../test/unit/text/fuzzed-texts';
import { documents, textOf } from './formats/documents';

const mostSeconds = 2;
/** Less is a word or two at the seam of a construct. */
const leastNew = 60;

/** Every second line break of a text becomes that of Windows. */
const mixed = (text: string): string => {
  let isOdd = false;
  return text.replace(/\r\n|\n/g, (end) => ((isOdd = !isOdd) ? '\r\n' : end));
};

/** Offsets that lie in one of the ranges, as a mask. */
function maskOf(length: number, ranges: readonly (readonly [number, number])[]): Uint8Array {
  const mask = new Uint8Array(length);
  for (const [start, end] of ranges) mask.fill(1, start, end);
  return mask;
}

/** Where the last lines of a text begin. */
function lastLines(text: string, count: number): number {
  let at = text.length;
  for (let left = count; left > 0 && at > 0; left -= 1) at = text.lastIndexOf('\n', at - 1);
  return Math.max(0, at);
}

/** The longest run of offsets before `end` that are prose in the half text and not in the whole one. */
function newProse(half: Uint8Array, whole: Uint8Array, end: number): { start: number; length: number } {
  let [best, start, length] = [0, 0, 0];
  let bestStart = 0;
  for (let at = 0; at < end; at += 1) {
    if (half[at] === 1 && whole[at] === 0) {
      if (length === 0) start = at;
      length += 1;
      if (length > best) [best, bestStart] = [length, start];
    } else length = 0;
  }
  return { start: bestStart, length: best };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      repositories: { type: 'string' },
      cuts: { type: 'string', default: '50' },
      seed: { type: 'string', default: '1' },
      set: { type: 'string' },
      kind: { type: 'string' },
    },
  });
  if (!values.repositories) throw new Error('--repositories FOLDER is needed.');
  const random = randomOf(Number(values.seed));
  let [readings, faults, cameIn, slowest] = [0, 0, 0, 0];
  for (const document of documents(values)) {
    const name = `${document.repository}/${document.path}`;
    const format = formatOfFile(document.path)!;
    await grammarReady(format);
    const source = textOf(document, values.repositories);
    const masks = [source, mixed(source)].map((text) => {
      // A notebook that is cut is no JSON, and is refused as a whole.
      return { text, whole: maskOf(text.length, editableRanges(readProse(text, format))) };
    });
    for (let cut = 0; cut < Number(values.cuts); cut += 1) {
      const { text, whole } = masks[cut % 2]!;
      const half = text.slice(0, Math.floor(random() * text.length));
      const before = process.cpuUsage();
      readings += 1;
      try {
        const prose = readProse(half, format);
        for (const { text: view, pieces } of prose.sentences)
          for (const { viewStart, sourceStart, length } of pieces)
            if (half.slice(sourceStart, sourceStart + length) !== view.slice(viewStart, viewStart + length)) {
              faults += 1;
              console.log(`${name}, cut at ${half.length}: the view differs from the source at ${sourceStart}`);
            }
        const mask = maskOf(half.length, editableRanges(prose));
        const found = newProse(mask, whole, lastLines(half, 3));
        if (found.length >= leastNew) {
          cameIn += 1;
          const text = JSON.stringify(half.slice(found.start, found.start + 70));
          console.log(`${name}, cut at ${half.length}: ${found.length} characters at ${found.start} came in: ${text}`);
        }
      } catch (error) {
        if (document.kind === 'jupyter') continue;
        faults += 1;
        console.log(`${name}, cut at ${half.length}: ${messageOf(error)}`);
      }
      const { user, system } = process.cpuUsage(before);
      const seconds = (user + system) / 1e6;
      slowest = Math.max(slowest, seconds);
      if (seconds > mostSeconds) {
        faults += 1;
        console.log(`${name}, cut at ${half.length}: ${seconds.toFixed(1)} s`);
      }
    }
  }
  console.log(
    `${readings} readings, ${faults} faults, ${cameIn} in which text came in, at most ${slowest.toFixed(2)} s`,
  );
  process.exitCode = faults === 0 ? 0 : 1;
}

void main();
