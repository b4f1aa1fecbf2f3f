/**
 * Preview before apply: a diff of the document against what it would become. Applying is one undo step, and
 * happens only while the document is exactly as it was when the edits were made.
 */
import * as vscode from 'vscode';
import { isReadOnly, rangeAt } from './documents';
import { applyEdits, type OffsetEdit } from './checked-edits';
import { editAt } from './edit-at';
import { inert } from './inert';
import type { Services } from './services';
import { StatusRow } from './status-row';

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
  /** A change was refused in the diff; without it none can be. */
  onRefuse?(edit: OffsetEdit): void;
  /** The preview is gone, answered or not. */
  onClose?(): void;
  /** Makes the edits anew, when the document has changed. */
  again(): unknown;
}

export class Preview {
  private current: (PreviewRequest & { uri: vscode.Uri }) | undefined;
  /** Not a notification: that could not be taken back when the preview is answered by key or closed. */
  private readonly hint = new StatusRow('narTextTools.preview', vscode.l10n.t('Preview'), 1000);

  constructor(private readonly services: Services) {
    services.context.subscriptions.push(
      this.hint,
      vscode.commands.registerCommand('narTextTools.previewApply', () => this.apply()),
      vscode.commands.registerCommand('narTextTools.previewDiscard', () => this.discard()),
      vscode.commands.registerCommand('narTextTools.previewRefuse', () => this.refuse()),
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
    // A tab of its own: one in preview mode would take the place of the document's, which
    // would be closed with the diff.
    await vscode.commands.executeCommand('vscode.diff', document.uri, uri, title, {
      preview: false,
      preserveFocus: options.preserveFocus ?? false,
    });
    await vscode.commands.executeCommand('setContext', visibleContext, true);
    if (question !== undefined && this.current?.uri === uri)
      this.hint.show([
        { text: question },
        { text: vscode.l10n.t('Ctrl+Enter applies'), command: 'narTextTools.previewApply' },
        ...(request.onRefuse
          ? [{ text: vscode.l10n.t('Delete refuses one'), command: 'narTextTools.previewRefuse' }]
          : []),
        { text: vscode.l10n.t('Esc discards'), command: 'narTextTools.previewDiscard' },
      ]);
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
    await this.forget(request.uri);
    // Before the diff goes: it may be the last view of the document, which would lose its undo steps.
    const applied = await applyChecked(this.services, request);
    await this.services.virtualDocuments.close(request.uri);
    return applied;
  }

  /** Takes the change at the cursor of the proposed text out of the preview. */
  async refuse(): Promise<void> {
    const request = this.current;
    const editor = vscode.window.activeTextEditor;
    if (!request?.onRefuse || editor?.document.uri.toString() !== request.uri.toString()) return;
    const proposed = editor.document.getText();
    // The latest refusal is not on the screen yet: the cursor is on something else than it seems.
    if (proposed !== applyEdits(request.document.getText(), request.edits)) return;
    const index = editAt(request.edits, proposed, editor.document.offsetAt(editor.selection.active));
    if (index === undefined) {
      this.services.messages.information(
        vscode.l10n.t('This line has no change. Put the cursor on one and refuse it there.'),
      );
      return;
    }
    request.onRefuse(request.edits[index]!);
    const left = request.edits.filter((_edit, other) => other !== index);
    if (left.length === 0) await this.discard();
    else this.replaceEdits(left);
  }

  async discard(): Promise<void> {
    if (!this.current) return;
    const { uri } = this.current;
    await this.forget(uri);
    await this.services.virtualDocuments.close(uri);
  }

  private async forget(uri: vscode.Uri): Promise<void> {
    if (this.current?.uri !== uri) return;
    const { onClose } = this.current;
    this.current = undefined;
    onClose?.();
    this.hint.hide();
    await vscode.commands.executeCommand('setContext', visibleContext, false);
  }
}

/** Whether the document can be edited; tells the user when it cannot. */
export async function refusesEdits({ messages }: Services, document: vscode.TextDocument): Promise<boolean> {
  if (!(await isReadOnly(document))) return false;
  messages.warning(
    vscode.l10n.t(
      '“{0}” is read-only, so nothing can be changed in it. Save it under another name and run the command there.',
      nameOf(document),
    ),
  );
  return true;
}

/**
 * Applies edits as one undo step, or tells why not; the document is left unchanged then. Resolves
 * to whether they were applied.
 */
export async function applyChecked(
  services: Services,
  { document, version, edits, again }: Pick<PreviewRequest, 'document' | 'version' | 'edits' | 'again'>,
): Promise<boolean> {
  const { messages } = services;
  if (document.isClosed) {
    messages.warning(vscode.l10n.t('“{0}” was closed meanwhile. Nothing was changed.', nameOf(document)));
    return false;
  }
  if (document.version !== version) {
    messages.warning(
      vscode.l10n.t(
        '“{0}” was edited meanwhile, so these changes no longer fit. Nothing was changed.',
        nameOf(document),
      ),
      { title: vscode.l10n.t('Run Again'), run: again },
    );
    return false;
  }
  if (edits.length === 0 || (await refusesEdits(services, document))) return false;
  const outcome = await changeDocument(document, edits);
  if (outcome === 'locked')
    messages.warning(
      vscode.l10n.t(
        '“{0}” is read-only in this session, so nothing was changed. “File: Reset Active Editor Read-only in Session” unlocks it.',
        nameOf(document),
      ),
    );
  else if (outcome === 'refused')
    messages.error(vscode.l10n.t('The editor refused to change “{0}”. Nothing was changed.', nameOf(document)), {
      title: vscode.l10n.t('Run Again'),
      run: again,
    });
  return outcome === 'done';
}

/** Documents that no editor of their own shows. */
const withoutEditor = ['vscode-scm', 'vscode-notebook-cell'];

/**
 * As one undo step, in an editor: `workspace.applyEdit` would change a document behind the lock of “read-only in this
 * session”, of which no extension is told.
 */
export async function changeDocument(
  document: vscode.TextDocument,
  edits: readonly OffsetEdit[],
): Promise<'done' | 'locked' | 'refused'> {
  const ranges = edits.map(({ start, end, text }) => ({ range: rangeAt(document, start, end), text }));
  if (withoutEditor.includes(document.uri.scheme)) {
    const all = new vscode.WorkspaceEdit();
    for (const { range, text } of ranges) all.replace(document.uri, range, text);
    return (await vscode.workspace.applyEdit(all)) ? 'done' : 'refused';
  }
  // The left side of a diff has no column, and cannot be edited.
  const visible = vscode.window.visibleTextEditors.find(
    (each) => each.document === document && each.viewColumn !== undefined,
  );
  const editor = visible ?? (await vscode.window.showTextDocument(document));
  const { version } = document;
  const edited = await editor.edit((builder) => ranges.forEach(({ range, text }) => builder.replace(range, text)));
  if (!edited) return 'refused';
  return (await hasChanged(document, version)) ? 'done' : 'locked';
}

/**
 * A locked editor says that it has made an edit, and makes none. News of a change may come a moment after that answer.
 */
async function hasChanged(document: vscode.TextDocument, version: number, patience = 2_000): Promise<boolean> {
  if (document.version !== version) return true;
  return new Promise((resolve) => {
    const end = (changed: boolean): void => {
      clearTimeout(timer);
      listener.dispose();
      resolve(changed);
    };
    const timer = setTimeout(() => end(false), patience);
    const listener = vscode.workspace.onDidChangeTextDocument((event) => event.document === document && end(true));
  });
}

/** For messages, lists and titles: whatever a file is called, it is text there and nothing else. */
export function nameOf(document: vscode.TextDocument): string {
  return document.uri.scheme === 'vscode-scm'
    ? vscode.l10n.t('Commit message')
    : inert(document.uri.path.split('/').pop() || vscode.l10n.t('Untitled'));
}
