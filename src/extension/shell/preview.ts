/**
 * Preview before apply: a diff of the document against what it would become. Applying is one WorkspaceEdit, so one undo
 * step, and only while the document is exactly as it was when the edits were made.
 */
import * as vscode from 'vscode';
import { isReadOnly, rangeAt } from './documents';
import { applyEdits, type OffsetEdit } from './checked-edits';
import type { Services } from './services';

const visibleContext = 'narTextTools.previewVisible';

export interface PreviewRequest {
  document: vscode.TextDocument;
  /** Version of the document that the edits were made for. */
  version: number;
  edits: OffsetEdit[];
  /** Tab title. */
  title: string;
  /** What the status bar says as long as the preview is open, with its keys; nothing when something else asks. */
  question?: string;
  /** Makes the edits anew, when the document has changed. */
  again(): unknown;
}

export class Preview {
  private current: (PreviewRequest & { uri: vscode.Uri }) | undefined;
  /** Not a notification: that could not be taken back when the preview is answered by key or closed. */
  private hint: vscode.Disposable | undefined;

  constructor(private readonly services: Services) {
    services.context.subscriptions.push(
      vscode.commands.registerCommand('narTextTools.previewApply', () => this.apply()),
      vscode.commands.registerCommand('narTextTools.previewDiscard', () => this.discard()),
    );
  }

  /** Opens the diff; an earlier preview is discarded. Does not wait for the user's answer. */
  async show(request: PreviewRequest, options: { preserveFocus?: boolean } = {}): Promise<void> {
    const { document, edits, title, question } = request;
    await this.discard();
    const name = document.uri.path.split('/').pop() || 'text';
    const uri = this.services.virtualDocuments.create(
      'preview',
      name,
      applyEdits(document.getText(), edits),
      () => void this.forget(uri),
    );
    this.current = { ...request, uri };
    const proposed = await vscode.workspace.openTextDocument(uri);
    if (proposed.languageId !== document.languageId)
      await vscode.languages.setTextDocumentLanguage(proposed, document.languageId);
    await vscode.commands.executeCommand('vscode.diff', document.uri, uri, title, {
      preview: true,
      preserveFocus: options.preserveFocus ?? false,
    });
    await vscode.commands.executeCommand('setContext', visibleContext, true);
    if (question !== undefined && this.current?.uri === uri)
      this.hint = vscode.window.setStatusBarMessage(vscode.l10n.t('{0}: Ctrl+Enter applies · Esc discards', question));
  }

  /** Other edits for the preview that is open (the next candidate). */
  replaceEdits(edits: OffsetEdit[]): void {
    if (!this.current) return;
    this.current.edits = edits;
    if (this.current.document.version === this.current.version) {
      this.services.virtualDocuments.update(this.current.uri, applyEdits(this.current.document.getText(), edits));
    }
  }

  async apply(): Promise<boolean> {
    const request = this.current;
    if (!request) return false;
    await this.discard();
    return applyChecked(this.services, request);
  }

  async discard(): Promise<void> {
    if (!this.current) return;
    const { uri } = this.current;
    await this.forget(uri);
    await this.services.virtualDocuments.close(uri);
  }

  private async forget(uri: vscode.Uri): Promise<void> {
    if (this.current?.uri !== uri) return;
    this.current = undefined;
    this.hint?.dispose();
    await vscode.commands.executeCommand('setContext', visibleContext, false);
  }
}

/** Whether the document can be edited; tells the user when it cannot. */
export async function refusesEdits({ messages }: Services, document: vscode.TextDocument): Promise<boolean> {
  if (!(await isReadOnly(document))) return false;
  messages.warning(
    vscode.l10n.t(
      '"{0}" is read-only, so nothing can be changed in it. Save it under another name and run the command there.',
      nameOf(document),
    ),
  );
  return true;
}

/** Applies edits as one undo step, or tells why not; the document is left unchanged then. Resolves to whether they were applied. */
export async function applyChecked(
  services: Services,
  { document, version, edits, again }: Pick<PreviewRequest, 'document' | 'version' | 'edits' | 'again'>,
): Promise<boolean> {
  const { messages } = services;
  if (document.isClosed) {
    messages.warning(vscode.l10n.t('"{0}" was closed meanwhile. Nothing was changed.', nameOf(document)));
    return false;
  }
  if (document.version !== version) {
    messages.warning(
      vscode.l10n.t(
        '"{0}" was edited meanwhile, so these changes no longer fit. Nothing was changed.',
        nameOf(document),
      ),
      { title: vscode.l10n.t('Run Again'), run: again },
    );
    return false;
  }
  if (await refusesEdits(services, document)) return false;
  const change = new vscode.WorkspaceEdit();
  for (const { start, end, text } of edits) change.replace(document.uri, rangeAt(document, start, end), text);
  const applied = await vscode.workspace.applyEdit(change);
  if (!applied)
    messages.error(vscode.l10n.t('The editor refused to change "{0}". Nothing was changed.', nameOf(document)), {
      title: vscode.l10n.t('Run Again'),
      run: again,
    });
  return applied;
}

export function nameOf(document: vscode.TextDocument): string {
  return document.uri.scheme === 'vscode-scm'
    ? vscode.l10n.t('Commit message')
    : document.uri.path.split('/').pop() || vscode.l10n.t('Untitled');
}
