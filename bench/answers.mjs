#!/usr/bin/env node
// What the command line answers for sixty documents, so that a change which should change nothing is seen to do so:
// node bench/answers.mjs --out BEFORE [--cli dist/cli.js], the same after the change with --out AFTER, then
// node bench/answers.mjs --compare BEFORE AFTER, which exits with 1 where one differs. Build first: npm run build.
// The documents: the largest of each kind under test/fixtures/formats, the paragraphs of bench/inserted (those with
// errors three a document, right ones seven), bench/texts and examples.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual, parseArgs } from 'node:util';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const commands = ['correct', 'paraphrase', 'summarize'];
const hashOf = (text) => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** The largest document of each kind; its snapshot of prose beside it is none. */
function fixtures() {
  const folder = path.join(root, 'test/fixtures/formats');
  return readdirSync(folder).map((kind) => {
    const files = readdirSync(path.join(folder, kind))
      .filter((name) => !name.endsWith('.prose'))
      .map((name) => path.join(folder, kind, name));
    return files.reduce((largest, file) => (statSync(file).size > statSync(largest).size ? file : largest));
  });
}

/** Paragraphs of bench/inserted, written to `folder` with `count` in a document. */
function paragraphs(name, count, folder) {
  const texts = readFileSync(path.join(root, 'bench/inserted', `${name}.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).text);
  const files = [];
  for (let first = 0; first < texts.length; first += count) {
    files.push(path.join(folder, `${name}-${String(first).padStart(2, '0')}.md`));
    writeFileSync(files.at(-1), `${texts.slice(first, first + count).join('\n\n')}\n`);
  }
  return files;
}

const own = ['bench/texts/clean.md', 'bench/texts/hasty.md', 'examples/sample.md', 'examples/first-minutes.md'];

function record(out, cli) {
  const folder = mkdtempSync(path.join(tmpdir(), 'answers-'));
  try {
    const files = [
      ...fixtures(),
      ...paragraphs('paragraphs', 3, folder),
      ...paragraphs('right', 7, folder),
      ...own.map((name) => path.join(root, name)),
    ];
    const answers = {};
    for (const file of files) answers[path.basename(file)] = { text: hashOf(readFileSync(file, 'utf8')) };
    for (const command of commands) {
      const words = [command, '--json', ...(command === 'correct' ? ['--no-cache'] : []), ...files];
      const { stdout, status } = spawnSync(process.execPath, [cli, ...words], {
        encoding: 'utf8',
        maxBuffer: 2 ** 28,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      if (status !== 0) throw new Error(`${command} ended with ${status}`);
      for (const line of stdout.trim().split('\n')) {
        const { file, ...answer } = JSON.parse(line);
        delete answer.milliseconds;
        answers[path.basename(file)][command] = answer;
      }
    }
    writeFileSync(out, `${JSON.stringify(answers, undefined, 1)}\n`);
    console.log(`${files.length} documents: ${out}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const linesOf = (answer) => JSON.stringify(answer, undefined, 1).split('\n');

/** The lines of an answer that the other one does not have. */
function printLines(sign, answer, other) {
  const shared = new Set(linesOf(other));
  for (const line of linesOf(answer)) if (!shared.has(line)) console.log(`  ${sign}${line}`);
}

/** Prints each answer that differs; documents whose own text has changed are not compared. */
function compare(before, after) {
  let same = 0;
  let different = 0;
  for (const [name, { text, ...answers }] of Object.entries(before)) {
    if (after[name]?.text !== text) {
      console.log(`${name}: another text, or gone`);
      continue;
    }
    for (const command of commands) {
      const [left, right] = [answers[command], after[name][command]];
      if (isDeepStrictEqual(left, right)) same++;
      else {
        different++;
        console.log(`${name}: ${command}`);
        printLines('-', left, right);
        printLines('+', right, left);
      }
    }
  }
  console.log(`${same} answers are the same, ${different} differ`);
  return different === 0;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string' },
    cli: { type: 'string', default: path.join(root, 'dist/cli.js') },
    compare: { type: 'boolean', default: false },
  },
});
if (values.compare) {
  const [before, after] = positionals.map((file) => JSON.parse(readFileSync(file, 'utf8')));
  process.exitCode = compare(before, after) ? 0 : 1;
} else record(values.out, values.cli);
