/** The commands of dictionaries and of what is ignored, with one message for whatever goes wrong in them. */
import * as vscode from 'vscode';
import { type CorrectionType } from '../../protocol/requests';
import { clientCommands } from '../../protocol/language-server';
import type { Services } from '../shell/services';
import type { SettingTarget } from '../shell/settings';
import type { DictionaryTarget } from './dictionaries';
import { DictionaryCommands } from './dictionary-commands';
import { IgnoreCommands, type IgnoreTarget, type PlacesIn } from './ignore-commands';
import { LatestActs } from './latest';

export function registerKept(services: Services): void {
  const acts = new LatestActs(services.messages);
  services.context.subscriptions.push(acts);
  const words = new DictionaryCommands(services, acts);
  const ignore = new IgnoreCommands(services, acts);
  const register = (command: string, run: (...args: never[]) => Promise<unknown>): void => {
    services.context.subscriptions.push(
      vscode.commands.registerCommand(command, async (...args: never[]) => {
        try {
          await run(...args);
        } catch (error) {
          services.messages.failure(error);
        }
      }),
    );
  };
  register(clientCommands.addToDictionary, (word?: string, uri?: string, target?: DictionaryTarget) =>
    words.addWord(word, uri, target),
  );
  register('narTextTools.addUnknownWords', (target?: DictionaryTarget) => words.addUnknown(target));
  register('narTextTools.openDictionary', (target?: DictionaryTarget) => words.open(target));
  register('narTextTools.ignoreRemarks', (places: readonly PlacesIn[]) => ignore.remarks(places));
  register('narTextTools.ignoreRemark', (uri?: string, range?: vscode.Range, correction?: string) =>
    ignore.remark(uri, range, correction),
  );
  register(clientCommands.ignoreSentence, (sentence?: string, uri?: string, target?: SettingTarget) =>
    ignore.sentence(sentence, uri, target),
  );
  register('narTextTools.ignoreSentenceAt', (uri: string, range: vscode.Range, target?: SettingTarget) =>
    ignore.sentenceAt(uri, range, target),
  );
  register(clientCommands.ignoreKind, (type?: CorrectionType, uri?: string, target?: IgnoreTarget) =>
    ignore.kind(type, uri, target),
  );
  register('narTextTools.showIgnored', () => ignore.list());
  register('narTextTools.undoIgnore', () => acts.undoLatest());
}
