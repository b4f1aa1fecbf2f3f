/** The languages that docs/editors.md tells people to copy are languages that the server knows. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatOfLanguage } from '../../../src/protocol/formats';
import { settingsSection } from '../../../src/protocol/read-settings';
import { correctionLevels } from '../../../src/protocol/tasks';

const page = readFileSync(path.join(__dirname, '../../../docs/editors.md'), 'utf8');
const all = (pattern: RegExp): string[] => Array.from(page.matchAll(pattern), (match) => match[1]!);
function zedSettings(): { lsp: { 'nar-text': { settings: { narTextTools: { correct: { level: string } } } } } } {
  return JSON.parse(/^\{ "lsp": .*\}$/m.exec(page)![0]) as ReturnType<typeof zedSettings>;
}

/** What each editor answers when the server asks for its section, from the settings of the page, as its sources do. */
const answers: Record<string, unknown> = {
  // The part of `config` that the section names.
  Helix: /^config = \{ narTextTools = \{ correct = \{ level = "(\w+)" \} \} \}$/m.exec(page)?.[1],
  // The table of that name in `settings`, whatever `settings_section` sends along at the start.
  Kakoune: /\[nar-text\.settings\.narTextTools\.correct\]\s+level = "(\w+)"/.exec(page)?.[1],
  // Full stops in keys are levels.
  Sublime: /"settings": \{ "narTextTools\.correct\.level": "(\w+)" \}/.exec(page)?.[1],
  // The key of that name in the settings of the server.
  Zed: zedSettings().lsp['nar-text'].settings.narTextTools.correct.level,
};

describe.each(Object.entries(answers))('the settings for %s', (_editor, level) => {
  it('are found by the section that the server asks for', () => {
    expect(settingsSection).toBe('narTextTools');
    expect(correctionLevels).toContain(level);
  });
});

const listed: Record<string, string[]> = {
  Neovim: all(/(?:filetypes|pattern) = \{([^}]*)\}/g).flatMap((list) => list.match(/[\w.-]+/g) ?? []),
  Helix: all(/\[\[language\]\]\nname = "([^"]*)"/g),
  Emacs: all(/'\(((?:[\w-]+-mode ?)+)\)/g).flatMap((list) => list.split(' ').map((mode) => mode.replace(/-mode$/, ''))),
  Kakoune: all(/filetype=\(\?:([^)]*)\)/g).flatMap((list) => list.split('|')),
  Sublime: all(/"selector": "([^"]*)"/g).flatMap((list) => list.split(' | ').map((scope) => scope.split('.').at(-1)!)),
  Zed: all(/^languages = \[([^\]]*)\]/gm).flatMap((list) => list.split(', ').map((name) => name.replaceAll('"', ''))),
};

describe.each(Object.entries(listed))('languages for %s', (_editor, languages) => {
  it('are known', () => {
    expect(languages.length).toBeGreaterThan(2);
    expect(languages.filter((language) => formatOfLanguage(language) === undefined)).toEqual([]);
  });
});
