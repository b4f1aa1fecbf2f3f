/** The statistics of the document in the active editor, counted again when it has been quiet for a while. */
import * as vscode from 'vscode';
import { isSupported } from './documents';
import { proseOf } from './document-sentences';
import { statisticsOf, type TextStatistics } from './text-statistics';
import { virtualScheme } from './virtual-documents';

/** Milliseconds without a change. */
const quiet = 1_000;
/** Longer documents (UTF-16 units) are not counted: reading them takes a tenth of a second of the extension host. */
const longest = 400_000;

export class ActiveStatistics implements vscode.Disposable {
  private timer: NodeJS.Timeout | undefined;
  private counted:
    | { document: vscode.TextDocument; version: number; statistics: TextStatistics | undefined }
    | undefined;
  private readonly subscriptions: vscode.Disposable[];

  /** @param onChange there are other statistics than before */
  constructor(private readonly onChange: () => void) {
    this.subscriptions = [
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

  private async read(document: vscode.TextDocument): Promise<TextStatistics | undefined> {
    const prose = await proseOf(document);
    return prose && statisticsOf(prose.sentences, prose.foreign);
  }

  private async count(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (!document || !isSupported(document) || document.uri.scheme === virtualScheme) return;
    if (this.counted?.document === document && this.counted.version === document.version) return;
    if (document.getText().length > longest) return;
    const { version } = document;
    this.counted = { document, version, statistics: await this.read(document) };
    this.onChange();
  }
}
