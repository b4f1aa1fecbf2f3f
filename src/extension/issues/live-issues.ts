/** The issues of open documents, as they are underlined. */
import * as vscode from 'vscode';
import { dataOf, diagnosticSource } from '../correct/diagnostics';
import type { Issue } from './issue-groups';

export class LiveIssues implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  /** Open documents of which the engine has told something, be it that there is nothing. */
  private readonly told = new Set<string>();
  private readonly subscriptions: vscode.Disposable[];
  readonly onDidChange = this.changed.event;

  constructor() {
    this.subscriptions = [
      this.changed,
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        const open = new Set(vscode.workspace.textDocuments.map(({ uri }) => uri.toString()));
        for (const uri of uris) {
          if (open.has(uri.toString()) && hasOurs(uri)) this.told.add(uri.toString());
        }
        this.changed.fire();
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => void this.told.delete(uri.toString())),
    ];
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  /** Whether the issues of a document are these; from the first ones on until it is closed. */
  tells(uri: string): boolean {
    return this.told.has(uri);
  }

  issues(): Issue[] {
    return vscode.languages.getDiagnostics().flatMap(([uri, diagnostics]) =>
      diagnostics.flatMap((diagnostic) => {
        const data = dataOf(diagnostic);
        if (!data) return [];
        const { start, end } = diagnostic.range;
        const [line, character] = [start.line, start.character];
        return [{ uri: uri.toString(), document: vscode.workspace.asRelativePath(uri), line, character, end, data }];
      }),
    );
  }
}

function hasOurs(uri: vscode.Uri): boolean {
  return vscode.languages.getDiagnostics(uri).some(({ source }) => source === diagnosticSource);
}
