/**
 * The built command line as a function: texts in, corrections out. For the scorers of remarks and of inserted errors.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');

export const readLines = (file) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

/**
 * Options of a scorer: `names` take a value, everything else goes to the command line of the product as it is.
 * @returns {{own: Record<string, string>, passed: string[]}}
 */
export function splitOptions(argv, names) {
  const own = {};
  const passed = [];
  for (let index = 0; index < argv.length; index++) {
    const name = argv[index].replace(/^--/, '');
    if (names.includes(name)) own[name] = argv[++index];
    else passed.push(argv[index]);
  }
  return { own, passed };
}

/**
 * @param {{id: string, text: string}[]} requests
 * @param {string[]} options of `nar-text correct`, as --model DIR or --threshold P
 * @param {(answer: {id: string, corrections: object[]}) => void} receive called as each answer comes
 */
export async function correctTexts(requests, options, receive, cli = path.join(root, 'dist/cli.js')) {
  const child = spawn(process.execPath, [cli, 'correct', '--jsonl', '--format', 'markdown', ...options], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.on('close', resolve));
  child.stdin.on('error', () => undefined); // told by the exit code
  child.stdin.end(requests.map(({ id, text }) => `${JSON.stringify({ id, text })}\n`).join(''));
  let answers = 0;
  for await (const line of createInterface({ input: child.stdout, crlfDelay: Infinity })) {
    answers++;
    receive(JSON.parse(line));
  }
  const code = await ended;
  if (code > 1 || answers < requests.length) {
    throw new Error(
      `The command line answered ${answers} of ${requests.length} texts (exit code ${code}). Built? npm run build`,
    );
  }
}

/**
 * One edit has many spellings ("a" inserted before or after a space): without the letters that both sides share, and as
 * far left as it goes, each has one.
 * @returns {{start: number, deleted: string, inserted: string}} offsets in UTF-16 units
 */
export function canonical(text, { startIndex, endIndex, correction }) {
  let start = startIndex;
  let deleted = text.slice(startIndex, endIndex);
  let inserted = correction;
  while (deleted && inserted && deleted.at(-1) === inserted.at(-1)) {
    deleted = deleted.slice(0, -1);
    inserted = inserted.slice(0, -1);
  }
  while (deleted && inserted && deleted[0] === inserted[0]) {
    deleted = deleted.slice(1);
    inserted = inserted.slice(1);
    start++;
  }
  // Only a pure insertion or deletion can slide.
  while (start > 0 && !(deleted && inserted)) {
    const moved = deleted || inserted;
    if (!moved || text[start - 1] !== moved.at(-1)) break;
    const slid = moved.at(-1) + moved.slice(0, -1);
    if (deleted) deleted = slid;
    else inserted = slid;
    start--;
  }
  return { start, deleted, inserted };
}

/**
 * What became of one error of a text.
 * @param {{start: number, end: number, accepted: string[]}} place the wrong words, and what may stand there instead
 * @returns {{verdict: 'right' | 'wrong' | 'missed', got: string}}
 *   wrong: something was said there and the result is none of `accepted`
 */
export function judgePlace(text, place, corrections) {
  const touching = corrections.filter(
    ({ startIndex, endIndex }) => startIndex <= place.end + 1 && endIndex >= place.start - 1,
  );
  if (touching.length === 0) return { verdict: 'missed', got: '' };
  const from = Math.min(place.start, ...touching.map(({ startIndex }) => startIndex));
  const to = Math.max(place.end, ...touching.map(({ endIndex }) => endIndex));
  const plain = (value) => value.replace(/\s+/g, ' ').trim();
  const wanted = place.accepted.map((words) =>
    plain(text.slice(from, place.start) + words + text.slice(place.end, to)),
  );
  let got = '';
  let position = from;
  for (const { startIndex, endIndex, correction } of touching) {
    got += text.slice(position, startIndex) + correction;
    position = endIndex;
  }
  got += text.slice(position, to);
  return { verdict: wanted.includes(plain(got)) ? 'right' : 'wrong', got };
}
