/** The server under real editors without a window, where they are installed: what a person does there, by script. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '../bundle';
import { temporaryFolder } from '../engine/model-folder';

const root = path.join(__dirname, '../../..');
const clients = path.join(root, 'test/clients');

interface Editor {
  name: string;
  command: string;
  /** Ends with 0 where editor and client are there. */
  probe: string[];
  args: string[];
}
const editors: Editor[] = [
  {
    name: 'Neovim',
    command: 'nvim',
    probe: ['--version'],
    args: ['--headless', '--clean', '-S', path.join(clients, 'neovim.lua')],
  },
  {
    name: 'Emacs with eglot',
    command: 'emacs',
    probe: ['--batch', '--eval', "(require 'eglot)"],
    args: ['--batch', '-l', path.join(clients, 'eglot.el')],
  },
];

/** What the script of each editor prints. */
interface Seen {
  problem?: string;
  diagnostics: [number, number, string][];
  fixed: string;
  shortened: string;
  /** Diagnostics in the end. */
  left: number;
}

let serverFile: string;
beforeAll(() => {
  serverFile = bundle('server');
});
afterAll(() => rmSync(serverFile, { force: true }));

describe.each(editors)('$name', ({ name, command, probe, args }) => {
  const isThere = spawnSync(command, probe).status === 0;
  it.skipIf(!isThere)(
    isThere ? 'fixes, rewrites and keeps words' : `is not installed here, so nothing was tried with ${name}`,
    async () => {
      const { folder, remove } = temporaryFolder();
      const file = path.join(folder, 'a.txt');
      writeFileSync(file, 'We 😀 recieve teh mail.\n\nWe do this in order to help the people who read it.\n');
      // What a client takes for the folder of a project.
      mkdirSync(path.join(folder, '.git'));
      const env = {
        ...process.env,
        NAR_NODE: process.execPath,
        NAR_SERVER: serverFile,
        NAR_MODELS: path.join(root, 'models'),
        NAR_FILE: file,
        NAR_FILETYPE: 'text',
        NAR_KEEP: path.join(folder, 'keep'),
      };
      const { stdout, stderr } = await promisify(execFile)(command, args, { env, timeout: 150_000 });
      const seen = JSON.parse(stdout.trim().split('\n').at(-1)!) as Seen;
      expect(seen.problem, stderr).toBeUndefined();
      expect(seen.diagnostics.map((each) => each[2].replace(/^.*?Spelling/, 'Spelling'))).toEqual([
        expect.stringMatching(/^Spelling: did you mean “receive”\? \(\d+ %\)$/),
        expect.stringMatching(/^Spelling: did you mean “the”\? \(\d+ %\)$/),
      ]);
      expect(seen.fixed.trim()).toMatch(/^We 😀 receive teh mail\.\n\nWe do this in order to help/);
      expect(seen.shortened.trim()).toMatch(/^We 😀 receive teh mail\.\n\nWe do this to help/);
      expect(seen.left).toBe(0);
      const lists = ['keep/dictionary.txt', '.nar-text-dictionary.txt'].flatMap((list) => {
        try {
          return readFileSync(path.join(folder, list), 'utf8');
        } catch {
          return [];
        }
      });
      expect(lists).toEqual([expect.stringMatching(/^(?:#.*\n)?teh\n$/)]);
      remove();
    },
  );
});
