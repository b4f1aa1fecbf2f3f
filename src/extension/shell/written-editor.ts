/** The editor that a writing command works on; where none is open the command is useful all the same. */
import * as vscode from 'vscode';
import { stepDone } from './first-steps';

/** A page to try everything on, as an untitled document: nobody's file is changed. */
export async function openSample(context: vscode.ExtensionContext): Promise<vscode.TextEditor> {
  const file = vscode.Uri.joinPath(context.extensionUri, 'examples', 'first-minutes.md');
  const content = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  stepDone('opened');
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content, language: 'markdown' }));
}

async function openEmpty(): Promise<undefined> {
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'markdown' }));
  return undefined;
}

async function openFile(): Promise<vscode.TextEditor | undefined> {
  const [file] = (await vscode.window.showOpenDialog({ title: vscode.l10n.t('Which document?') })) ?? [];
  return file && vscode.window.showTextDocument(file);
}

/** The active editor; without one the user is asked for a document. Undefined when there is nothing to work on yet. */
export async function writtenEditor(context: vscode.ExtensionContext): Promise<vscode.TextEditor | undefined> {
  const { activeTextEditor } = vscode.window;
  if (activeTextEditor) return activeTextEditor;
  const items = [
    { label: `$(folder-opened) ${vscode.l10n.t('Open a Document…')}`, run: openFile },
    { label: `$(new-file) ${vscode.l10n.t('Write a New One')}`, run: openEmpty },
    {
      label: `$(mortar-board) ${vscode.l10n.t('Try It on a Sample')}`,
      description: vscode.l10n.t('a page with mistakes'),
      run: () => openSample(context),
    },
  ];
  const chosen = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('No document is open') });
  return chosen?.run();
}
