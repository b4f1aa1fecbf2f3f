#!/usr/bin/env node
// A repository that stays small: node scripts/tracked-sizes.mjs [--root FOLDER]
// Refuses every tracked file over 1 MB but the weights and the vocabulary of a released model and the word lists.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { repository } from './library/machine.mjs';
import { Advice, fail } from './library/processes.mjs';

const mostBytes = 1_000_000;
const allowed = [
  /^models\/[\w-]+\/onnx\/model_\w+\.onnx$/,
  /^models\/[\w-]+\/tokenizer\.json$/,
  /^models\/lexicon\/[\w-]+\.tsv$/,
];

try {
  const { values } = parseArgs({ options: { root: { type: 'string', default: repository } } });
  const listed = spawnSync('git', ['ls-files', '-z'], {
    cwd: values.root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (listed.status !== 0) console.log('No Git here: nothing is tracked.');
  const names = listed.status === 0 ? listed.stdout.split('\0').filter(Boolean) : [];
  const large = names.filter((name) => {
    const path = join(values.root, name);
    return existsSync(path) && statSync(path).size > mostBytes && !allowed.some((pattern) => pattern.test(name));
  });
  if (large.length > 0)
    throw new Advice(
      `Over 1 MB: ${large.join(', ')}. Keep data outside the repository and say in docs how it is made.`,
    );
  console.log(`${names.length} tracked files, none too large`);
} catch (error) {
  fail(error);
}
