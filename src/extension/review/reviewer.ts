/**
 * Review in place: one walk through the remarks on a document or a selection. Tab or Enter takes the remark
 * at the cursor, Delete refuses it; the keys do this only while the cursor is on the remark, so the text
 * can be edited meanwhile. Each document has a review of its own, which ends with Escape, with the
 * document, or with another review of it.
 */
import * as vscode from 'vscode';
import type { Correction } from '../../protocol/requests';
import { engineDocumentSelector, isSupported, rangeAt } from '../shell/documents';
import { stepDone } from '../shell/first-steps';
import { applyChecked, type Preview } from '../shell/preview';
import type { Services } from '../shell/services';
import { ReviewBar } from './bar-items';
import { ordinaryKey, ReviewContexts } from './review-keys';
import { showBeside, type ReviewSession } from './review-beside';
import { InsertedHints } from '../shell/inserted-words';
import { insertionsOf, markDecorations, markReview, remarkHover } from './marks';
import {
  currentRemark,
  followed,
  latestIsRefusal,
  moved,
  movedTo,
  openRemarks,
  refusalUndone,
  refused,
  remarkAt,
  reviewOf,
  takingEdits,
  type Remark,
  type Review,
} from './review';

export class Reviewer {
  private readonly sessions = new Map<string, ReviewSession>();
  private readonly contexts = new ReviewContexts();
  private readonly hints = new InsertedHints((document) => insertionsOf(this.markedOf(document)));
  private readonly bar = new ReviewBar((document) => this.sessions.get(document.uri.toString())?.review);

  /** One stroke after the other: two quick ones must not decide about the same remark. */
  private latest: Promise<void> = Promise.resolve();

  constructor(
    private readonly services: Services,
    private readonly preview: Preview,
  ) {
    const register = (command: string, run: (...args: unknown[]) => unknown): vscode.Disposable =>
      vscode.commands.registerCommand(command, (...args: unknown[]) => {
        const decided = this.latest.then(() => run(...args));
        this.latest = decided.then(
          () => undefined,
          (error: unknown) => services.messages.failure(error),
        );
        return this.latest;
      });
    services.context.subscriptions.push(
      ...markDecorations,
      this.hints,
      this.bar,
      vscode.languages.registerHoverProvider(engineDocumentSelector, {
        provideHover: (document, position) => remarkHover(document, this.markedOf(document), position),
      }),
      ...this.follow(),
      register('narTextTools.reviewTake', (chosen) => this.unlessElsewhere(chosen, () => this.take(chosen))),
      register('narTextTools.reviewRefuse', (chosen) => this.unlessElsewhere(chosen, () => this.refuse(chosen))),
      register('narTextTools.reviewTakeKind', (id) => this.takeKind(id)),
      register('narTextTools.reviewRefuseKind', (id) => this.refuseKind(id)),
      register('narTextTools.reviewNext', () => this.move(1)),
      register('narTextTools.reviewPrevious', () => this.move(-1)),
      register('narTextTools.reviewUndo', () => this.undo()),
      register('narTextTools.reviewEnd', () => this.end(this.active())),
      register('narTextTools.reviewDiff', () => this.showDiff()),
    );
  }

  /** Begins a review of the document at the first remark from the cursor on; an earlier one of it is over. */
  async start(editor: vscode.TextEditor, corrections: readonly Correction[]): Promise<void> {
    const { document } = editor;
    const review = reviewOf(corrections, document.getText());
    this.sessions.set(document.uri.toString(), {
      document,
      review: movedTo(review, document.offsetAt(editor.selection.start)),
    });
    this.show(document);
    await this.goToCurrent(document);
  }

  /** What is marked in the text: nothing while the side-by-side view shows it. */
  private markedOf(document: vscode.TextDocument): Review | undefined {
    const session = this.sessions.get(document.uri.toString());
    return session?.beside ? undefined : session?.review;
  }

  private active(): ReviewSession | undefined {
    const document = vscode.window.activeTextEditor?.document;
    return document && this.sessions.get(document.uri.toString());
  }

  /**
   * A key that comes before the editor knows that the cursor has left the remark is an ordinary key of the text.
   * @param chosen `{ key }` from a key binding
   */
  private async unlessElsewhere(chosen: unknown, decide: () => Promise<void>): Promise<void> {
    const ordinary = ordinaryKey(chosen);
    if (ordinary === undefined || this.isAtRemark()) await decide();
    else await vscode.commands.executeCommand(...ordinary);
  }

  private isAtRemark(): boolean {
    const session = this.active();
    const editor = vscode.window.activeTextEditor;
    const remark = session && currentRemark(session.review);
    if (!editor || !remark || editor.selections.length !== 1 || !editor.selection.isEmpty) return false;
    return remarkAt(session!.review, session!.document.offsetAt(editor.selection.active))?.id === remark.id;
  }

  /** Without `id` the remark that is looked at. */
  private chosen(session: ReviewSession, id: unknown): Remark | undefined {
    return typeof id === 'number' ? session.review.remarks[id] : currentRemark(session.review);
  }

  private async take(id?: unknown): Promise<void> {
    const session = this.active();
    const remark = session && this.chosen(session, id);
    if (remark) await this.takeAll(session, [remark]);
  }

  private async takeKind(id?: unknown): Promise<void> {
    const session = this.active();
    const remark = session && this.chosen(session, id);
    if (remark) await this.takeAll(session, openRemarks(session.review, remark.type));
  }

  private async takeAll(session: ReviewSession, remarks: readonly Remark[]): Promise<void> {
    const { document } = session;
    const applied = await applyChecked(this.services, {
      document,
      version: document.version,
      edits: takingEdits(remarks),
      again: () => this.takeAll(session, remarks),
    });
    if (!applied) return;
    stepDone('corrected');
    await this.goToCurrent(document);
  }

  private async refuse(id?: unknown): Promise<void> {
    const session = this.active();
    const remark = session && this.chosen(session, id);
    if (remark) await this.refuseAll(session, [remark]);
  }

  private async refuseKind(id?: unknown): Promise<void> {
    const session = this.active();
    const remark = session && this.chosen(session, id);
    if (remark) await this.refuseAll(session, openRemarks(session.review, remark.type));
  }

  private async refuseAll(session: ReviewSession, remarks: readonly Remark[]): Promise<void> {
    session.review = refused(
      session.review,
      remarks.map(({ id }) => id),
    );
    this.show(session.document);
    await this.goToCurrent(session.document);
  }

  /** From the cursor: who has walked away by hand goes on from there. */
  private async move(by: 1 | -1): Promise<void> {
    const session = this.active();
    const editor = vscode.window.activeTextEditor;
    if (!session || !editor) return;
    const offset = session.document.offsetAt(editor.selection.active);
    const here = remarkAt(session.review, offset);
    const isHere = here !== undefined && here.id === session.review.current;
    session.review = isHere
      ? moved(session.review, by)
      : by === 1
        ? movedTo(session.review, offset)
        : moved(movedTo(session.review, offset), -1);
    this.show(session.document);
    await this.goToCurrent(session.document);
  }

  /** The latest stroke of the review: a refusal is undone here, everything else is a change of the text. */
  private async undo(): Promise<void> {
    const session = this.active();
    if (!session || !latestIsRefusal(session.review)) {
      await vscode.commands.executeCommand('undo');
      return;
    }
    session.review = refusalUndone(session.review);
    this.show(session.document);
    await this.goToCurrent(session.document);
  }

  private end(session: ReviewSession | undefined): void {
    if (!session) return;
    this.sessions.delete(session.document.uri.toString());
    this.show(session.document);
  }

  private async showDiff(): Promise<void> {
    const session = this.active();
    if (session)
      await showBeside(this.preview, session, {
        show: () => this.show(session.document),
        again: () => this.showDiff(),
      });
  }

  /** Puts the cursor at the end of the remark that is looked at; the editor opens folded regions for it. */
  private async goToCurrent(document: vscode.TextDocument): Promise<void> {
    const session = this.sessions.get(document.uri.toString());
    const remark = session && currentRemark(session.review);
    const editor =
      vscode.window.activeTextEditor?.document === document
        ? vscode.window.activeTextEditor
        : vscode.window.visibleTextEditors.find((each) => each.document === document);
    if (!remark || !editor) return;
    const range = rangeAt(document, remark.start, remark.end);
    editor.selection = new vscode.Selection(range.end, range.end);
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    this.updateContexts();
  }

  /** Everything on the screen that depends on the review of this document. */
  private show(document: vscode.TextDocument): void {
    for (const editor of vscode.window.visibleTextEditors) {
      if (editor.document === document) markReview(editor, this.markedOf(document));
    }
    this.hints.refresh();
    this.bar.refresh();
    this.updateContexts();
  }

  private updateContexts(): void {
    this.contexts.set({ visible: this.active() !== undefined, atRemark: this.isAtRemark() });
  }

  private follow(): vscode.Disposable[] {
    return [
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const session = this.sessions.get(document.uri.toString());
        if (!session || contentChanges.length === 0) return;
        const wasDone = session.review.current === undefined;
        const edits = contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
          start: rangeOffset,
          end: rangeOffset + rangeLength,
          text,
        }));
        session.review = followed(session.review, edits, document.getText());
        // A review that is done stays for an undo, and goes with the next words that are written.
        if (wasDone && session.review.current === undefined) this.end(session);
        else this.show(document);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        const session = this.sessions.get(document.uri.toString());
        if (!session) return;
        // Another language mode closes a document and opens it at once.
        setTimeout(() => {
          if (!document.isClosed && isSupported(document)) this.show(document);
          else if (this.sessions.get(document.uri.toString()) === session) this.end(session);
        }, 0);
      }),
      vscode.window.onDidChangeVisibleTextEditors((editors) => {
        for (const editor of editors) markReview(editor, this.markedOf(editor.document));
      }),
      vscode.window.onDidChangeActiveTextEditor(() => {
        this.bar.refresh();
        this.updateContexts();
      }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        const session = this.active();
        if (textEditor !== vscode.window.activeTextEditor || !session) return;
        const here = remarkAt(session.review, session.document.offsetAt(textEditor.selection.active));
        if (here && here.id !== session.review.current) {
          session.review = { ...session.review, current: here.id };
          this.show(session.document);
        }
        this.updateContexts();
      }),
    ];
  }
}
