/** The check that keeps large files out of the repository (scripts/tracked-sizes.mjs). */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';

const script = path.join(__dirname, '../../../scripts/tracked-sizes.mjs');
const folder = mkdtempSync(path.join(tmpdir(), 'sizes-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('refuses a large file that is tracked, and no weights of a model', () => {
  const git = (...words: string[]) => execFileSync('git', words, { cwd: folder });
  const check = () => spawnSync(process.execPath, [script, '--root', folder], { encoding: 'utf8' });
  git('init', '-q');
  mkdirSync(path.join(folder, 'models/one/onnx'), { recursive: true });
  for (const name of ['models/one/onnx/model_int8.onnx', 'large.json', 'small.json'])
    writeFileSync(path.join(folder, name), Buffer.alloc(name.startsWith('small') ? 1_000_000 : 1_000_001));
  git('add', 'models', 'small.json');
  expect(check().status).toBe(0);
  git('add', 'large.json');
  const refused = check();
  expect(refused.status).toBe(1);
  expect(refused.stderr + refused.stdout).toMatch(/large\.json/);
  expect(refused.stderr + refused.stdout).not.toMatch(/small\.json|onnx/);
});
