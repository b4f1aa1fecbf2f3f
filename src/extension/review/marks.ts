/**
 * How the remarks of a review look in the text: old words struck, new words beside them. New words are inlay hints, since
 * the editor wraps a line around those; decorations would push its end out of the window. They stand in only where
 * somebody has switched inlay hints off.
 */
import * as vscode from 'vscode';
import { engineDocumentSelector, rangeAt } from '../shell/documents';
import { aboutRemark, insertedWords } from './bar';
import { kindTitle } from './kinds';
import { currentRemark, openRemarks, type Remark, type Review } from './review';

const struck = {
  textDecoration: 'line-through',
  backgroundColor: new vscode.ThemeColor('diffEditor.removedTextBackground'),
};
const struckDecoration = vscode.window.createTextEditorDecorationType(struck);
const currentDecoration = vscode.window.createTextEditorDecorationType({
  border: '1px solid',
  borderColor: new vscode.ThemeColor('focusBorder'),
  borderRadius: '2px',
  overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.findMatchForeground'),
  overviewRulerLane: vscode.OverviewRulerLane.Center,
});
const insertedDecoration = vscode.window.createTextEditorDecorationType({
  after: {
    color: new vscode.ThemeColor('editor.foreground'),
    backgroundColor: new vscode.ThemeColor('diffEditor.insertedTextBackground'),
    margin: '0 0 0 0.3em',
  },
});
export const markDecorations: readonly vscode.Disposable[] = [struckDecoration, currentDecoration, insertedDecoration];

/** Commands that a hover of a remark may run. */
export const hoverCommands = ['narTextTools.reviewTake', 'narTextTools.reviewRefuse'];

/** Whether the editor shows inlay hints in this document without a key held down. */
function showsHints(document: vscode.TextDocument): boolean {
  const enabled = vscode.workspace.getConfiguration('editor', document).get<string>('inlayHints.enabled', 'on');
  return enabled === 'on' || enabled === 'onUnlessPressed';
}

/** Without a review the marks of an earlier one go. */
export function markReview(editor: vscode.TextEditor, review: Review | undefined): void {
  const { document } = editor;
  const open = review ? openRemarks(review) : [];
  const current = review && currentRemark(review);
  editor.setDecorations(
    struckDecoration,
    open
      .filter(({ start, end }) => end > start)
      .map((remark) => ({
        range: rangeAt(document, remark.start, remark.end),
        hoverMessage: hoverOf(remark),
      })),
  );
  editor.setDecorations(currentDecoration, current ? [rangeAt(document, current.start, current.end)] : []);
  editor.setDecorations(
    insertedDecoration,
    showsHints(document)
      ? []
      : open
          .filter((remark) => insertedWords(remark) !== '')
          .map((remark) => ({
            range: rangeAt(document, remark.start, remark.end),
            renderOptions: { after: { contentText: insertedWords(remark) } },
          })),
  );
}

function hoverOf(remark: Remark): vscode.MarkdownString {
  const argument = encodeURIComponent(JSON.stringify([remark.id]));
  const text = new vscode.MarkdownString();
  text.isTrusted = { enabledCommands: hoverCommands };
  text.appendText(aboutRemark(kindTitle(remark.type), remark));
  text.appendMarkdown(
    `\n\n[${vscode.l10n.t('Take')}](command:narTextTools.reviewTake?${argument}) · [${vscode.l10n.t('Refuse')}](command:narTextTools.reviewRefuse?${argument})`,
  );
  return text;
}

/** The new words of all open remarks, as inlay hints; `reviewOf` finds the review of a document. */
export class InsertedHints implements vscode.InlayHintsProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly registration: vscode.Disposable;
  readonly onDidChangeInlayHints = this.changed.event;

  constructor(private readonly reviewOf: (document: vscode.TextDocument) => Review | undefined) {
    this.registration = vscode.languages.registerInlayHintsProvider(engineDocumentSelector, this);
  }

  refresh(): void {
    this.changed.fire();
  }

  provideInlayHints(document: vscode.TextDocument, range: vscode.Range): vscode.InlayHint[] {
    const review = this.reviewOf(document);
    if (!review) return [];
    const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
    return openRemarks(review)
      .filter((remark) => remark.end >= start && remark.start <= end && insertedWords(remark) !== '')
      .map((remark) => {
        const hint = new vscode.InlayHint(document.positionAt(remark.end), insertedWords(remark));
        hint.tooltip = remark.explanation;
        hint.paddingLeft = remark.end > remark.start;
        hint.paddingRight = remark.end === remark.start;
        return hint;
      });
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }
}
