/**
 * The bar of a review: above the line of the remark that is looked at (CodeLens), and in the status bar,
 * where it is always in the window.
 */
import * as vscode from 'vscode';
import { engineDocumentSelector } from '../shell/documents';
import { aboutRemark, percentOf, placeOf, totalsOf } from './bar';
import { kindTitle } from './kinds';
import { currentRemark, openRemarks, type Review } from './review';

export class ReviewBar implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly item = vscode.window.createStatusBarItem(
    'narTextTools.review',
    vscode.StatusBarAlignment.Left,
    1000,
  );
  private readonly registration: vscode.Disposable;
  readonly onDidChangeCodeLenses = this.changed.event;

  constructor(private readonly reviewOf: (document: vscode.TextDocument) => Review | undefined) {
    this.item.name = vscode.l10n.t('Review');
    this.registration = vscode.languages.registerCodeLensProvider(engineDocumentSelector, this);
  }

  refresh(): void {
    this.changed.fire();
    const document = vscode.window.activeTextEditor?.document;
    const review = document && this.reviewOf(document);
    if (!review) {
      this.item.hide();
      return;
    }
    const remark = currentRemark(review);
    const { taken, refused } = totalsOf(review);
    if (remark) {
      const { place, count } = placeOf(review, remark);
      const about = `${vscode.l10n.t('{0} of {1}', place, count)} · ${kindTitle(remark.type)} ${percentOf(remark.confidence)}`;
      this.item.text = `$(checklist) ${about} · ${vscode.l10n.t('Tab takes, Delete refuses')}`;
      this.item.tooltip = `${remark.explanation}\n\n${keysText()}`;
      this.item.accessibilityInformation = { label: `${about}. ${remark.explanation} ${keysText()}` };
      this.item.command = 'narTextTools.reviewNext';
    } else {
      this.item.text = `$(check) ${vscode.l10n.t('Review done: {0} taken, {1} refused · Esc ends', taken, refused)}`;
      this.item.tooltip = vscode.l10n.t('Undo brings the latest remark back.');
      this.item.accessibilityInformation = {
        label: vscode.l10n.t('Review done: {0} taken, {1} refused', taken, refused),
      };
      this.item.command = 'narTextTools.reviewEnd';
    }
    this.item.show();
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const review = this.reviewOf(document);
    const remark = review && currentRemark(review);
    if (!remark) return [];
    const { line } = document.positionAt(remark.start);
    const above = new vscode.Range(line, 0, line, 0);
    // The editor draws lenses a moment late: each acts on the remark that it speaks of.
    const lens = (title: string, command: string, tooltip: string, ...rest: unknown[]): vscode.CodeLens =>
      new vscode.CodeLens(above, { title, command, tooltip, arguments: rest });
    const { place, count } = placeOf(review, remark);
    const alike = openRemarks(review, remark.type).length;
    // A narrow window cuts from behind.
    return [
      lens(vscode.l10n.t('Take'), 'narTextTools.reviewTake', vscode.l10n.t('Tab or Enter'), remark.id),
      lens(vscode.l10n.t('Refuse'), 'narTextTools.reviewRefuse', vscode.l10n.t('Delete'), remark.id),
      lens(aboutRemark(kindTitle(remark.type), remark), 'narTextTools.reviewNext', keysText()),
      ...(alike > 1
        ? [
            lens(
              vscode.l10n.t('Take all {0} of this kind', alike),
              'narTextTools.reviewTakeKind',
              vscode.l10n.t('Alt+Enter'),
              remark.id,
            ),
          ]
        : []),
      lens(
        vscode.l10n.t('{0} of {1}', place, count),
        'narTextTools.reviewNext',
        vscode.l10n.t('Alt+] goes to the next, Alt+[ to the previous'),
      ),
      lens(vscode.l10n.t('Side by side'), 'narTextTools.reviewDiff', vscode.l10n.t('All remarks as a diff')),
    ];
  }

  dispose(): void {
    this.registration.dispose();
    this.item.dispose();
    this.changed.dispose();
  }
}

function keysText(): string {
  return vscode.l10n.t(
    'Tab or Enter takes · Delete refuses · Alt+] next · Alt+[ previous · Alt+Enter takes all of this kind · Ctrl+Z undoes · Esc ends',
  );
}
