// One window for all test files with the same settings: starting a VS Code takes ten seconds.
import { packageExtension } from '../../scripts/package.mjs';
import { Window } from './window.mjs';

let vsix;
let current;

/**
 * The shared window of ordinary tests; `options` (Restricted Mode, other settings) make a fresh one and end the last.
 */
export async function sharedWindow(options) {
  if (current && !options && !current.special) return current;
  await current?.stop();
  vsix ??= await packageExtension(undefined, { build: false });
  // Another model than the packaged one: for a look at a model before it is shipped.
  const model = process.env.NAR_TEXT_E2E_MODEL;
  current = await Window.start(vsix, {
    ...options,
    settings: { ...(model ? { 'narTextTools.model.path': model } : {}), ...options?.settings },
  });
  current.special = options !== undefined;
  return current;
}

export const latestWindow = () => current;

export async function closeWindows() {
  await current?.stop();
  current = undefined;
}
