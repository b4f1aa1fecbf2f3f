/** Taking and ignoring issues of the list, in documents that have a tab and in files that have none. */
import * as vscode from 'vscode';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { placeOfRemark } from '../../protocol/remark-place';
import type { PlacesIn } from '../kept/ignore-commands';
import { isReadOnly } from '../shell/documents';
import { applyChecked } from '../shell/preview';
import type { Services } from '../shell/services';
import { byDocument, type Issue } from './issue-groups';
import { textOf, type WorkspaceCheck } from './workspace-check';

export function rangeOf({ line, character, end }: Pick<Issue, 'line' | 'character' | 'end'>): vscode.Range {
  return new vscode.Range(line, character, end.line, end.character);
}

/**
 * One undo step in each document that has a tab, and one for all files that have none. A single file is opened, so
 * that what was changed in it can be seen.
 */
export async function takeIssues(
  services: Services,
  workspace: WorkspaceCheck,
  issues: readonly Issue[],
): Promise<void> {
  const documents = [...byDocument(issues)];
  const hidden = documents.length > 1 ? documents.filter(([uri]) => !hasTab(uri)) : [];
  if (hidden.length > 0) await takeInFiles(services, workspace, hidden);
  for (const [uri, inDocument] of documents) {
    if (hidden.some(([other]) => other === uri)) continue;
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
    // The keys stay in the list: its next row is what a person goes on with.
    if (!vscode.window.visibleTextEditors.some((editor) => editor.document === document))
      await vscode.window.showTextDocument(document, { preserveFocus: true });
    // Typed on since: the list is a moment behind.
    const edits = inDocument
      .filter((issue) => document.getText(rangeOf(issue)) === issue.data.original)
      .reverse()
      .map((issue) => {
        const { start, end } = rangeOf(issue);
        return { start: document.offsetAt(start), end: document.offsetAt(end), text: issue.data.correction };
      });
    const again = (): unknown => takeIssues(services, workspace, inDocument);
    if (edits.length > 0) await applyChecked(services, { document, version: document.version, edits, again });
  }
}

/** All in one step, but for files that cannot be changed or hold something else by now: they are named. */
async function takeInFiles(
  { messages }: Services,
  workspace: WorkspaceCheck,
  files: readonly (readonly [string, readonly Issue[]])[],
): Promise<void> {
  const all = new vscode.WorkspaceEdit();
  const left: string[] = [];
  for (const [key, issues] of files) {
    const uri = vscode.Uri.parse(key);
    const fitting = (await isReadOnly({ uri })) ? [] : await stillThere(uri, issues);
    for (const { issue } of fitting) all.replace(uri, rangeOf(issue), issue.data.correction);
    if (fitting.length < issues.length) left.push(issues[0]!.document);
  }
  const applied = all.size === 0 || (await vscode.workspace.applyEdit(all));
  if (applied) await Promise.all(all.entries().map(([uri]) => save(uri)));
  workspace.again(files.map(([key]) => key));
  if (!applied) messages.error(vscode.l10n.t('The editor refused to change the files. Nothing was changed.'));
  else if (left.length > 0)
    messages.warning(
      vscode.l10n.t('Read-only or changed meanwhile, so not everything was taken there: {0}', left.join(', ')),
    );
}

/** Each in its place; the engine does not make these remarks again. */
export async function ignoreIssues(issues: readonly Issue[]): Promise<void> {
  const [first] = issues;
  if (first && issues.length === 1) {
    const { uri, data } = first;
    await vscode.commands.executeCommand('narTextTools.ignoreRemark', uri, rangeOf(first), data.correction);
    return;
  }
  const places: PlacesIn[] = [];
  for (const [key, inDocument] of byDocument(issues)) {
    const uri = vscode.Uri.parse(key);
    const fitting = await stillThere(uri, inDocument);
    places.push({
      uri,
      remarks: fitting.map(({ issue, text, start, end }) =>
        placeOfRemark(text, { start, end, text: issue.data.correction }),
      ),
    });
  }
  await vscode.commands.executeCommand('narTextTools.ignoreRemarks', places);
}

/** Those whose words stand where they were found, in an editor or on disk; with the text and their offsets in it. */
async function stillThere(
  uri: vscode.Uri,
  issues: readonly Issue[],
): Promise<{ issue: Issue; text: string; start: number; end: number }[]> {
  const text = await textOf(uri);
  if (text === undefined) return [];
  const document = TextDocument.create(uri.toString(), '', 0, text);
  return issues.flatMap((issue) => {
    const [start, end] = [document.offsetAt(issue), document.offsetAt(issue.end)];
    return text.slice(start, end) === issue.data.original ? [{ issue, text, start, end }] : [];
  });
}

function hasTab(uri: string): boolean {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .some(({ input }) => {
      if (input instanceof vscode.TabInputText) return input.uri.toString() === uri;
      return input instanceof vscode.TabInputTextDiff && input.original.toString() === uri;
    });
}

/** A file that nobody has open is not left unsaved. */
async function save(uri: vscode.Uri): Promise<void> {
  await (await vscode.workspace.openTextDocument(uri)).save();
}
