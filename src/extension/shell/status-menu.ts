/** The menu of the status bar item: the text first, the engine last. */
import * as vscode from 'vscode';
import { correctionLevels, type CorrectionLevel } from '../../protocol/tasks';
import type { EngineClient } from '../engine/engine-client';
import { readSettings, updateWhereSet } from './settings';

type Entry = vscode.QuickPickItem & { run?(): unknown };

const separator = (label: string): Entry => ({ label, kind: vscode.QuickPickItemKind.Separator });

/** The setting `correct.level`. */
function levels(): Record<CorrectionLevel, [name: string, detail: string]> {
  return {
    careful: [vscode.l10n.t('Careful'), vscode.l10n.t('only what is nearly always right')],
    balanced: [vscode.l10n.t('Balanced'), vscode.l10n.t('most errors, few false remarks')],
    thorough: [vscode.l10n.t('Thorough'), vscode.l10n.t('doubtful cases and matters of style as well')],
  };
}

async function chooseLevel(resource: vscode.Uri | undefined): Promise<void> {
  const items = correctionLevels.map((level) => ({
    label: levels()[level][0],
    description: levels()[level][1],
    level,
  }));
  const chosen = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('How much do you want to see?') });
  if (chosen) await updateWhereSet('correct.level', chosen.level, resource);
}

/** @param issues how many remarks the document of the active editor has; undefined where it is not checked */
export async function showMenu(client: EngineClient, issues: number | undefined): Promise<void> {
  const resource = vscode.window.activeTextEditor?.document.uri;
  const { enable, correct } = readSettings(resource);
  const { status } = client;
  const command = (label: string, name: string, description = ''): Entry => ({
    label,
    description,
    run: () => vscode.commands.executeCommand(name),
  });
  const settingsOf = (query: string) => (): unknown =>
    vscode.commands.executeCommand('workbench.action.openSettings', `narTextTools.${query}`);
  const entries: Entry[] = [
    ...(issues ? [command(`$(warning) ${issueCount(issues)}`, 'narTextTools.issues.focus')] : []),
    command(`$(checklist) ${vscode.l10n.t('Check Spelling and Grammar')}`, 'narTextTools.correctDocument'),
    command(
      `$(checklist) ${vscode.l10n.t('Check All Files')}`,
      'narTextTools.checkWorkspace',
      vscode.l10n.t('lists what is found, also in files that are closed'),
    ),
    command(
      `$(edit) ${vscode.l10n.t('Rewrite')}`,
      'narTextTools.paraphrase',
      vscode.l10n.t('the sentence or the selection'),
    ),
    command(`$(book) ${vscode.l10n.t('Make Simpler')}`, 'narTextTools.makeSimpler'),
    command(`$(fold) ${vscode.l10n.t('Make Shorter')}`, 'narTextTools.makeShorter'),
    command(`$(note) ${vscode.l10n.t('Summarize')}`, 'narTextTools.summarizeSelection'),
    separator(vscode.l10n.t('Dictionary and level')),
    command(`$(add) ${vscode.l10n.t('Add the Word at the Cursor to the Dictionary')}`, 'narTextTools.addToDictionary'),
    command(
      `$(expand-all) ${vscode.l10n.t('Add All Unknown Words to the Dictionary…')}`,
      'narTextTools.addUnknownWords',
    ),
    command(`$(list-unordered) ${vscode.l10n.t('Open a Dictionary…')}`, 'narTextTools.openDictionary'),
    command(`$(eye-closed) ${vscode.l10n.t('What Is Ignored Here…')}`, 'narTextTools.showIgnored'),
    {
      label: `$(settings) ${vscode.l10n.t('Level')}`,
      description: levels()[correct.level][0],
      run: () => chooseLevel(resource),
    },
    command(
      enable ? `$(debug-pause) ${vscode.l10n.t('Pause')}` : `$(play) ${vscode.l10n.t('Resume')}`,
      'narTextTools.toggle',
    ),
    { label: `$(gear) ${vscode.l10n.t('Settings')}`, run: settingsOf('') },
    separator(vscode.l10n.t('Engine')),
    command(`$(graph-line) ${vscode.l10n.t('Show Refinement Visualizer')}`, 'narTextTools.showVisualizer'),
    command(`$(package) ${vscode.l10n.t('Select Model…')}`, 'narTextTools.selectModel', status.model),
    command(`$(chip) ${vscode.l10n.t('Select Device…')}`, 'narTextTools.selectDevice', status.device),
    command(`$(dashboard) ${vscode.l10n.t('Benchmark This Machine')}`, 'narTextTools.benchmark'),
    command(`$(refresh) ${vscode.l10n.t('Restart Engine')}`, 'narTextTools.restartEngine'),
    command(`$(output) ${vscode.l10n.t('Show Log')}`, 'narTextTools.showLog'),
  ];
  const chosen = await vscode.window.showQuickPick(entries, {
    title: 'NAR Text Tools',
    placeHolder: status.message ?? '',
  });
  await chosen?.run?.();
}

export function issueCount(issues: number): string {
  return issues === 1 ? vscode.l10n.t('1 issue') : vscode.l10n.t('{0} issues', issues);
}
