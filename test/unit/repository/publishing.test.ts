/** What is ready to be published: addresses from one file, dated changelog, packages that offer what they can run. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const root = path.join(__dirname, '../../..');
/* eslint-disable-next-line @typescript-eslint/no-explicit-any -- the scripts have no types */
const load = (name: string): Promise<any> => import(pathToFileURL(path.join(root, 'scripts', name)).href);

describe('publishing.json', () => {
  it('gives package.json its addresses and the links of the README their bases', async () => {
    const { linkBases, publishedFields, readPublishing } = await load('library/publishing.mjs');
    const said = readPublishing('{ "publisher": "somebody", "repository": "https://github.com/somebody/text" }');
    expect(publishedFields(said)).toEqual({
      publisher: 'somebody',
      repository: { type: 'git', url: 'https://github.com/somebody/text.git' },
      bugs: { url: 'https://github.com/somebody/text/issues' },
      homepage: 'https://github.com/somebody/text#readme',
    });
    expect(linkBases(said)).toEqual({
      baseContentUrl: 'https://github.com/somebody/text/blob/HEAD',
      baseImagesUrl: 'https://github.com/somebody/text/raw/HEAD',
    });
    expect(linkBases({ repository: 'https://gitlab.com/a/b' }).baseImagesUrl).toBe('https://gitlab.com/a/b/-/raw/HEAD');
    expect(linkBases({ repository: 'https://example.invalid/a' })).toBeUndefined();
  });

  it.each([
    '{ "publisher": "two words", "repository": "https://github.com/a/b" }',
    '{ "publisher": "a", "repository": "http://github.com/a/b" }',
    '{ "publisher": "a", "repository": "https://github.com/a/b.git" }',
    '{ "publisher": "a" }',
  ])('is refused with a word when it says %s', async (text) => {
    const { readPublishing } = await load('library/publishing.mjs');
    expect(() => readPublishing(text)).toThrow(/publishing\.json: "(?:publisher|repository)" must be/);
  });

  it('has pictures in the README that a marketplace shows: files of the repository, none of them SVG', () => {
    const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
    const pictures = Array.from(readme.matchAll(/!\[[^\]]*\]\(([^)]*)\)/g), (match) => match[1]!);
    expect(pictures.length).toBeGreaterThan(2);
    for (const picture of pictures) {
      expect(picture).toMatch(/^[\w/.-]+\.(?:png|gif)$/);
      expect(existsSync(path.join(root, picture)), picture).toBe(true);
    }
  });
});

describe('a package', () => {
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const bindings = path.join(root, 'node_modules/onnxruntime-node/bin/napi-v6');

  it('offers the devices whose code is in it', async () => {
    const { devicesOf, leftOut, targets } = await load('library/targets.mjs');
    const { offerOnly } = await load('package.mjs');
    for (const target of Object.keys(targets)) {
      const copy = structuredClone(manifest);
      offerOnly(copy, devicesOf(target));
      const groups: { properties: Record<string, { enum: string[]; markdownEnumDescriptions: string[] }> }[] =
        copy.contributes.configuration;
      const device = groups.map(({ properties }) => properties['narTextTools.device']).find((found) => found)!;
      expect(device.enum, target).toEqual(devicesOf(target));
      expect(device.markdownEnumDescriptions).toEqual(device.enum.map((name) => `%setting.device.${name}%`));
    }
    // The binaries themselves say what they were built for; what needs a library that is left out does not run.
    const needsLeftOut = leftOut.some((pattern: RegExp) => pattern.test('DirectML.dll'));
    for (const [target, { native, graphics }] of Object.entries<{ native?: string; graphics: string[] }>(targets)) {
      const file = native && path.join(bindings, native, 'onnxruntime_binding.node');
      if (!file || !existsSync(file)) continue;
      const code = readFileSync(file, 'latin1');
      for (const device of graphics) expect(code.includes(device), `${target} ${device}`).toBe(true);
      if (target.startsWith('win32') && needsLeftOut) expect(graphics).toEqual([]);
    }
  });

  it('is not made for publishing while something is a placeholder', () => {
    const run = spawnSync(process.execPath, [path.join(root, 'scripts/package.mjs'), '--release', '--no-build'], {
      encoding: 'utf8',
    });
    const said = run.stdout + run.stderr;
    const { repository } = JSON.parse(readFileSync(path.join(root, 'publishing.json'), 'utf8'));
    if (!new URL(repository).host.endsWith('.invalid')) return;
    expect([run.status, /publishing\.json names a placeholder/.test(said)]).toEqual([1, true]);
  });
});

describe('a release', () => {
  const copy = mkdtempSync(path.join(tmpdir(), 'release-'));
  afterAll(() => rmSync(copy, { recursive: true }));
  const release = (...words: string[]): { status: number | null; stderr: string; stdout: string } =>
    spawnSync(process.execPath, [path.join(root, 'scripts/release.mjs'), ...words, '--root', copy], {
      encoding: 'utf8',
    });
  const read = (name: string): string => readFileSync(path.join(copy, name), 'utf8');

  it('dates what is unreleased and numbers the package, and refuses what makes no sense', () => {
    for (const name of ['package.json', 'package-lock.json'])
      copyFileSync(path.join(root, name), path.join(copy, name));
    writeFileSync(path.join(copy, 'CHANGELOG.md'), '# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A thing.\n');
    expect(release('1000.0').stderr).toMatch(/three numbers/);
    expect(release('0.0.1').stderr).toMatch(/is not higher than/);
    expect(release('1000.0.0', '--date', '2030-01-02').status).toBe(0);
    expect(read('CHANGELOG.md')).toBe(
      '# Changelog\n\n## [Unreleased]\n\n## [1000.0.0] - 2030-01-02\n\n### Added\n\n- A thing.\n',
    );
    const lock = JSON.parse(read('package-lock.json'));
    expect([JSON.parse(read('package.json')).version, lock.version, lock.packages[''].version]).toEqual(
      Array(3).fill('1000.0.0'),
    );
    expect(release('1000.0.1').stderr).toMatch(/Nothing is unreleased/);
  });
});
