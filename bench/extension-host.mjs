// Measures the extension host of a real VS Code in the browser: node bench/extension-host.mjs. Build first: npm run build.
import { build } from 'esbuild';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeWorkspace } from '../scripts/library/integration-suite.mjs';
import { repository } from '../scripts/library/machine.mjs';
import { launchChromium, startTestHost } from '../scripts/vscode-web.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'nar-text-bench-'));
const tests = join(scratch, 'suite.js');
const result = join(scratch, 'result.json');
await build({ entryPoints: [join(repository, 'bench/extension-host.suite.ts')], outfile: tests, bundle: true, platform: 'node', target: 'node20', format: 'cjs', external: ['vscode'], logLevel: 'warning' });
const workspace = makeWorkspace();
const host = await startTestHost({ workspace, tests, extension: repository, environment: { NAR_TEXT_TEST_RESULT: result } });
const browser = await launchChromium();
try {
  const ended = new Promise((resolve) => browser.page.exposeFunction('codeAutomationExit', resolve));
  await browser.page.exposeFunction('codeAutomationLog', () => undefined);
  await browser.page.goto(host.address);
  const code = await ended;
  if (code !== 0) throw new Error(`the suite ended with ${code}\n${host.output()}`);
  const { activationMilliseconds, wasActive, documentMilliseconds, longestGapMilliseconds, gapsOver20, beats } = JSON.parse(readFileSync(result, 'utf8'));
  console.log(`activation                                     ${wasActive ? 'was active before' : `${activationMilliseconds.toFixed(1)} ms`}   (at most 50)`);
  console.log(`Correct Document, 72000 characters            ${documentMilliseconds.toFixed(0)} ms`);
  console.log(`longest gap of the host's event loop           ${longestGapMilliseconds.toFixed(1)} ms, ${gapsOver20} of ${beats} beats over 20 ms   (at most 20)`);
} finally {
  await browser.stop();
  await host.stop();
  for (const folder of [scratch, workspace]) rmSync(folder, { recursive: true, force: true });
}
