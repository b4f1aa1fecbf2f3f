#!/usr/bin/env node
// Installs, builds and opens a real VS Code on the sample document with the extension active: the desktop one where
// `code` is found, else in the browser.
// node scripts/start.mjs [--browser] [--port N] [--check]
// --check looks at the window itself, waits for the first correction and ends.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureNodeModules } from './library/install.mjs';
import { repository } from './library/machine.mjs';
import { capture, fail, freePort, isOnPath, run } from './library/processes.mjs';

const preferredPort = 8765;

async function main() {
  const { values } = parseArgs({
    options: { browser: { type: 'boolean' }, check: { type: 'boolean' }, port: { type: 'string' } },
  });
  await ensureNodeModules();
  const folder = copyOfExamples();
  const sample = join(folder, 'sample.md');
  const hasWindow = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
  if (!values.browser && !values.check && hasWindow && isOnPath('code')) await openDesktop(folder, sample);
  else await openInBrowser(folder, sample, values);
}

/** People try things out: the repository's own sample stays as it is. */
function copyOfExamples() {
  const folder = join(repository, 'out', 'try');
  mkdirSync(folder, { recursive: true });
  cpSync(join(repository, 'examples'), folder, { recursive: true });
  return folder;
}

function tellCommandLine() {
  console.log('On the command line:  node dist/cli.js correct examples/sample.md --check');
}

async function openDesktop(folder, sample) {
  await run(process.execPath, ['esbuild.js'], { cwd: repository });
  const opened = capture('code', [
    '--new-window',
    `--extensionDevelopmentPath=${repository}`,
    folder,
    '--goto',
    sample,
  ]);
  if (opened.code !== 0) throw new Error(`code could not be started: ${opened.stderr}`);
  console.log(`VS Code opens on ${sample} with the extension active.`);
  tellCommandLine();
}

async function openInBrowser(folder, sample, { check, port }) {
  const { packageExtension } = await import('./package.mjs');
  const { launchChromium } = await import('./library/chromium.mjs');
  const { startCodeServer } = await import('./vscode-web.mjs');
  const vsix = await packageExtension();
  const server = await startCodeServer({ folder, vsix, port: port ? Number(port) : await portOr(preferredPort) });
  const openFile = JSON.stringify([['openFile', `vscode-remote://127.0.0.1:${server.port}${sample}`]]);
  const address = `${server.address}&payload=${encodeURIComponent(openFile)}`;
  try {
    if (check) {
      const browser = await launchChromium();
      try {
        await browser.page.goto(address);
        await browser.page
          .locator('.squiggly-error, .squiggly-warning, .squiggly-info, .squiggly-hint')
          .first()
          .waitFor({ timeout: 90_000 });
        console.log('VS Code in the browser shows the sample document with corrections.');
      } catch (error) {
        writeFileSync(join(folder, 'check-failed.png'), await browser.page.screenshot());
        throw error;
      } finally {
        await browser.stop();
      }
      tellCommandLine();
      return;
    }
    console.log(`\nVS Code with the extension and the sample document:  ${address}`);
    tellCommandLine();
    console.log('Ctrl+C ends it.');
    const opener = { darwin: 'open', win32: 'explorer', linux: 'xdg-open' }[process.platform];
    if (
      opener &&
      (process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY) &&
      isOnPath(opener)
    )
      capture(opener, [address]);
    await server.ended;
  } finally {
    await server.stop();
  }
}

async function portOr(wanted) {
  return (await freePort(wanted).catch(() => undefined)) ?? freePort();
}

main().catch(fail);
