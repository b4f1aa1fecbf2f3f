/** The one status bar item: state, model, device, latest latency; a click opens the menu. */
import * as vscode from 'vscode';
import type { EngineStatus } from '../../protocol/requests';
import { isSupported } from './documents';
import type { EngineClient } from '../engine/engine-client';
import type { Services } from './services';
import { readSettings, section } from './settings';

export function registerStatusBar({ context, client }: Services): void {
  const item = vscode.window.createStatusBarItem('narTextTools.status', vscode.StatusBarAlignment.Right, 100);
  item.name = 'NAR Text Tools';
  item.command = 'narTextTools.showMenu';
  const update = (): void => refresh(item, client);
  context.subscriptions.push(
    item,
    client.onDidChangeStatus(update),
    vscode.window.onDidChangeActiveTextEditor(update),
    vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration(section) && update()),
    vscode.commands.registerCommand('narTextTools.showMenu', () => showMenu(client)),
  );
  update();
}

function refresh(item: vscode.StatusBarItem, client: EngineClient): void {
  const document = vscode.window.activeTextEditor?.document;
  const { status } = client;
  // Where it has no use it takes no room, unless something is wrong.
  if (!(document && isSupported(document)) && status.state !== 'failed') {
    item.hide();
    return;
  }
  const paused = !readSettings(document?.uri).enable;
  item.text = statusText(status, paused);
  item.tooltip = tooltip(status, paused);
  item.accessibilityInformation = { label: `NAR Text Tools: ${paused ? 'paused' : status.state}`, role: 'button' };
  item.backgroundColor =
    status.state === 'failed' ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
  item.show();
}

const icons: Record<EngineStatus['state'], string> = {
  loading: '$(loading~spin)',
  ready: '$(sparkle)',
  busy: '$(sync~spin)',
  failed: '$(warning)',
  unloaded: '$(circle-outline)',
};

function statusText({ state, model, device, latestMilliseconds }: EngineStatus, paused: boolean): string {
  if (paused) return '$(debug-pause) NAR';
  const parts = [
    model ?? 'NAR',
    device,
    latestMilliseconds === undefined ? undefined : milliseconds(latestMilliseconds),
  ];
  return `${icons[state]} ${parts.filter((part) => part !== undefined).join(' · ')}`;
}

function tooltip(status: EngineStatus, paused: boolean): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  const line = (name: string, value: string | undefined): void => {
    if (value !== undefined) text.appendMarkdown('- ').appendText(`${name}: ${value}`).appendMarkdown('\n');
  };
  text.appendMarkdown('**NAR Text Tools**\n\n');
  line(vscode.l10n.t('State'), paused ? vscode.l10n.t('paused') : status.state);
  line(vscode.l10n.t('Model'), status.model && `${status.model} ${status.modelVersion ?? ''}`.trim());
  line(vscode.l10n.t('Device'), status.device && (status.dtype ? `${status.device} (${status.dtype})` : status.device));
  line(
    vscode.l10n.t('Latest run'),
    status.latestMilliseconds === undefined ? undefined : milliseconds(status.latestMilliseconds),
  );
  if (status.message) text.appendMarkdown('\n').appendText(status.message);
  return text;
}

function milliseconds(value: number): string {
  return value >= 10_000
    ? `${(value / 1000).toFixed(0)} s`
    : value >= 1000
      ? `${(value / 1000).toFixed(1)} s`
      : `${Math.max(1, Math.round(value))} ms`;
}

async function showMenu(client: EngineClient): Promise<void> {
  const resource = vscode.window.activeTextEditor?.document.uri;
  const { enable } = readSettings(resource);
  const { status } = client;
  const entries: (vscode.QuickPickItem & { command?: string })[] = [
    {
      label: `$(package) ${vscode.l10n.t('Select Model…')}`,
      description: status.model ?? '',
      command: 'narTextTools.selectModel',
    },
    {
      label: `$(chip) ${vscode.l10n.t('Select Device…')}`,
      description: status.device ?? '',
      command: 'narTextTools.selectDevice',
    },
    { label: `$(dashboard) ${vscode.l10n.t('Benchmark This Machine')}`, command: 'narTextTools.benchmark' },
    { label: `$(graph-line) ${vscode.l10n.t('Show Refinement Visualizer')}`, command: 'narTextTools.showVisualizer' },
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    {
      label: enable ? `$(debug-pause) ${vscode.l10n.t('Pause')}` : `$(play) ${vscode.l10n.t('Resume')}`,
      command: 'narTextTools.toggle',
    },
    { label: `$(refresh) ${vscode.l10n.t('Restart Engine')}`, command: 'narTextTools.restartEngine' },
    { label: `$(output) ${vscode.l10n.t('Show Log')}`, command: 'narTextTools.showLog' },
  ];
  const chosen = await vscode.window.showQuickPick(entries, {
    title: 'NAR Text Tools',
    placeHolder: status.message ?? '',
  });
  if (chosen?.command) await vscode.commands.executeCommand(chosen.command);
}
