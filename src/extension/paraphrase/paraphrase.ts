/**
 * "Paraphrase" for the selection or the sentence at the cursor. The editor drops an inline suggestion that does not extend
 * the text, so a candidate is shown in place, what goes struck and what comes beside it, with the keys after the line, under the context
 * `narTextTools.paraphraseVisible`: Tab accepts, Alt+] and Alt+[ turn, Escape dismisses.
 */
import * as vscode from 'vscode';
import type { ParaphraseMode, ParaphraseResult } from '../../protocol/requests';
import { refusesLanguage } from '../correct/correct';
import { rangeAt, sliceOf, textFormat } from '../shell/documents';
import { withProgress } from '../shell/messages';
import { registerInlineParaphrase } from './paraphrase-inline';
import {
  ghostLine,
  sessionEdits,
  singleLine,
  turned,
  usefulCandidates,
  type ParaphraseSession,
} from './paraphrase-session';
import { applyChecked, nameOf, refusesEdits, type Preview } from '../shell/preview';
import type { Services } from '../shell/services';
import { writtenEditor } from '../shell/written-editor';
import { readSettings } from '../shell/settings';

const visibleContext = 'narTextTools.paraphraseVisible';

/** A range as commands get it: from the editor, or as plain protocol data from the engine's code action. */
type RangeLike =
  | vscode.Range
  | { start: { line: number; character: number }; end: { line: number; character: number } };

const replacedDecoration = vscode.window.createTextEditorDecorationType({
  backgroundColor: new vscode.ThemeColor('editor.wordHighlightBackground'),
});
const changedDecoration = vscode.window.createTextEditorDecorationType({
  textDecoration: 'line-through',
  opacity: '0.65',
});
const insertedDecoration = vscode.window.createTextEditorDecorationType({
  after: {
    color: new vscode.ThemeColor('editor.foreground'),
    backgroundColor: new vscode.ThemeColor('diffEditor.insertedTextBackground'),
    border: '1px dotted',
    borderColor: new vscode.ThemeColor('editorCodeLens.foreground'),
    fontStyle: 'italic',
    margin: '0 0 0 0.3em',
  },
});
const ghostDecoration = vscode.window.createTextEditorDecorationType({
  rangeBehavior: vscode.DecorationRangeBehavior.ClosedOpen,
  // The colour of ghost text is not defined in high contrast.
  after: { color: new vscode.ThemeColor('editorCodeLens.foreground'), fontStyle: 'italic', margin: '0 0 0 1em' },
});

class Paraphraser {
  private shown: { editor: vscode.TextEditor; session: ParaphraseSession } | undefined;
  private hint: vscode.Disposable | undefined;

  constructor(
    private readonly services: Services,
    private readonly preview: Preview,
  ) {}

  /** For the lightbulb the range and the mode are given; from the palette or a key both come from the editor and the settings. */
  async paraphrase(uri?: string, range?: RangeLike, mode?: ParaphraseMode): Promise<void> {
    const again = (): unknown => this.paraphrase(uri, range, mode);
    try {
      const found = await this.ask(uri, range, mode);
      if (!found) return;
      const { editor, session } = found;
      if (editor.document.version !== session.version) {
        this.services.messages.warning(
          vscode.l10n.t('“{0}” was edited meanwhile. Nothing was changed.', nameOf(editor.document)),
          { title: vscode.l10n.t('Run Again'), run: again },
        );
        return;
      }
      this.show(editor, session);
    } catch (error) {
      this.services.messages.failure(error, again);
    }
  }

  /** All candidates in a quick pick; the diff behind it follows the one that is highlighted. */
  async paraphraseDiff(uri?: string, range?: RangeLike, mode?: ParaphraseMode): Promise<void> {
    const again = (): unknown => this.paraphraseDiff(uri, range, mode);
    try {
      const running = this.shown;
      const found = running ?? (await this.ask(uri, range, mode));
      this.hide();
      if (!found) return;
      const {
        editor: { document },
        session,
      } = found;
      await this.preview.show({
        document,
        version: session.version,
        edits: sessionEdits(session),
        again,
        title: vscode.l10n.t('{0}: rewrite (preview)', nameOf(document)),
      });
      this.pickCandidate(session);
    } catch (error) {
      this.services.messages.failure(error, again);
    }
  }

  turn(by: 1 | -1): void {
    if (this.shown) this.show(this.shown.editor, turned(this.shown.session, by));
  }

  async accept(): Promise<void> {
    const shown = this.shown;
    if (!shown) return;
    this.hide();
    const {
      editor: { document },
      session,
    } = shown;
    await applyChecked(this.services, {
      document,
      version: session.version,
      edits: sessionEdits(session),
      again: () =>
        this.paraphrase(document.uri.toString(), rangeAt(document, session.start, session.start), session.mode),
    });
  }

  hide(): void {
    if (!this.shown) return;
    const { editor } = this.shown;
    this.shown = undefined;
    this.hint?.dispose();
    for (const decoration of [replacedDecoration, changedDecoration, insertedDecoration, ghostDecoration])
      editor.setDecorations(decoration, []);
    void vscode.commands.executeCommand('setContext', visibleContext, false);
  }

  /** Text that changed, or a cursor that left the lines, ends the suggestion. */
  follow(): vscode.Disposable[] {
    return [
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && this.shown?.editor.document === document) this.hide();
      }),
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (this.shown && editor !== this.shown.editor) this.hide();
      }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
        if (this.shown?.editor !== textEditor) return;
        const { start, end } = this.shown.session;
        const range = rangeAt(textEditor.document, start, end);
        if (!selections.some(({ active }) => active.line >= range.start.line && active.line <= range.end.line))
          this.hide();
      }),
    ];
  }

  private async ask(
    uri?: string,
    range?: RangeLike,
    mode?: ParaphraseMode,
  ): Promise<{ editor: vscode.TextEditor; session: ParaphraseSession } | undefined> {
    const editor = uri === undefined ? await writtenEditor(this.services.context) : await editorFor(uri);
    if (!editor) return undefined;
    const { document } = editor;
    if (refusesLanguage(this.services, document) || (await refusesEdits(this.services, document))) return undefined;
    this.hide();
    const wanted = range
      ? new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character)
      : editor.selection;
    const settings = readSettings(document.uri).paraphrase;
    const slice = sliceOf(document, wanted);
    const { version } = document;
    const result: ParaphraseResult = await withProgress(vscode.l10n.t('Rewriting…'), (token) =>
      this.services.client.paraphrase(
        {
          text: slice.text,
          format: textFormat(document),
          ...(slice.range ? { range: slice.range } : {}),
          mode: mode ?? settings.mode,
          candidates: settings.candidates,
          decoder: settings.decoder,
          options: { passes: settings.passes, ...settings.options },
        },
        token,
      ),
    );
    const original = slice.text.slice(result.startIndex, result.endIndex);
    const candidates = usefulCandidates(original, result);
    if (candidates.length === 0) {
      this.services.messages.information(vscode.l10n.t('No better wording was found that surely keeps the meaning.'));
      return undefined;
    }
    return {
      editor,
      session: {
        version,
        start: result.startIndex + slice.base,
        end: result.endIndex + slice.base,
        original,
        mode: mode ?? settings.mode,
        candidates,
        index: 0,
      },
    };
  }

  private show(editor: vscode.TextEditor, session: ParaphraseSession): void {
    const { document } = editor;
    this.shown = { editor, session };
    const range = rangeAt(document, session.start, session.end);
    editor.setDecorations(replacedDecoration, [range]);
    const edits = sessionEdits(session);
    editor.setDecorations(
      changedDecoration,
      edits.filter(({ start, end }) => end > start).map(({ start, end }) => rangeAt(document, start, end)),
    );
    // New words stand where they will be: a whole sentence after the line would run out of the window, since decorations do not wrap.
    editor.setDecorations(
      insertedDecoration,
      edits
        .filter(({ text }) => text.trim() !== '')
        .map(({ start, end, text }) => ({
          range: rangeAt(document, start, end),
          renderOptions: { after: { contentText: ghostLine(text) } },
        })),
    );
    const { text: candidate } = session.candidates[session.index]!;
    const count = session.candidates.length;
    const keys =
      count > 1
        ? vscode.l10n.t('Tab accepts · Alt+] next · Esc dismisses')
        : vscode.l10n.t('Tab accepts · Esc dismisses');
    const place = `${session.index + 1}/${count}`;
    editor.setDecorations(ghostDecoration, [
      {
        range: document.lineAt(range.end.line).range.with({ start: range.end }),
        hoverMessage: new vscode.MarkdownString().appendText(candidate),
        renderOptions: { after: { contentText: `→ ${place}: ${keys}` } },
      },
    ]);
    // The line's end may be outside the window, and a screen reader does not read decorations.
    this.hint?.dispose();
    this.hint = vscode.window.setStatusBarMessage(vscode.l10n.t('Rewrite {0}: {1}', place, keys));
    void vscode.commands.executeCommand('setContext', visibleContext, true);
  }

  private pickCandidate(session: ParaphraseSession): void {
    const pick = vscode.window.createQuickPick<vscode.QuickPickItem & { index: number }>();
    pick.title = vscode.l10n.t('Rewrite: Enter applies, Escape discards');
    pick.items = session.candidates.map(({ text: candidate }, index) => ({
      label: `${index + 1}`,
      detail: singleLine(candidate),
      alwaysShow: true,
      index,
    }));
    pick.ignoreFocusOut = true;
    let accepted = false;
    pick.onDidChangeActive(([item]) => item && this.preview.replaceEdits(sessionEdits(session, item.index)));
    pick.onDidAccept(() => {
      accepted = true;
      pick.hide();
      void this.preview.apply();
    });
    pick.onDidHide(() => {
      pick.dispose();
      if (!accepted) void this.preview.discard();
    });
    pick.show();
  }
}

export function registerParaphrase(services: Services, preview: Preview): void {
  const paraphraser = new Paraphraser(services, preview);
  services.context.subscriptions.push(
    replacedDecoration,
    changedDecoration,
    insertedDecoration,
    ghostDecoration,
    ...paraphraser.follow(),
    vscode.commands.registerCommand(
      'narTextTools.paraphrase',
      (uri?: string, range?: RangeLike, mode?: ParaphraseMode) => paraphraser.paraphrase(textOnly(uri), range, mode),
    ),
    vscode.commands.registerCommand('narTextTools.makeSimpler', (uri?: string, range?: RangeLike) =>
      paraphraser.paraphrase(textOnly(uri), range, 'simpler'),
    ),
    vscode.commands.registerCommand('narTextTools.makeShorter', (uri?: string, range?: RangeLike) =>
      paraphraser.paraphrase(textOnly(uri), range, 'shorter'),
    ),
    vscode.commands.registerCommand(
      'narTextTools.paraphraseDiff',
      (uri?: string, range?: RangeLike, mode?: ParaphraseMode) =>
        paraphraser.paraphraseDiff(textOnly(uri), range, mode),
    ),
    vscode.commands.registerCommand('narTextTools.paraphraseNext', () => paraphraser.turn(1)),
    vscode.commands.registerCommand('narTextTools.paraphrasePrevious', () => paraphraser.turn(-1)),
    vscode.commands.registerCommand('narTextTools.paraphraseAccept', () => paraphraser.accept()),
    vscode.commands.registerCommand('narTextTools.paraphraseDismiss', () => paraphraser.hide()),
    registerInlineParaphrase(services),
  );
}

/** Editor menus pass a Uri object as the first argument: that is the active editor, which is taken anyway. */
function textOnly(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

async function editorFor(uri: string): Promise<vscode.TextEditor> {
  const active = vscode.window.activeTextEditor;
  if (active?.document.uri.toString() === uri) return active;
  const visible = vscode.window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri);
  return visible ?? vscode.window.showTextDocument(vscode.Uri.parse(uri));
}
