/** nar-text mcp as an agent sees it: the official client starts the real process and calls its tools. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { ListRootsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { version } from '../../../package.json';
import { paraphraseModeNames } from '../../../src/protocol/tasks';
import { toolNames } from '../../../src/protocol/tools';
import { bundle } from '../bundle';

const env = { ...(process.env as Record<string, string>), NAR_TEXT_MODELS: path.join(__dirname, '../../../models') };
let file: string;
let client: Client;
let transport: StdioClientTransport;

beforeAll(async () => {
  file = bundle('cli');
  transport = new StdioClientTransport({
    command: process.execPath,
    args: [file, 'mcp'],
    env,
    stderr: 'pipe',
  });
  client = new Client({ name: 'test', version: '1.0.0' });
  await client.connect(transport);
});
afterAll(async () => {
  await client.close();
  rmSync(file, { force: true });
});

interface Answer {
  isError?: boolean;
  content: { type: string; text: string }[];
  structuredContent?: Record<string, unknown>;
}
const call = async (name: string, input: Record<string, unknown>, options = {}): Promise<Answer> =>
  (await client.callTool({ name, arguments: input }, undefined, options)) as Answer;

describe('nar-text mcp', () => {
  it('says who it is and what its tools take', async () => {
    expect(client.getServerVersion()).toMatchObject({ name: 'nar-text', version });
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(toolNames);
    for (const { inputSchema, annotations, description } of tools) {
      expect(inputSchema).toMatchObject({ type: 'object', required: ['text'], additionalProperties: false });
      expect(annotations).toMatchObject({ readOnlyHint: true, openWorldHint: false });
      expect(description!.length).toBeGreaterThan(80);
    }
  });

  it('corrects, and leaves code alone', async () => {
    const text = 'We recieve `teh` mail.\n';
    const { content, structuredContent } = await call('correct', { text });
    expect(structuredContent).toMatchObject({
      output: 'We receive `teh` mail.\n',
      corrections: [{ startIndex: 3, endIndex: 10, original: 'recieve', correction: 'receive', type: 'spelling' }],
    });
    expect(content[0]!.text).toMatch(/^We receive `teh` mail\.[^]*- .*“receive”.* \(\d+ %\)$/);
    expect((await call('correct', { text, dictionary: ['recieve'] })).content[0]!.text).toBe('No errors were found.');
  });

  it('offers what the command line offers', async () => {
    const texts = [
      'We recieve `teh` mail.\n',
      '# An title\n\nThe the server reads it.\n',
      '![A pictrue](a.png) You can press teh button.\n',
      '| Name | Notes |\n|---|---|\n| `a` | The value is is read. |\n',
      '- It use the default port.\n- The user have to log in.\n',
      'The file is is read by by the server.\n',
      'It is right as it stands.\n',
      "> You can pass it's output to the next one.\n",
      'The softwares are installed, and a error is shown.\n',
      'See [the instalation guide](https://example.com/instalation).\n',
    ];
    const folder = mkdtempSync(path.join(tmpdir(), 'nar-text-mcp-'));
    const names = texts.map((text, index) => {
      const name = path.join(folder, `${index}.md`);
      writeFileSync(name, text);
      return name;
    });
    const command = [file, 'correct', '--json', '--no-cache', ...names];
    const { stdout } = await promisify(execFile)(process.execPath, command, { env });
    rmSync(folder, { recursive: true });
    const printed = stdout.trim().split('\n');
    expect(printed).toHaveLength(texts.length);
    let found = 0;
    for (const [index, text] of texts.entries()) {
      const { output, corrections } = (await call('correct', { text })).structuredContent!;
      found += (corrections as object[]).length;
      const line = JSON.parse(printed[index]!) as { output: string; corrections: object[] };
      expect(line.output).toBe(output);
      const offered = (corrections as { original?: string }[]).map(({ original: _, ...rest }) => rest);
      expect(line.corrections).toMatchObject(offered);
      expect(line.corrections).toHaveLength(offered.length);
    }
    expect(found).toBeGreaterThan(8);
  });

  it('takes from the project what the command line takes from it, at every call anew', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'nar-text-mcp-'));
    const put = (name: string, text: string): void => writeFileSync(path.join(folder, name), text);
    const here = new StdioClientTransport({ command: process.execPath, args: [file, 'mcp'], env, cwd: folder });
    const agent = new Client({ name: 'test', version: '1.0.0' });
    await agent.connect(here);
    const correct = async (input: Record<string, unknown>): Promise<Answer> =>
      (await agent.callTool({ name: 'correct', arguments: input })) as Answer;
    const found = async (input: Record<string, unknown>): Promise<unknown> =>
      ((await correct(input)).structuredContent!['corrections'] as { original: string }[]).map((each) => each.original);
    try {
      const text = 'We recieve the the colour.\n';
      expect(await found({ text })).toEqual(['recieve', ' the']);
      put(
        '.nar-text.json',
        '{ "kinds": { "doubled-word": false }, "ignore": ["/vendor/"], "formats": { "*.tmpl": "python" } }',
      );
      put('.nar-text-dictionary.txt', 'recieve\n');
      expect(await found({ text })).toEqual([]);
      expect(await found({ text, path: 'docs/a.md' })).toEqual([]);
      expect(await found({ text: '# We seperate it.\nrecieve = teh\n', path: 'a.py' })).toEqual(['seperate']);
      expect(await found({ text: '# We seperate it.\nrecieve = teh\n', path: 'a.tmpl' })).toEqual(['seperate']);
      const left = await correct({ text: 'We seperate it.', path: 'vendor/a.md' });
      expect(left.structuredContent).toEqual({ output: 'We seperate it.', corrections: [], isLeftAlone: true });
      expect(left.content[0]!.text).toMatch(/leaves this file alone/);
      // Another folder has another project, or none.
      expect(await found({ text, path: path.join(tmpdir(), 'nar-text-elsewhere', 'a.md') })).toEqual([
        'recieve',
        ' the',
      ]);
      put(
        '.nar-text.json',
        '{ "level": "careful", "dialect": "american", "overrides": [{ "files": ["*.txt"], "dialect": "british" }] }',
      );
      expect(await found({ text })).toEqual([' the', 'colour']);
      expect(await found({ text, path: 'a.txt' })).toEqual([' the']);
      expect(await found({ text, dialect: 'either' })).toEqual([' the']);
      put('.nar-text.json', '{ "levle": "careful" }');
      const wrong = await correct({ text });
      expect(wrong.isError).toBe(true);
      expect(wrong.content[0]!.text).toMatch(/\.nar-text\.json.*"levle"/);
    } finally {
      await agent.close();
      rmSync(folder, { recursive: true });
    }
  });

  it('believes a client that tells its roots', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'nar-text-mcp-'));
    writeFileSync(path.join(folder, '.nar-text-dictionary.txt'), 'recieve\n');
    writeFileSync(path.join(folder, '.nar-text.json'), '{}');
    const there = new StdioClientTransport({ command: process.execPath, args: [file, 'mcp'], env, cwd: tmpdir() });
    const agent = new Client({ name: 'test', version: '1.0.0' }, { capabilities: { roots: {} } });
    let roots = [{ uri: pathToFileURL(folder).href }];
    agent.setRequestHandler(ListRootsRequestSchema, () => ({ roots }));
    await agent.connect(there);
    const text = 'We recieve it.';
    const found = async (): Promise<unknown> =>
      ((await agent.callTool({ name: 'correct', arguments: { text } })) as Answer).content[0]!.text;
    try {
      expect(await found()).toBe('No errors were found.');
      roots = [{ uri: 'https://example.com/' }, { uri: 'file:///' }];
      expect(await found()).toMatch(/“receive”/);
    } finally {
      await agent.close();
      rmSync(folder, { recursive: true });
    }
  });

  it('rewrites and summarizes', async () => {
    const text = 'We do this in order to help the people who read it.';
    const shorter = await call('rewrite', { text, mode: 'shorter' });
    expect(shorter.content[0]!.text).toContain('We do this to help the people who read it.');
    const summary = await call('summarize', {
      text: `${text} It is free. It runs on this machine.`,
      length: 'sentence',
    });
    expect(summary.structuredContent!['sentences']).toHaveLength(1);
    expect(summary.content[0]!.text).toBe(summary.structuredContent!['output']);
  });

  it.each([
    ['correct', {}, /"text" must be a string/],
    ['correct', { text: 5 }, /"text" must be a string/],
    ['correct', { text: 'a', format: 'docx' }, /"format" must be one of markdown/],
    ['correct', { text: 'a', colour: 'red' }, /"colour" is unknown; correct takes text, path, format, level/],
    ['correct', { text: 'a', path: 7 }, /"path" must be the path of a file/],
    ['correct', { text: 'a', path: 'a.xyz' }, /The kind of a\.xyz is not known: say "format"/],
    ['correct', { text: 'a', dictionary: 'word' }, /"dictionary" must be a list of words/],
    [
      'rewrite',
      { text: 'We go.', mode: 'louder' },
      new RegExp(`"mode" must be one of ${paraphraseModeNames.join(', ')}`),
    ],
    ['rewrite', { text: 'We go.', candidates: 0 }, /"candidates" must be a whole number from 1 to 20/],
    ['rewrite', { text: '```\ncode\n```\n' }, /There is no sentence/],
    ['translate', { text: 'a' }, /There is no tool "translate"; there are correct, rewrite, summarize/],
  ])('%s with %j is told what is wrong', async (name, input, message) => {
    const { isError, content } = await call(name, input);
    expect(isError).toBe(true);
    expect(content[0]!.text).toMatch(message);
  });

  it('tells how far it is, and stops when it is told to', async () => {
    const sentence = (index: number): string => `Sentence ${index} of this text is here to be read by the model.`;
    const text = Array.from({ length: 400 }, (_, index) => sentence(index)).join(' ');
    const controller = new AbortController();
    const seen: number[] = [];
    const onprogress = ({ progress }: { progress: number }): void => {
      seen.push(progress);
      if (seen.length > 2) controller.abort();
    };
    await expect(call('correct', { text }, { signal: controller.signal, onprogress })).rejects.toThrow();
    expect(seen.length).toBeGreaterThan(2);
    expect((await call('correct', { text: 'All is well.' })).isError).toBeUndefined();
  });

  it('ends when its client goes', async () => {
    const { pid } = transport;
    await client.close();
    const isAlive = (): boolean => {
      try {
        return process.kill(pid!, 0);
      } catch {
        return false;
      }
    };
    for (let tries = 0; tries < 1200 && isAlive(); tries++) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(isAlive()).toBe(false);
  });
});
