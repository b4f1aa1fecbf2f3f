/**
 * What a new writer has done. The steps of the walkthrough (`contributes.walkthroughs` in package.json) are ticked by
 * these contexts, so that a step is done when its work is done, and not when a command was run that found no document.
 */
import * as vscode from 'vscode';

export type FirstStep = 'opened' | 'corrected' | 'rewritten' | 'summarized' | 'kept' | 'watched';

/** For a fix of the lightbulb: the editor makes its edit and then runs this command. */
export const stepCommand = 'narTextTools.stepDone';

const done = new Set<FirstStep>();

export function stepDone(step: FirstStep): void {
  if (done.has(step)) return;
  done.add(step);
  void vscode.commands.executeCommand('setContext', `narTextTools.done.${step}`, true);
}

export function registerFirstSteps({ subscriptions }: vscode.ExtensionContext): void {
  subscriptions.push(vscode.commands.registerCommand(stepCommand, (step: FirstStep) => stepDone(step)));
}
