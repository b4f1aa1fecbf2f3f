// What a folder costs for the first time, and again when nothing has changed:
// node bench/cache.mjs FOLDER [--again 3]. Build first: npm run build. Each run is a process of its own, `nar-text
// correct --check FOLDER`, with a cache that is removed afterwards. Exit code 1 where a run from the cache takes more
// than 5 % of the first one's time, or says something else.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const mostPercent = 5;
const program = path.join(path.dirname(fileURLToPath(import.meta.url)), '../dist/cli.js');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { again: { type: 'string', default: '3' } },
});
const [folder] = positionals;
if (folder === undefined) throw new Error('A folder is needed: node bench/cache.mjs FOLDER');
const cache = mkdtempSync(path.join(os.tmpdir(), 'nar-text-cache-'));
// The process tells on a pipe of its own what its processors did, for Node.js knows it of itself alone.
const told = `process.on('exit', () => {
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  require('node:fs').writeSync(3, String(userCPUTime + systemCPUTime));
});`;
const hook = `data:text/javascript,${encodeURIComponent(`import { createRequire } from 'node:module';
const require = createRequire('file:///'); ${told}`)}`;

/** @returns seconds of the clock and of processors, from the start of the process to its end */
async function run(words) {
  const started = performance.now();
  const child = spawn(process.execPath, ['--import', hook, program, 'correct', folder, ...words], {
    env: { ...process.env, XDG_CACHE_HOME: cache },
    stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
  });
  const texts = [1, 3].map(async (number) => (await child.stdio[number].setEncoding('utf8').toArray()).join(''));
  const [said, processors] = await Promise.all(texts);
  return { clock: (performance.now() - started) / 1000, processors: Number(processors) / 1e6, said };
}

try {
  const first = await run(['--check']);
  console.log(`first    ${first.clock.toFixed(2)} s, ${first.processors.toFixed(2)} s of processor time`);
  for (let round = 0; round < Number(values.again); round += 1) {
    const again = await run(['--check']);
    const [clock, processors] = ['clock', 'processors'].map((time) => (100 * again[time]) / first[time]);
    const shares = `${clock.toFixed(1)} % and ${processors.toFixed(1)} %`;
    console.log(`again    ${again.clock.toFixed(2)} s, ${again.processors.toFixed(2)} s of processor time: ${shares}`);
    if (again.said !== first.said) console.error('It says something else than the first run.');
    if (again.said !== first.said || Math.max(clock, processors) > mostPercent) process.exitCode = 1;
  }
} finally {
  rmSync(cache, { recursive: true, force: true });
}
