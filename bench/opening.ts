/**
 * node bench/run.mjs opening [--lines 5000] [--keystrokes 60] [--sizes 100000,1000000]: how soon a large source file
 * has its first remark when an editor opens it, and what a keystroke costs in files of up to a megabyte. The file is
 * this project's own TypeScript, one file after the other, with a misspelt word in a comment of every hundredth line or
 * so; the engine is warm, as an open editor's is: it has checked one other source file, and no sentence of this one.
 * Exit code 1 where the first remark is late, or where a keystroke in the prose of the longest text costs more than one
 * in the shortest.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { quantile } from '../src/engine/benchmark';
import { methods } from '../src/protocol/requests';
import { defaultSettings } from '../src/protocol/settings';
import { ServerProcess } from '../test/unit/server/server-process';

const mostToFirst = 300;
/** What a keystroke in the longest text may cost, times what one in the shortest costs. */
const mostTimes = 1.5;
const otherLines = 500;
/** Version of a document from which on its keystrokes are counted: before, the engine's own code gets quick. */
const first = 42;
const root = process.env['NAR_TEXT_ROOT']!;

/** Own sources, each file as it is. */
function files(): string[] {
  return readdirSync(path.join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
    .map((file) => readFileSync(file, 'utf8'));
}

/** Lines of own sources, each once. */
function sources(from: number, to: number): string[] {
  const lines = files().flatMap((text) => text.split('\n'));
  if (lines.length < to) throw new Error(`The sources have ${lines.length} lines, ${to} are wanted.`);
  return lines.slice(from, to);
}

/** At least so many characters of whole texts, which are taken again and again. */
function repeated(texts: readonly string[], size: number): string {
  let text = '';
  for (let at = 0; text.length < size; at += 1) text += texts[at % texts.length]!;
  return text;
}

/** "the" of a comment becomes "teh", once in about `every` lines. */
function withSlips(lines: readonly string[], every: number): string {
  let since = every;
  return lines
    .map((line) => {
      since += 1;
      if (since < every || !/^\s*(?:\*|\/\/) .* the /.test(line)) return line;
      since = 0;
      return line.replace(' the ', ' teh ');
    })
    .join('\n');
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      lines: { type: 'string', default: '5000' },
      keystrokes: { type: 'string', default: '60' },
      sizes: { type: 'string', default: '100000,250000,500000,1000000' },
    },
  });
  const server = new ServerProcess({
    serverFile: path.join(root, 'dist/server.js'),
    modelsFolder: path.join(root, 'models'),
    settings: defaultSettings,
  });
  try {
    await server.initialize();
    // What an editor has that was open before: the model, the word lists and the grammar.
    const lines = Number(values.lines);
    const other = `${sources(lines, lines + otherLines).join('\n')}\n// We recieve the text in thier own wrods.\n`;
    const warm = server.next(
      ({ uri, diagnostics }) =>
        uri === 'file:///other.ts' && diagnostics.some(({ range }) => range.start.line >= otherLines),
    );
    await server.open('file:///other.ts', other, 'typescript');
    await warm;
    const text = withSlips(sources(0, lines), 100);
    const uri = 'file:///large.ts';
    const firstRemark = server.next((params) => params.uri === uri && params.diagnostics.length > 0);
    const clock = stopwatch(server.child.pid!);
    await server.open(uri, text, 'typescript');
    const { diagnostics } = await firstRemark;
    const toFirst = clock();
    console.log(
      `opened ${values.lines} lines, ${text.length} characters: first remark (line ${diagnostics[0]!.range.start.line + 1}) after ${inWords(toFirst)}   (at most ${mostToFirst} ms)`,
    );
    if (toFirst.milliseconds > mostToFirst) process.exitCode = 1;
    await server.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    const sizes = values.sizes.split(',').map(Number);
    for (const kind of kinds) await typing(server, kind, sizes, Number(values.keystrokes));
  } finally {
    await server.stop();
  }
}

interface Kind {
  name: string;
  language: 'typescript' | 'markdown';
  /**
   * What stands in the middle, on both sides of the cursor: the same in all lengths, since the network's time follows
   * the sentence.
   */
  before: string;
  after: string;
  isProse: boolean;
}

const [before, after] = [
  'The reader takes the ',
  ' text apart where one paragraph ends and the next one begins, and what has changed is read again.',
];
const kinds: readonly Kind[] = [
  {
    name: 'comment',
    language: 'typescript',
    before: `/**\n * ${before}`,
    after: `${after}\n */\nconst middle = 1;\n`,
    isProse: true,
  },
  { name: 'code', language: 'typescript', before: 'const middle', after: ' = 1;\n', isProse: false },
  { name: 'markdown', language: 'markdown', before: `\n\n${before}`, after: `${after}\n\n`, isProse: true },
];

/** Documents of several lengths, each made of the same sentences, so that one reading makes all of them known. */
async function typing(
  server: ServerProcess,
  { name, language, isProse, ...middle }: Kind,
  sizes: readonly number[],
  keystrokes: number,
): Promise<void> {
  const costs: number[] = [];
  const texts = language === 'typescript' ? files().slice(0, 30) : [readFileSync(path.join(root, 'README.md'), 'utf8')];
  for (const [index, size] of sizes.entries()) {
    // Each text its own words: what was typed in another one is known.
    const letter = 'xyzwvu'[index % 6]!;
    const uri = `file:///typing-${name}-${size}`;
    const half = repeated(texts, size / 2);
    const head = `${half}${middle.before}`;
    const text = `${head}${middle.after}${half}`;
    server.settings = { ...defaultSettings, correct: { ...defaultSettings.correct, delay: 0 } };
    await server.connection.sendNotification('workspace/didChangeConfiguration', { settings: {} });
    // Every sentence is known then, as after a while of writing.
    await server.connection.sendRequest(methods.correct, { text, format: language });
    const opened = server.next((params) => params.uri === uri && params.version === 1);
    await server.open(uri, text, language);
    await opened;
    // As an editor sends it: the place, and what is put there.
    const lines = head.split('\n');
    const place = { line: lines.length - 1, character: lines.at(-1)!.length };
    const type = async (typed: string, version: number): Promise<void> => {
      const coming = server.next((params) => params.uri === uri && params.version === version);
      await server.connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [{ range: { start: place, end: place }, text: typed }],
      });
      await coming;
    };
    for (let version = 2; version < first; version += 1) await type(letter, version);
    const times: number[] = [];
    const all = stopwatch(server.child.pid!);
    for (let version = first; version < keystrokes + first; version += 1) {
      const clock = stopwatch(server.child.pid!);
      await type(letter, version);
      times.push(clock().milliseconds);
    }
    const processor = all().processor / keystrokes;
    const typical = { milliseconds: quantile(times, 0.5), processor };
    costs.push(Number.isNaN(processor) ? typical.milliseconds : processor);
    console.log(
      `${name.padEnd(10)} ${String(text.length).padStart(9)} characters: ${inWords(typical)} a keystroke (of ${keystrokes}, median and mean)`,
    );
    await server.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }
  const times = costs.at(-1)! / costs[0]!;
  console.log(`${name.padEnd(10)} the longest costs ${times.toFixed(2)} times the shortest   (at most ${mostTimes})`);
  if (isProse && times > mostTimes) process.exitCode = 1;
}

interface Times {
  milliseconds: number;
  /** Of the engine's process, all threads; NaN where /proc does not tell. */
  processor: number;
}

/** From now to the call of what it returns. */
function stopwatch(pid: number): () => Times {
  const [begun, used] = [performance.now(), processorTime(pid)];
  return () => ({ milliseconds: performance.now() - begun, processor: processorTime(pid) - used });
}

/** Milliseconds, in steps of ten, as Linux counts them. */
function processorTime(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return NaN;
  }
}

const inWords = ({ milliseconds, processor }: Times): string =>
  `${milliseconds.toFixed(1)} ms, ${Number.isNaN(processor) ? '' : `${processor.toFixed(1)} ms of processor time`}`;

void main();
