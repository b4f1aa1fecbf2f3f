/** The issues of open documents, as they are underlined. */
import * as vscode from 'vscode';
import { dataOf, diagnosticSource } from '../correct/diagnostics';
import type { Issue } from './issue-groups';
import { movedBy, type Change } from './moved-issues';

export class LiveIssues implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  /** Open documents of which the engine has told something, be it that there is nothing. */
  private readonly told = new Set<string>();
  /** What was changed in a document since the engine told of it, and what it told. */
  private readonly since = new Map<string, { told: readonly vscode.Diagnostic[]; changes: Change[] }>();
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
      vscode.workspace.onDidChangeTextDocument(({ document: { uri }, contentChanges }) => {
        if (contentChanges.length > 0 && hasOurs(uri)) this.changesOf(uri).push(...contentChanges);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.since.delete(uri.toString());
        // From now on the check of all files tells them.
        if (this.told.delete(uri.toString())) this.changed.fire();
      }),
    ];
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  /** Whether the issues of a document are these; from the first ones on until it is closed. */
  tells(uri: string): boolean {
    return this.told.has(uri);
  }

  /** Where it stands in the text as it is now; undefined where its words were changed. */
  moved(issue: Issue): Issue | undefined {
    const uri = vscode.Uri.parse(issue.uri);
    return hasOurs(uri) ? movedBy(issue, this.changesOf(uri)) : issue;
  }

  /** Another extension may tell something of a document meanwhile: what we told of it is as old as before. */
  private changesOf(uri: vscode.Uri): Change[] {
    const told = oursIn(uri);
    const known = this.since.get(uri.toString());
    if (known && told.length === known.told.length && told.every((each, index) => each === known.told[index]))
      return known.changes;
    const changes: Change[] = [];
    this.since.set(uri.toString(), { told, changes });
    return changes;
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

function oursIn(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === diagnosticSource);
}

function hasOurs(uri: vscode.Uri): boolean {
  return oursIn(uri).length > 0;
}
