/**
 * "Summarize Selection": the summary opens beside as a read-only Markdown page that links every sentence to its
 * sources; these are highlighted in the editor while the page is open. From there it is inserted, copied, put in place
 * of the text or into the front matter.
 */
import * as vscode from 'vscode';
import type { SummarizeResult, SummaryLength, TextFormat } from '../../protocol/requests';
import { refusesLanguage } from '../correct/correct';
import { sliceOf, textFormat, type TextSlice } from '../shell/documents';
import type { OffsetEdit } from '../shell/checked-edits';
import { stepDone } from '../shell/first-steps';
import { withProgress } from '../shell/messages';
import { applyChecked, nameOf } from '../shell/preview';
import { wholeSentences } from '../shell/document-sentences';
import { StatusRow } from '../shell/status-row';
import type { Services } from '../shell/services';
import { writtenEditor } from '../shell/written-editor';
import { readSettings } from '../shell/settings';
import { insertAboveEdit } from './insert-above';
import { askLength } from './ask-length';
import { descriptionEdit, frontMatter, relocate, renderSummary } from './summary-markdown';
import { markSources, sourceDecoration, sourceRange, summaryLenses, summaryLinks, type Summary } from './summary-page';
import { lengthNames, summaryTexts } from './summary-texts';
import { virtualScheme } from '../shell/virtual-documents';

const openContext = 'narTextTools.summaryOpen';

class Summarizer implements vscode.CodeLensProvider, vscode.DocumentLinkProvider {
  readonly row = new StatusRow('narTextTools.summary', vscode.l10n.t('Summary'), 1000);
  private readonly summaries = new Map<string, Summary>();

  constructor(private readonly services: Services) {}

  /** Without a selection the whole document. `length` is given by tests and key bindings; else the user is asked. */
  async summarize(editor: vscode.TextEditor, given?: SummaryLength): Promise<void> {
    const { document } = editor;
    const again = (): unknown => this.summarize(editor, given);
    try {
      if (refusesLanguage(this.services, document)) return;
      if (document.getText().trim() === '') {
        this.services.messages.information(
          vscode.l10n.t('“{0}” is empty: there is nothing to summarize.', nameOf(document)),
        );
        return;
      }
      const length = given ?? (await askLength(this.services.context, document));
      if (!length) return;
      const range = editor.selection.isEmpty
        ? undefined
        : await wholeSentences(this.services.client, document, editor.selection);
      const slice = sliceOf(document, range);
      const { version } = document;
      const { decoder, passes } = readSettings(document.uri).summarize;
      const covered = range ? document.getText(range) : document.getText();
      const result = await withProgress(vscode.l10n.t('Summarizing “{0}”…', nameOf(document)), (token) =>
        this.services.client.summarize(
          {
            text: slice.text,
            format: textFormat(document),
            ...(slice.range ? { range: slice.range } : {}),
            length,
            decoder,
            options: { passes },
          },
          token,
        ),
      );
      if (result.output.trim() === '') {
        this.services.messages.information(
          vscode.l10n.t('There is no sentence to summarize: the text holds only code, tables or headings.'),
        );
        return;
      }
      if (document.version !== version) {
        this.services.messages.warning(
          vscode.l10n.t('“{0}” was edited meanwhile, so the summary may be of older text.', nameOf(document)),
          { title: vscode.l10n.t('Run Again'), run: again },
        );
        return;
      }
      await this.open(document, range ? document.offsetAt(range.start) : 0, covered, inDocument(result, slice), length);
    } catch (error) {
      this.services.messages.failure(error, again);
    }
  }

  provideCodeLenses(page: vscode.TextDocument): vscode.CodeLens[] {
    const summary = this.summaries.get(page.uri.toString());
    return summary ? summaryLenses(page, summary) : [];
  }

  provideDocumentLinks(page: vscode.TextDocument): vscode.DocumentLink[] {
    const summary = this.summaries.get(page.uri.toString());
    return summary ? summaryLinks(page, summary) : [];
  }

  async reveal(page: string, start: number, end: number): Promise<void> {
    const summary = this.summaries.get(page);
    const range = summary && sourceRange(summary, start, end);
    if (!summary || !range) return;
    const visible = vscode.window.visibleTextEditors.find((editor) => editor.document === summary.document);
    await vscode.window.showTextDocument(summary.document, {
      ...(visible?.viewColumn === undefined ? {} : { viewColumn: visible.viewColumn }),
      selection: range,
    });
  }

  async copy(page?: string): Promise<void> {
    const summary = this.find(page);
    if (!summary) return;
    await vscode.env.clipboard.writeText(summary.result.output);
    this.services.messages.passing(vscode.l10n.t('The summary is copied.'));
  }

  /** No key reaches the lenses of a page: while it is in front the status bar has them as well. */
  showKeys(): void {
    const page = vscode.window.activeTextEditor?.document.uri.toString();
    if (page === undefined || !this.summaries.has(page)) return this.row.hide();
    this.row.show([
      { text: vscode.l10n.t('Ctrl+Enter inserts'), command: 'narTextTools.summaryInsert' },
      { text: vscode.l10n.t('Copy'), command: 'narTextTools.summaryCopy' },
      { text: vscode.l10n.t('Replace'), command: 'narTextTools.summaryReplace' },
    ]);
  }

  insert(page?: string): Promise<void> {
    return this.change(page, (text, { start, eol, format, result }) =>
      insertAboveEdit(text, result.output, { start, bodyStart: frontMatter(text)?.bodyStart ?? 0, format, eol }),
    );
  }

  replace(page?: string): Promise<void> {
    return this.change(page, (_text, { start, length, result }) => ({
      start,
      end: start + length,
      text: result.output.trim(),
    }));
  }

  description(page?: string): Promise<void> {
    return this.change(page, (text, { eol, result }) => descriptionEdit(text, result.output, eol));
  }

  isSource(document: vscode.TextDocument): boolean {
    return [...this.summaries.values()].some((summary) => summary.document === document);
  }

  /** Marks the sources in every editor that shows the document of an open summary. */
  decorate(): void {
    for (const editor of vscode.window.visibleTextEditors) markSources(editor, [...this.summaries.values()]);
  }

  private async open(
    document: vscode.TextDocument,
    start: number,
    text: string,
    result: SummarizeResult,
    length: SummaryLength,
  ): Promise<void> {
    const title = vscode.l10n.t('Summary of {0}', nameOf(document));
    const page = renderSummary(result, title, summaryTexts(length), (offset) => document.positionAt(offset).line + 1);
    const uri = this.services.virtualDocuments.create(
      'summary',
      `${title.replace(/\.(md|markdown|txt)$/i, '')}.md`,
      page.text,
      () => {
        this.summaries.delete(uri.toString());
        this.tellOpen();
        this.decorate();
      },
    );
    this.summaries.set(uri.toString(), { uri, document, start, text, result, links: page.links });
    this.tellOpen();
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), {
      viewColumn: vscode.ViewColumn.Beside,
      preview: true,
      preserveFocus: false,
    });
    this.decorate();
    this.showKeys();
    stepDone('summarized');
  }

  /** The palette then has what can be done with a summary. */
  private tellOpen(): void {
    void vscode.commands.executeCommand('setContext', openContext, this.summaries.size > 0);
  }

  private find(page?: string): Summary | undefined {
    const active = vscode.window.activeTextEditor?.document.uri.toString();
    const key =
      page ?? (active !== undefined && this.summaries.has(active) ? active : [...this.summaries.keys()].pop());
    const summary = key === undefined ? undefined : this.summaries.get(key);
    if (!summary) this.services.messages.information(vscode.l10n.t('No summary is open. Run “Summarize” first.'));
    return summary;
  }

  private async change(
    page: string | undefined,
    edit: (
      text: string,
      at: { start: number; length: number; eol: string; format: TextFormat; result: SummarizeResult },
    ) => OffsetEdit | undefined,
  ): Promise<void> {
    const summary = this.find(page);
    if (!summary) return;
    // Closed in the editor meanwhile: it is opened again from where it lies.
    const document = summary.document.isClosed
      ? await vscode.workspace.openTextDocument(summary.document.uri)
      : summary.document;
    summary.document = document;
    const text = document.getText();
    const start = relocate(text, summary.text, summary.start);
    if (start === undefined) {
      this.services.messages.warning(
        vscode.l10n.t(
          'The summarized text in “{0}” was edited meanwhile. Nothing was changed; you can still copy the summary.',
          nameOf(document),
        ),
        { title: vscode.l10n.t('Copy'), run: () => this.copy(summary.uri.toString()) },
      );
      return;
    }
    const eol = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
    const format = textFormat(document);
    const change = edit(text, { start, length: summary.text.length, eol, format, result: summary.result });
    if (!change) {
      this.services.messages.warning(
        vscode.l10n.t(
          'The front matter of “{0}” has a description of several lines. It was left as it is; copy the summary instead.',
          nameOf(document),
        ),
      );
      return;
    }
    await applyChecked(this.services, {
      document,
      version: document.version,
      edits: [change],
      again: () => this.change(page, edit),
    });
  }
}

/** The engine answers in offsets of the slice. */
function inDocument(result: SummarizeResult, { base }: TextSlice): SummarizeResult {
  return {
    ...result,
    sentences: result.sentences.map((sentence) => ({
      ...sentence,
      sources: sentence.sources.map(({ startIndex, endIndex }) => ({
        startIndex: startIndex + base,
        endIndex: endIndex + base,
      })),
    })),
  };
}

export function registerSummarize(services: Services): void {
  const summarizer = new Summarizer(services);
  const selector: vscode.DocumentSelector = { scheme: virtualScheme, language: 'markdown' };
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  services.context.subscriptions.push(
    sourceDecoration,
    vscode.commands.registerCommand('narTextTools.summarizeSelection', async (length?: unknown) => {
      const editor = await writtenEditor(services.context);
      const given = text(length);
      if (editor)
        return summarizer.summarize(
          editor,
          given !== undefined && given in lengthNames ? (given as SummaryLength) : undefined,
        );
      return undefined;
    }),
    vscode.commands.registerCommand('narTextTools.summaryInsert', (page?: unknown) => summarizer.insert(text(page))),
    vscode.commands.registerCommand('narTextTools.summaryCopy', (page?: unknown) => summarizer.copy(text(page))),
    vscode.commands.registerCommand('narTextTools.summaryReplace', (page?: unknown) => summarizer.replace(text(page))),
    vscode.commands.registerCommand('narTextTools.summaryDescription', (page?: unknown) =>
      summarizer.description(text(page)),
    ),
    vscode.commands.registerCommand('narTextTools.revealSource', (page: string, start: number, end: number) =>
      summarizer.reveal(page, start, end),
    ),
    vscode.languages.registerCodeLensProvider(selector, summarizer),
    vscode.languages.registerDocumentLinkProvider(selector, summarizer),
    summarizer.row,
    vscode.window.onDidChangeActiveTextEditor(() => summarizer.showKeys()),
    vscode.window.onDidChangeVisibleTextEditors(() => summarizer.decorate()),
    vscode.workspace.onDidChangeTextDocument(
      ({ document, contentChanges }) =>
        contentChanges.length > 0 && summarizer.isSource(document) && summarizer.decorate(),
    ),
  );
}
