import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Ajv from 'ajv';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { schemaProblem } from '../../../src/project/check-schema';
import { ignoredKinds } from '../../../src/project/project';
import { ProjectError, readProjectFile } from '../../../src/project/project-file';
import { Projects } from '../../../src/project/projects';
import { projectSchema } from '../../../src/protocol/project-file';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'nar-text-project-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string): string => path.join(folder, name);
function put(name: string, content: string | object | Uint8Array): string {
  mkdirSync(path.dirname(at(name)), { recursive: true });
  const isText = typeof content === 'string' || content instanceof Uint8Array;
  writeFileSync(at(name), isText ? content : JSON.stringify(content));
  return at(name);
}

describe('a project file', () => {
  it.each([
    ['{', /^p\.json is not valid JSON: /],
    ['[]', /^p\.json: the file must be an object$/],
    ['null', /^p\.json: the file must be an object$/],
    ['{"levle":"careful"}', /^p\.json: "levle" is unknown; did you mean "level"\?$/],
    ['{"toString":1}', /^p\.json: "toString" is unknown; it may be one of level, style/],
    ['{"level":"high"}', /^p\.json: "level" is "high"; it must be one of careful, balanced, thorough$/],
    ['{"confidence":2}', /^p\.json: "confidence" must be from 0 to 1$/],
    ['{"confidence":"0.9"}', /^p\.json: "confidence" must be a number$/],
    ['{"kinds":{"hypen":false}}', /^p\.json: "kinds\.hypen" is unknown; did you mean "hyphen"\?$/],
    ['{"kinds":["hyphen"]}', /^p\.json: "kinds" must be an object$/],
    ['{"formats":{"*.tmpl":"word"}}', /^p\.json: "formats\.\*\.tmpl" is "word"; it must be one of markdown/],
    ['{"ignore":"dist"}', /^p\.json: "ignore" must be a list$/],
    ['{"ignore":["dist",3]}', /^p\.json: "ignore\[1\]" must be a text in quotes$/],
    ['{"overrides":[{"level":"careful"}]}', /^p\.json: "overrides\[0\]" lacks "files"$/],
    ['{"overrides":[{"files":[]}]}', /^p\.json: "overrides\[0\]\.files" is empty$/],
    ['{"overrides":[{"files":["a"],"dictionary":"b"}]}', /"overrides\[0\]\.dictionary" is unknown/],
    ['{"dictionary":"../words.txt"}', /^p\.json: "dictionary" is "\.\.\/words\.txt"; it must be .* in the folder of/],
    ['{"dictionary":"/etc/passwd"}', /"dictionary" is "\/etc\/passwd"; it must be/],
    ['{"dictionary":"C:\\\\words.txt"}', /it must be the path of a file in the folder/],
  ])('%s is refused with the file and the key', (text, expected) => {
    expect(() => readProjectFile(text, 'p.json')).toThrow(ProjectError);
    expect(() => readProjectFile(text, 'p.json')).toThrow(expected);
  });

  it('agrees with its schema as a library reads it', () => {
    const isRight = new Ajv({ strict: false }).compile(projectSchema);
    const value = fc.oneof(
      fc.constantFrom<unknown>('careful', 'on', 'british', 'markdown', '', 0.5, 2, true, null, [], ['a'], [''], {}),
      fc.record({ hyphen: fc.boolean(), odd: fc.boolean() }, { requiredKeys: [] }),
      fc.dictionary(fc.constantFrom('*.md', 'b'), fc.constantFrom('plain', 'word')),
      fc.array(
        fc.record(
          { files: fc.constantFrom<unknown>(['a'], [], 'a'), level: fc.constant('careful') },
          { requiredKeys: [] },
        ),
      ),
    );
    const keys = [...Object.keys(projectSchema.properties!), 'odd'];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 3 }), (file) => {
        expect(schemaProblem(file, projectSchema) === undefined).toBe(isRight(file));
      }),
      { numRuns: 500 },
    );
  });
});

describe('what a project says', () => {
  it('holds for its folder; a folder with a project file of its own has that alone', () => {
    put('.nar-text.json', { level: 'careful', dialect: 'british', kinds: { hyphen: false } });
    put('docs/inner/.nar-text.json', { level: 'thorough' });
    const projects = new Projects();
    expect(projects.of(at('docs/a.md'))!.settingsFor(at('docs/a.md'))).toEqual({
      level: 'careful',
      dialect: 'british',
      kinds: { hyphen: false },
    });
    expect(projects.of(at('docs/inner/deep/a.md'))!.settingsFor(at('docs/inner/deep/a.md'))).toEqual({
      level: 'thorough',
      kinds: {},
    });
  });

  it('is overridden by pattern, the later one wins, and a kind can be switched on again', () => {
    put('.nar-text.json', {
      level: 'balanced',
      kinds: { hyphen: false, style: undefined, casing: false },
      overrides: [
        { files: ['docs/'], level: 'thorough', kinds: { hyphen: true } },
        { files: ['*.txt', '!keep.txt'], level: 'careful', confidence: 0.9 },
      ],
    });
    const projects = new Projects();
    const said = (name: string) => projects.of(at(name))!.settingsFor(at(name));
    expect(said('README.md')).toEqual({ level: 'balanced', kinds: { hyphen: false, casing: false } });
    expect(said('docs/deep/a.md')).toEqual({ level: 'thorough', kinds: { hyphen: true, casing: false } });
    expect(said('docs/a.txt')).toMatchObject({ level: 'careful', confidence: 0.9, kinds: { hyphen: true } });
    expect(said('keep.txt')).toMatchObject({ level: 'balanced' });
    expect(ignoredKinds(said('docs/a.txt'))).toEqual(['casing']);
  });

  it('names formats by pattern', () => {
    put('.nar-text.json', { formats: { '*.tmpl': 'markdown', 'mail/*.tmpl': 'plain' } });
    const project = new Projects().of(at('a.tmpl'))!;
    expect(['a.tmpl', 'deep/b.tmpl', 'mail/c.tmpl', 'a.md'].map((name) => project.formatOf(at(name)))).toEqual([
      'markdown',
      'markdown',
      'plain',
      undefined,
    ]);
  });

  it('knows the words of its lists, and those of a repository without a project file', () => {
    put('a/.nar-text.json', { dictionary: 'words/own.txt' });
    put('a/words/own.txt', '\ufeff# ours\nfrobnicate\r\nquux # a name\n');
    put('a/.vscode/nar-text-dictionary.txt', 'corge\n');
    mkdirSync(at('b/.git'), { recursive: true });
    put('b/.nar-text-dictionary.txt', 'grault\n');
    const projects = new Projects();
    expect(projects.wordsOf(projects.of(at('a/x.md')))).toEqual(['frobnicate', 'quux', 'corge']);
    expect(projects.wordsOf(projects.of(at('b/c/x.md')))).toEqual(['grault']);
    put('b/.nar-text-dictionary.txt', 'garply\n');
    expect(projects.wordsOf(projects.of(at('b/x.md')))).toEqual(['grault']);
    projects.forget();
    expect(projects.wordsOf(projects.of(at('b/x.md')))).toEqual(['garply']);
  });

  it('a list that cannot be read is told with the project file that names it', () => {
    put('.nar-text.json', { dictionary: 'none.txt' });
    put('b/.nar-text.json', {});
    put('b/.nar-text-dictionary.txt', Buffer.from([0x63, 0x61, 0x66, 0xe9]));
    put('c/.nar-text.json', {});
    mkdirSync(at('c/.nar-text-dictionary.txt'));
    const projects = new Projects((file) => path.relative(folder, file));
    const words = (name: string) => () => projects.wordsOf(projects.of(at(name)));
    expect(words('a.md')).toThrow(
      'none.txt, the dictionary of .nar-text.json, does not exist: mend the list, or name another one under "dictionary"',
    );
    expect(words('b/a.md')).toThrow(`${path.join('b', '.nar-text-dictionary.txt')} is not valid UTF-8`);
    expect(words('c/a.md')).toThrow(/is no ordinary file/);
  });

  it('a wrong project file is told for its folder, and for no other', () => {
    put('bad/.nar-text.json', '{"level":1}');
    put('good/.nar-text.json', '{}');
    const projects = new Projects();
    for (let times = 0; times < 2; times++)
      expect(() => projects.of(at('bad/deep/a.md'))).toThrow(/bad.\.nar-text\.json: "level" must be a text in quotes/);
    expect(projects.of(at('good/a.md'))!.settingsFor(undefined)).toEqual({ kinds: {} });
  });
});

describe('what is ignored', () => {
  it('is what the project, an ignore file and git say, the deepest first; git only what nobody named', () => {
    mkdirSync(at('.git'));
    put('.gitignore', '/build/\n*.gen.md\n');
    put('docs/.gitignore', '!kept.gen.md\n');
    put('.nar-textignore', 'drafts/\n');
    put('.nar-text.json', { ignore: ['CHANGELOG.md', '/vendor'] });
    const projects = new Projects();
    const ignored = (name: string, named = false) => projects.isIgnored(at(name), { named });
    expect(['a.md', 'docs/a.md', 'docs/kept.gen.md', 'docs/build/a.md'].filter((name) => ignored(name))).toEqual([]);
    const byGit = ['build/a.md', 'a.gen.md', 'docs/b.gen.md'];
    const byProject = ['drafts/a.md', 'docs/drafts/b.md', 'CHANGELOG.md', 'docs/CHANGELOG.md', 'vendor/x/a.md'];
    expect([...byGit, ...byProject].filter((name) => !ignored(name))).toEqual([]);
    expect([...byGit, ...byProject].filter((name) => ignored(name, true))).toEqual(byProject);
    expect(projects.isIgnored(at('build'), { isFolder: true })).toBe(true);
  });
});
