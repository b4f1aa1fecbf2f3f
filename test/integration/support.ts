/** What the integration tests share. Conditions are waited for, never times: a first start may take many seconds. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import manifest from '../../package.json';
import type { DiagnosticData } from '../../src/protocol/language-server';
import type { ExtensionExports } from '../../src/extension/extension';

export const section = 'narTextTools';
export const command = (name: string, ...args: unknown[]): Thenable<unknown> =>
  vscode.commands.executeCommand(`${section}.${name}`, ...args);

export async function activated(): Promise<ExtensionExports> {
  const extension = vscode.extensions.getExtension<ExtensionExports>(`${manifest.publisher}.${manifest.name}`);
  assert.ok(extension, 'the extension is not installed in this host');
  return extension.activate();
}

/**
 * Polls until the value is neither undefined nor false; patient, since a test must not fail because the
 * machine is busy with other work.
 */
export async function until<T>(
  probe: () => T | undefined | false | Promise<T | undefined | false>,
  what: string,
  milliseconds = 120_000,
): Promise<T> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const value = await probe();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > end) throw new Error(`Timed out: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Writes a new file into the workspace and shows it. */
export async function openFile(text: string, extension = 'md'): Promise<vscode.TextEditor> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'the host has no workspace folder');
  const uri = vscode.Uri.joinPath(folder.uri, 'written-by-tests', `${randomBytes(4).toString('hex')}.${extension}`);
  await vscode.workspace.fs.writeFile(uri, Buffer.from(text, 'utf8'));
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
}

/** What is on disk after the document was saved. */
export async function saved(document: vscode.TextDocument): Promise<string> {
  assert.ok(await document.save(), 'the editor did not save the document');
  return Buffer.from(await vscode.workspace.fs.readFile(document.uri)).toString('utf8');
}

export async function openUntitled(text: string, language = 'markdown'): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: text, language }), {
    preview: false,
  });
}

export type OurDiagnostic = vscode.Diagnostic & { data: DiagnosticData };

export function diagnosticsOf(document: vscode.TextDocument): OurDiagnostic[] {
  return vscode.languages.getDiagnostics(document.uri).filter((each) => each.source === 'nar-text') as OurDiagnostic[];
}

/** The diagnostic on `word`, once the engine has reported it. */
export function diagnosticOn(document: vscode.TextDocument, word: string): Promise<OurDiagnostic> {
  return until(
    () => diagnosticsOf(document).find(({ range }) => document.getText(range) === word),
    `a diagnostic on "${word}" in: ${document.getText().slice(0, 200)}`,
  );
}

export function rangeOf(document: vscode.TextDocument, part: string): vscode.Range {
  const start = document.getText().indexOf(part);
  assert.ok(start >= 0, `"${part}" is not in the document`);
  return new vscode.Range(document.positionAt(start), document.positionAt(start + part.length));
}

export function select(editor: vscode.TextEditor, part: string): void {
  const { start, end } = rangeOf(editor.document, part);
  editor.selection = new vscode.Selection(start, end);
}

/** Waits until the selection change has come through to the editor: commands act on what the editor has. */
export async function codeActions(document: vscode.TextDocument, range: vscode.Range): Promise<vscode.CodeAction[]> {
  return (
    (await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      range,
    )) ?? []
  );
}

export function openTabs(): vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap((group) => group.tabs);
}

/** The tab of a preview's diff. */
export function previewTab(document: vscode.TextDocument): vscode.Tab | undefined {
  return openTabs().find(
    ({ input }) => input instanceof vscode.TabInputTextDiff && input.original.toString() === document.uri.toString(),
  );
}

/** The page of the summary that is open. */
export function summaryPage(): vscode.TextDocument | undefined {
  return vscode.window.visibleTextEditors.find(
    ({ document }) => document.uri.scheme === 'nar-text-tools' && document.uri.path.startsWith('/summary/'),
  )?.document;
}

/** Closes every tab without asking whether to save. */
export async function closeAll(): Promise<void> {
  await command('previewDiscard');
  for (const document of vscode.workspace.textDocuments) {
    if (!document.isDirty) continue;
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** Changes settings of the workspace for the time of one test. */
export async function withSettings<T>(values: Record<string, unknown>, run: () => Promise<T>): Promise<T> {
  const set = async (key: string, value: unknown): Promise<void> => {
    await vscode.workspace.getConfiguration(section).update(key, value, vscode.ConfigurationTarget.Workspace);
  };
  for (const [key, value] of Object.entries(values)) await set(key, value);
  try {
    return await run();
  } finally {
    for (const key of Object.keys(values)) await set(key, undefined);
  }
}
