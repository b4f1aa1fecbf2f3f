// What VS Code and the extension call themes and commands.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../../scripts/library/machine.mjs';

/** A JSON file of the repository. */
export const read = (name) => JSON.parse(readFileSync(join(repository, name), 'utf8'));
const manifest = read('package.json');
export const english = read('package.nls.json');

export const themes = {
  light: 'Light Modern',
  dark: 'Dark Modern',
  'high-contrast': 'Default High Contrast',
  'high-contrast-light': 'Default High Contrast Light',
};

/** Colours of a theme that draws nothing under errors and nothing behind changes. */
export const colourless = Object.fromEntries(
  [
    ...['Error', 'Warning', 'Info', 'Hint'].map((kind) => `editor${kind}.foreground`),
    ...['inserted', 'removed'].map((kind) => `diffEditor.${kind}TextBackground`),
  ].map((colour) => [colour, '#00000000']),
);

/** "Category: Title" of a contributed command, as the palette shows it. */
export function commandTitle(id, texts = english) {
  const command = manifest.contributes.commands.find((entry) => entry.command === id);
  if (!command) throw new Error(`package.json does not contribute ${id}`);
  const title = command.title.replace(/^%(.+)%$/, (_, key) => texts[key]);
  return command.category ? `${command.category}: ${title}` : title;
}
