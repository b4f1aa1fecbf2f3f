/** Between the web's AbortSignal and the editor's CancellationToken. */
import * as vscode from 'vscode';

/** Runs work under a token that follows the signals; rejects with the reason of the signal that was aborted. */
export async function withSignals<Result>(
  signals: readonly (AbortSignal | undefined)[],
  work: (token: vscode.CancellationToken) => Promise<Result>,
): Promise<Result> {
  const given = signals.filter((signal) => signal !== undefined);
  for (const signal of given) signal.throwIfAborted();
  const source = new vscode.CancellationTokenSource();
  const cancel = (): void => source.cancel();
  for (const signal of given) signal.addEventListener('abort', cancel);
  try {
    return await work(source.token);
  } catch (error) {
    for (const signal of given) signal.throwIfAborted();
    throw error;
  } finally {
    for (const signal of given) signal.removeEventListener('abort', cancel);
    source.dispose();
  }
}
