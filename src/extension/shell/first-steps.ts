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
  done.add(step);
  tell(step);
}

/**
 * Only for a moment: the walkthrough hears of changes alone, and one that finds a context true when it is opened never
 * ticks its step.
 */
function tell(step: FirstStep): void {
  for (const value of [true, false])
    void vscode.commands.executeCommand('setContext', `narTextTools.done.${step}`, value);
}

/** What was done before the walkthrough was opened is told then; nothing tells when it listens. */
const listensAfterMilliseconds = [1000, 4000];

export function registerFirstSteps({ subscriptions }: vscode.ExtensionContext): void {
  subscriptions.push(
    vscode.commands.registerCommand(stepCommand, (step: FirstStep) => stepDone(step)),
    vscode.window.tabGroups.onDidChangeTabs(({ opened }) => {
      // Pages of the editor's own, as the walkthrough is, have an input that no extension is told of.
      if (!opened.some(({ input }) => input === undefined)) return;
      for (const milliseconds of listensAfterMilliseconds) setTimeout(() => done.forEach(tell), milliseconds);
    }),
  );
}
