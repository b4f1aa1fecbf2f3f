/**
 * New words that are shown in the line, beside those that they would replace, while the document stays as it is. They
 * are inlay hints, since the editor wraps a line around those; decorations would push its end out of the window. They
 * stand in only where somebody has switched inlay hints off (docs/decisions/0012).
 */
import * as vscode from 'vscode';
import { engineDocumentSelector, rangeAt } from './documents';

export interface Insertion {
  /** Where the words begin that would go, UTF-16 units. */
  start: number;
  /** Where they end, and the new words would come; the same as `start` where nothing goes. */
  offset: number;
  words: string;
  tooltip: string;
}

/** Whether the editor shows inlay hints in this document without a key held down. */
export function showsHints(document: vscode.TextDocument): boolean {
  const enabled = vscode.workspace.getConfiguration('editor', document).get<string>('inlayHints.enabled', 'on');
  return enabled === 'on' || enabled === 'onUnlessPressed';
}

/** Behind `text-decoration:` of a decoration further rules of its style sheet can stand. */
const alsoStyle = (decoration: string, rules: string): string => `${decoration}; ${rules}`;
const diffColour = (name: string): string => `background-color: var(--vscode-diffEditor-${name}TextBackground)`;

/** Words that go. Their colour is that of the text, as their background must not be that of the new words. */
const struckDecoration = vscode.window.createTextEditorDecorationType({
  textDecoration: alsoStyle('line-through !important', `${diffColour('removed')} !important`),
});
/**
 * An inlay hint has the theme's colour of hints, often too pale to be read, and no extension can choose another. But
 * what is said of the characters on both sides of it goes for what stands between them, too.
 */
const aroundHintDecoration = vscode.window.createTextEditorDecorationType({
  color: new vscode.ThemeColor('editor.foreground'),
  // What comes is underlined, as what goes is struck: themes of high contrast have no backgrounds for either.
  textDecoration: alsoStyle('underline', diffColour('inserted')),
});
const besideHintDecoration = vscode.window.createTextEditorDecorationType({
  textDecoration: alsoStyle('none !important', 'background-color: transparent !important'),
});
/** Where inlay hints are switched off. */
const insertedDecoration = vscode.window.createTextEditorDecorationType({
  after: {
    color: new vscode.ThemeColor('editor.foreground'),
    backgroundColor: new vscode.ThemeColor('diffEditor.insertedTextBackground'),
    textDecoration: 'underline',
    margin: '0 0 0 0.3em',
  },
});
export const changeDecorations: readonly vscode.TextEditorDecorationType[] = [
  struckDecoration,
  aroundHintDecoration,
  besideHintDecoration,
  insertedDecoration,
];

/** Old words struck, and the colours of the new ones; without changes the marks of earlier ones go. */
export function markChanges(editor: vscode.TextEditor, changes: readonly Insertion[]): void {
  const { document } = editor;
  const hints = showsHints(document);
  const range = (start: number, end: number): vscode.Range => rangeAt(document, Math.max(0, start), end);
  const struck = changes.filter(({ start, offset }) => offset > start);
  const inserted = changes.filter(({ words }) => words !== '');
  const coloured = hints ? inserted : [];
  const starts = new Set(struck.map(({ start }) => start));
  editor.setDecorations(
    struckDecoration,
    struck.map(({ start, offset }) => range(start, offset)),
  );
  editor.setDecorations(
    aroundHintDecoration,
    coloured.map(({ offset }) => range(offset - 1, offset + 1)),
  );
  editor.setDecorations(besideHintDecoration, [
    ...coloured.filter(({ offset }) => !starts.has(offset)).map(({ offset }) => range(offset, offset + 1)),
    ...coloured.filter(({ start, offset }) => offset === start).map(({ offset }) => range(offset - 1, offset)),
  ]);
  editor.setDecorations(
    insertedDecoration,
    (hints ? [] : inserted).map(({ start, offset, words }) => ({
      range: range(start, offset),
      renderOptions: { after: { contentText: words } },
    })),
  );
}

export class InsertedHints implements vscode.InlayHintsProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly registration: vscode.Disposable;
  readonly onDidChangeInlayHints = this.changed.event;

  constructor(private readonly insertionsOf: (document: vscode.TextDocument) => readonly Insertion[]) {
    this.registration = vscode.languages.registerInlayHintsProvider(engineDocumentSelector, this);
  }

  refresh(): void {
    this.changed.fire();
  }

  provideInlayHints(document: vscode.TextDocument, range: vscode.Range): vscode.InlayHint[] {
    const [first, last] = [document.offsetAt(range.start), document.offsetAt(range.end)];
    return this.insertionsOf(document)
      .filter(({ offset, words }) => offset >= first && offset <= last && words !== '')
      .map(({ start, offset, words, tooltip }) => {
        const hint = new vscode.InlayHint(document.positionAt(offset), words);
        hint.tooltip = tooltip;
        hint.paddingLeft = offset > start;
        hint.paddingRight = offset === start;
        return hint;
      });
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }
}
