/**
 * Items beside each other in the status bar, each a button. The editor cuts an item at two fifths of the window, so
 * what is said and the keys are no single text: in a narrow window the keys would be gone.
 */
import * as vscode from 'vscode';

export interface StatusPart {
  text: string;
  command?: string;
  /** In place of a command. */
  run?(): unknown;
  tooltip?: string;
  accessibilityInformation?: vscode.AccessibilityInformation;
}

export class StatusRow implements vscode.Disposable {
  private readonly items: vscode.StatusBarItem[] = [];
  private parts: readonly StatusPart[] = [];
  private readonly registration: vscode.Disposable;

  /** @param name for the editor's menu that hides items @param priority of the first; the others stand to its right */
  constructor(
    private readonly id: string,
    private readonly name: string,
    private readonly priority: number,
  ) {
    this.registration = vscode.commands.registerCommand(`${id}.run`, (index: number) => this.parts[index]?.run?.());
  }

  show(parts: readonly StatusPart[]): void {
    this.parts = parts;
    for (const [index, { text, command, run, tooltip, accessibilityInformation }] of parts.entries()) {
      const item = (this.items[index] ??= this.create(index));
      item.text = text;
      item.command = run ? { title: text, command: `${this.id}.run`, arguments: [index] } : command;
      item.tooltip = tooltip;
      item.accessibilityInformation = accessibilityInformation;
      item.show();
    }
    for (const item of this.items.slice(parts.length)) item.hide();
  }

  hide(): void {
    this.show([]);
  }

  dispose(): void {
    this.registration.dispose();
    for (const item of this.items) item.dispose();
  }

  private create(index: number): vscode.StatusBarItem {
    const { Left } = vscode.StatusBarAlignment;
    const id = index === 0 ? this.id : `${this.id}.${index}`;
    const item = vscode.window.createStatusBarItem(id, Left, this.priority - index / 10);
    item.name = this.name;
    return item;
  }
}
