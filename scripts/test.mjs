#!/usr/bin/env node
// Every test, in the order of what is quickest to fail: node scripts/test.mjs [--only
// types,lint,format,sizes,build,unit,python,integration,panel,e2e]
// Installs what the tests need. The last line is "N passed, N failed" over all runners; the exit code is
// 0 only when nothing failed.
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureNodeModules, ensurePython } from './library/install.mjs';
import { repository } from './library/machine.mjs';
import { Advice, fail, run } from './library/processes.mjs';

const artifacts = join(repository, 'test', 'artifacts');
const inRepository = { cwd: repository };
const bin = (name) => join(repository, 'node_modules', name);

/**
 * Runs a tool that writes its results to a file; `read` turns them into totals. A tool that fails without
 * a failed test counts as one.
 */
async function runner(file, command, commandArguments, read, options = inRepository) {
  const path = join(artifacts, file);
  rmSync(path, { force: true });
  const ended = await run(command, commandArguments, options).then(
    () => undefined,
    (error) => error,
  );
  const totals = existsSync(path) ? read(readFileSync(path, 'utf8')) : { passed: 0, failed: 0 };
  if (ended && totals.failed === 0) totals.failed = 1;
  if (!ended && totals.passed === 0) throw new Advice(`${file}: no test was run`);
  return totals;
}

/** One check without counts of its own: it passes or throws. */
const check = (command, ...commandArguments) =>
  run(command, commandArguments, inRepository).then(() => ({ passed: 1, failed: 0 }));

/**
 * Steps that need one core and no window: they run beside the others from the start, and what
 * they print comes in their turn.
 */
const beside = ['python'];
const logOf = (name) => join(artifacts, `${name}.log`);

async function timed(name) {
  rmSync(logOf(name), { force: true });
  const start = Date.now();
  const result = await steps[name]().catch((error) => ({ passed: 0, failed: 1, error }));
  return { ...result, seconds: (Date.now() - start) / 1000 };
}

/** Format and lint of the training package (training/ruff.toml); the tests run even where it fails. */
async function styled(python, options) {
  const result = { passed: 0, failed: 0 };
  for (const words of [['format', '--check'], ['check']]) {
    const ended = await run(python, ['-m', 'ruff', ...words, '.'], options).then(
      () => undefined,
      (error) => error,
    );
    if (ended)
      console.log(
        `ruff ${words[0]} failed; in training: python -m ruff ${words[0] === 'format' ? 'format' : 'check --fix'} .`,
      );
    result[ended ? 'failed' : 'passed']++;
  }
  return result;
}

const steps = {
  types: () => check(process.execPath, bin('typescript/bin/tsc'), '--noEmit', '-p', 'tsconfig.json'),
  lint: () => check(process.execPath, bin('eslint/bin/eslint.js'), 'src', 'test', 'bench', 'scripts'),
  format: () => check(process.execPath, bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'),
  sizes: () => check(process.execPath, 'scripts/tracked-sizes.mjs'),
  build: () => check(process.execPath, 'esbuild.js'),
  unit: () =>
    runner(
      'unit.json',
      process.execPath,
      [
        bin('vitest/vitest.mjs'),
        'run',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${join(artifacts, 'unit.json')}`,
      ],
      (text) => {
        const result = JSON.parse(text);
        // A file that does not even load has no tests: it counts as one failure.
        const broken = result.testResults.filter(
          (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
        ).length;
        return { passed: result.numPassedTests, failed: result.numFailedTests + broken };
      },
    ),
  python: async () => {
    const python = await ensurePython();
    const log = openSync(logOf('python'), 'w');
    const inTraining = {
      cwd: join(repository, 'training'),
      env: { ...process.env, OMP_NUM_THREADS: '1' },
      stdio: ['ignore', log, log],
    };
    const style = await styled(python, inTraining);
    const tests = await runner(
      'python.xml',
      python,
      ['-m', 'pytest', '-q', 'tests', '-p', 'no:cacheprovider', `--junitxml=${join(artifacts, 'python.xml')}`],
      (text) => {
        const count = (name) => Number(new RegExp(`<testsuite [^>]*\\b${name}="(\\d+)"`).exec(text)?.[1] ?? 0);
        const failed = count('failures') + count('errors');
        return { passed: count('tests') - failed - count('skipped'), failed };
      },
      inTraining,
    ).finally(() => closeSync(log));
    return { passed: style.passed + tests.passed, failed: style.failed + tests.failed };
  },
  integration: () => runner('integration.json', process.execPath, ['scripts/test-integration.mjs'], JSON.parse),
  panel: () => check(process.execPath, 'test/webview/walkthrough.mjs'),
  e2e: () => runner('e2e.json', process.execPath, ['test/e2e/run.mjs'], JSON.parse),
};

async function main() {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  const names = values.only ? values.only.split(',') : Object.keys(steps);
  const unknown = names.filter((name) => !(name in steps));
  if (unknown.length > 0) throw new Advice(`unknown: ${unknown.join(', ')}; one of ${Object.keys(steps).join(', ')}`);
  mkdirSync(artifacts, { recursive: true });
  const total = { passed: 0, failed: 0 };
  const rows = [];
  try {
    await ensureNodeModules();
  } catch (error) {
    fail(error);
    total.failed++;
    names.length = 0;
  }
  const early = new Map(names.filter((name) => beside.includes(name)).map((name) => [name, timed(name)]));
  for (const name of names) {
    console.log(`\n── ${name} ──`);
    const result = await (early.get(name) ?? timed(name));
    if (early.has(name) && existsSync(logOf(name))) console.log(readFileSync(logOf(name), 'utf8'));
    if (result.error) fail(result.error);
    total.passed += result.passed;
    total.failed += result.failed;
    rows.push(
      `${name.padEnd(12)} ${String(result.passed).padStart(5)} passed ${String(result.failed).padStart(3)} failed  ${result.seconds.toFixed(0).padStart(4)} s`,
    );
  }
  const line = `${total.passed} passed, ${total.failed} failed`;
  writeFileSync(join(artifacts, 'totals.txt'), `${line}\n`);
  console.log(`\n${rows.join('\n')}\n${line}`);
  process.exitCode = total.failed === 0 ? 0 : 1;
}

main().catch((error) => {
  fail(error);
  console.log('0 passed, 1 failed');
});
