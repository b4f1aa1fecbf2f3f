/** Runs inside the extension host (bench/extension-host.mjs): time to activate, and how long the host stands still while a whole document is corrected. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import manifest from '../package.json';

const beatMilliseconds = 2;

export async function run(): Promise<void> {
  const extension = vscode.extensions.getExtension(`${manifest.publisher}.${manifest.name}`);
  if (!extension) throw new Error('the extension is not installed in this host');
  const wasActive = extension.isActive;
  const started = performance.now();
  await extension.activate();
  const activation = performance.now() - started;

  // Otherwise the document would be checked in the background first, and the command would find everything in the cache.
  await vscode.workspace.getConfiguration('narTextTools').update('correct.asYouType', false, vscode.ConfigurationTarget.Global);
  const folder = vscode.workspace.workspaceFolders![0]!.uri;
  const prose = readFileSync(join(folder.fsPath, 'cockatiel.md'), 'utf8');
  const uri = vscode.Uri.joinPath(folder, 'long.md');
  await vscode.workspace.fs.writeFile(uri, Buffer.from(prose.repeat(Math.ceil(72_000 / prose.length)).slice(0, 72_000)));
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
  // The window's own work for a newly opened document is not ours.
  await new Promise((resolve) => setTimeout(resolve, 3000));

  const gaps: number[] = [];
  let latest = performance.now();
  const beat = setInterval(() => {
    const now = performance.now();
    gaps.push(now - latest - beatMilliseconds);
    latest = now;
  }, beatMilliseconds);
  const begun = performance.now();
  // A command of the editor returns before its work is done: the preview is the end of it.
  await vscode.commands.executeCommand('narTextTools.correctDocument');
  const isThere = (): boolean => vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label.includes('(preview)')));
  while (!isThere() && performance.now() - begun < 120_000) await new Promise((resolve) => setTimeout(resolve, 50));
  if (!isThere()) throw new Error('no preview came within two minutes');
  clearInterval(beat);
  gaps.sort((a, b) => b - a);
  const result = {
    activationMilliseconds: activation, wasActive, documentMilliseconds: performance.now() - begun,
    longestGapMilliseconds: gaps[0] ?? 0, gapsOver20: gaps.filter((gap) => gap > 20).length, beats: gaps.length,
  };
  writeFileSync(process.env['NAR_TEXT_TEST_RESULT']!, JSON.stringify(result));
}
