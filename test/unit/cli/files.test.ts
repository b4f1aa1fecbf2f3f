import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeText, readText } from '../../../src/cli/files';
import { findFiles } from '../../../src/cli/find-files';
import { Projects } from '../../../src/project/projects';
import { UsageError } from '../../../src/cli/usage';

let folder: string;
const reading = { format: undefined, projects: new Projects() };
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'nar-text-files-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('reading', () => {
  it('keeps the byte order mark apart and every other character', () => {
    expect(decodeText(Buffer.from('\ufeffa\r\n🙂 e\u0301'), 'x')).toEqual({ text: 'a\r\n🙂 e\u0301', mark: true });
    expect(decodeText(Buffer.from('a\ufeff'), 'x')).toEqual({ text: 'a\ufeff', mark: false });
  });
  it.each([
    ['a NUL byte', Buffer.from([0x61, 0, 0x62]), /is a binary file/],
    ['UTF-16', Buffer.from('\ufeffab', 'utf16le'), /binary file \(or UTF-16\)/],
    ['Latin-1', Buffer.from([0x63, 0x61, 0x66, 0xe9]), /not valid UTF-8/],
    ['a surrogate in UTF-8', Buffer.from([0xed, 0xa0, 0x80]), /not valid UTF-8/],
  ])('refuses %s', (_name, bytes, expected) => {
    expect(() => decodeText(bytes, 'x')).toThrow(UsageError);
    expect(() => decodeText(bytes, 'x')).toThrow(expected);
  });
  it('says why a file cannot be read', async () => {
    expect(() => readText(path.join(folder, 'none.md'), reading)).toThrow(/none\.md does not exist/);
    expect(() => readText(folder, reading)).toThrow(/is a folder/);
    expect(() => readText(path.join(folder, `${'x'.repeat(300)}.md`), reading)).toThrow(/does not exist/);
  });
  it.skipIf(process.platform === 'win32')('a name that leads nowhere stops no other file', async () => {
    const [loop, inFile, page] = ['loop.md', 'page.md/below.md', 'page.md'].map((name) => path.join(folder, name));
    symlinkSync('loop.md', loop!);
    writeFileSync(page!, 'Text.');
    const names = [loop!, inFile!, page!];
    expect((await findFiles(names, reading.projects)).files).toEqual(names);
    expect(() => readText(loop!, reading)).toThrow(/loop\.md is a symbolic link that leads back to itself$/);
    expect(() => readText(inFile!, reading)).toThrow(/below\.md does not exist$/);
  });
  it.skipIf(process.platform === 'win32')('does not wait for a named pipe or a device', async () => {
    const pipe = path.join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    for (const endless of [pipe, '/dev/zero'])
      expect(() => readText(endless, reading)).toThrow(/is a device or a named pipe: give its text on standard/);
  });
  it('takes the format from the name, and refuses a kind of file that nobody knows', async () => {
    const inFolder = (name: string): string => {
      writeFileSync(path.join(folder, name), 'Text.');
      return path.join(folder, name);
    };
    expect(readText(inFolder('README.md'), reading).format).toBe('markdown');
    expect(readText(inFolder('COMMIT_EDITMSG'), reading).format).toBe('commit');
    const unknown = () => readText(inFolder('main.zig'), reading);
    expect(unknown).toThrow(UsageError);
    expect(unknown).toThrow(/main\.zig is a kind of file that is not known here, .*--format/);
    expect(readText(inFolder('main.zig'), { ...reading, format: 'plain' }).format).toBe('plain');
  });
});
