/**
 * "Summarize Selection": the summary opens beside as a read-only Markdown page that links every sentence to its
 * sources; these are highlighted in the editor while the page is open. From there it is inserted, copied, put in place
 * of the text or into the front matter.
 */
import * as vscode from 'vscode';
import type { SummarizeResult, SummaryLength, TextFormat } from '../../protocol/requests';
import { refusesLanguage } from '../correct/correct';
import { rangeAt, sliceOf, textFormat, type TextSlice } from '../shell/documents';
import type { OffsetEdit } from '../shell/checked-edits';
import { stepDone } from '../shell/first-steps';
import { withProgress } from '../shell/messages';
import { applyChecked, nameOf } from '../shell/preview';
import { wholeSentences } from '../shell/document-sentences';
import type { Services } from '../shell/services';
import { writtenEditor } from '../shell/written-editor';
import { readSettings } from '../shell/settings';
import { insertAboveEdit } from './insert-above';
import { descriptionEdit, frontMatter, relocate, renderSummary, type SummaryLink } from './summary-markdown';
import { lengthNames, summaryTexts } from './summary-texts';
import { virtualScheme } from '../shell/virtual-documents';

const openContext = 'narTextTools.summaryOpen';
const latestLengthKey = 'narTextTools.summaryLength';

interface Summary {
  /** The page. */
  uri: vscode.Uri;
  document: vscode.TextDocument;
  /** What was summarized: offset and exact text in the document. */
  start: number;
  text: string;
  result: SummarizeResult;
  links: SummaryLink[];
}

const sourceDecoration = vscode.window.createTextEditorDecorationType({
  backgroundColor: new vscode.ThemeColor('editor.wordHighlightStrongBackground'),
  overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.wordHighlightStrongForeground'),
  borderWidth: '0 0 1px 0',
  borderStyle: 'dotted',
  borderColor: new vscode.ThemeColor('editor.foreground'),
});

class Summarizer implements vscode.CodeLensProvider, vscode.DocumentLinkProvider {
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
      const length = given ?? (await this.askLength(document));
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
    if (!summary) return [];
    const top = new vscode.Range(0, 0, 0, 0);
    // Half a window is narrow: one word each, and the rest on the hover.
    const lens = (title: string, tooltip: string, command: string): vscode.CodeLens =>
      new vscode.CodeLens(top, { title, tooltip, command, arguments: [page.uri.toString()] });
    return [
      lens(
        vscode.l10n.t('Insert'),
        vscode.l10n.t('Insert the summary above the text (Ctrl+Enter)'),
        'narTextTools.summaryInsert',
      ),
      lens(vscode.l10n.t('Copy'), vscode.l10n.t('Copy the summary'), 'narTextTools.summaryCopy'),
      lens(vscode.l10n.t('Replace'), vscode.l10n.t('Replace the text by the summary'), 'narTextTools.summaryReplace'),
      ...(summary.document.languageId === 'markdown'
        ? [
            lens(
              vscode.l10n.t('Description'),
              vscode.l10n.t('Use the summary as the description in the front matter'),
              'narTextTools.summaryDescription',
            ),
          ]
        : []),
    ];
  }

  provideDocumentLinks(page: vscode.TextDocument): vscode.DocumentLink[] {
    return (this.summaries.get(page.uri.toString())?.links ?? []).map(({ start, end, source }) => {
      const query = encodeURIComponent(JSON.stringify([page.uri.toString(), source.start, source.end]));
      const link = new vscode.DocumentLink(
        rangeAt(page, start, end),
        vscode.Uri.parse(`command:narTextTools.revealSource?${query}`),
      );
      link.tooltip = vscode.l10n.t('Show this sentence in the document');
      return link;
    });
  }

  async reveal(page: string, start: number, end: number): Promise<void> {
    const summary = this.summaries.get(page);
    const range = summary && this.sourceRange(summary, start, end);
    if (!summary || !range) return;
    const visible = vscode.window.visibleTextEditors.find((editor) => editor.document === summary.document);
    await vscode.window.showTextDocument(summary.document, {
      ...(visible?.viewColumn === undefined ? {} : { viewColumn: visible.viewColumn }),
      selection: range,
    });
  }

  async copy(page?: string): Promise<void> {
    const summary = this.find(page);
    if (summary) await vscode.env.clipboard.writeText(summary.result.output);
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
    for (const editor of vscode.window.visibleTextEditors) {
      const marks = [...this.summaries.values()]
        .filter(({ document }) => document === editor.document)
        .flatMap((summary) =>
          summary.result.sentences.flatMap((sentence) =>
            sentence.sources.flatMap(({ startIndex, endIndex }) => {
              const range = this.sourceRange(summary, startIndex, endIndex);
              return range
                ? [
                    {
                      range,
                      hoverMessage: new vscode.MarkdownString().appendText(
                        vscode.l10n.t('In the summary: {0}', sentence.text),
                      ),
                    },
                  ]
                : [];
            }),
          ),
        );
      editor.setDecorations(sourceDecoration, marks);
    }
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
    stepDone('summarized');
  }

  /** The palette then has what can be done with a summary. */
  private tellOpen(): void {
    void vscode.commands.executeCommand('setContext', openContext, this.summaries.size > 0);
  }

  /** Source offsets are of the text as it was: undefined when that sentence has been edited since. */
  private sourceRange(summary: Summary, start: number, end: number): vscode.Range | undefined {
    if (summary.document.isClosed) return undefined;
    const piece = summary.text.slice(start - summary.start, end - summary.start);
    const place = relocate(summary.document.getText(), piece, start);
    return place === undefined ? undefined : rangeAt(summary.document, place, place + piece.length);
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

  private async askLength(document: vscode.TextDocument): Promise<SummaryLength | undefined> {
    const { workspaceState } = this.services.context;
    const latest = workspaceState.get<SummaryLength>(latestLengthKey) ?? readSettings(document.uri).summarize.length;
    const details: Record<SummaryLength, string> = {
      headline: vscode.l10n.t('a few words'),
      sentence: vscode.l10n.t('what a description needs'),
      short: vscode.l10n.t('two or three sentences'),
      'key-sentences': vscode.l10n.t('the most important sentences as they stand'),
    };
    const lengths = Object.keys(lengthNames) as SummaryLength[];
    const items = lengths
      .sort((a, b) => Number(b === latest) - Number(a === latest))
      .map((length) => ({ label: lengthNames[length], description: details[length], length }));
    const chosen = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('How long shall the summary be?') });
    if (chosen) await workspaceState.update(latestLengthKey, chosen.length);
    return chosen?.length;
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
    vscode.window.onDidChangeVisibleTextEditors(() => summarizer.decorate()),
    vscode.workspace.onDidChangeTextDocument(
      ({ document, contentChanges }) =>
        contentChanges.length > 0 && summarizer.isSource(document) && summarizer.decorate(),
    ),
  );
}
