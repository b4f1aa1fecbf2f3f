// What the closed patterns of grammar find in prose that nobody has marked, to be read:
//   zstdcat PROSE | node bench/slips/hits.mjs [--words 1000000] [--of agreement]
// One line a hit, then counts by kind.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const { values } = parseArgs({ options: { words: { type: 'string' }, of: { type: 'string' } } });
const most = values.words === undefined ? Infinity : Number(values.words);
if (Number.isNaN(most)) throw new Error('--words wants a number');

const root = join(import.meta.dirname, '..', '..');
const folder = join(root, 'node_modules', '.cache', 'nar-text-bench');
mkdirSync(folder, { recursive: true });
const bundle = join(folder, 'grammar-slips.mjs');
await build({
  entryPoints: [join(root, 'src', 'english', 'prior', 'grammar-slips.ts')],
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: 'esm',
  logLevel: 'error',
});
const { grammarSlips } = await import(pathToFileURL(bundle).href);

const counts = new Map();
let words = 0;
for await (const line of createInterface({ input: process.stdin })) {
  if (words >= most) break;
  for (const sentence of line.split(/(?<=[.!?]) (?=[A-Z`*])/)) {
    words += sentence.split(' ').length;
    for (const { start, end, candidates, type } of grammarSlips(sentence)) {
      if (values.of !== undefined && type !== values.of) continue;
      counts.set(type, (counts.get(type) ?? 0) + 1);
      const [left, right] = [sentence.slice(Math.max(0, start - 60), start), sentence.slice(end, end + 50)];
      console.log(`${type}\t${left}[${sentence.slice(start, end)} → ${candidates[0]}]${right}`);
    }
  }
}
console.log(`${words} words; ${[...counts].map(([type, count]) => `${type} ${count}`).join(', ')}`);
