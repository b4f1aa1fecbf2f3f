/** When the keys of a review hold, and what they do where they do not. */
import * as vscode from 'vscode';

/** The active editor shows a document under review. */
const visibleContext = 'narTextTools.reviewVisible';
/** The cursor is on the remark that is looked at. */
const atRemarkContext = 'narTextTools.reviewAtRemark';

/** Tells the editor when the keys hold; it hears of changes alone. */
export class ReviewContexts {
  private readonly known = new Map<string, boolean>();

  set({ visible, atRemark }: { visible: boolean; atRemark: boolean }): void {
    for (const [name, value] of [
      [visibleContext, visible],
      [atRemarkContext, atRemark],
    ] as const) {
      if (this.known.get(name) === value) continue;
      this.known.set(name, value);
      void vscode.commands.executeCommand('setContext', name, value);
    }
  }
}

/** What the keys of a review do in a text without one: a command of the editor and its argument. */
const ordinaryKeys: Readonly<Record<string, [command: string, argument?: unknown]>> = {
  tab: ['tab'],
  enter: ['type', { text: '\n' }],
  delete: ['deleteRight'],
  backspace: ['deleteLeft'],
};

/** @param chosen `{ key }` from a key binding; undefined from everything else */
export function ordinaryKey(chosen: unknown): readonly [command: string, argument?: unknown] | undefined {
  const key = typeof chosen === 'object' && chosen !== null ? (chosen as { key?: unknown }).key : undefined;
  return typeof key === 'string' ? ordinaryKeys[key] : undefined;
}
