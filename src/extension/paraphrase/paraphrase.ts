/**
 * "Rewrite" for the sentence at the cursor or the sentences of the selection, one by one. The editor drops an inline
 * suggestion that does not extend the text, so a candidate is shown by marks of our own
 * (paraphrase-marks.ts), under the context `narTextTools.paraphraseVisible`: Tab accepts, Alt+] and Alt+[
 * turn, Alt+1 to Alt+9 take one, Escape dismisses.
 */
import * as vscode from 'vscode';
import type { ParaphraseMode, ParaphraseResult } from '../../protocol/requests';
import { refusesLanguage } from '../correct/correct';
import { sentencesIn } from '../shell/document-sentences';
import { rangeAt, sliceOf, textFormat } from '../shell/documents';
import { stepDone } from '../shell/first-steps';
import { withProgress } from '../shell/messages';
import { pickCandidate } from './candidate-pick';
import { ParaphraseMarks, type Shown } from './paraphrase-marks';
import { sessionEdits, turned, usefulCandidates, type ParaphraseSession } from './paraphrase-session';
import { nextSentence, sentenceRewritten, walkThrough, type Walk } from './rewrite-walk';
import { applyChecked, nameOf, refusesEdits, type Preview } from '../shell/preview';
import type { Services } from '../shell/services';
import { writtenEditor } from '../shell/written-editor';
import { readSettings } from '../shell/settings';

const visibleContext = 'narTextTools.paraphraseVisible';
/** Further sentences come after the one that is shown. */
const severalContext = 'narTextTools.paraphraseSeveral';

/** A range as commands get it: from the editor, or as plain protocol data from the engine's code action. */
export type RangeLike =
  | vscode.Range
  | { start: { line: number; character: number }; end: { line: number; character: number } };

interface Place {
  editor: vscode.TextEditor;
  range: vscode.Range;
  mode: ParaphraseMode;
}

export class Paraphraser {
  private readonly marks = new ParaphraseMarks();
  private shown: Shown | undefined;
  /** The text is being changed by an accepted wording. */
  private accepting = false;

  constructor(
    private readonly services: Services,
    private readonly preview: Preview,
  ) {
    services.context.subscriptions.push(this.marks);
  }

  /**
   * For the lightbulb the range and the mode are given; from the palette or a key both come from the editor and the
   * settings. Several sentences are rewritten one by one.
   */
  async paraphrase(uri?: string, range?: RangeLike, mode?: ParaphraseMode): Promise<void> {
    const again = (): unknown => this.paraphrase(uri, range, mode);
    try {
      const place = await this.place(uri, range, mode);
      if (!place) return;
      const { editor, range: wanted } = place;
      const sentences = wanted.isEmpty ? [] : await sentencesIn(this.services.client, editor.document, wanted);
      if (sentences.length > 1) {
        await this.walkOn(place, walkThrough(sentences));
        return;
      }
      const { version } = editor.document;
      const session = await this.ask(place);
      if (!session) {
        this.services.messages.information(vscode.l10n.t('No better wording was found that surely keeps the meaning.'));
      } else if (editor.document.version !== version) {
        this.services.messages.warning(
          vscode.l10n.t('“{0}” was edited meanwhile. Nothing was changed.', nameOf(editor.document)),
          { title: vscode.l10n.t('Run Again'), run: again },
        );
      } else {
        this.show({ editor, session });
      }
    } catch (error) {
      this.services.messages.failure(error, again);
    }
  }

  /** Shows the next sentence that has a better wording; those without are passed over. */
  private async walkOn(place: Place, begun: Walk): Promise<void> {
    const { editor } = place;
    const { document } = editor;
    const { version } = document;
    const found = await withProgress(vscode.l10n.t('Rewriting…'), async (token) => {
      for (let step = nextSentence(begun), walk = begun; step; step = nextSentence(walk)) {
        ({ walk } = step);
        const at = document.positionAt(step.sentence.start);
        const session = await this.ask({ ...place, range: new vscode.Range(at, at) }, token);
        if (session || document.version !== version) return { session, walk };
      }
      return undefined;
    });
    if (document.version !== version) return;
    if (found?.session) {
      const { session, walk } = found;
      // The keys belong to the text, and the cursor shows where it is.
      const at = document.positionAt(session.start);
      editor.selection = new vscode.Selection(at, at);
      editor.revealRange(
        rangeAt(document, session.start, session.end),
        vscode.TextEditorRevealType.InCenterIfOutsideViewport,
      );
      this.show({ editor, session, walk });
      return;
    }
    const { rewritten, total } = begun;
    const { messages } = this.services;
    if (rewritten === 0 && begun.seen === 0)
      messages.information(vscode.l10n.t('No better wording was found that surely keeps the meaning.'));
    else messages.passing(vscode.l10n.t('Rewriting is done: {0} of {1} sentences have other words.', rewritten, total));
  }

  /** All candidates in a quick pick; the diff behind it follows the one that is highlighted. */
  async paraphraseDiff(uri?: string, range?: RangeLike, mode?: ParaphraseMode): Promise<void> {
    const again = (): unknown => this.paraphraseDiff(uri, range, mode);
    try {
      const place = this.shown ? undefined : await this.place(uri, range, mode);
      const editor = this.shown?.editor ?? place?.editor;
      if (!editor) return;
      const { document } = editor;
      const session = this.shown?.session ?? (await this.ask(place!));
      this.hide();
      if (!session) {
        this.services.messages.information(vscode.l10n.t('No better wording was found that surely keeps the meaning.'));
        return;
      }
      await this.preview.show({
        document,
        version: session.version,
        edits: sessionEdits(session),
        again,
        title: vscode.l10n.t('{0}: rewrite (preview)', nameOf(document)),
      });
      pickCandidate(session, this.preview);
    } catch (error) {
      this.services.messages.failure(error, again);
    }
  }

  turn(by: 1 | -1): void {
    if (this.shown) this.show({ ...this.shown, session: turned(this.shown.session, by) });
  }

  /** @param index of a candidate; without one the candidate that is shown */
  async accept(index?: number): Promise<void> {
    const { shown } = this;
    if (!shown) return;
    const { editor, walk } = shown;
    const session =
      index !== undefined && shown.session.candidates[index] ? { ...shown.session, index } : shown.session;
    const { document } = editor;
    this.hide();
    const edits = sessionEdits(session);
    const range = rangeAt(document, session.start, session.start);
    this.accepting = true;
    try {
      const applied = await applyChecked(this.services, {
        document,
        version: session.version,
        edits,
        again: () => this.paraphrase(document.uri.toString(), range, session.mode),
      });
      if (applied) stepDone('rewritten');
      const longer = edits.reduce((sum, { start, end, text }) => sum + text.length - (end - start), 0);
      if (applied && walk) await this.walkOn({ editor, range, mode: session.mode }, sentenceRewritten(walk, longer));
    } catch (error) {
      this.services.messages.failure(error);
    } finally {
      this.accepting = false;
    }
  }

  /** Leaves the sentence as it is and goes on to the next one. */
  async skip(): Promise<void> {
    const { shown } = this;
    if (!shown?.walk) {
      this.hide();
      return;
    }
    const { editor, session, walk } = shown;
    this.hide();
    try {
      await this.walkOn({ editor, range: editor.selection, mode: session.mode }, walk);
    } catch (error) {
      this.services.messages.failure(error);
    }
  }

  hide(): void {
    if (!this.shown) return;
    this.shown = undefined;
    this.marks.hide();
    this.setContexts();
  }

  /** Text that changed, or a cursor that left the lines, ends the suggestion. */
  follow(): vscode.Disposable[] {
    return [
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && !this.accepting && this.shown?.editor.document === document) this.hide();
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

  /** What is to be rewritten, and how; undefined when it cannot be, which is told. */
  private async place(uri?: string, range?: RangeLike, mode?: ParaphraseMode): Promise<Place | undefined> {
    const editor = uri === undefined ? await writtenEditor(this.services.context) : await editorFor(uri);
    if (!editor) return undefined;
    const { document } = editor;
    if (refusesLanguage(this.services, document) || (await refusesEdits(this.services, document))) return undefined;
    this.hide();
    const wanted = range
      ? new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character)
      : editor.selection;
    return { editor, range: wanted, mode: mode ?? readSettings(document.uri).paraphrase.mode };
  }

  /** The candidates for a place; undefined when there are none. */
  private async ask(
    { editor: { document }, range, mode }: Place,
    running?: vscode.CancellationToken,
  ): Promise<ParaphraseSession | undefined> {
    const settings = readSettings(document.uri).paraphrase;
    const slice = sliceOf(document, range);
    const { version } = document;
    const request = (token: vscode.CancellationToken): Promise<ParaphraseResult> =>
      this.services.client.paraphrase(
        {
          text: slice.text,
          format: textFormat(document),
          ...(slice.range ? { range: slice.range } : {}),
          mode,
          candidates: settings.candidates,
          decoder: settings.decoder,
          options: { passes: settings.passes, ...settings.options },
        },
        token,
      );
    const result = await (running ? request(running) : withProgress(vscode.l10n.t('Rewriting…'), request));
    const original = slice.text.slice(result.startIndex, result.endIndex);
    const candidates = usefulCandidates(original, result);
    if (candidates.length === 0) return undefined;
    const [start, end] = [result.startIndex + slice.base, result.endIndex + slice.base];
    return { version, start, end, original, mode, candidates, index: 0 };
  }

  private show(shown: Shown): void {
    this.shown = shown;
    this.marks.show(shown);
    this.setContexts();
  }

  private setContexts(): void {
    void vscode.commands.executeCommand('setContext', visibleContext, this.shown !== undefined);
    void vscode.commands.executeCommand('setContext', severalContext, this.shown?.walk !== undefined);
  }
}

async function editorFor(uri: string): Promise<vscode.TextEditor> {
  const active = vscode.window.activeTextEditor;
  if (active?.document.uri.toString() === uri) return active;
  const visible = vscode.window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri);
  return visible ?? vscode.window.showTextDocument(vscode.Uri.parse(uri));
}
