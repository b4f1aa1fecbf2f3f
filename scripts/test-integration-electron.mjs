#!/usr/bin/env node
// The same suite in a desktop VS Code, for people who have one:
// node scripts/test-integration-electron.mjs [--executable PATH_OF_CODE]
// Without the path @vscode/test-electron downloads a VS Code. Build first: npm run build.
import { runTests } from '@vscode/test-electron';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleSuite, makeWorkspace, newResultFile, printReport } from './library/integration-suite.mjs';
import { cacheFolder, repository } from './library/machine.mjs';
import { fail } from './library/processes.mjs';

async function main() {
  const { values } = parseArgs({ options: { executable: { type: 'string' } } });
  const extensionTestsPath = await bundleSuite();
  const workspace = makeWorkspace();
  const resultFile = newResultFile();
  try {
    await runTests({
      ...(values.executable
        ? { vscodeExecutablePath: values.executable }
        : { cachePath: join(cacheFolder(), 'vscode-desktop') }),
      extensionDevelopmentPath: repository,
      extensionTestsPath,
      launchArgs: [
        workspace,
        '--disable-extensions',
        '--disable-workspace-trust',
        '--skip-welcome',
        '--skip-release-notes',
        '--user-data-dir',
        join(workspace, '.user-data'),
      ],
      extensionTestsEnv: { NAR_TEXT_TEST_RESULT: resultFile },
    });
  } finally {
    if (!printReport(resultFile)) process.exitCode = 1;
    rmSync(workspace, { recursive: true, force: true });
  }
}

main().catch(fail);
