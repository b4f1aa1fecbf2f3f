#!/usr/bin/env node
// Runs test/integration inside the real extension host of the browser's VS Code; the exit code
// says whether every test passed.
// node scripts/test-integration.mjs [--file PART_OF_NAME]   (needs npm run build first)
import { rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleSuite, makeWorkspace, newResultFile, printReport } from './library/integration-suite.mjs';
import { repository } from './library/machine.mjs';
import { fail } from './library/processes.mjs';
import { launchChromium } from './library/chromium.mjs';
import { startTestHost } from './vscode-web.mjs';

const limit = 30 * 60_000; // milliseconds for the whole suite

async function main() {
  const { values } = parseArgs({ options: { file: { type: 'string' }, extension: { type: 'string' } } });
  const tests = await bundleSuite();
  const workspace = makeWorkspace();
  const resultFile = newResultFile();
  const host = await startTestHost({
    workspace,
    tests,
    extension: values.extension ?? repository,
    environment: { NAR_TEXT_TEST_RESULT: resultFile, ...(values.file ? { NAR_TEXT_TEST_FILE: values.file } : {}) },
  });
  const browser = await launchChromium();
  try {
    const exit = new Promise((resolve) => browser.page.exposeFunction('codeAutomationExit', resolve));
    // the suite reports through its result file
    await browser.page.exposeFunction('codeAutomationLog', () => undefined);
    await browser.page.goto(host.address);
    let timer;
    const code = await Promise.race([
      exit,
      new Promise((resolve) => {
        timer = setTimeout(resolve, limit, 'timeout');
      }),
    ]);
    clearTimeout(timer);
    const passed = printReport(resultFile);
    if (!passed || code !== 0) {
      process.exitCode = 1;
      await browser.page
        .screenshot({ path: join(dirname(resultFile), 'integration-failed.png') })
        .catch(() => undefined);
      writeFileSync(join(dirname(resultFile), 'integration-server.log'), host.output());
      console.log(
        `The window at the end and the server's log: test/artifacts/integration-failed.png, integration-server.log${code === 'timeout' ? ` (stopped after ${limit / 60_000} minutes)` : ''}`,
      );
    }
  } finally {
    await browser.stop();
    await host.stop();
    rmSync(workspace, { recursive: true, force: true });
  }
}

main().catch(fail);
