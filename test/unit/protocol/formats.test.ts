import { describe, expect, it } from 'vitest';
import { formatDescriptions, formatOfFile, formatOfLanguage, textFormats } from '../../../src/protocol/formats';

describe('the table of formats', () => {
  it.each([
    ['README.md', 'markdown'],
    ['docs/a.MARKDOWN', 'markdown'],
    ['report.qmd', 'markdown'],
    ['.github/prompts/release.prompt.md', 'markdown'],
    ['.cursor/rules/style.mdc', 'markdown'],
    ['.cursorrules', 'markdown'],
    ['analysis.Rmd', 'markdown'],
    ['C:\\docs\\page.mdx', 'mdx'],
    ['notes.txt', 'plain'],
    ['docs/index.RST', 'restructuredtext'],
    ['paper.tex', 'latex'],
    ['guide.adoc', 'asciidoc'],
    ['src/main.py', 'python'],
    ['view.tsx', 'tsx'],
    ['Gemfile', 'ruby'],
    ['.github/workflows/test.yml', 'yaml'],
    ['build.gradle.kts', 'kotlin'],
    ['module.psm1', 'powershell'],
    ['notes.org', 'org'],
    ['paper.typ', 'typst'],
    ['reply.eml', 'mail'],
    ['index.html', 'html'],
    ['analysis.ipynb', 'jupyter'],
    ['locale/en_GB/messages.po', 'gettext'],
    ['README', 'plain'],
    ['.git/COMMIT_EDITMSG', 'commit'],
    ['MERGE_MSG', 'commit'],
  ])('%s is %s', (name, format) => {
    expect(formatOfFile(name)).toBe(format);
  });

  it.each([
    'main.zig',
    'page.wiki',
    'data.json',
    'md',
    '.md',
    'notes.txt.bak',
    'CMakeLists.txt',
    'requirements-dev.txt',
    'robots.txt',
    'Makefile',
    'constructor',
    '__proto__',
    '',
  ])('%s is not known', (name) => {
    expect(formatOfFile(name)).toBeUndefined();
  });

  it('names no language, ending or file name twice', () => {
    for (const list of ['languages', 'endings', 'fileNames'] as const) {
      const all = textFormats.flatMap((format) => [
        ...formatDescriptions[format][list],
        ...(list === 'languages' ? (formatDescriptions[format].elsewhere ?? []) : []),
      ]);
      expect(new Set(all).size).toBe(all.length);
      expect(all.every((entry) => entry === entry.toLowerCase())).toBe(true);
    }
  });

  it.each([
    ['gitcommit', 'commit'],
    ['text', 'plain'],
    ['Plain Text', 'plain'],
    ['markdown.mdx', 'mdx'],
    ['typescript.tsx', 'tsx'],
    ['javascript.jsx', 'javascript'],
    ['python.django', 'python'],
    ['markdown.ghost', 'markdown'],
    ['LaTeX', 'latex'],
    ['plaintex', 'latex'],
    ['C++', 'cpp'],
    ['cs', 'csharp'],
    ['sh', 'shell'],
    ['zig.build', undefined],
    ['.', undefined],
  ])('takes %s of another editor for %s', (language, format) => {
    expect(formatOfLanguage(language)).toBe(format);
  });

  it('knows the languages of editors', () => {
    // What VS Code's own extension for prompts calls its files.
    for (const language of ['prompt', 'instructions', 'chatagent', 'skill'])
      expect(formatOfLanguage(language)).toBe('markdown');
    expect(['markdown', 'mdx', 'plaintext', 'git-commit', 'scminput'].map(formatOfLanguage)).toEqual([
      'markdown',
      'mdx',
      'plain',
      'commit',
      'commit',
    ]);
    expect(['makefile', 'json', 'constructor', '__proto__'].map(formatOfLanguage)).toEqual(Array(4).fill(undefined));
  });
});
