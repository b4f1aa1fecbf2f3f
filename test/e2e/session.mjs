// One window for all test files with the same settings: starting a VS Code takes ten seconds.
import { packageExtension } from '../../scripts/package.mjs';
import { Window } from './window.mjs';

let vsix;
let current;

/** The shared window of ordinary tests; `options` (Restricted Mode, other settings) make a fresh one and end the last. */
export async function sharedWindow(options) {
  if (current && !options && !current.special) return current;
  await current?.stop();
  vsix ??= await packageExtension(undefined, { build: false });
  current = await Window.start(vsix, options);
  current.special = options !== undefined;
  return current;
}

export const latestWindow = () => current;

export async function closeWindows() {
  await current?.stop();
  current = undefined;
}
