/** scripts/prepare.mjs, with an npm that only says how it was called. */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let clone: string;
beforeEach(() => {
  clone = mkdtempSync(path.join(tmpdir(), 'nar-text-prepare-'));
  mkdirSync(path.join(clone, 'scripts'));
  mkdirSync(path.join(clone, 'bin'));
  cpSync(path.join(__dirname, '../../../scripts/prepare.mjs'), path.join(clone, 'scripts/prepare.mjs'));
  writeFileSync(
    path.join(clone, 'esbuild.js'),
    "require('node:fs').writeFileSync('built', process.argv.slice(2).join(' '));",
  );
  const npm = path.join(clone, 'bin/npm');
  writeFileSync(npm, '#!/bin/sh\necho "$@" > installed\nenv >> installed\ntest ! -e fail\n');
  chmodSync(npm, 0o755);
});
afterEach(() => rmSync(clone, { recursive: true }));

const prepare = (env: Record<string, string>): number | null =>
  spawnSync(process.execPath, ['scripts/prepare.mjs'], {
    cwd: clone,
    env: { PATH: `${path.join(clone, 'bin')}${path.delimiter}${process.env['PATH']}`, ...env },
  }).status;
const has = (name: string): boolean => existsSync(path.join(clone, name));

describe.skipIf(process.platform === 'win32')('preparing a package of the repository', () => {
  it('builds where npm installs it globally, with what the build needs', () => {
    expect(prepare({ npm_config_global: 'true', NPM_CONFIG_PREFIX: '/hooks', npm_config_cache: '/cache' })).toBe(0);
    const [called, ...env] = readFileSync(path.join(clone, 'installed'), 'utf8').split('\n');
    expect(called).toBe('ci --ignore-scripts --include=dev');
    expect(env.filter((line) => /^npm_config_/i.test(line))).toEqual(['npm_config_cache=/cache']);
    expect(readFileSync(path.join(clone, 'built'), 'utf8')).toBe('--minify');
  });
  it('does nothing in a working copy, or where it is built already', () => {
    expect(prepare({})).toBe(0);
    mkdirSync(path.join(clone, 'dist'));
    writeFileSync(path.join(clone, 'dist/cli.js'), '');
    expect(prepare({ npm_config_global: 'true' })).toBe(0);
    expect([has('installed'), has('built')]).toEqual([false, false]);
  });
  it('fails where npm fails', () => {
    writeFileSync(path.join(clone, 'fail'), '');
    expect(prepare({ npm_config_global: 'true' })).toBe(1);
    expect(has('built')).toBe(false);
  });
});
