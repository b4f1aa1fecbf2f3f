// Kills `nar-text correct --write` by SIGKILL again and again and looks at what is left: node
// bench/kill-write.mjs [--kills 100] [--files 40]
// Every file must hold its old text or its new one, with its mode, and no other file may be there.
// Build first: npm run build.
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const { values } = parseArgs({
  options: { kills: { type: 'string', default: '100' }, files: { type: 'string', default: '40' } },
});
const [kills, count] = [Number(values.kills), Number(values.files)];
const names = Array.from({ length: count }, (_, index) => `page-${String(index).padStart(3, '0')}.md`);
const oldText = 'You can recieve teh messages in the evening and read them there.\n\n'.repeat(20);
const mode = 0o640;
/** Every eighth file has a second name outside: it is written in place. */
const isLinked = (index) => index % 8 === 0;

const folder = mkdtempSync(path.join(tmpdir(), 'nar-text-kill-'));
const pages = path.join(folder, 'pages');
const command = [path.join(root, 'dist/cli.js'), 'correct', '--write', ...names];

function prepare() {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(pages, { recursive: true });
  names.forEach((name, index) => {
    writeFileSync(path.join(pages, name), oldText);
    chmodSync(path.join(pages, name), mode);
    if (isLinked(index)) linkSync(path.join(pages, name), path.join(folder, name));
  });
}

/** What is wrong with the files, one line each. */
function faults(newText) {
  return names.flatMap((name, index) => {
    const file = path.join(pages, name);
    const text = readFileSync(file, 'utf8');
    const { mode: present, nlink } = statSync(file);
    return [
      ...(text === oldText || text === newText
        ? []
        : [`${name}: neither the old text nor the new one (${text.length} characters)`]),
      ...((present & 0o7777) === mode ? [] : [`${name}: mode ${(present & 0o7777).toString(8)}`]),
      ...(nlink === (isLinked(index) ? 2 : 1) ? [] : [`${name}: ${nlink} names`]),
    ];
  });
}

const strangers = () => readdirSync(pages).filter((name) => !names.includes(name));

try {
  prepare();
  const whole = spawnSync(process.execPath, command, { cwd: pages, encoding: 'utf8' });
  const newText = readFileSync(path.join(pages, names[0]), 'utf8');
  if (whole.status !== 0 || newText === oldText) throw new Error(`nothing was corrected: ${whole.stderr}`);
  let failed = 0;
  let unfinished = 0;
  for (let kill = 0; kill < kills; kill++) {
    prepare();
    const child = spawn(process.execPath, command, { cwd: pages, stdio: 'ignore' });
    let ended = false;
    const end = new Promise((resolve) => child.once('exit', resolve)).then(() => {
      ended = true;
    });
    // In turn after every one of the files, and at the next moments of the one that follows.
    const seen = path.join(pages, names[kill % count]);
    while (!ended && readFileSync(seen, 'utf8') === oldText) await wait(1);
    await wait(kill % 7);
    child.kill('SIGKILL');
    await end;
    if (names.some((name) => readFileSync(path.join(pages, name), 'utf8') === oldText)) unfinished++;
    for (let look = 0; look < 200 && strangers().length > 0; look++) await wait(50);
    const found = [...faults(newText), ...strangers().map((name) => `${name}: left behind`)];
    if (found.length > 0) failed++;
    for (const fault of found) console.log(`kill ${kill + 1}: ${fault}`);
  }
  console.log(`${kills} kills (${unfinished} with files still to write), ${failed} with something lost or left behind`);
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
