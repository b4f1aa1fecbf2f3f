/** “Check Spelling and Grammar”, of the document or of a selection: the engine's corrections, reviewed in place. */
import * as vscode from 'vscode';
import { unreadMessage } from '../../protocol/unread';
import { writtenEditor } from '../shell/written-editor';
import { isSupported, sliceOf, textFormat } from '../shell/documents';
import { soundCorrections, touchesAny } from '../shell/checked-edits';
import { localized } from '../shell/engine-texts';
import { withProgress } from '../shell/messages';
import { nameOf } from '../shell/preview';
import type { Reviewer } from '../review/reviewer';
import type { Services } from '../shell/services';
import { correctionParams } from './correction-params';

export function registerCorrect(services: Services, reviewer: Reviewer): void {
  services.context.subscriptions.push(
    vscode.commands.registerCommand('narTextTools.correctSelection', async () => {
      const editor = await writtenEditor(services.context);
      if (editor) await correct(services, reviewer, editor, editor.selections);
    }),
    vscode.commands.registerCommand('narTextTools.correctDocument', async () => {
      const editor = await writtenEditor(services.context);
      if (editor) await correct(services, reviewer, editor);
    }),
  );
}

/** Tells the user when the language is not one of ours. */
export function refusesLanguage({ messages }: Services, document: vscode.TextDocument): boolean {
  if (isSupported(document)) return false;
  messages.information(
    vscode.l10n.t(
      'NAR Text Tools works in Markdown, reStructuredText, LaTeX, AsciiDoc, plain text and commit messages. To use it here, change the language mode of “{0}” to one of them.',
      nameOf(document),
    ),
  );
  return true;
}

/** Without `selections` the whole document; an empty selection means the sentence at the cursor. */
export async function correct(
  services: Services,
  reviewer: Reviewer,
  editor: vscode.TextEditor,
  selections?: readonly vscode.Range[],
): Promise<void> {
  const { document } = editor;
  const again = (): unknown => correct(services, reviewer, editor, selections);
  try {
    // A read-only document can be looked through all the same.
    if (refusesLanguage(services, document)) return;
    const hull = selections?.reduce<vscode.Range | undefined>((all, each) => (all ? all.union(each) : each), undefined);
    const slice = sliceOf(document, hull);
    const { version } = document;
    const params = await correctionParams(services, document);
    const { corrections, unread } = await withProgress(vscode.l10n.t('Checking “{0}”…', nameOf(document)), (token) =>
      services.client.correct(
        {
          text: slice.text,
          format: textFormat(document),
          ...(slice.range ? { range: slice.range } : {}),
          ...params,
        },
        token,
      ),
    );
    if (document.isClosed || document.version !== version) {
      services.messages.warning(
        vscode.l10n.t(
          '“{0}” was {1} while it was being checked. Nothing was changed.',
          nameOf(document),
          document.isClosed ? vscode.l10n.t('closed') : vscode.l10n.t('edited'),
        ),
        ...(document.isClosed ? [] : [{ title: vscode.l10n.t('Run Again'), run: again }]),
      );
      return;
    }
    if (unread) {
      const lineOf = (index: number): number => document.positionAt(index + slice.base).line + 1;
      const lines = unread.map(({ startIndex, endIndex }) => [lineOf(startIndex), lineOf(endIndex)] as const);
      services.messages.warning(`“${nameOf(document)}”: ${unreadMessage(lines)}`);
    }
    // The engine works on whole sentences; outside the selection nothing may change. A word that the
    // selection cuts counts as inside.
    const ranges = selections
      ?.filter((range) => selections.length === 1 || !range.isEmpty)
      .map((range) => ({
        start: document.offsetAt(range.start) - slice.base,
        end: document.offsetAt(range.end) - slice.base,
      }));
    const wanted =
      !ranges || hull?.isEmpty ? corrections : corrections.filter((correction) => touchesAny(correction, ranges));
    const sound = soundCorrections(wanted, slice.text);
    if (sound.length === 0) {
      services.messages.information(
        selections
          ? vscode.l10n.t('Nothing to correct in the selection.')
          : vscode.l10n.t('Nothing to correct in “{0}”.', nameOf(document)),
      );
      return;
    }
    await reviewer.start(
      editor,
      sound.map((each) => ({
        ...each,
        explanation: localized(each.explanation),
        startIndex: each.startIndex + slice.base,
        endIndex: each.endIndex + slice.base,
      })),
    );
  } catch (error) {
    services.messages.failure(error, again);
  }
}
