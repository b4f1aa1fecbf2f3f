/** Which open documents the engine has checked to the end: of another one "no issues" would be a guess. */
import * as vscode from 'vscode';

export class CheckedDocuments implements vscode.Disposable {
  private readonly uris = new Set<string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly registration: vscode.Disposable;
  readonly onDidChange = this.changed.event;

  constructor() {
    this.registration = vscode.workspace.onDidCloseTextDocument(({ uri }) => this.uris.delete(uri.toString()));
  }

  add(uri: string): void {
    if (this.uris.has(uri)) return;
    this.uris.add(uri);
    this.changed.fire(vscode.Uri.parse(uri));
  }

  has(document: vscode.TextDocument): boolean {
    return this.uris.has(document.uri.toString());
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }
}
