/** Sentences of a document, as the engine reads them: the editor's side parses nothing. */
import * as vscode from 'vscode';
import type { ProseResult, TextInput } from '../../protocol/requests';
import { sliceOf, textFormat } from './documents';

/** What is needed of the engine's client. */
export interface ProseReader {
  prose(params: TextInput): Promise<ProseResult>;
}

export interface DocumentSentence {
  /** Offsets in the document, UTF-16 units. */
  start: number;
  end: number;
  /** Exact source, white space at the ends left out: how the setting `ignoredSentences` names it. */
  source: string;
}

/**
 * Sentences that touch the range; for an empty range the one sentence at the cursor, or none.
 * @throws DocumentTooLongError, EngineStoppedError
 */
export async function sentencesIn(
  reader: ProseReader,
  document: vscode.TextDocument,
  range: vscode.Range,
): Promise<DocumentSentence[]> {
  const { text, base, range: wanted } = sliceOf(document, range);
  const { sentences } = await reader.prose({
    text,
    format: textFormat(document),
    ...(wanted ? { range: wanted } : {}),
  });
  return sentences.map(({ startIndex, endIndex }) => ({
    start: startIndex + base,
    end: endIndex + base,
    source: text.slice(startIndex, endIndex).trim(),
  }));
}

/**
 * The range grown to whole sentences, so that no word, code span or link is cut. Without
 * prose in it the range as it is.
 */
export async function wholeSentences(
  reader: ProseReader,
  document: vscode.TextDocument,
  range: vscode.Range,
): Promise<vscode.Range> {
  const sentences = await sentencesIn(reader, document, range);
  if (sentences.length === 0) return range;
  const start = Math.min(document.offsetAt(range.start), sentences[0]!.start);
  const end = Math.max(document.offsetAt(range.end), sentences[sentences.length - 1]!.end);
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}
