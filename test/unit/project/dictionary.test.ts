import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addWords, dictionaryHeader } from '../../../src/project/dictionary';
import { Project } from '../../../src/project/project';
import { Projects } from '../../../src/project/projects';
import { withProject } from '../../../src/project/settings';
import { defaultSettings } from '../../../src/protocol/settings';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'nar-text-words-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => path.join(folder, name);

describe('addWords', () => {
  it('makes the list where there is none, and adds what is not there yet behind what is', () => {
    const project = new Project(folder, at('.nar-text.json'), { dictionary: 'docs/words.txt' });
    expect(addWords(project, ['quux', 'corge', 'quux'])).toEqual(['quux', 'corge']);
    expect(readFileSync(at('docs/words.txt'), 'utf8')).toBe(`${dictionaryHeader}quux\ncorge\n`);
    writeFileSync(at('docs/words.txt'), '# ours\r\nquux # a name');
    expect(addWords(project, ['quux', 'grault'])).toEqual(['grault']);
    expect(readFileSync(at('docs/words.txt'), 'utf8')).toBe('# ours\r\nquux # a name\r\ngrault\r\n');
    expect(readdirSync(at('docs'))).toEqual(['words.txt']);
  });

  it.skipIf(process.platform === 'win32')('keeps a link, and says what cannot be written', () => {
    writeFileSync(at('shared.txt'), 'a\n');
    symlinkSync('shared.txt', at('.nar-text-dictionary.txt'));
    addWords(new Project(folder, undefined), ['b']);
    expect(lstatSync(at('.nar-text-dictionary.txt')).isSymbolicLink()).toBe(true);
    expect(readFileSync(at('shared.txt'), 'utf8')).toBe('a\nb\n');
    mkdirSync(at('list'));
    const wrong = new Project(folder, at('.nar-text.json'), { dictionary: 'list' });
    expect(() => addWords(wrong, ['b'])).toThrow(/list cannot be changed \(EISDIR\); no word was added/);
    writeFileSync(at('latin.txt'), Buffer.from([0xe9]));
    const latin = new Project(folder, at('.nar-text.json'), { dictionary: 'latin.txt' });
    expect(() => addWords(latin, ['b'])).toThrow(/latin\.txt cannot be changed/);
    expect(readFileSync(at('latin.txt'))).toEqual(Buffer.from([0xe9]));
  });
});

describe('settings of an editor', () => {
  it('give way to what the project says, and keep the rest', () => {
    const file = { level: 'careful', dialect: 'british', kinds: { hyphen: false }, ignore: ['skip.md'] };
    writeFileSync(at('.nar-text.json'), JSON.stringify(file));
    addWords(new Project(folder, undefined), ['quux']);
    const own = {
      ...defaultSettings,
      dictionary: ['mine'],
      correct: { ...defaultSettings.correct, confidence: 0.2, ignoredTypes: ['casing' as const], style: 'on' as const },
    };
    const projects = new Projects();
    expect(withProject(own, at('a.md'), projects)).toEqual({
      ...own,
      dictionary: ['mine', 'quux'],
      correct: {
        ...own.correct,
        level: 'careful',
        dialect: 'british',
        confidence: null,
        ignoredTypes: ['casing', 'hyphen'],
      },
    });
    expect(withProject(own, at('skip.md'), projects).enable).toBe(false);
    expect(withProject(own, at('.nar-text-dictionary.txt'), projects).enable).toBe(false);
    expect(withProject(own, path.join(path.dirname(folder), 'elsewhere', 'a.md'), projects)).toEqual(own);
  });
});
