// Measures the extension host of a real VS Code in the browser, each time a new one: node bench/extension-host.mjs
// [--runs 5] [--json]. Build first: npm run build, or node esbuild.js --minify for what is packaged.
import { build } from 'esbuild';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeWorkspace } from '../scripts/library/integration-suite.mjs';
import { repository } from '../scripts/library/machine.mjs';
import { launchChromium } from '../scripts/library/chromium.mjs';
import { startTestHost } from '../scripts/vscode-web.mjs';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '5' }, json: { type: 'boolean', default: false } },
});
const scratch = mkdtempSync(join(tmpdir(), 'nar-text-bench-'));
const tests = join(scratch, 'suite.js');
await build({
  entryPoints: [join(repository, 'bench/extension-host.suite.ts')],
  outfile: tests,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  external: ['vscode'],
  logLevel: 'warning',
});

async function measure() {
  const result = join(scratch, 'result.json');
  const workspace = makeWorkspace();
  // Nothing is checked in the background, so that the command starts the engine and finds nothing in its cache.
  const host = await startTestHost({
    workspace,
    tests,
    extension: repository,
    settings: { 'narTextTools.correct.asYouType': false },
    environment: { NAR_TEXT_TEST_RESULT: result },
  });
  const browser = await launchChromium();
  try {
    const ended = new Promise((resolve) => browser.page.exposeFunction('codeAutomationExit', resolve));
    const lines = [];
    await browser.page.exposeFunction('codeAutomationLog', (_type, text) => lines.push(text));
    await browser.page.goto(host.address);
    const code = await ended;
    if (code !== 0) throw new Error(`the suite ended with ${code}\n${lines.flat().join('\n')}\n${host.output()}`);
    return { ...JSON.parse(readFileSync(result, 'utf8')), load: loadavg()[0] };
  } finally {
    await browser.stop();
    await host.stop();
    rmSync(workspace, { recursive: true, force: true });
  }
}

const all = [];
try {
  for (let run = 0; run < Number(values.runs); run++) all.push(await measure());
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
const column = (pick) => all.map(pick).sort((a, b) => a - b);
const row = (name, pick, note = '') => {
  const sorted = column(pick);
  const format = (value) => value.toFixed(1).padStart(8);
  console.log(
    `${name.padEnd(62)}${format(sorted[Math.floor((sorted.length - 1) / 2)])}${format(sorted[0])}${format(sorted.at(-1))}   ${note}`,
  );
};
if (values.json) console.log(JSON.stringify(all, undefined, 1));
else {
  console.log(
    `${all.length} hosts, milliseconds; load average of the machine ${column(({ load }) => load)[0].toFixed(1)} to ${column(
      ({ load }) => load,
    )
      .at(-1)
      .toFixed(1)}`,
  );
  console.log(`${''.padEnd(62)}  median   least    most`);
  row('activation (load the code, call activate), processor', ({ activation }) => activation.processor, 'at most 50');
  row('  the same on the clock', ({ activation }) => activation.wall, '50 on an idle machine');
  row("  until the promise of activate() resolves, VS Code's work included", ({ activation }) => activation.activated);
  row('Correct Document, 72,000 characters, engine not started', ({ document }) => document.milliseconds);
  row("  the longest that this extension's code keeps the host busy", ({ document }) => document.ours, 'at most 20');
  row('  the longest that anything keeps it busy', ({ document }) => document.processor);
  row('  the longest that it stands still on the clock', ({ document }) => document.clock, '20 on an idle machine');
}
