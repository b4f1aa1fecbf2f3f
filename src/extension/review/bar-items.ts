/**
 * The bar of a review: above the line of the remark that is looked at (CodeLens), and in the status bar, where it is
 * always in the window. Both say the whole: the theme's colour of lenses is too pale to be read in some themes, and no
 * extension can choose another, while every theme has a status bar that can be read.
 */
import * as vscode from 'vscode';
import { ghostLine } from '../paraphrase/paraphrase-session';
import { engineDocumentSelector } from '../shell/documents';
import { inert } from '../shell/inert';
import { StatusRow } from '../shell/status-row';
import { aboutRemark, placeOf, totalsOf } from './bar';
import { kindTitle, spokenChange } from './kinds';
import { currentRemark, openRemarks, type Review } from './review';

/** In UTF-16 units: the editor shows about as much in a window of ordinary width. */
const longestInStatusBar = 80;

/** The status bar as a whole is silent; what changes in an item of this role a screen reader reads by itself. */
const liveRole = 'status';

export class ReviewBar implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly row = new StatusRow('narTextTools.review', vscode.l10n.t('Review'), 1000);
  private readonly registration: vscode.Disposable;
  readonly onDidChangeCodeLenses = this.changed.event;

  constructor(private readonly reviewOf: (document: vscode.TextDocument) => Review | undefined) {
    this.registration = vscode.languages.registerCodeLensProvider(engineDocumentSelector, this);
  }

  refresh(): void {
    this.changed.fire();
    const document = vscode.window.activeTextEditor?.document;
    const review = document && this.reviewOf(document);
    if (!review) {
      this.row.hide();
      return;
    }
    const remark = currentRemark(review);
    const { taken, refused } = totalsOf(review);
    if (remark) {
      const { place, count } = placeOf(review, remark);
      const where = vscode.l10n.t('{0} of {1}', place, count);
      const about = aboutRemark(kindTitle(remark.type), remark);
      this.row.show([
        {
          text: `$(checklist) ${where} · ${inert(ghostLine(about, longestInStatusBar))}`,
          tooltip: `${about}\n\n${keysText()}`,
          accessibilityInformation: {
            label: `${where}. ${spokenChange(remark.original, remark.replacement)}. ${about} ${keysText()}`,
            role: liveRole,
          },
          command: 'narTextTools.reviewNext',
        },
        { text: vscode.l10n.t('Tab takes'), command: 'narTextTools.reviewTake', tooltip: keysText() },
        { text: vscode.l10n.t('Delete refuses'), command: 'narTextTools.reviewRefuse', tooltip: keysText() },
      ]);
    } else {
      this.row.show([
        {
          text: `$(check) ${vscode.l10n.t('Review done: {0} taken, {1} refused · Esc ends', taken, refused)}`,
          tooltip: vscode.l10n.t('Undo brings the latest remark back.'),
          accessibilityInformation: {
            label: vscode.l10n.t('Review done: {0} taken, {1} refused', taken, refused),
            role: liveRole,
          },
          command: 'narTextTools.reviewEnd',
        },
      ]);
    }
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
    this.row.dispose();
    this.changed.dispose();
  }
}

function keysText(): string {
  return vscode.l10n.t(
    'Tab or Enter takes · Delete refuses · Alt+] next · Alt+[ previous · Alt+Enter takes all of this kind · Ctrl+Z undoes · Esc ends',
  );
}
