/**
 * How the remarks of a review look in the text: old words struck, new words beside them
 * (src/extension/shell/inserted-words.ts).
 */
import * as vscode from 'vscode';
import { rangeAt } from '../shell/documents';
import { changeDecorations, markChanges, type Insertion } from '../shell/inserted-words';
import { aboutRemark, insertedWords } from './bar';
import { kindTitle } from './kinds';
import { currentRemark, openRemarks, remarkAt, type Remark, type Review } from './review';

const currentDecoration = vscode.window.createTextEditorDecorationType({
  border: '1px solid',
  borderColor: new vscode.ThemeColor('focusBorder'),
  borderRadius: '2px',
  overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.findMatchForeground'),
  overviewRulerLane: vscode.OverviewRulerLane.Center,
});
export const markDecorations: readonly vscode.Disposable[] = [currentDecoration, ...changeDecorations];

/** Commands that a hover of a remark may run. */
const hoverCommands = ['narTextTools.reviewTake', 'narTextTools.reviewRefuse'];

/** Without a review the marks of an earlier one go. */
export function markReview(editor: vscode.TextEditor, review: Review | undefined): void {
  const { document } = editor;
  const current = review && currentRemark(review);
  markChanges(editor, insertionsOf(review));
  editor.setDecorations(currentDecoration, current ? [rangeAt(document, current.start, current.end)] : []);
}

/**
 * What stands over the remark at a place. It is made when somebody asks: the editor parses the Markdown of each hover
 * that comes with a mark, a quarter of a second for a long list.
 */
export function remarkHover(
  document: vscode.TextDocument,
  review: Review | undefined,
  position: vscode.Position,
): vscode.Hover | undefined {
  const remark = review && remarkAt(review, document.offsetAt(position));
  return remark && new vscode.Hover(hoverOf(remark), rangeAt(document, remark.start, remark.end));
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

/** The new words of all open remarks, as they are shown in the line. */
export function insertionsOf(review: Review | undefined): Insertion[] {
  return (review ? openRemarks(review) : []).map((remark) => ({
    start: remark.start,
    offset: remark.end,
    words: insertedWords(remark),
    tooltip: remark.explanation,
  }));
}
