/** What the light bulb offers beside the engine's own fixes: dictionary, ignore, paraphrase modes; and the commands behind them. */
import * as vscode from 'vscode';
import type { Middleware } from 'vscode-languageclient/node';
import { clientCommands, correctionTypes, type CorrectionType } from '../../protocol/requests';
import { dataOf } from './diagnostics';
import { sentencesIn } from '../shell/document-sentences';
import type { Services } from '../shell/services';
import { addToList, possibleTargets, type SettingTarget } from '../shell/settings';

const typeNames: Record<CorrectionType, string> = {
  spelling: 'spelling',
  casing: 'capital letter',
  punctuation: 'punctuation',
  spacing: 'spacing',
  'doubled-word': 'doubled word',
  article: 'article',
  agreement: 'agreement',
  'verb-form': 'verb form',
  preposition: 'preposition',
  confusable: 'confused word',
  'missing-word': 'missing word',
  'extra-word': 'extra word',
  hyphen: 'hyphen',
  other: 'other',
};

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
          vscode.l10n.t('Add "{0}" to the dictionary', data.original),
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
          vscode.l10n.t('Ignore all errors of this kind ({0})', typeNames[data.type]),
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
      add(vscode.l10n.t('Paraphrase…'), vscode.CodeActionKind.RefactorRewrite, 'narTextTools.paraphrase', [uri, range]);
    add(vscode.l10n.t('Paraphrase: simpler'), vscode.CodeActionKind.RefactorRewrite, 'narTextTools.paraphrase', [
      uri,
      range,
      'simpler',
    ]);
    add(vscode.l10n.t('Paraphrase: shorter'), vscode.CodeActionKind.RefactorRewrite, 'narTextTools.paraphrase', [
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
  register('narTextTools.ignoreSentenceAt', async (uri: string, range: vscode.Range) => {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
    await ignoreSentenceAt(services, document, range);
  });
  register(clientCommands.ignoreKind, (type?: CorrectionType, uri?: string, target?: SettingTarget) =>
    ignoreKind(type, uri, target),
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
  const level = target ?? (await askTarget(vscode.l10n.t('Add "{0}" to the dictionary of', word), resource));
  if (level) await addToList('dictionary', word, level, resource);
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
  const resource = resourceOf(uri, editor);
  await addToList('ignoredSentences', sentence.trim(), target ?? nearestTarget(resource), resource);
}

async function ignoreSentenceAt(
  { messages }: Services,
  document: vscode.TextDocument,
  range: vscode.Range,
): Promise<void> {
  const sentences = await sentencesIn(document, range);
  if (sentences.length === 0) {
    messages.information(vscode.l10n.t('There is no sentence here to ignore.'));
    return;
  }
  for (const { source } of sentences)
    await addToList('ignoredSentences', source, nearestTarget(document.uri), document.uri);
}

async function ignoreKind(
  type: CorrectionType | undefined,
  uri: string | undefined,
  target: SettingTarget | undefined,
): Promise<void> {
  const resource = resourceOf(uri, vscode.window.activeTextEditor);
  const chosen =
    type ??
    (
      await vscode.window.showQuickPick(
        correctionTypes.map((each) => ({ label: typeNames[each], type: each })),
        { title: vscode.l10n.t('Which kind of error shall not be reported?') },
      )
    )?.type;
  if (!chosen) return;
  const level =
    target ?? (await askTarget(vscode.l10n.t('Do not report "{0}" errors in', typeNames[chosen]), resource));
  if (level) await addToList('correct.ignoredTypes', chosen, level, resource);
}

function resourceOf(uri: string | undefined, editor: vscode.TextEditor | undefined): vscode.Uri | undefined {
  return uri === undefined ? editor?.document.uri : vscode.Uri.parse(uri);
}

/** A sentence belongs to its text, so to the narrowest level there is. */
function nearestTarget(resource: vscode.Uri | undefined): SettingTarget {
  const inWorkspace = resource !== undefined && vscode.workspace.getWorkspaceFolder(resource) !== undefined;
  const possible = possibleTargets(resource);
  return inWorkspace ? possible[possible.length - 1]! : 'user';
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
