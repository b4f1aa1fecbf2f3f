/**
 * Commands that ignore: one remark, one sentence, one kind of remark; and the list of what is ignored in a document.
 */
import * as vscode from 'vscode';
import { correctionTypes } from '../../protocol/tasks';
import type { CorrectionType, IgnoredRemark } from '../../protocol/requests';
import { placeOfRemark } from '../../protocol/remark-place';
import { dataOf } from '../correct/diagnostics';
import { changeLabel } from '../review/bar';
import { kindNames, kindTitle } from '../review/kinds';
import { sentencesIn } from '../shell/document-sentences';
import { nameOf } from '../shell/preview';
import type { Services } from '../shell/services';
import { addToList, possibleTargets, removeFromList, type ListSetting, type SettingTarget } from '../shell/settings';
import type { LatestActs } from './latest';

/** A list of the settings, or what is kept for one document. */
export type IgnoreTarget = SettingTarget | 'file';

/** Remarks of one document, by their places in it. */
export interface PlacesIn {
  uri: vscode.Uri;
  remarks: readonly IgnoredRemark[];
}

export class IgnoreCommands {
  constructor(
    private readonly services: Services,
    private readonly acts: LatestActs,
  ) {}

  /** This remark at this place and no other one. From the palette the remark at the cursor. */
  async remark(uri?: string, range?: vscode.Range, correction?: string): Promise<void> {
    const { messages, kept } = this.services;
    const document = await documentOf(uri);
    const found =
      document && range && correction !== undefined ? { range, correction } : document && remarkAtCursor(document);
    if (!document || !found) {
      messages.information(vscode.l10n.t('Put the cursor on the remark that is to be ignored.'));
      return;
    }
    const [start, end] = [document.offsetAt(found.range.start), document.offsetAt(found.range.end)];
    const place = placeOfRemark(document.getText(), { start, end, text: found.correction });
    await kept.ignored.addRemark(document.uri, place);
    this.acts.tell(
      vscode.l10n.t(
        'Ignored here: {0}. It is kept on this machine, for “{1}”.',
        changeText(document.getText(found.range), found.correction),
        nameOf(document),
      ),
      () => kept.ignored.removeRemark(document.uri, place),
    );
  }

  /** Many at once, each in its place: one act, which is taken back as a whole. */
  async remarks(places: readonly PlacesIn[]): Promise<void> {
    const { ignored } = this.services.kept;
    for (const { uri, remarks } of places) await ignored.addRemarks(uri, remarks);
    const count = places.reduce((sum, { remarks }) => sum + remarks.length, 0);
    if (count === 0) return;
    this.acts.tell(
      vscode.l10n.t(
        '{0} remarks are ignored, each in its place. “Show What Is Ignored in This File” brings them back.',
        count,
      ),
      async () => {
        for (const { uri, remarks } of places) await ignored.removeRemarks(uri, remarks);
      },
    );
  }

  /** @param sentence exact source; without one the sentence at the cursor */
  async sentence(sentence?: string, uri?: string, target?: SettingTarget): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (sentence !== undefined) await this.sentences([sentence.trim()], resourceOf(uri), target);
    else if (editor) await this.sentenceAt(editor.document.uri.toString(), editor.selection, target);
  }

  async sentenceAt(uri: string, range: vscode.Range, target?: SettingTarget): Promise<void> {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
    const sentences = await sentencesIn(this.services.client, document, range);
    if (sentences.length === 0) {
      this.services.messages.information(vscode.l10n.t('There is no sentence here to ignore.'));
      return;
    }
    await this.sentences(
      sentences.map(({ source }) => source),
      document.uri,
      target,
    );
  }

  async kind(type?: CorrectionType, uri?: string, target?: IgnoreTarget): Promise<void> {
    const resource = resourceOf(uri);
    const items = correctionTypes.map((each) => ({ label: kindTitle(each), type: each }));
    const title = vscode.l10n.t('Which kind of remark shall not be made?');
    const chosen = type ?? (await vscode.window.showQuickPick(items, { title }))?.type;
    if (!chosen) return;
    const level =
      target ??
      (await askTarget(vscode.l10n.t('Make no remarks of the kind “{0}” in', kindNames[chosen]), resource, true));
    if (!level) return;
    const what = vscode.l10n.t('Remarks of the kind “{0}” are no longer made', kindNames[chosen]);
    if (level !== 'file') {
      await this.keepInSettings('correct.ignoredTypes', [chosen], level, resource, what);
      return;
    }
    if (!resource) return;
    const { ignored } = this.services.kept;
    const added = await ignored.addKind(resource, chosen);
    this.acts.tell(
      vscode.l10n.t('{0} in “{1}” (kept on this machine).', what, resource.path.split('/').pop() ?? ''),
      async () => {
        if (added) await ignored.removeKind(resource, chosen);
      },
    );
  }

  /** What is ignored in the document of the active editor; what is unticked is told again. */
  async list(): Promise<void> {
    const { messages, kept } = this.services;
    const document = vscode.window.activeTextEditor?.document;
    if (!document) {
      messages.information(vscode.l10n.t('Open the document of which you want to see what is ignored.'));
      return;
    }
    const { uri } = document;
    const { remarks, kinds } = kept.ignored.of(uri);
    const words = await kept.dictionaries.wordsOf('file', uri);
    interface Item extends vscode.QuickPickItem {
      remove?(): Promise<void>;
    }
    const section = (label: string, items: Item[]): Item[] =>
      items.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items];
    const items: Item[] = [
      ...section(
        vscode.l10n.t('Remarks'),
        remarks.map((remark) => ({
          label: changeText(remark.original, remark.correction),
          description: `…${remark.before}${remark.original}${remark.after}…`,
          picked: true,
          remove: () => kept.ignored.removeRemark(uri, remark),
        })),
      ),
      ...section(
        vscode.l10n.t('Words'),
        words.map((word) => ({
          label: word,
          picked: true,
          remove: () => kept.dictionaries.remove([word], 'file', uri),
        })),
      ),
      ...section(
        vscode.l10n.t('Kinds'),
        kinds.map((kind) => ({
          label: kindTitle(kind),
          picked: true,
          remove: () => kept.ignored.removeKind(uri, kind),
        })),
      ),
    ];
    if (items.length === 0) {
      messages.information(
        vscode.l10n.t(
          'Nothing is ignored in “{0}” alone. What is ignored everywhere stands in the settings.',
          nameOf(document),
        ),
        {
          title: vscode.l10n.t('Open Settings'),
          run: () => vscode.commands.executeCommand('workbench.action.openSettings', 'narTextTools ignored'),
        },
      );
      return;
    }
    const chosen = await vscode.window.showQuickPick(items, {
      canPickMany: true,
      title: vscode.l10n.t('Ignored in “{0}”', nameOf(document)),
      placeHolder: vscode.l10n.t('What you untick is told again'),
    });
    for (const item of chosen ? items : []) if (!chosen!.includes(item)) await item.remove?.();
  }

  private async sentences(
    sentences: readonly string[],
    resource: vscode.Uri | undefined,
    target: SettingTarget | undefined,
  ): Promise<void> {
    const level = target ?? (await askTarget(vscode.l10n.t('Ignore this sentence in the settings of'), resource));
    if (!level || level === 'file') return;
    const what =
      sentences.length === 1
        ? vscode.l10n.t('The sentence is ignored')
        : vscode.l10n.t('{0} sentences are ignored', sentences.length);
    await this.keepInSettings('ignoredSentences', sentences, level, resource, what);
  }

  private async keepInSettings(
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
    this.acts.tell(vscode.l10n.t('{0} {1}.', what, places[level]), async () => {
      for (const entry of added) await removeFromList(list, entry, level, resource);
    });
  }
}

/** What a remark proposes, short enough for a message. */
function changeText(original: string, correction: string): string {
  const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text);
  return changeLabel(short(original), short(correction));
}

async function documentOf(uri: string | undefined): Promise<vscode.TextDocument | undefined> {
  return uri === undefined
    ? vscode.window.activeTextEditor?.document
    : vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
}

function resourceOf(uri: string | undefined): vscode.Uri | undefined {
  return uri === undefined ? vscode.window.activeTextEditor?.document.uri : vscode.Uri.parse(uri);
}

function remarkAtCursor(document: vscode.TextDocument): { range: vscode.Range; correction: string } | undefined {
  const cursor = vscode.window.activeTextEditor?.selection.active;
  for (const diagnostic of vscode.languages.getDiagnostics(document.uri)) {
    const data = dataOf(diagnostic);
    if (data && cursor && diagnostic.range.contains(cursor)) return { range: diagnostic.range, ...data };
  }
  return undefined;
}

/** @param withFile what is kept for one document is a choice, too */
async function askTarget(
  title: string,
  resource: vscode.Uri | undefined,
  withFile = false,
): Promise<IgnoreTarget | undefined> {
  const possible: IgnoreTarget[] = [...(withFile && resource ? ['file' as const] : []), ...possibleTargets(resource)];
  if (possible.length === 1) return possible[0];
  const labels: Record<IgnoreTarget, [string, string]> = {
    file: [vscode.l10n.t('This file'), vscode.l10n.t('kept on this machine')],
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
