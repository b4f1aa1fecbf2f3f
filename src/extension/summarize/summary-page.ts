/** The page of a summary: what can be done with it, its links, and the marks of its sources in the document. */
import * as vscode from 'vscode';
import type { SummarizeResult } from '../../protocol/requests';
import { rangeAt } from '../shell/documents';
import { relocate, type SummaryLink } from './summary-markdown';

export interface Summary {
  /** The page. */
  uri: vscode.Uri;
  document: vscode.TextDocument;
  /** What was summarized: offset and exact text in the document. */
  start: number;
  text: string;
  result: SummarizeResult;
  links: SummaryLink[];
}

export const sourceDecoration = vscode.window.createTextEditorDecorationType({
  backgroundColor: new vscode.ThemeColor('editor.wordHighlightStrongBackground'),
  overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.wordHighlightStrongForeground'),
  borderWidth: '0 0 1px 0',
  borderStyle: 'dotted',
  borderColor: new vscode.ThemeColor('editor.foreground'),
});

export function summaryLenses(page: vscode.TextDocument, summary: Summary): vscode.CodeLens[] {
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

export function summaryLinks(page: vscode.TextDocument, summary: Summary): vscode.DocumentLink[] {
  return summary.links.map(({ start, end, source }) => {
    const query = encodeURIComponent(JSON.stringify([page.uri.toString(), source.start, source.end]));
    const link = new vscode.DocumentLink(
      rangeAt(page, start, end),
      vscode.Uri.parse(`command:narTextTools.revealSource?${query}`),
    );
    link.tooltip = vscode.l10n.t('Show this sentence in the document');
    return link;
  });
}

/** Marks the sources of all open summaries of the document that the editor shows. */
export function markSources(editor: vscode.TextEditor, summaries: readonly Summary[]): void {
  const marks = summaries
    .filter(({ document }) => document === editor.document)
    .flatMap((summary) =>
      summary.result.sentences.flatMap((sentence) =>
        sentence.sources.flatMap(({ startIndex, endIndex }) => {
          const range = sourceRange(summary, startIndex, endIndex);
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

/** Source offsets are of the text as it was: undefined when that sentence has been edited since. */
export function sourceRange(summary: Summary, start: number, end: number): vscode.Range | undefined {
  if (summary.document.isClosed) return undefined;
  const piece = summary.text.slice(start - summary.start, end - summary.start);
  const place = relocate(summary.document.getText(), piece, start);
  return place === undefined ? undefined : rangeAt(summary.document, place, place + piece.length);
}
