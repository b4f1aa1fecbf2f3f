/**
 * How a rewording looks: in the sentence what goes is struck and what comes stands beside it; below the line all
 * candidates by number, each with what it changes; in the status bar the keys, which are in the window wherever the
 * line is and have the whole wording for screen readers.
 */
import * as vscode from 'vscode';
import { engineDocumentSelector, rangeAt } from '../shell/documents';
import { InsertedHints, markChanges, type Insertion } from '../shell/inserted-words';
import { StatusRow, type StatusPart } from '../shell/status-row';
import { changesOf, ghostLine, sessionEdits, singleLine, type ParaphraseSession } from './paraphrase-session';
import type { Walk } from './rewrite-walk';

/** The whole sentence, for its hover: a background would take the contrast of what is marked in it. */
const replacedDecoration = vscode.window.createTextEditorDecorationType({});

export interface Shown {
  editor: vscode.TextEditor;
  session: ParaphraseSession;
  /** Several sentences are rewritten one by one. */
  walk?: Walk | undefined;
}

export class ParaphraseMarks implements vscode.CodeLensProvider, vscode.Disposable {
  private shown: Shown | undefined;
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly hints = new InsertedHints((document) =>
    this.shown?.editor.document === document ? insertions(this.shown.session) : [],
  );
  private readonly row = new StatusRow('narTextTools.rewrite', vscode.l10n.t('Rewrite'), 1000);
  private readonly subscriptions: vscode.Disposable[];
  readonly onDidChangeCodeLenses = this.changed.event;

  constructor() {
    this.subscriptions = [
      replacedDecoration,
      this.hints,
      this.row,
      this.changed,
      vscode.languages.registerCodeLensProvider(engineDocumentSelector, this),
    ];
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  show(shown: Shown): void {
    this.shown = shown;
    const { editor, session } = shown;
    const { document } = editor;
    editor.setDecorations(replacedDecoration, [
      { range: rangeAt(document, session.start, session.end), hoverMessage: hoverOf(session) },
    ]);
    markChanges(editor, insertions(session));
    this.showRow(shown);
    this.refresh();
  }

  hide(): void {
    if (!this.shown) return;
    const { editor } = this.shown;
    this.shown = undefined;
    editor.setDecorations(replacedDecoration, []);
    markChanges(editor, []);
    this.row.hide();
    this.refresh();
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    if (!this.shown || this.shown.editor.document !== document) return [];
    const { session, walk } = this.shown;
    // A lens stands above its line: that of the next line is below this one.
    const line = Math.min(document.positionAt(session.end).line + 1, document.lineCount - 1);
    const below = new vscode.Range(line, 0, line, 0);
    const lens = (title: string, command: string, tooltip: string, ...args: unknown[]): vscode.CodeLens =>
      new vscode.CodeLens(below, { title, command, tooltip, arguments: args });
    return [
      ...session.candidates.map(({ text }, index) =>
        lens(
          `${index === session.index ? '▸ ' : ''}${index + 1}: ${ghostLine(changesOf(session, index), 80)}`,
          'narTextTools.paraphraseTake',
          vscode.l10n.t('Alt+{0} takes it: {1}', index + 1, singleLine(text)),
          index,
        ),
      ),
      ...(walk && walk.left.length > 0
        ? [lens(vscode.l10n.t('Leave this sentence'), 'narTextTools.paraphraseSkip', vscode.l10n.t('Delete'))]
        : []),
    ];
  }

  private showRow({ session, walk }: Shown): void {
    const count = session.candidates.length;
    const keys: (StatusPart & { command: string })[] = [
      { text: vscode.l10n.t('Tab accepts'), command: 'narTextTools.paraphraseAccept' },
      ...(count > 1 ? [{ text: vscode.l10n.t('Alt+] next'), command: 'narTextTools.paraphraseNext' }] : []),
      ...(walk ? [{ text: vscode.l10n.t('Delete skips'), command: 'narTextTools.paraphraseSkip' }] : []),
      { text: vscode.l10n.t('Esc ends'), command: 'narTextTools.paraphraseDismiss' },
    ];
    const place = `${session.index + 1}/${count}`;
    const sentence = walk ? `, ${vscode.l10n.t('sentence {0} of {1}', walk.seen, walk.total)}` : '';
    const wording = singleLine(session.candidates[session.index]!.text);
    const what = vscode.l10n.t('Rewrite {0}', `${place}${sentence}`);
    this.row.show([
      {
        text: `$(edit) ${what}`,
        command: 'narTextTools.paraphraseNext',
        tooltip: wording,
        accessibilityInformation: { label: `${what}: ${wording}. ${keys.map(({ text }) => text).join(' · ')}` },
      },
      ...keys,
    ]);
  }

  private refresh(): void {
    this.hints.refresh();
    this.changed.fire();
  }
}

function insertions(session: ParaphraseSession): Insertion[] {
  return sessionEdits(session).map(({ start, end, text }) => ({
    start,
    offset: end,
    words: singleLine(text),
    tooltip: singleLine(session.candidates[session.index]!.text),
  }));
}

/** All wordings whole, by number. */
function hoverOf({ candidates, index }: ParaphraseSession): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  candidates.forEach((candidate, place) => {
    const number = place === index ? `**${place + 1}**` : `${place + 1}`;
    text.appendMarkdown(`${number}: `).appendText(singleLine(candidate.text)).appendMarkdown('\n\n');
  });
  return text;
}
