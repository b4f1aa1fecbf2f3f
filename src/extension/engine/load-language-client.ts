/**
 * Loads vscode-languageclient, which is much work, in four bundles of its own (esbuild.js): between them the extension
 * host gets a turn, so that nothing in the window waits for all of it.
 */
import type { EngineProcess } from './language-client';

/** Lets whatever waits in the event loop go first: timers and messages, which a mere setImmediate may be ahead of. */
export const turn = (): Promise<void> => new Promise((resolve) => setTimeout(() => setImmediate(resolve), 0));

export async function loadLanguageClient(): Promise<typeof EngineProcess> {
  await import('./language-rpc');
  await turn();
  await import('./language-protocol');
  await turn();
  await import('./language-features');
  await turn();
  const { EngineProcess } = await import('./language-client');
  await turn();
  return EngineProcess;
}
