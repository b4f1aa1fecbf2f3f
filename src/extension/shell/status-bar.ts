/**
 * The one status bar item: how many issues the text has; its hover tells of the text and of the
 * engine, a click opens the menu.
 */
import * as vscode from 'vscode';
import type { EngineState, EngineStatus } from '../../protocol/requests';
import { checksLanguage } from '../../protocol/settings';
import { ActiveStatistics } from './active-statistics';
import { isSupported } from './documents';
import type { TextStatistics } from './text-statistics';
import type { EngineClient } from '../engine/engine-client';
import type { Services } from './services';
import { readSettings, section } from './settings';
import { issueCount, showMenu } from './status-menu';
import { virtualScheme } from './virtual-documents';
import { dataOf } from '../correct/diagnostics';

/** It stands still: an editor turns an icon for those as well who asked their system for less motion. */
const worksIcon = '$(sync)';

export function registerStatusBar({ context, client }: Services): void {
  const item = vscode.window.createStatusBarItem('narTextTools.status', vscode.StatusBarAlignment.Right, 100);
  item.name = 'NAR Text Tools';
  item.command = 'narTextTools.showMenu';
  const update = (): void => refresh(item, client, statistics);
  const statistics = new ActiveStatistics(client, update);
  context.subscriptions.push(
    item,
    statistics,
    client.onDidChangeStatus(update),
    client.checked.onDidChange(update),
    vscode.window.onDidChangeActiveTextEditor(update),
    vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      const active = vscode.window.activeTextEditor?.document.uri.toString();
      if (uris.some((uri) => uri.toString() === active)) update();
    }),
    vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration(section) && update()),
    vscode.commands.registerCommand('narTextTools.showMenu', () =>
      showMenu(client, issuesOf(vscode.window.activeTextEditor?.document)),
    ),
  );
  update();
}

function refresh(item: vscode.StatusBarItem, client: EngineClient, statistics: ActiveStatistics): void {
  const document = vscode.window.activeTextEditor?.document;
  const { status } = client;
  // Where it has no use it takes no room, unless something is wrong.
  if (!(document && isSupported(document)) && status.state !== 'failed') {
    item.hide();
    return;
  }
  const paused = !readSettings(document?.uri).enable;
  const issues = issuesOf(document);
  const counted = statistics.of(document);
  const checking = issues !== undefined && document !== undefined && !client.checked.has(document);
  item.text = statusText(status, paused, issues, checking, counted);
  item.tooltip = tooltip(status, paused, counted);
  const told = paused
    ? vscode.l10n.t('paused')
    : issues === undefined
      ? stateNames()[status.state]
      : checking && issues === 0
        ? vscode.l10n.t('Checking…')
        : issues === 0
          ? vscode.l10n.t('No issues')
          : issueCount(issues);
  item.accessibilityInformation = { label: `NAR Text Tools: ${told}`, role: 'button' };
  item.backgroundColor =
    status.state === 'failed' ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
  item.show();
}

/** Undefined where nothing is checked by itself. */
function issuesOf(document: vscode.TextDocument | undefined): number | undefined {
  if (!document || !isSupported(document) || document.uri.scheme === virtualScheme) return undefined;
  const settings = readSettings(document.uri);
  const { enable, correct } = settings;
  if (!enable || !correct.asYouType || !checksLanguage(settings, document.languageId)) return undefined;
  return vscode.languages.getDiagnostics(document.uri).filter((diagnostic) => dataOf(diagnostic) !== undefined).length;
}

function statusText(
  { state }: EngineStatus,
  paused: boolean,
  issues: number | undefined,
  checking: boolean,
  counted: TextStatistics | undefined,
): string {
  if (paused) return '$(debug-pause) NAR';
  if (state === 'failed') return `$(warning) ${vscode.l10n.t('NAR: no model')}`;
  if (state === 'loading') return `${worksIcon} NAR`;
  if (issues === 0 && checking) return `${worksIcon} ${vscode.l10n.t('Checking…')}`;
  if (issues === 0 && counted && counted.foreign > counted.sentences / 2)
    return `$(globe) ${vscode.l10n.t('Not English')}`;
  const icon = state === 'busy' || checking ? worksIcon : issues === 0 ? '$(check)' : '$(sparkle)';
  if (issues === undefined) return `${icon} NAR`;
  return `${icon} ${issues === 0 ? vscode.l10n.t('No issues') : issueCount(issues)}`;
}

function stateNames(): Record<EngineState, string> {
  return {
    loading: vscode.l10n.t('loading'),
    ready: vscode.l10n.t('ready'),
    busy: vscode.l10n.t('working'),
    failed: vscode.l10n.t('failed'),
    unloaded: vscode.l10n.t('not started'),
  };
}

function modelsText({ model, modelVersion, models }: EngineStatus): string | undefined {
  if (models) return models.map(({ name, version }) => `${name} ${version}`).join(', ');
  return model && `${model} ${modelVersion ?? ''}`.trim();
}

function tooltip(status: EngineStatus, paused: boolean, statistics: TextStatistics | undefined): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  const line = (name: string, value: string | undefined): void => {
    if (value !== undefined) text.appendMarkdown('- ').appendText(`${name}: ${value}`).appendMarkdown('\n');
  };
  text.appendMarkdown('**NAR Text Tools**\n\n');
  if (statistics) {
    const { words, sentences, minutes, wordsPerSentence, grade, foreign } = statistics;
    line(vscode.l10n.t('Words'), shownNumber(words));
    line(vscode.l10n.t('Reading time'), vscode.l10n.t('{0} min', Math.max(1, Math.round(minutes))));
    line(
      vscode.l10n.t('Sentences'),
      vscode.l10n.t('{0}, of {1} words', shownNumber(sentences), shownNumber(wordsPerSentence, 1)),
    );
    line(vscode.l10n.t('Readable from school grade'), `${grade}`);
    if (foreign > 0)
      line(vscode.l10n.t('Left alone'), vscode.l10n.t('{0} sentences in another language', shownNumber(foreign)));
    text.appendMarkdown('\n---\n\n');
  }
  line(vscode.l10n.t('State'), paused ? vscode.l10n.t('paused') : stateNames()[status.state]);
  line(vscode.l10n.t('Model'), modelsText(status));
  line(vscode.l10n.t('Device'), status.device && (status.dtype ? `${status.device} (${status.dtype})` : status.device));
  line(
    vscode.l10n.t('Latest run'),
    status.latestMilliseconds === undefined ? undefined : milliseconds(status.latestMilliseconds),
  );
  if (status.message) text.appendMarkdown('\n').appendText(status.message);
  return text;
}

/** As the interface's language writes it. */
function shownNumber(value: number, digits = 0): string {
  return value.toLocaleString(vscode.env.language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function milliseconds(value: number): string {
  return value >= 1000
    ? `${shownNumber(value / 1000, value >= 10_000 ? 0 : 1)} s`
    : `${shownNumber(Math.max(1, value))} ms`;
}
