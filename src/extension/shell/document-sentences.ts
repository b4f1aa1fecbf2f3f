/**
 * Sentences of a document, for what the editor's side must know by itself. The Markdown parser is loaded on first use.
 */
import * as vscode from 'vscode';
import { DocumentTooLongError, sliceOf, textFormat } from './documents';

export interface DocumentSentence {
  /** Offsets in the document, UTF-16 units. */
  start: number;
  end: number;
  /** Exact source, white space at the ends left out: how the setting `ignoredSentences` names it. */
  source: string;
}

/**
 * Sentences that touch the range; for an empty range the one sentence at the cursor, or none.
 * @throws DocumentTooLongError
 */
export async function sentencesIn(document: vscode.TextDocument, range: vscode.Range): Promise<DocumentSentence[]> {
  const { grammarReady, proseSentences } = await import('./prose');
  await grammarReady(textFormat(document));
  const slice = sliceOf(document, range);
  const { start, end } = slice.range ?? { start: 0, end: slice.text.length };
  const all = proseSentences(slice.text, textFormat(document));
  const touching =
    start === end
      ? [
          all.find((sentence) => sentence.start <= start && start < sentence.end) ??
            all.find((sentence) => sentence.end === start),
        ]
      : all.filter((sentence) => sentence.start < end && start < sentence.end);
  return touching
    .filter((sentence) => sentence !== undefined)
    .map((sentence) => ({
      start: sentence.start + slice.base,
      end: sentence.end + slice.base,
      source: slice.text.slice(sentence.start, sentence.end).trim(),
    }));
}

/** The words of all sentences, and how many are not English. Undefined for a document that is too long. */
export async function proseOf(
  document: vscode.TextDocument,
): Promise<{ sentences: string[]; foreign: number } | undefined> {
  const { foreignSentences, grammarReady, proseSentences } = await import('./prose');
  await grammarReady(textFormat(document));
  try {
    const sentences = proseSentences(sliceOf(document).text, textFormat(document));
    return { sentences: sentences.map(({ text }) => text), foreign: foreignSentences(sentences).size };
  } catch (error) {
    if (error instanceof DocumentTooLongError) return undefined;
    throw error;
  }
}

/**
 * The range grown to whole sentences, so that no word, code span or link is cut. Without
 * prose in it the range as it is.
 */
export async function wholeSentences(document: vscode.TextDocument, range: vscode.Range): Promise<vscode.Range> {
  const sentences = await sentencesIn(document, range);
  if (sentences.length === 0) return range;
  const start = Math.min(document.offsetAt(range.start), sentences[0]!.start);
  const end = Math.max(document.offsetAt(range.end), sentences[sentences.length - 1]!.end);
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}
