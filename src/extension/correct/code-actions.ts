/** What the light bulb offers beside the engine's own fixes: dictionary, ignore, ways of rewriting. */
import * as vscode from 'vscode';
import type { Middleware } from 'vscode-languageclient/node';
import { type CorrectionType } from '../../protocol/requests';
import { clientCommands } from '../../protocol/language-server';
import { paraphraseModes, specialModes } from '../../protocol/tasks';
import { dataOf, unknownWordOf } from './diagnostics';
import { localized } from '../shell/engine-texts';
import { stepCommand } from '../shell/first-steps';
import { wordPattern } from '../../project/word-list';
import { kindNames } from '../review/kinds';

/** Remarks that come from not knowing a word: no dictionary ends the others. */
const wordTypes: readonly CorrectionType[] = ['spelling', 'casing'];

export const codeActionMiddleware: Pick<Middleware, 'provideCodeActions'> = {
  provideCodeActions: async (document, range, context, token, next) => {
    const offered = (await next(document, range, context, token)) ?? [];
    for (const action of offered) {
      action.title = localized(action.title);
      tellsWhenFixed(action);
    }
    return [...offered, ...additionalActions(document, range, context, commandsOf(offered))];
  },
};

/** A fix that is chosen ticks the first step of the walkthrough. */
function tellsWhenFixed(action: vscode.Command | vscode.CodeAction): void {
  if (action instanceof vscode.CodeAction && action.edit && !action.command)
    action.command = { title: action.title, command: stepCommand, arguments: ['corrected'] };
}

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
      const word = unknownWordOf(diagnostic);
      const data = dataOf(diagnostic);
      const offer = (title: string, command: string, ...args: unknown[]): void =>
        add(title, vscode.CodeActionKind.QuickFix, command, args, diagnostic);
      const unknown = word ?? (data && wordTypes.includes(data.type) ? data.original : undefined);
      if (unknown !== undefined && wordPattern.test(unknown)) {
        if (!present.has(clientCommands.addToDictionary))
          offer(vscode.l10n.t('Add “{0}” to the dictionary…', unknown), clientCommands.addToDictionary, unknown, uri);
        offer(
          vscode.l10n.t('Ignore “{0}” in this file', unknown),
          clientCommands.addToDictionary,
          unknown,
          uri,
          'file',
        );
      }
      if (!data) continue;
      offer(
        vscode.l10n.t('Ignore this remark here'),
        'narTextTools.ignoreRemark',
        uri,
        diagnostic.range,
        data.correction,
      );
      if (!present.has(clientCommands.ignoreSentence))
        offer(vscode.l10n.t('Ignore this sentence…'), 'narTextTools.ignoreSentenceAt', uri, diagnostic.range);
      if (!present.has(clientCommands.ignoreKind))
        offer(
          vscode.l10n.t('Ignore all remarks of this kind ({0})…', kindNames[data.type]),
          clientCommands.ignoreKind,
          data.type,
          uri,
        );
    }
  }
  if (!range.isEmpty && wants(vscode.CodeActionKind.RefactorRewrite)) {
    if (!present.has('narTextTools.paraphrase'))
      add(vscode.l10n.t('Rewrite…'), vscode.CodeActionKind.RefactorRewrite, 'narTextTools.paraphrase', [uri, range]);
    for (const mode of specialModes)
      add(
        vscode.l10n.t(paraphraseModes[mode].title),
        vscode.CodeActionKind.RefactorRewrite,
        'narTextTools.paraphrase',
        [uri, range, mode],
      );
  }
  return actions;
}
