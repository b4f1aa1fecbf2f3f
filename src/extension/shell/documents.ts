/** Which documents the extension works on, how they are sent to the engine, and whether they can be changed. */
import * as vscode from 'vscode';
import { formatDescriptions, formatOfLanguage, type TextFormat, textFormats } from '../../protocol/formats';

/** Languages of the table of formats. */
export const supportedLanguages = textFormats.flatMap((format) => formatDescriptions[format].languages);

/** Schemes whose documents a person writes; leaves out diffs' left sides, output panes and our own results. */
const writtenSchemes = [
  'file',
  'untitled',
  'vscode-scm',
  'vscode-vfs',
  'vscode-remote',
  'vscode-notebook-cell',
  // Boxes in which reviews and pull requests are commented on.
  'comment',
  'vscode-userdata',
] as const;

/** What the engine checks as you type. */
export const engineDocumentSelector: { scheme: string; language: string }[] = supportedLanguages.flatMap((language) =>
  writtenSchemes.map((scheme) => ({ scheme, language })),
);

export function isSupported(document: vscode.TextDocument): boolean {
  return formatOfLanguage(document.languageId) !== undefined;
}

export function textFormat(document: vscode.TextDocument): TextFormat {
  return formatOfLanguage(document.languageId) ?? 'plain';
}

/** Documents longer than this (UTF-16 units) are not sent as a whole; a selection in them still is. */
export const longestDocument = 2_000_000;

export interface TextSlice {
  text: string;
  /** Where the slice begins in the document, UTF-16 units. */
  base: number;
  /** The selection within `text`; left out when the whole document is meant. */
  range?: { start: number; end: number };
}

export class DocumentTooLongError extends Error {
  constructor(characters: number) {
    super(
      vscode.l10n.t(
        'This document has {0} characters; at most {1} can be worked on at once. Select a part of it and run the command again.',
        characters.toLocaleString(vscode.env.language),
        longestDocument.toLocaleString(vscode.env.language),
      ),
    );
  }
}

/**
 * The text to send for a selection (or the whole document). Of a very long document only the selection's lines, out to
 * the next blank lines, are sent.
 * @throws DocumentTooLongError
 */
export function sliceOf(document: vscode.TextDocument, selection?: vscode.Range): TextSlice {
  const text = document.getText();
  if (text.length <= longestDocument) {
    return selection
      ? { text, base: 0, range: { start: document.offsetAt(selection.start), end: document.offsetAt(selection.end) } }
      : { text, base: 0 };
  }
  if (!selection) throw new DocumentTooLongError(text.length);
  let first = selection.start.line;
  let last = selection.end.line;
  while (first > 0 && selection.start.line - first < 200 && !document.lineAt(first - 1).isEmptyOrWhitespace) first--;
  while (
    last + 1 < document.lineCount &&
    last - selection.end.line < 200 &&
    !document.lineAt(last + 1).isEmptyOrWhitespace
  )
    last++;
  const range = new vscode.Range(first, 0, last, document.lineAt(last).text.length);
  const part = document.getText(range);
  if (part.length > longestDocument) throw new DocumentTooLongError(part.length);
  const base = document.offsetAt(range.start);
  return {
    text: part,
    base,
    range: { start: document.offsetAt(selection.start) - base, end: document.offsetAt(selection.end) - base },
  };
}

export function rangeAt(document: vscode.TextDocument, start: number, end: number): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

/** Whether an edit of this document can succeed. */
export async function isReadOnly({ uri }: Pick<vscode.TextDocument, 'uri'>): Promise<boolean> {
  const writable = vscode.workspace.fs.isWritableFileSystem(uri.scheme);
  if (writable === false) return true;
  if (writable === undefined && !(writtenSchemes as readonly string[]).includes(uri.scheme)) return true;
  if (uri.scheme !== 'file') return false;
  try {
    const status = await vscode.workspace.fs.stat(uri);
    return ((status.permissions ?? 0) & vscode.FilePermission.Readonly) !== 0;
  } catch {
    return false; // Deleted on disk: the editor still holds the text and can be edited.
  }
}
