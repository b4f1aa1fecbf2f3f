// Brings the texts that were read for remarks.jsonl: node bench/remarks/texts.mjs --clones FOLDER --texts FOLDER
// FOLDER of clones: one Git repository each, <owner>__<name> (bare or not), that contains the commit index.jsonl names.
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readLines, root, splitOptions } from './product.mjs';

const index = path.join(root, 'bench/remarks/index.jsonl');
const folderOf = (repo) => repo.replace('/', '__');
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/**
 * Every text of index.jsonl, in its order, checked against its hash.
 * @param {string} folder <owner>__<name>/<path>
 * @throws when a text is missing or another one: offsets of the judged remarks would point elsewhere
 */
export function readTexts(folder) {
  return readLines(index).map((entry) => {
    const file = path.join(folder, folderOf(entry.repo), entry.path);
    if (!existsSync(file))
      throw new Error(`${file} is missing: clone ${entry.repo} (${entry.commit}), then node bench/remarks/texts.mjs`);
    const bytes = readFileSync(file);
    if (sha256(bytes) !== entry.sha256)
      throw new Error(
        `${file} is not the text that was read (SHA-256 differs): remove it, then node bench/remarks/texts.mjs again`,
      );
    return { ...entry, id: `${entry.repo}/${entry.path}`, text: bytes.toString('utf8') };
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { own } = splitOptions(process.argv.slice(2), ['clones', 'texts']);
  if (!own.clones || !own.texts) {
    console.error('--clones FOLDER and --texts FOLDER are needed.');
    process.exit(2);
  }
  let written = 0;
  for (const { repo, commit, path: name, bytes, sha256: wanted } of readLines(index)) {
    const file = path.join(own.texts, folderOf(repo), name);
    if (existsSync(file)) continue;
    const clone = path.join(own.clones, folderOf(repo));
    if (!existsSync(clone)) {
      console.error(`${repo}: no clone at ${clone}`);
      continue;
    }
    // Long files were read from their start up to `bytes`.
    const text = execFileSync('git', ['-C', clone, 'show', `${commit}:${name}`], { maxBuffer: 1 << 26 }).subarray(
      0,
      bytes,
    );
    if (sha256(text) !== wanted) throw new Error(`${repo}/${name} at ${commit} is not the text that was read`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    written++;
  }
  console.log(`${written} texts written to ${own.texts}`);
}
