/** What the light bulb offers beside the engine's own fixes: dictionary, ignore, paraphrase modes; and the commands behind them. */
import { correctionTypes } from '../../protocol/tasks';
import * as vscode from 'vscode';
import type { Middleware } from 'vscode-languageclient/node';
import { clientCommands, type CorrectionType } from '../../protocol/requests';
import { dataOf } from './diagnostics';
import { sentencesIn } from '../shell/document-sentences';
import { kindNames } from '../review/kinds';
import type { Services } from '../shell/services';
import type { Messages } from '../shell/messages';
import { addToList, possibleTargets, removeFromList, type ListSetting, type SettingTarget } from '../shell/settings';

/** Errors that come from not knowing a word. */
const wordTypes: readonly CorrectionType[] = ['spelling', 'casing', 'confusable', 'hyphen'];

export const codeActionMiddleware: Pick<Middleware, 'provideCodeActions'> = {
  provideCodeActions: async (document, range, context, token, next) => {
    const offered = (await next(document, range, context, token)) ?? [];
    return [...offered, ...additionalActions(document, range, context, commandsOf(offered))];
  },
};

function commandsOf(actions: readonly (vscode.Command | vscode.CodeAction)[]): Set<string> {
  return new Set(
    actions.map((each) => (typeof each.command === 'string' ? each.command : (each.command?.command ?? ''))),
  );
}

function additionalActions(
  document: vscode.TextDocument,
  range: vscode.Range,
  context: vscode.CodeActionContext,
  present: ReadonlySet<string>,
): vscode.CodeAction[] {
  const wants = (kind: vscode.CodeActionKind): boolean => context.only === undefined || context.only.contains(kind);
  const uri = document.uri.toString();
  const actions: vscode.CodeAction[] = [];
  const add = (
    title: string,
    kind: vscode.CodeActionKind,
    command: string,
    args: unknown[],
    diagnostic?: vscode.Diagnostic,
  ): void => {
    const action = new vscode.CodeAction(title, kind);
    action.command = { title, command, arguments: args };
    if (diagnostic) action.diagnostics = [diagnostic];
    actions.push(action);
  };
  if (wants(vscode.CodeActionKind.QuickFix)) {
    for (const diagnostic of context.diagnostics) {
      const data = dataOf(diagnostic);
      if (!data) continue;
      if (
        wordTypes.includes(data.type) &&
        /^[\p{L}\p{M}\p{N}'’_.-]+$/u.test(data.original) &&
        !present.has(clientCommands.addToDictionary)
      ) {
        add(
          vscode.l10n.t('Add “{0}” to the dictionary', data.original),
          vscode.CodeActionKind.QuickFix,
          clientCommands.addToDictionary,
          [data.original, uri],
          diagnostic,
        );
      }
      if (!present.has(clientCommands.ignoreSentence)) {
        add(
          vscode.l10n.t('Ignore this sentence'),
          vscode.CodeActionKind.QuickFix,
          'narTextTools.ignoreSentenceAt',
          [uri, diagnostic.range],
          diagnostic,
        );
      }
      if (!present.has(clientCommands.ignoreKind)) {
        add(
          vscode.l10n.t('Ignore all remarks of this kind ({0})', kindNames[data.type]),
          vscode.CodeActionKind.QuickFix,
          clientCommands.ignoreKind,
          [data.type, uri],
          diagnostic,
        );
      }
    }
  }
  if (!range.isEmpty && wants(vscode.CodeActionKind.RefactorRewrite)) {
    if (!present.has('narTextTools.paraphrase'))
      add(vscode.l10n.t('Rewrite…'), vscode.CodeActionKind.RefactorRewrite, 'narTextTools.paraphrase', [uri, range]);
    add(vscode.l10n.t('Make simpler'), vscode.CodeActionKind.RefactorRewrite, 'narTextTools.paraphrase', [
      uri,
      range,
      'simpler',
    ]);
    add(vscode.l10n.t('Make shorter'), vscode.CodeActionKind.RefactorRewrite, 'narTextTools.paraphrase', [
      uri,
      range,
      'shorter',
    ]);
  }
  return actions;
}

export function registerCodeActionCommands(services: Services): void {
  const { context } = services;
  const register = (command: string, run: (...args: never[]) => Promise<unknown>): void => {
    context.subscriptions.push(
      vscode.commands.registerCommand(command, async (...args: never[]) => {
        try {
          await run(...args);
        } catch (error) {
          services.messages.failure(error);
        }
      }),
    );
  };
  register(clientCommands.addToDictionary, (word?: string, uri?: string, target?: SettingTarget) =>
    addToDictionary(services, word, uri, target),
  );
  register(clientCommands.ignoreSentence, (sentence?: string, uri?: string, target?: SettingTarget) =>
    ignoreSentence(services, sentence, uri, target),
  );
  register('narTextTools.ignoreSentenceAt', async (uri: string, range: vscode.Range, target?: SettingTarget) => {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
    await ignoreSentenceAt(services, document, range, target);
  });
  register(clientCommands.ignoreKind, (type?: CorrectionType, uri?: string, target?: SettingTarget) =>
    ignoreKind(services, type, uri, target),
  );
}

/** From the palette the selected word, or the one at the cursor. */
async function addToDictionary(
  { messages }: Services,
  given: string | undefined,
  uri: string | undefined,
  target: SettingTarget | undefined,
): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const word = given ?? wordAtCursor(editor);
  if (!word) {
    messages.information(vscode.l10n.t('Put the cursor on the word that belongs into the dictionary.'));
    return;
  }
  const resource = resourceOf(uri, editor);
  const level = target ?? (await askTarget(vscode.l10n.t('Add “{0}” to the dictionary of', word), resource));
  if (level)
    await keep(messages, 'dictionary', [word], level, resource, vscode.l10n.t('“{0}” is in the dictionary', word));
}

function wordAtCursor(editor: vscode.TextEditor | undefined): string | undefined {
  if (!editor) return undefined;
  const range = editor.selection.isEmpty
    ? editor.document.getWordRangeAtPosition(editor.selection.active)
    : editor.selection;
  const word = range && editor.document.getText(range).trim();
  return word && !/\s/.test(word) ? word : undefined;
}

async function ignoreSentence(
  services: Services,
  sentence: string | undefined,
  uri: string | undefined,
  target: SettingTarget | undefined,
): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (sentence === undefined) {
    if (editor) await ignoreSentenceAt(services, editor.document, editor.selection);
    return;
  }
  await ignoreSentences(services, [sentence.trim()], resourceOf(uri, editor), target);
}

async function ignoreSentenceAt(
  services: Services,
  document: vscode.TextDocument,
  range: vscode.Range,
  target?: SettingTarget,
): Promise<void> {
  const sentences = await sentencesIn(document, range);
  if (sentences.length === 0) {
    services.messages.information(vscode.l10n.t('There is no sentence here to ignore.'));
    return;
  }
  const sources = sentences.map(({ source }) => source);
  await ignoreSentences(services, sources, document.uri, target);
}

async function ignoreSentences(
  { messages }: Services,
  sentences: readonly string[],
  resource: vscode.Uri | undefined,
  target: SettingTarget | undefined,
): Promise<void> {
  const level = target ?? (await askTarget(vscode.l10n.t('Ignore this sentence in the settings of'), resource));
  if (!level) return;
  const what =
    sentences.length === 1
      ? vscode.l10n.t('The sentence is ignored')
      : vscode.l10n.t('{0} sentences are ignored', sentences.length);
  await keep(messages, 'ignoredSentences', sentences, level, resource, what);
}

async function ignoreKind(
  { messages }: Services,
  type: CorrectionType | undefined,
  uri: string | undefined,
  target: SettingTarget | undefined,
): Promise<void> {
  const resource = resourceOf(uri, vscode.window.activeTextEditor);
  const chosen =
    type ??
    (
      await vscode.window.showQuickPick(
        correctionTypes.map((each) => ({ label: kindNames[each], type: each })),
        { title: vscode.l10n.t('Which kind of remark shall not be made?') },
      )
    )?.type;
  if (!chosen) return;
  const level =
    target ?? (await askTarget(vscode.l10n.t('Make no remarks of the kind “{0}” in', kindNames[chosen]), resource));
  if (!level) return;
  const what = vscode.l10n.t('Remarks of the kind “{0}” are no longer made', kindNames[chosen]);
  await keep(messages, 'correct.ignoredTypes', [chosen], level, resource, what);
}

function resourceOf(uri: string | undefined, editor: vscode.TextEditor | undefined): vscode.Uri | undefined {
  return uri === undefined ? editor?.document.uri : vscode.Uri.parse(uri);
}

/** Puts entries into a list of the settings, says where they went, and offers the way back. */
async function keep(
  messages: Messages,
  list: ListSetting,
  entries: readonly string[],
  level: SettingTarget,
  resource: vscode.Uri | undefined,
  what: string,
): Promise<void> {
  const added: string[] = [];
  for (const entry of entries) if (await addToList(list, entry, level, resource)) added.push(entry);
  const places: Record<SettingTarget, string> = {
    user: vscode.l10n.t('on this machine (user settings)'),
    workspace: vscode.l10n.t('in this workspace (its settings, which others may share)'),
    folder: vscode.l10n.t('in this folder (its settings, which others may share)'),
  };
  messages.information(vscode.l10n.t('{0} {1}.', what, places[level]), {
    title: vscode.l10n.t('Undo'),
    run: async () => {
      for (const entry of added) await removeFromList(list, entry, level, resource);
    },
  });
}

async function askTarget(title: string, resource: vscode.Uri | undefined): Promise<SettingTarget | undefined> {
  const possible = possibleTargets(resource);
  if (possible.length === 1) return possible[0];
  const labels: Record<SettingTarget, [string, string]> = {
    user: [vscode.l10n.t('User'), vscode.l10n.t('everywhere on this machine')],
    workspace: [vscode.l10n.t('Workspace'), vscode.l10n.t('for everybody who opens this folder')],
    folder: [vscode.l10n.t('Folder'), vscode.l10n.t('only this folder of the workspace')],
  };
  const chosen = await vscode.window.showQuickPick(
    possible.map((target) => ({ label: labels[target][0], description: labels[target][1], target })),
    { title },
  );
  return chosen?.target;
}
