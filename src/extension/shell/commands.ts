/** The small commands; each larger feature registers its own. */
import * as vscode from 'vscode';
import { benchmark } from './benchmark';
import { selectDevice } from './select-device';
import { selectModel } from './select-model';
import type { Services } from './services';
import { readSettings, updateWhereSet } from './settings';
import { registerFirstSteps } from './first-steps';
import { openSample } from './written-editor';

export function registerCommands(services: Services): void {
  const { context, client, log, messages } = services;
  registerFirstSteps(context);
  context.subscriptions.push(
    vscode.commands.registerCommand('narTextTools.selectModel', () => selectModel(services)),
    vscode.commands.registerCommand('narTextTools.selectDevice', () => selectDevice(services)),
    vscode.commands.registerCommand('narTextTools.benchmark', () => benchmark(services)),
    vscode.commands.registerCommand('narTextTools.openSample', () => openSample(context)),
    vscode.commands.registerCommand('narTextTools.showLog', () => log.show()),
    vscode.commands.registerCommand('narTextTools.toggle', () => {
      const resource = vscode.window.activeTextEditor?.document.uri;
      return updateWhereSet('enable', !readSettings(resource).enable, resource);
    }),
    vscode.commands.registerCommand('narTextTools.restartEngine', async () => {
      try {
        await client.restart();
      } catch (error) {
        messages.failure(error);
      }
    }),
  );
}
