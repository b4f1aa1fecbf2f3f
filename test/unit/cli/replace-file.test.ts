import { spawn } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { endReplacing, replaceFile } from '../../../src/cli/replace-file';
import { UsageError } from '../../../src/cli/usage';

const isRoot = process.getuid?.() === 0;
const before = Buffer.from('The old text.\n');
const after = Buffer.from('The new text, which is longer.\r\n');

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'nar-text-replace-'));
  file = path.join(folder, 'a.md');
  writeFileSync(file, before);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
afterAll(endReplacing);

describe('replaceFile', () => {
  it('replaces the bytes and leaves nothing else behind', async () => {
    await replaceFile(file, before, after);
    expect(readFileSync(file)).toEqual(after);
    expect(readdirSync(folder)).toEqual(['a.md']);
  });

  it.each(['appended to', 'put in the place of the file', 'cut off'])(
    'refuses when bytes were %s since it was read',
    async (how) => {
      if (how === 'appended to') appendFileSync(file, 'A line of somebody else.\n');
      else if (how === 'cut off') writeFileSync(file, before.subarray(0, 4));
      else {
        rmSync(file);
        writeFileSync(file, 'Another text.');
      }
      const present = readFileSync(file);
      await expect(replaceFile(file, before, after)).rejects.toThrow(
        /a\.md was changed by another program.*Run the command again/,
      );
      expect(readFileSync(file)).toEqual(present);
      expect(readdirSync(folder)).toEqual(['a.md']);
    },
  );

  it('refuses when the file is gone, and makes no new one', async () => {
    rmSync(file);
    await expect(replaceFile(file, before, after)).rejects.toThrow(/was moved or deleted while it was worked on/);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('keeps a symbolic link, and the mode of what it points to', async () => {
    const link = path.join(folder, 'link.md');
    chmodSync(file, 0o640);
    symlinkSync('a.md', link);
    await replaceFile(link, before, after);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(file)).toEqual(after);
    expect(statSync(file).mode & 0o7777).toBe(0o640);
  });

  it.each([
    ['a longer text', after],
    ['a shorter text', Buffer.from('New.\n')],
  ])('writes %s in place where the file has another name', async (_name, bytes) => {
    const other = path.join(folder, 'b.md');
    linkSync(file, other);
    const { ino } = statSync(file);
    await replaceFile(file, before, bytes);
    expect(readFileSync(other)).toEqual(bytes);
    expect(statSync(file)).toMatchObject({ ino, nlink: 2 });
    expect(readdirSync(folder).sort()).toEqual(['a.md', 'b.md']);
  });

  it.runIf(isRoot)('keeps the owner, and the set-uid bit for that owner', async () => {
    chownSync(file, 65534, 1);
    chmodSync(file, 0o4751);
    await replaceFile(file, before, after);
    expect(statSync(file)).toMatchObject({ uid: 65534, gid: 1 });
    expect(statSync(file).mode & 0o7777).toBe(0o4751);
  });

  it('takes a name as long as the file system allows', async () => {
    const long = path.join(folder, `${'n'.repeat(250)}.md`);
    writeFileSync(long, before);
    await replaceFile(long, before, after);
    expect(readFileSync(long)).toEqual(after);
  });

  it('tidies up what a run left that ended with its machine, and nothing else', async () => {
    const gone = spawn(process.execPath, ['-e', '']);
    await new Promise((resolve) => gone.once('exit', resolve));
    const stale = `.nar-text-${gone.pid}-0123456789ab.tmp`;
    const others = [
      `.nar-text-${process.pid}-0123456789ab.tmp`,
      `.nar-text-${gone.pid}-0123456789ac.tmp`,
      `.nar-text-${gone.pid}.tmp`,
      '.a.md.tmp',
    ];
    const longAgo = new Date(Date.now() - 2 * 60 * 60_000);
    for (const name of [stale, ...others]) {
      writeFileSync(path.join(folder, name), '');
      // The second of the others is of a run that ended just now: its janitor may be at work.
      if (name !== others[1]) utimesSync(path.join(folder, name), longAgo, longAgo);
    }
    await replaceFile(file, before, after);
    expect(readdirSync(folder).sort()).toEqual([...others, 'a.md'].sort());
  });

  it('says which file cannot be written', async () => {
    const missing = path.join(folder, 'none', 'a.md');
    await expect(replaceFile(missing, before, after)).rejects.toThrow(UsageError);
    await expect(replaceFile(missing, before, after)).rejects.toThrow(/none.a\.md/);
  });
});

describe('a kill at any moment', () => {
  let writer: string;
  beforeAll(() => {
    const outfolder = path.join(__dirname, '../../../node_modules/.cache/nar-text-tests');
    writer = path.join(outfolder, `replace-file-${process.pid}.cjs`);
    // Writes two texts in turn for ever, and tells after the first that it is at work.
    buildSync({
      stdin: {
        contents: `
          import { replaceFile } from '../../../src/cli/replace-file';
          const [file, ...texts] = [process.argv[2], Buffer.alloc(300_000, 'a'), Buffer.alloc(200_000, 'b')];
          (async () => {
            for (let turn = 0; ; turn++) {
              await replaceFile(file, texts[turn % 2], texts[(turn + 1) % 2]);
              if (turn === 0) process.stdout.write('ready');
            }
          })();
        `,
        resolveDir: __dirname,
        loader: 'ts',
      },
      outfile: writer,
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'cjs',
      logLevel: 'silent',
    });
  });
  afterAll(() => rmSync(writer, { force: true }));

  const whole = (bytes: Buffer): boolean =>
    (bytes.length === 300_000 && bytes.every((byte) => byte === 97)) ||
    (bytes.length === 200_000 && bytes.every((byte) => byte === 98));

  it.each([
    ['a file', 1],
    ['a file with two names', 2],
  ])(
    'leaves %s whole, and no temporary file',
    async (_name, names) => {
      for (let kill = 0; kill < 4; kill++) {
        writeFileSync(file, Buffer.alloc(300_000, 'a'));
        if (names === 2 && kill === 0) linkSync(file, path.join(folder, 'b.md'));
        const child = spawn(process.execPath, [writer, file], { stdio: ['ignore', 'pipe', 'inherit'] });
        await new Promise((resolve) => child.stdout.once('data', resolve));
        await new Promise((resolve) => setTimeout(resolve, kill * 5));
        child.kill('SIGKILL');
        await new Promise((resolve) => child.once('exit', resolve));
        await expect
          .poll(() => readdirSync(folder).filter((name) => name.endsWith('.tmp')), { timeout: 20_000 })
          .toEqual([]);
        expect(whole(readFileSync(file))).toBe(true);
        expect(statSync(file).nlink).toBe(names);
      }
    },
    120_000,
  );
});
