/** Commands that put words into a dictionary, and the one that opens a dictionary. */
import * as vscode from 'vscode';
import { refusesLanguage } from '../correct/correct';
import { correctionParams } from '../correct/correction-params';
import { textFormat } from '../shell/documents';
import { withProgress } from '../shell/messages';
import { nameOf } from '../shell/preview';
import type { Services } from '../shell/services';
import type { DictionaryTarget } from './dictionaries';
import type { LatestActs } from './latest';
import { unknownWords } from './unknown-words';

interface Subject {
  resource: vscode.Uri | undefined;
  name: string;
}

function subjectOf(uri: string | undefined): Subject {
  const active = vscode.window.activeTextEditor?.document;
  const resource = uri === undefined ? active?.uri : vscode.Uri.parse(uri);
  const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === resource?.toString());
  return { resource, name: document ? nameOf(document) : '' };
}

export class DictionaryCommands {
  constructor(
    private readonly services: Services,
    private readonly acts: LatestActs,
  ) {}

  /** From the palette the selected word, or the one at the cursor. */
  async addWord(given?: string, uri?: string, target?: DictionaryTarget): Promise<void> {
    const word = given ?? wordAtCursor(vscode.window.activeTextEditor);
    if (!word) {
      this.services.messages.information(vscode.l10n.t('Put the cursor on the word that belongs into the dictionary.'));
      return;
    }
    await this.add([word], subjectOf(uri), target, vscode.l10n.t('Add “{0}” to the dictionary of', word));
  }

  /**
   * Every word of the document that would be called misspelt, for a look; the ones that are
   * surely misspelt are not ticked.
   */
  async addUnknown(target?: DictionaryTarget): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (!document) {
      this.services.messages.information(vscode.l10n.t('Open the document whose words belong into the dictionary.'));
      return;
    }
    if (refusesLanguage(this.services, document)) return;
    const params = await correctionParams(this.services, document);
    const text = document.getText();
    const { corrections, unknownWords: unknown } = await withProgress(
      vscode.l10n.t('Checking “{0}”…', nameOf(document)),
      (token) =>
        // Doubtful ones too: who adds all unknown words wants to be done with them.
        this.services.client.correct({ ...params, text, format: textFormat(document), level: 'thorough' }, token),
    );
    const items = unknownWords(text, corrections, unknown).map(({ word, correction, count, misspelt }) => ({
      label: word,
      description: correction === undefined ? `${count}×` : vscode.l10n.t('→ {0}, {1}×', correction, count),
      picked: !misspelt,
      word,
    }));
    if (items.length === 0) {
      this.services.messages.information(vscode.l10n.t('“{0}” has no unknown words.', nameOf(document)));
      return;
    }
    const chosen = await vscode.window.showQuickPick(items, {
      canPickMany: true,
      title: vscode.l10n.t('Unknown words of “{0}”', nameOf(document)),
      placeHolder: vscode.l10n.t('Ticked words go into the dictionary'),
    });
    if (!chosen || chosen.length === 0) return;
    await this.add(
      chosen.map(({ word }) => word),
      { resource: document.uri, name: nameOf(document) },
      target,
      chosen.length === 1
        ? vscode.l10n.t('Add “{0}” to the dictionary of', chosen[0]!.word)
        : vscode.l10n.t('Add {0} words to the dictionary of', chosen.length),
    );
  }

  async open(target?: DictionaryTarget): Promise<void> {
    const { resource, name } = subjectOf(undefined);
    const { dictionaries } = this.services.kept;
    const chosen = target ?? (await this.ask(vscode.l10n.t('Which dictionary?'), { resource, name }, true));
    if (chosen) await dictionaries.open(chosen, resource);
  }

  private async add(
    words: readonly string[],
    { resource, name }: Subject,
    target: DictionaryTarget | undefined,
    title: string,
  ): Promise<void> {
    const { dictionaries } = this.services.kept;
    const chosen = target ?? (await this.ask(title, { resource, name }));
    if (!chosen) return;
    const added = await dictionaries.add(words, chosen, resource);
    const list = dictionaries.listOf(chosen, resource);
    const isListed = list !== undefined;
    const shared = list ? vscode.workspace.asRelativePath(list) : '';
    const places: Record<DictionaryTarget, string> = {
      user: vscode.l10n.t('your dictionary on this machine'),
      workspace: dictionaries.hasProject(resource)
        ? vscode.l10n.t('the dictionary of this project ({0})', shared)
        : vscode.l10n.t('the dictionary of this workspace ({0})', shared),
      file: isListed
        ? vscode.l10n.t('the dictionary of “{0}” on this machine', name)
        : vscode.l10n.t('the dictionary of “{0}”, until it is closed', name),
    };
    const what =
      words.length === 1
        ? vscode.l10n.t('“{0}” is in {1}.', words[0]!, places[chosen])
        : vscode.l10n.t('{0} words are in {1}.', words.length, places[chosen]);
    this.acts.tell(
      what,
      () => dictionaries.remove(added, chosen, resource),
      ...(isListed
        ? [{ title: vscode.l10n.t('Open It'), run: (): unknown => dictionaries.open(chosen, resource) }]
        : []),
    );
  }

  /** @param listed only those that can be opened */
  private async ask(title: string, { resource, name }: Subject, listed = false): Promise<DictionaryTarget | undefined> {
    const { dictionaries } = this.services.kept;
    const rows: [DictionaryTarget, string, string][] = [
      ['user', vscode.l10n.t('Yours'), vscode.l10n.t('everywhere on this machine')],
      dictionaries.hasProject(resource)
        ? ['workspace', vscode.l10n.t('This project'), vscode.l10n.t('for everybody who works on it, in every tool')]
        : ['workspace', vscode.l10n.t('This workspace'), vscode.l10n.t('for everybody who opens this folder')],
      ['file', vscode.l10n.t('This file'), name],
    ];
    const possible = rows.filter(
      ([target]) =>
        dictionaries.listOf(target, resource) !== undefined || (target === 'file' && resource !== undefined && !listed),
    );
    const counts = await Promise.all(possible.map(([target]) => dictionaries.wordsOf(target, resource)));
    const items = possible.map(([target, label, description], index) => ({
      label,
      description,
      detail: wordCount(counts[index]!.length),
      target,
    }));
    return (await vscode.window.showQuickPick(items, { title }))?.target;
  }
}

function wordCount(count: number): string {
  return count === 1 ? vscode.l10n.t('1 word') : vscode.l10n.t('{0} words', count);
}

function wordAtCursor(editor: vscode.TextEditor | undefined): string | undefined {
  if (!editor) return undefined;
  const range = editor.selection.isEmpty
    ? editor.document.getWordRangeAtPosition(editor.selection.active)
    : editor.selection;
  const word = range && editor.document.getText(range).trim();
  return word && !/\s/.test(word) ? word : undefined;
}
