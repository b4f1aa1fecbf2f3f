/**
 * New words that are shown in the line, beside those that they would replace, while the document stays as it is. They
 * are inlay hints, since the editor wraps a line around those; decorations would push its end out of the window. They
 * stand in only where somebody has switched inlay hints off (docs/decisions/0012).
 */
import * as vscode from 'vscode';
import { engineDocumentSelector } from './documents';

export interface Insertion {
  /** Where the words would come, UTF-16 units. */
  offset: number;
  words: string;
  tooltip: string;
  /** Struck words stand before them. */
  replaces: boolean;
}

/** Whether the editor shows inlay hints in this document without a key held down. */
export function showsHints(document: vscode.TextDocument): boolean {
  const enabled = vscode.workspace.getConfiguration('editor', document).get<string>('inlayHints.enabled', 'on');
  return enabled === 'on' || enabled === 'onUnlessPressed';
}

export class InsertedHints implements vscode.InlayHintsProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly registration: vscode.Disposable;
  readonly onDidChangeInlayHints = this.changed.event;

  constructor(private readonly insertionsOf: (document: vscode.TextDocument) => readonly Insertion[]) {
    this.registration = vscode.languages.registerInlayHintsProvider(engineDocumentSelector, this);
  }

  refresh(): void {
    this.changed.fire();
  }

  provideInlayHints(document: vscode.TextDocument, range: vscode.Range): vscode.InlayHint[] {
    const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
    return this.insertionsOf(document)
      .filter(({ offset, words }) => offset >= start && offset <= end && words !== '')
      .map(({ offset, words, tooltip, replaces }) => {
        const hint = new vscode.InlayHint(document.positionAt(offset), words);
        hint.tooltip = tooltip;
        hint.paddingLeft = replaces;
        hint.paddingRight = !replaces;
        return hint;
      });
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }
}
