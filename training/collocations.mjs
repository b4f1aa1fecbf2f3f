// What goes together with the words of the table of synonyms, counted in prose:
//   zstdcat ../shared/data/prose/train.txt.zst ../shared/data/prose/train2.txt.zst | node training/collocations.mjs
// Writes models/lexicon/collocations.txt (src/english/rewrite/collocations.ts says what is kept) and prints how many;
// --show N prints so many of them, drawn at random, with their counts.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

/** A pair has to be expected so often, and is refused when it was found in less than this share of that. */
const fewestExpected = 4;
const leastShare = 0.2;

const { values } = parseArgs({
  options: { output: { type: 'string' }, show: { type: 'string', default: '0' } },
});
const root = join(import.meta.dirname, '..');
const folder = join(root, 'node_modules', '.cache', 'nar-text-bench');
mkdirSync(folder, { recursive: true });
const bundle = join(folder, 'collocations.mjs');
await build({
  stdin: {
    contents: `export { Collocations, keyOf, neighboursOf } from './src/english/rewrite/collocations';
export { substitutes } from './src/english/rewrite/synonyms';`,
    resolveDir: root,
    loader: 'ts',
  },
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: 'esm',
  logLevel: 'error',
});
const { Collocations, keyOf, neighboursOf, substitutes } = await import(pathToFileURL(bundle).href);

/** Every phrase of the table, on either side of a pair, by its first word; the longest first. */
const phrases = new Map();
for (const phrase of new Set([...substitutes].flatMap(([word, others]) => [word, ...others]))) {
  const [first] = phrase.split(' ');
  phrases.set(first, [...(phrases.get(first) ?? []), phrase].sort((left, right) => right.length - left.length));
}
const often = new Map();
/** Phrase to side and word to count. */
const beside = new Map();
const add = (counts, key) => counts.set(key, (counts.get(key) ?? 0) + 1);

for await (const line of createInterface({ input: process.stdin })) {
  for (const match of line.matchAll(/(?<![\p{L}\p{N}_'’-])\p{Ll}[\p{L}'’-]*/gu)) {
    const candidates = phrases.get(match[0]);
    if (candidates === undefined) continue;
    const start = match.index;
    const phrase = candidates.find((one) => line.startsWith(one, start) && !/[\p{L}\p{N}_'’-]/u.test(line[start + one.length] ?? ''));
    if (phrase === undefined) continue;
    add(often, phrase);
    let counts = beside.get(phrase);
    if (counts === undefined) beside.set(phrase, (counts = new Map()));
    for (const { side, word } of neighboursOf(line, start, start + phrase.length)) add(counts, `${side} ${word}`);
  }
}

const refused = [];
for (const [from, others] of substitutes)
  for (const to of others)
    for (const [key, count] of beside.get(from) ?? []) {
      // Of a commoner word no more is expected than of the writer's: a few finds of a rare one say little.
      const expected = count * Math.min(1, (often.get(to) ?? 0) / often.get(from));
      const seen = beside.get(to)?.get(key) ?? 0;
      if (expected < fewestExpected || seen >= leastShare * expected) continue;
      const [side, word] = key.split(' ');
      refused.push({ key: keyOf(from, to, { side, word }), count, expected, seen });
    }
const output = values.output ?? join(root, 'models', 'lexicon', 'collocations.txt');
writeFileSync(output, `${Collocations.write(refused.map(({ key }) => key))}\n`);
for (let shown = 0; shown < Number(values.show) && refused.length > 0; shown++) {
  const { key, count, expected, seen } = refused[Math.floor(Math.random() * refused.length)];
  console.log(`${key}\t${count} times; expected ${expected.toFixed(1)}, found ${seen}`);
}
console.log(`${refused.length} refused of ${substitutes.size} words`);
