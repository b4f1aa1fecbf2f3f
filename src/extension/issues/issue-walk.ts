/**
 * A walk through the list of issues by keyboard: which row has the focus, and that the next one has it when one was
 * taken or ignored.
 */
import * as vscode from 'vscode';
import { focusedRow, type IssueNode, type IssueRows, type Next } from './issue-rows';

/** In milliseconds: the editor has begun to draw a list anew this long after it was told to. */
const drawnAfter = 250;

export class IssueWalk implements vscode.Disposable {
  /** Where a person goes on after the latest act, until the list shows what became of it or the person is elsewhere. */
  private next: Next | undefined;
  private quiet: Promise<unknown> = Promise.resolve();
  private readonly subscriptions: vscode.Disposable[];

  constructor(private readonly view: vscode.TreeView<IssueNode>) {
    const { Keyboard, Mouse } = vscode.TextEditorSelectionChangeKind;
    const leave = (): void => void (this.next = undefined);
    this.subscriptions = [
      // Who types or clicks in a text, or hides the list, has left it.
      vscode.window.onDidChangeTextEditorSelection(({ kind }) => {
        if (kind === Keyboard || kind === Mouse) leave();
      }),
      view.onDidChangeVisibility(leave),
    ];
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  /** The list is about to be drawn anew. */
  drawsAnew(): void {
    this.quiet = wait(drawnAfter);
  }

  /** The next row has the focus at once, while the list is what a person sees: the engine answers later. */
  async decided(row: IssueNode, rows: IssueRows): Promise<void> {
    this.next = rows.after(row);
    if (this.next) await this.goTo(this.next.node);
  }

  /** A correction may mend two: then the row that has the focus is gone as well, once the engine has answered. */
  follow(rows: IssueRows): void {
    const { next } = this;
    if (!next || rows.find(next.decided)) return;
    this.next = undefined;
    const node = rows.find(next.node) ? undefined : rows.insteadOf(next);
    if (node) void this.goTo(node);
  }

  /**
   * An editor tells which rows are selected, and not which has the focus: that one joins or leaves the selection, and
   * back. While a list is drawn anew some rows are unknown: what is told then is no answer, and asked again.
   */
  async focused(): Promise<IssueNode | undefined> {
    for (let tries = 0; tries < 20; tries++) {
      await this.quiet;
      const before = this.view.selection;
      await vscode.commands.executeCommand('list.toggleSelection');
      const toggled = this.view.selection;
      await vscode.commands.executeCommand('list.toggleSelection');
      const row = focusedRow(before, toggled, this.view.selection);
      if (row) return row;
      await wait(50);
    }
    return undefined;
  }

  /** The editor waits until the list is drawn. */
  private async goTo(node: IssueNode): Promise<void> {
    try {
      await this.view.reveal(node, { select: true, focus: true });
    } catch {
      // Gone before it was drawn: the list is another one by now, and the person sees it.
    }
  }
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
