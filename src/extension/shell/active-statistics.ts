/** The statistics of the document in the active editor, counted again when it has been quiet for a while. */
import * as vscode from 'vscode';
import type { EngineClient } from '../engine/engine-client';
import { isSupported, textFormat } from './documents';
import { statisticsOf, type TextStatistics } from './text-statistics';
import { virtualScheme } from './virtual-documents';

/** Milliseconds without a change. */
const quiet = 1_000;
/** Longer documents (UTF-16 units) are not counted: they would be sent and read anew after every pause. */
const longest = 400_000;

export class ActiveStatistics implements vscode.Disposable {
  private timer: NodeJS.Timeout | undefined;
  private counted:
    | { document: vscode.TextDocument; version: number; statistics: TextStatistics | undefined }
    | undefined;
  private readonly subscriptions: vscode.Disposable[];

  /**
   * @param client reads the document; it is not started for that, and what was asked before it runs is counted then
   * @param onChange there are other statistics than before
   */
  constructor(
    private readonly client: Pick<EngineClient, 'prose' | 'processId' | 'onDidChangeStatus'>,
    private readonly onChange: () => void,
  ) {
    this.subscriptions = [
      client.onDidChangeStatus(() => this.isCounted() || this.schedule()),
      vscode.window.onDidChangeActiveTextEditor(() => this.schedule()),
      vscode.workspace.onDidChangeTextDocument(
        ({ document }) => document === vscode.window.activeTextEditor?.document && this.schedule(),
      ),
    ];
    this.schedule();
  }

  /** Undefined for another document than the counted one. */
  of(document: vscode.TextDocument | undefined): TextStatistics | undefined {
    return this.counted && this.counted.document === document ? this.counted.statistics : undefined;
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private schedule(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.count(), quiet);
  }

  private isCounted(document = vscode.window.activeTextEditor?.document): boolean {
    return (
      this.counted !== undefined && this.counted.document === document && this.counted.version === document.version
    );
  }

  private async count(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (!document || !isSupported(document) || document.uri.scheme === virtualScheme) return;
    if (this.client.processId === undefined || this.isCounted(document)) return;
    const text = document.getText();
    if (text.length > longest) return;
    const { version } = document;
    try {
      const { sentences, foreign } = await this.client.prose({ text, format: textFormat(document) });
      const views = sentences.map((sentence) => sentence.text);
      this.counted = { document, version, statistics: statisticsOf(views, foreign) };
    } catch {
      // Statistics are no reason for a message: that the engine stopped or leaves the text alone is told elsewhere.
      this.counted = { document, version, statistics: undefined };
    }
    this.onChange();
  }
}
