// Runs the end-to-end tests: the packaged extension in a real VS Code in a real browser. node
// test/e2e/run.mjs [PART_OF_FILE_NAME]
// Writes totals to test/artifacts/e2e.json and a screenshot of every test that fails beside it.
import Mocha from 'mocha';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../../scripts/library/machine.mjs';
import { closeWindows, latestWindow } from './session.mjs';

const folder = join(repository, 'test', 'e2e');
const artifacts = join(repository, 'test', 'artifacts');
mkdirSync(artifacts, { recursive: true });
// A busy CI machine may lose a key or a click on its way to the page; a second try is told, so that
// nobody takes it for a first.
const ci = process.env.CI === 'true';
const mocha = new Mocha({ ui: 'bdd', timeout: 600_000, slow: 30_000, forbidOnly: ci, retries: ci ? 1 : 0 });
for (const name of readdirSync(folder).sort()) {
  if (name.endsWith('.test.mjs') && name.includes(process.argv[2] ?? '')) mocha.addFile(join(folder, name));
}
mocha.rootHooks({
  async afterEach() {
    if (this.currentTest.state !== 'failed') return;
    const name = this.currentTest
      .fullTitle()
      .replace(/[^a-z0-9]+/gi, '-')
      .slice(0, 80);
    await latestWindow()
      ?.screenshot(`failed-${name}`)
      .catch(() => undefined);
  },
});
await mocha.loadFilesAsync();
const retried = [];
const runner = mocha.run(async () => {
  await closeWindows();
  const { passes, failures } = runner.stats;
  writeFileSync(join(artifacts, 'e2e.json'), JSON.stringify({ passed: passes, failed: failures }));
  if (retried.length > 0) console.log(`tried again:\n${retried.join('\n')}`);
  console.log(`e2e: ${passes} passed, ${failures} failed`);
  process.exit(failures === 0 && passes > 0 ? 0 : 1);
});
runner.on('retry', (test, error) => retried.push(`- ${test.fullTitle()}: ${error.message.split('\n')[0]}`));
