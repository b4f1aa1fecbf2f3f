// What both integration runners share: the bundled suite, a workspace to write in, the totals.
import { build } from 'esbuild';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from './machine.mjs';

/** Bundles test/integration for the extension host; returns the entry that exports `run()`. */
export async function bundleSuite() {
  const source = join(repository, 'test', 'integration');
  const outdir = join(repository, 'out', 'test', 'integration');
  rmSync(outdir, { recursive: true, force: true });
  const entryPoints = readdirSync(source)
    .filter((name) => name === 'index.ts' || name.endsWith('.test.ts'))
    .map((name) => join(source, name));
  await build({
    entryPoints,
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  return join(outdir, 'index.js');
}

/** A new folder with the sample and the fixture documents: tests may change it. */
export function makeWorkspace() {
  const folder = mkdtempSync(join(tmpdir(), 'nar-text-workspace-'));
  for (const source of ['examples', join('test', 'fixtures', 'documents')])
    cpSync(join(repository, source), folder, { recursive: true });
  return folder;
}

/** Path of an empty result file: the suite writes its totals there. */
export function newResultFile() {
  const artifacts = join(repository, 'test', 'artifacts');
  mkdirSync(artifacts, { recursive: true });
  const file = join(artifacts, 'integration.json');
  rmSync(file, { force: true });
  return file;
}

/** Prints what the suite reported and its totals; true when it came to its end and every test passed. */
export function printReport(file) {
  const result = existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8'))
    : { passed: 0, failed: 0, skipped: 0, done: false, lines: [] };
  for (const line of result.lines) console.log(line);
  if (!result.done) console.log('The suite did not come to its end in the extension host.');
  if (result.done && result.passed === 0) console.log('The suite passed no test at all.');
  const failed = result.failed + (result.done && result.passed > 0 ? 0 : 1);
  console.log(
    `integration: ${result.passed} passed, ${failed} failed${result.skipped ? `, ${result.skipped} skipped` : ''}`,
  );
  return failed === 0;
}
