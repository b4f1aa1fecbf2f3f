/**
 * Entry of the suite inside the extension host, the same for the browser's VS Code and for
 * the desktop: both call `run()`.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';

/**
 * Runs every *.test.js beside this bundle; rejects when one failed. Totals and lines go to the file
 * NAR_TEXT_TEST_RESULT, for the runner.
 */
export function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', color: false, timeout: 300_000, forbidOnly: process.env['CI'] === 'true' });
  const only = process.env['NAR_TEXT_TEST_FILE'];
  for (const file of readdirSync(__dirname).sort()) {
    if (file.endsWith('.test.js') && (!only || file.includes(only))) mocha.addFile(join(__dirname, file));
  }
  return new Promise((resolve, reject) => {
    const result = { passed: 0, failed: 0, skipped: 0, done: false, lines: [] as string[] };
    // Written after every test: when the host dies or hangs, the runner still says how far it came.
    const record = (line?: string) => {
      if (line !== undefined) result.lines.push(line);
      const resultFile = process.env['NAR_TEXT_TEST_RESULT'];
      if (resultFile) writeFileSync(resultFile, JSON.stringify(result));
    };
    const runner = mocha.run(() => {
      result.done = true;
      record();
      if (result.failed > 0)
        reject(new Error(`${result.failed} of ${result.passed + result.failed} integration tests failed`));
      else resolve();
    });
    runner.on('suite', (suite) => {
      if (suite.title) record(`  ${suite.fullTitle()}`);
    });
    runner.on('pass', (test) => {
      result.passed++;
      record(`    ✔ ${test.title} (${test.duration ?? 0} ms)`);
    });
    runner.on('pending', (test) => {
      result.skipped++;
      record(`    - ${test.title}`);
    });
    runner.on('fail', (test, error) => {
      result.failed++;
      record(`    ✖ ${test.title}\n${String(error?.stack ?? error).replace(/^/gm, '        ')}`);
    });
  });
}
