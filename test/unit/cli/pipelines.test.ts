/** nar-text where it runs without a person: over folders, in hooks, in a cache. The shipped model answers. */
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundle } from '../bundle';
import { copyWordy, onnxFile } from '../engine/model-folder';

const root = path.join(__dirname, '../../..');
let cli: string;
let work: string;
let cache: string;
beforeAll(() => {
  cli = bundle('cli');
});
afterAll(() => rmSync(cli, { force: true }));
beforeEach(() => {
  work = mkdtempSync(path.join(os.tmpdir(), 'nar-text-pipelines-'));
  cache = mkdtempSync(path.join(os.tmpdir(), 'nar-text-cache-'));
});
afterEach(() => {
  for (const folder of [work, cache]) rmSync(folder, { recursive: true, force: true });
});

const environment = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  ...process.env,
  NAR_TEXT_MODELS: path.join(root, 'models'),
  XDG_CACHE_HOME: cache,
  GIT_CONFIG_GLOBAL: path.join(work, '.no-gitconfig'),
  GIT_CONFIG_NOSYSTEM: '1',
  ...more,
});

interface Outcome {
  code: number;
  out: string;
  errors: string;
}
function start(program: string, argv: string[], env: NodeJS.ProcessEnv = {}, input = ''): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(program, argv, { cwd: work, env: environment(env) });
    let [out, errors] = ['', ''];
    child.stdout.on('data', (data: Buffer) => (out += data.toString()));
    child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
    child.on('close', (code) => resolve({ code: code ?? -1, out, errors }));
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
const run = (argv: string[], { input = '', env = {} }: { input?: string; env?: NodeJS.ProcessEnv } = {}) =>
  start(process.execPath, [cli, ...argv], env, input);

function put(name: string, content: string | object): void {
  const file = path.join(work, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
}
const read = (name: string): string => readFileSync(path.join(work, name), 'utf8');
function git(...words: string[]): { status: number | null; stderr: string } {
  const identity = ['-c', 'user.name=A', '-c', 'user.email=a@example.org'];
  return spawnSync('git', [...identity, ...words], { cwd: work, encoding: 'utf8', env: environment() });
}
/** "file:line" of each remark. */
const places = (out: string): string[] =>
  out
    .split('\n')
    .filter(Boolean)
    .map((line) => /^.*?:\d+/.exec(line)![0]);

const wrong = 'The adress is wrong.\n';

describe('folders, patterns and projects', () => {
  it('works on what is known and not ignored, each file by its own project', async () => {
    git('init', '-q');
    put('.gitignore', 'build/\n');
    put('.nar-textignore', 'drafts/\n');
    put('build/a.md', wrong);
    put('drafts/a.md', wrong);
    put('node_modules/b/README.md', wrong);
    put('logo.png', '\u0000');
    put('data.xyz', wrong);
    put('README.md', `${wrong}The colour is blue.\n`);
    put('american/.nar-text.json', { dialect: 'american' });
    put('american/a.md', 'The colour is blue.\n');
    put('words/.nar-text.json', { dictionary: 'list.txt', formats: { '*.xyz': 'plain' } });
    put('words/list.txt', 'adress\n');
    put('words/a.md', wrong);
    put('words/b.xyz', 'We recieve it.\n');
    put('broken/.nar-text.json', '{"levle":"careful"}');
    put('broken/a.md', wrong);
    put('broken/b.md', wrong);
    const all = await run(['correct', '.', '--check']);
    expect(places(all.out)).toEqual(['README.md:1', 'american/a.md:1', 'words/b.xyz:1']);
    const problem = `nar-text: ${path.join('broken', '.nar-text.json')}: "levle" is unknown; did you mean "level"?\n`;
    expect([all.code, all.errors]).toEqual([2, problem]);

    const pattern = await run(['correct', '{american,words}/*.md', 'README.md', '--check']);
    expect([pattern.code, places(pattern.out)]).toEqual([1, ['american/a.md:1', 'README.md:1']]);
    const none = await run(['correct', 'nothing/**/*.md', 'build', 'missing.md', '--check']);
    expect([none.code, none.out]).toEqual([2, '']);
    expect(none.errors.split('\n').slice(0, 3)).toEqual([
      expect.stringMatching(/nothing\/\*\*\/\*\.md fits no file of a kind/),
      expect.stringMatching(/build holds no file of a kind/),
      'nar-text: missing.md does not exist',
    ]);
    // Named: git's rules are about commits, those of the project are about this program.
    const named = await run(['correct', 'build/a.md', 'drafts/a.md', '--check']);
    expect([named.code, places(named.out)]).toEqual([1, ['build/a.md:1']]);
    const ignored = await run(['correct', 'drafts/a.md', '--check']);
    expect([ignored.code, ignored.out, ignored.errors]).toEqual([
      0,
      '',
      'nar-text: drafts/a.md is ignored by a project file or an ignore file; there is nothing to do\n',
    ]);
    const unknown = await run(['correct', '--check', '--ignore-unknown', 'data.xyz', 'logo.png']);
    expect([unknown.code, unknown.errors]).toEqual([0, '']);
  }, 120_000);

  it('dictionary puts words into the list of the project, and prints them', async () => {
    const none = await run(['dictionary', 'quux']);
    expect([none.code, none.errors]).toEqual([
      2,
      expect.stringMatching(/^nar-text: This folder is in no project: put a/),
    ]);
    put('.nar-text.json', { dictionary: 'docs/words.txt' });
    put('docs/words.txt', '# ours\ncorge\n');
    expect((await run(['dictionary', 'quux', 'C#', 'corge'])).out).toBe(
      `2 added to ${path.join('docs', 'words.txt')}, 1 already there\n`,
    );
    expect(read('docs/words.txt')).toBe('# ours\ncorge\nquux\nC#\n');
    const wrongWord = await run(['dictionary', 'good', '# no word']);
    expect([wrongWord.code, wrongWord.errors]).toEqual([2, expect.stringMatching(/"# no word" is no word/)]);
    expect((await run(['dictionary'])).out).toBe('corge\nquux\nC#\n');
  }, 120_000);

  it('a text on standard input has the project and the format of the name it is given', async () => {
    put('.nar-text.json', { overrides: [{ files: ['*.py'], kinds: { spelling: false } }], ignore: ['skip/'] });
    const input = 'adress = 1  # The adress is wrong.\n';
    const check = (...words: string[]) => run(['correct', '--check', ...words], { input });
    expect((await check('--stdin-filename', 'a.rb')).out).toMatch(/^a\.rb:1:19: .*\n$/);
    expect((await check('--stdin-filename', 'a.py')).out).toBe('');
    const skipped = await run(['correct', '--stdin-filename', 'skip/a.md'], { input });
    expect([skipped.code, skipped.out]).toEqual([0, input]);
    const unknown = await check('--stdin-filename', 'a.zig');
    expect([unknown.code, unknown.errors]).toEqual([2, expect.stringMatching(/a\.zig is a kind of file/)]);
  }, 120_000);

  it('--fix writes what is sure and counts the rest, --diff shows it', async () => {
    const wordy = copyWordy(work, 'model');
    const argv = ['correct', 'a.md', '--model', wordy, '--threshold', '0'];
    const before = 'The server reads the file.\n\nThe user sees the log.\n\nWe see the adress.\n';
    put('a.md', before);
    const json = await run([...argv, '--output', 'json']);
    const { files } = JSON.parse(json.out) as {
      files: { corrections: { startIndex: number; endIndex: number; correction: string; sure: boolean }[] }[];
    };
    const { corrections } = files[0]!;
    const sure = corrections.filter((correction) => correction.sure);
    const expected = sure
      .reverse()
      .reduce((now, each) => now.slice(0, each.startIndex) + each.correction + now.slice(each.endIndex), before);
    const diff = await run([...argv, '--fix', '--diff']);
    expect(read('a.md')).toBe(before);
    const fixed = await run([...argv, '--fix']);
    expect([fixed.code, fixed.out, read('a.md')]).toEqual([0, '', expected]);
    const left = corrections.length - sure.length;
    if (left > 0) expect(fixed.errors).toMatch(new RegExp(`^nar-text: a\\.md: ${left} doubtful corrections? `));
    put('a.md', before);
    if (expected !== before) {
      expect(spawnSync('git', ['apply', '-'], { cwd: work, input: diff.out }).status).toBe(0);
      expect(read('a.md')).toBe(expected);
    }
    // Of a model that writes at random nothing, or all, may be sure: the shipped one is sure of this slip.
    put('b.md', `\ufeff${wrong}`);
    const shown = await run(['correct', 'b.md', '--diff']);
    expect(shown.out).toBe(
      '--- a/b.md\n+++ b/b.md\n@@ -1 +1 @@\n-\ufeffThe adress is wrong.\n+\ufeffThe address is wrong.\n',
    );
    expect((await run(['correct', 'b.md', '--fix'])).code).toBe(0);
    expect(read('b.md')).toBe('\ufeffThe address is wrong.\n');
  }, 120_000);

  it('--changed takes what git will commit, --since what a branch has changed', async () => {
    git('init', '-q', '-b', 'main');
    put('old.md', wrong);
    git('add', '.');
    git('commit', '-q', '-m', 'one');
    git('checkout', '-q', '-b', 'work');
    put('docs/new.md', wrong);
    put('docs/code.zig', wrong);
    git('add', '.');
    expect(places((await run(['correct', '--check', '--changed'])).out)).toEqual(['docs/new.md:1']);
    git('commit', '-q', '-m', 'two');
    put('old.md', `Fine.\n\n${wrong}`);
    const since = await run(['correct', '--check', '--since', 'main']);
    expect(places(since.out)).toEqual(['docs/new.md:1', 'old.md:3']);
    expect(places((await run(['correct', 'docs', '--check', '--since', 'main'])).out)).toEqual(['docs/new.md:1']);
    const nothing = await run(['correct', '--check', '--changed']);
    expect([nothing.code, nothing.out, nothing.errors]).toEqual([0, '', '']);
    const bad = await run(['correct', '--check', '--since=--output=x']);
    expect([bad.code, bad.errors]).toEqual([2, expect.stringMatching(/"--output=x" is no revision/)]);
    expect(existsSync(path.join(work, 'x'))).toBe(false);
  }, 120_000);
});

describe('results of earlier runs', () => {
  it('answer without the model; a changed text, project, program or --no-cache does not take them', async () => {
    const models = path.join(work, '.models');
    const tiny = copyWordy(models);
    const env = { NAR_TEXT_MODELS: models };
    const argv = ['correct', 'docs', '--output', 'json', '--threshold', '0'];
    put('docs/a.md', 'The server reads the file.\n');
    put('docs/b.md', 'The user sees the log.\n');
    const first = await run(argv, { env });
    expect([first.code, first.errors]).toEqual([0, '']);
    expect(JSON.parse(first.out)).toMatchObject({ files: [{ file: 'docs/a.md' }, { file: 'docs/b.md' }] });
    rmSync(onnxFile(tiny));
    const second = await run(argv, { env });
    expect([second.code, second.errors, second.out]).toEqual([0, '', first.out]);
    expect((await run([...argv, '--no-cache'], { env })).errors).toMatch(/model/);
    for (const change of [
      () => put('docs/b.md', 'The user sees the logs.\n'),
      () => put('.nar-text.json', { level: 'careful' }),
    ]) {
      change();
      expect((await run(argv, { env })).errors).toMatch(/model/);
    }
  }, 120_000);

  it('hold all that is told of a text, words that nothing knows too', async () => {
    put('a.md', `${wrong}\nThe frobnicatorish server starts.\n`);
    const argv = ['correct', 'a.md', '--check', '--level', 'thorough'];
    const first = await run(argv);
    expect(first.out).toContain('frobnicatorish');
    expect((await run(argv)).out).toBe(first.out);
  }, 120_000);

  it('that are damaged are made again, and old ones go', async () => {
    put('a.md', wrong);
    const argv = ['correct', 'a.md', '--check'];
    const first = await run(argv);
    expect(places(first.out)).toEqual(['a.md:1']);
    const results = path.join(cache, 'nar-text', 'results');
    const entries = () => readdirSync(results, { recursive: true }).filter((name) => String(name).endsWith('.json'));
    expect(entries()).toHaveLength(1);
    expect(readFileSync(path.join(results, String(entries()[0])), 'utf8')).not.toContain('is wrong');
    for (const damage of ['', '{"corrections":[{"startIndex":90,"endIndex":99}],"highConfidence":1}', 'null']) {
      writeFileSync(path.join(results, String(entries()[0])), damage);
      expect((await run(argv)).out).toBe(first.out);
    }
    const longAgo = new Date(Date.now() - 40 * 24 * 60 * 60_000);
    utimesSync(path.join(results, String(entries()[0])), longAgo, longAgo);
    utimesSync(path.join(results, 'tidied'), longAgo, longAgo);
    await run(argv);
    expect(entries()).toHaveLength(0);
  }, 120_000);
});

/** pre-commit from the path, else installed once into a folder of this user; undefined where it cannot be installed. */
function preCommit(): string | undefined {
  if (spawnSync('pre-commit', ['--version']).status === 0) return 'pre-commit';
  const folder = path.join(
    process.env['XDG_CACHE_HOME'] || path.join(os.homedir(), '.cache'),
    'nar-text-tools/pre-commit',
  );
  const installed = path.join(folder, 'bin/pre-commit');
  if (!existsSync(installed)) {
    if (spawnSync('python3', ['-m', 'venv', folder]).status !== 0) return undefined;
    spawnSync(path.join(folder, 'bin/pip'), ['install', '-q', 'pre-commit==4.7.0'], { timeout: 120_000 });
  }
  return existsSync(installed) ? installed : undefined;
}

describe.skipIf(process.platform === 'win32')('hooks', () => {
  it("git's own commit-msg hook refuses a message with an error and takes a right one", async () => {
    git('init', '-q');
    put('a.txt', 'Text.\n');
    git('add', '.');
    const hook = path.join(work, '.git/hooks/commit-msg');
    writeFileSync(hook, `#!/bin/sh\nexec "${process.execPath}" "${cli}" correct --check "$1"\n`);
    chmodSync(hook, 0o755);
    const commit = (message: string) =>
      start('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', 'commit', '-q', '-m', message]);
    const refused = await commit('Correct the adress of the server');
    expect([refused.code, refused.errors]).toEqual([1, expect.stringMatching(/COMMIT_EDITMSG:1:13: .*spelling/)]);
    expect(git('rev-parse', '--verify', 'HEAD').status).not.toBe(0);
    const right = 'Correct the address of the server\n\nSigned-off-by: Teh Adress <a@example.org>';
    expect((await commit(right)).code).toBe(0);
  }, 120_000);

  it('those of .pre-commit-hooks.yaml run under pre-commit: check, fix and commit-msg', async (test) => {
    const program = preCommit();
    if (program === undefined) return test.skip('pre-commit cannot be installed here');
    expect((await start(program, ['validate-manifest', path.join(root, '.pre-commit-hooks.yaml')])).code).toBe(0);
    // The published hooks, but for where the program comes from: this build stands for the installed package.
    const hooks = readFileSync(path.join(root, '.pre-commit-hooks.yaml'), 'utf8')
      .replaceAll('language: node', 'language: system')
      .replaceAll('entry: nar-text ', `entry: ${process.execPath} ${cli} `)
      .replace(/^(?=[^#\n])/gm, '      ');
    put('.pre-commit-config.yaml', `repos:\n  - repo: local\n    hooks:\n${hooks}`);
    git('init', '-q');
    put('a.md', wrong);
    put('requirements.txt', 'adress==1.0\n');
    put('code.zig', '// adress\n');
    git('add', '.');
    const env = { PRE_COMMIT_HOME: cache, PRE_COMMIT_COLOR: 'never' };
    const check = await start(program, ['run', 'nar-text', '--all-files'], env);
    expect(check.out).toMatch(/- exit code: 1\n\na\.md:1:5: .*spelling/);
    await start(program, ['install', '--hook-type', 'pre-commit', '--hook-type', 'commit-msg'], env);
    const commit = (message: string) =>
      start('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', 'commit', '-m', message], env);
    const first = await commit('Correct the address');
    expect([first.code, first.errors]).toEqual([1, expect.stringContaining('files were modified by this hook')]);
    expect(read('a.md')).toBe('The address is wrong.\n');
    git('add', '.');
    const second = await commit('Correct the adress');
    expect([second.code, second.errors]).toEqual([1, expect.stringMatching(/COMMIT_EDITMSG:1:13: .*spelling/)]);
    expect((await commit('Correct the address')).code).toBe(0);
  }, 300_000);
});
