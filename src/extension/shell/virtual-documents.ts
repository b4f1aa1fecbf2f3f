/**
 * Read-only documents that exist only in memory: previews, summaries, benchmark reports.
 * Freed when their last tab closes.
 */
import * as vscode from 'vscode';

export const virtualScheme = 'nar-text-tools';
export type VirtualKind = 'preview' | 'summary' | 'report';

export class VirtualDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly contents = new Map<string, { text: string; onClose?: () => void }>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly subscriptions: vscode.Disposable[];
  private number = 0;

  readonly onDidChange = this.changed.event;

  constructor() {
    this.subscriptions = [
      vscode.workspace.registerTextDocumentContentProvider(virtualScheme, this),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => this.forget(closed)),
    ];
  }

  /** `name` is what the tab shows; `onClose` runs once, when the document's last tab is closed. */
  create(kind: VirtualKind, name: string, text: string, onClose?: () => void): vscode.Uri {
    const uri = vscode.Uri.from({
      scheme: virtualScheme,
      path: `/${kind}/${++this.number}/${name.replace(/[/\\]/g, '-')}`,
    });
    this.contents.set(uri.toString(), { text, ...(onClose ? { onClose } : {}) });
    return uri;
  }

  update(uri: vscode.Uri, text: string): void {
    const entry = this.contents.get(uri.toString());
    if (!entry || entry.text === text) return;
    entry.text = text;
    this.changed.fire(uri);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.contents.get(uri.toString())?.text ?? '';
  }

  /** Closes every tab that shows the document. */
  async close(uri: vscode.Uri): Promise<void> {
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs).filter((tab) => showsUri(tab, uri));
    if (tabs.length > 0) await vscode.window.tabGroups.close(tabs, true);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
    this.contents.clear();
  }

  private forget(closed: readonly vscode.Tab[]): void {
    const open = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    for (const [key, entry] of this.contents) {
      const uri = vscode.Uri.parse(key);
      if (!closed.some((tab) => showsUri(tab, uri)) || open.some((tab) => showsUri(tab, uri))) continue;
      this.contents.delete(key);
      entry.onClose?.();
    }
  }
}

function showsUri(tab: vscode.Tab, uri: vscode.Uri): boolean {
  const { input } = tab;
  const wanted = uri.toString();
  if (input instanceof vscode.TabInputText) return input.uri.toString() === wanted;
  if (input instanceof vscode.TabInputTextDiff)
    return input.original.toString() === wanted || input.modified.toString() === wanted;
  return false;
}
