/**
 * What each file is: the one table of text formats, for command line, server, editor and engine alike. A
 * new format is a name here, its line in `formatDescriptions`, and its reader in src/text/cuts.ts; the
 * compiler asks for each of them.
 */

/** Programming languages: their comments are read. */
export const codeFormats = [
  'python',
  'javascript',
  'typescript',
  'tsx',
  'go',
  'rust',
  'java',
  'cpp',
  'csharp',
  'ruby',
  'php',
  'shell',
  'css',
  'powershell',
  'kotlin',
  'swift',
  'lua',
  'sql',
  'yaml',
  'toml',
] as const;
export type CodeFormat = (typeof codeFormats)[number];

export const textFormats = [
  'markdown',
  'mdx',
  'plain',
  'commit',
  'restructuredtext',
  'latex',
  'asciidoc',
  'org',
  'typst',
  'html',
  'jupyter',
  'gettext',
  'mail',
  ...codeFormats,
] as const;
export type TextFormat = (typeof textFormats)[number];

export interface FormatDescription {
  /** For messages. */
  title: string;
  /** Language identifiers of VS Code and of the Language Server Protocol; the extension wakes up for these. */
  languages: readonly string[];
  /**
   * What other editors call the same, lower case: file types of Vim and Kakoune, modes of Emacs, names of Helix and
   * Zed.
   */
  elsewhere?: readonly string[];
  /** Endings of file names, lower case, with the full stop. */
  endings: readonly string[];
  /** Whole file names, lower case, with or without an ending. */
  fileNames: readonly string[];
}

export const formatDescriptions: Record<TextFormat, FormatDescription> = {
  markdown: {
    title: 'Markdown',
    // The last five are what VS Code calls prompts, instructions, agents and skills: Markdown with a front matter.
    languages: ['markdown', 'quarto', 'rmd', 'prompt', 'instructions', 'chatagent', 'chatmode', 'skill'],
    elsewhere: ['gfm', 'pandoc', 'poly-quarto', 'rmarkdown', 'mdc'],
    endings: ['.md', '.markdown', '.mdown', '.mdwn', '.mkd', '.mkdn', '.qmd', '.rmd', '.mdc'],
    fileNames: ['.cursorrules', '.windsurfrules', '.clinerules'],
  },
  mdx: { title: 'MDX', languages: ['mdx'], endings: ['.mdx'], fileNames: [] },
  plain: {
    title: 'plain text',
    languages: ['plaintext'],
    elsewhere: ['text', 'plain', 'plain text'],
    endings: ['.txt', '.text'],
    fileNames: [
      'readme',
      'changelog',
      'changes',
      'history',
      'news',
      'authors',
      'contributors',
      'credits',
      'maintainers',
      'thanks',
      'todo',
      'notes',
      'install',
      'copying',
      'license',
      'licence',
      'notice',
    ],
  },
  commit: {
    title: 'commit message',
    languages: ['git-commit', 'scminput'],
    elsewhere: ['gitcommit', 'git commit', 'git', 'commit', 'log-edit'],
    endings: [],
    fileNames: ['commit_editmsg', 'merge_msg', 'squash_msg', 'tag_editmsg', 'notes_editmsg'],
  },
  restructuredtext: {
    title: 'reStructuredText',
    languages: ['restructuredtext', 'rst'],
    elsewhere: ['sphinx'],
    endings: ['.rst', '.rest'],
    fileNames: [],
  },
  latex: {
    title: 'LaTeX',
    languages: ['latex', 'tex'],
    elsewhere: ['plaintex', 'plain-tex'],
    endings: ['.tex', '.ltx', '.latex'],
    fileNames: [],
  },
  asciidoc: {
    title: 'AsciiDoc',
    languages: ['asciidoc'],
    elsewhere: ['adoc', 'asciidoctor'],
    endings: ['.adoc', '.asciidoc', '.asc', '.ad'],
    fileNames: [],
  },
  org: { title: 'Org', languages: ['org'], endings: ['.org'], fileNames: [] },
  typst: { title: 'Typst', languages: ['typst'], endings: ['.typ'], fileNames: [] },
  html: { title: 'HTML', languages: ['html'], endings: ['.html', '.htm', '.xhtml'], fileNames: [] },
  jupyter: { title: 'Jupyter notebook', languages: [], endings: ['.ipynb'], fileNames: [] },
  gettext: { title: 'message catalogue', languages: ['po'], endings: ['.po'], fileNames: [] },
  mail: { title: 'e-mail', languages: ['mail'], elsewhere: ['message'], endings: ['.eml'], fileNames: [] },
  python: { title: 'Python', languages: ['python'], endings: ['.py', '.pyi', '.pyw'], fileNames: [] },
  javascript: {
    title: 'JavaScript',
    languages: ['javascript', 'javascriptreact'],
    elsewhere: ['js', 'jsx', 'js2', 'js-jsx'],
    endings: ['.js', '.mjs', '.cjs', '.jsx'],
    fileNames: [],
  },
  typescript: { title: 'TypeScript', languages: ['typescript'], endings: ['.ts', '.mts', '.cts'], fileNames: [] },
  tsx: {
    title: 'TypeScript JSX',
    languages: ['typescriptreact'],
    elsewhere: ['tsx'],
    endings: ['.tsx'],
    fileNames: [],
  },
  go: { title: 'Go', languages: ['go'], endings: ['.go'], fileNames: [] },
  rust: { title: 'Rust', languages: ['rust'], elsewhere: ['rustic'], endings: ['.rs'], fileNames: [] },
  java: { title: 'Java', languages: ['java'], endings: ['.java'], fileNames: [] },
  cpp: {
    title: 'C and C++',
    languages: ['c', 'cpp'],
    elsewhere: ['c++'],
    endings: ['.c', '.h', '.cc', '.cpp', '.cxx', '.hh', '.hpp', '.hxx', '.ino'],
    fileNames: [],
  },
  csharp: { title: 'C#', languages: ['csharp'], elsewhere: ['cs', 'c-sharp', 'c#'], endings: ['.cs'], fileNames: [] },
  ruby: {
    title: 'Ruby',
    languages: ['ruby'],
    elsewhere: ['enh-ruby'],
    endings: ['.rb', '.rake', '.gemspec'],
    fileNames: ['rakefile', 'gemfile'],
  },
  php: { title: 'PHP', languages: ['php'], endings: ['.php'], fileNames: [] },
  shell: {
    title: 'shell',
    languages: ['shellscript'],
    elsewhere: ['sh', 'bash', 'zsh', 'ksh', 'shell script'],
    endings: ['.sh', '.bash', '.zsh'],
    fileNames: [],
  },
  css: { title: 'CSS', languages: ['css'], endings: ['.css'], fileNames: [] },
  powershell: {
    title: 'PowerShell',
    languages: ['powershell'],
    endings: ['.ps1', '.psm1', '.psd1'],
    fileNames: [],
  },
  kotlin: { title: 'Kotlin', languages: ['kotlin'], endings: ['.kt', '.kts'], fileNames: [] },
  swift: { title: 'Swift', languages: ['swift'], endings: ['.swift'], fileNames: [] },
  lua: { title: 'Lua', languages: ['lua'], endings: ['.lua'], fileNames: [] },
  sql: { title: 'SQL', languages: ['sql'], endings: ['.sql'], fileNames: [] },
  yaml: {
    title: 'YAML',
    languages: ['yaml', 'dockercompose', 'github-actions-workflow'],
    endings: ['.yaml', '.yml'],
    fileNames: [],
  },
  toml: { title: 'TOML', languages: ['toml'], endings: ['.toml'], fileNames: [] },
};

/** Names that end like text and hold what a program reads. */
const programNames = /^(?:cmakelists|robots|requirements(?:[-_.].*)?|(?:.*[-_.])?requirements|constraints)\.txt$/;

/** The format of a file; undefined for a kind that the table does not name. @param path with `/` or `\` */
export function formatOfFile(path: string): TextFormat | undefined {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).toLowerCase();
  if (programNames.test(name)) return undefined;
  const dot = name.lastIndexOf('.');
  const ending = dot > 0 ? name.slice(dot) : '';
  return textFormats.find((format) => {
    const { endings, fileNames } = formatDescriptions[format];
    return fileNames.includes(name) || endings.includes(ending);
  });
}

const formatsByLanguage = new Map(
  textFormats.flatMap((format) => {
    const { languages, elsewhere = [] } = formatDescriptions[format];
    return [...languages, ...elsewhere].map((language) => [language, format] as const);
  }),
);

/**
 * The format of an editor's language; undefined for a language that the table does not name. Of a compound file type
 * of Vim ("python.django") the last part counts that the table names.
 */
export function formatOfLanguage(language: string): TextFormat | undefined {
  const name = language.toLowerCase();
  const known = [name, ...name.split('.').reverse()].find((each) => formatsByLanguage.has(each));
  return known === undefined ? undefined : formatsByLanguage.get(known);
}

/** Whether the format is a programming language. */
export function isCode(format: TextFormat): format is CodeFormat {
  return (codeFormats as readonly TextFormat[]).includes(format);
}

/** Whether the format is a dialect of Markdown, with its headings, lists and fences. */
export function isMarkdown(format: TextFormat): boolean {
  return format === 'markdown' || format === 'mdx';
}
