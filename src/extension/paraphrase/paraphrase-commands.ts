/** The commands of rewording. */
import * as vscode from 'vscode';
import type { ParaphraseMode } from '../../protocol/requests';
import type { Preview } from '../shell/preview';
import type { Services } from '../shell/services';
import { Paraphraser, type RangeLike } from './paraphrase';
import { registerInlineParaphrase } from './paraphrase-inline';

export function registerParaphrase(services: Services, preview: Preview): void {
  const paraphraser = new Paraphraser(services, preview);
  services.context.subscriptions.push(
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
    vscode.commands.registerCommand('narTextTools.paraphraseTake', (index?: unknown) =>
      paraphraser.accept(typeof index === 'number' ? index : undefined),
    ),
    vscode.commands.registerCommand('narTextTools.paraphraseSkip', () => paraphraser.skip()),
    vscode.commands.registerCommand('narTextTools.paraphraseDismiss', () => paraphraser.hide()),
    registerInlineParaphrase(services),
  );
}

/** Editor menus pass a Uri object as the first argument: that is the active editor, which is taken anyway. */
function textOnly(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
