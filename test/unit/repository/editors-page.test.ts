/** The languages that docs/editors.md tells people to copy are languages that the server knows. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatOfLanguage } from '../../../src/protocol/formats';

const page = readFileSync(path.join(__dirname, '../../../docs/editors.md'), 'utf8');
const all = (pattern: RegExp): string[] => Array.from(page.matchAll(pattern), (match) => match[1]!);
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
