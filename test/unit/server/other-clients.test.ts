/** What a client gets that has no commands, dictionaries and progress of its own. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  ErrorCodes,
  LSPErrorCodes,
  type CodeAction,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type InitializeResult,
} from 'vscode-languageserver/node';
import { serverCommands } from '../../../src/protocol/language-server';
import { defaultSettings } from '../../../src/protocol/settings';
import { bundle } from '../bundle';
import { temporaryFolder } from '../engine/model-folder';
import { ServerProcess, type ServerOptions } from './server-process';

let serverFile: string;
let home: ReturnType<typeof temporaryFolder>;
let server: ServerProcess;
let initialized: InitializeResult;

beforeAll(() => {
  serverFile = bundle('server');
});
afterAll(() => rmSync(serverFile, { force: true }));
afterEach(async () => {
  await server.stop();
  home.remove();
});

/** The real model: what is offered here must be what a person would be offered. */
const modelsFolder = path.join(__dirname, '../../../models');
const settings = { correct: { ...defaultSettings.correct, delay: 5 } };
type Told = NonNullable<ServerOptions['initialize']>;

async function start(capabilities: Told['capabilities'] = {}, options: Partial<ServerOptions> = {}): Promise<void> {
  home = temporaryFolder();
  server = new ServerProcess({
    serverFile,
    modelsFolder,
    settings,
    args: [`--keep=${path.join(home.folder, 'own')}`],
    initialize: { ownInterface: false, capabilities, rootUri: pathToFileURL(home.folder).href },
    ...options,
  });
  initialized = (await server.initialize()) as InitializeResult;
}
const uriOf = (name: string): string => pathToFileURL(path.join(home.folder, name)).href;
const keptIn = (name: string): string => readFileSync(path.join(home.folder, name), 'utf8');
const execute = (command: string, ...args: unknown[]): Promise<unknown> =>
  server.connection.sendRequest('workspace/executeCommand', { command, arguments: args });
const found = (diagnostics: readonly Diagnostic[]): unknown[] =>
  diagnostics.map(({ data }) => (data as { original: string }).original);
const text = 'We recieve teh mail. It is in order to work.\n';

describe('a client without an interface of its own', () => {
  it('is offered commands and a version, and VS Code is not offered the commands', async () => {
    await start();
    expect(initialized.capabilities.executeCommandProvider!.commands).toEqual(Object.values(serverCommands));
    expect(initialized.capabilities.diagnosticProvider).toBeUndefined();
    expect(initialized.capabilities.positionEncoding).toBe('utf-16');
    expect(initialized.serverInfo!.version).toMatch(/^\d+\.\d+\.\d+/);
    await server.stop();
    home.remove();
    const capabilities = { textDocument: { diagnostic: {} } };
    await start({}, { initialize: { ownInterface: true, capabilities } });
    expect(initialized.capabilities.executeCommandProvider).toBeUndefined();
    expect(initialized.capabilities.diagnosticProvider).toBeUndefined();
  });

  it('keeps words in the dictionary of the user and of the project', async () => {
    await start();
    const uri = uriOf('a.txt');
    let coming = server.next((params) => params.diagnostics.length === 2);
    await server.open(uri, text, 'text');
    expect(found((await coming).diagnostics)).toEqual(['recieve', 'teh']);
    coming = server.next((params) => params.diagnostics.length === 1);
    await execute(serverCommands.addToDictionary, 'recieve', uri, 'user');
    expect(found((await coming).diagnostics)).toEqual(['teh']);
    coming = server.next((params) => params.diagnostics.length === 0);
    await execute(serverCommands.addToDictionary, 'teh', uri, 'workspace');
    await coming;
    expect(keptIn('own/dictionary.txt')).toBe('recieve\n');
    expect(keptIn('.nar-text-dictionary.txt')).toMatch(/^#.*\nteh\n$/);
  });

  it('leaves languages alone that are switched off', async () => {
    await start({}, { settings: { ...settings, languages: { code: false, python: true } } });
    await server.open(uriOf('a.go'), '// We recieve teh mail in this function.\n', 'go');
    const coming = server.next(({ uri }) => uri === uriOf('a.txt'));
    await server.open(uriOf('a.txt'), text, 'text');
    expect(found((await coming).diagnostics)).toEqual(['recieve', 'teh']);
    expect(server.history.map(({ uri }) => uri)).not.toContain(uriOf('a.go'));
  });

  it('ignores a remark, a sentence and a kind', async () => {
    await start();
    const uri = uriOf('a.md');
    const one = 'We recieve mail.\n\nThey recieve it. You recieve it, too. I found teh file.\n';
    let coming = server.next((params) => params.diagnostics.length === 4);
    await server.open(uri, one);
    const { diagnostics } = await coming;
    coming = server.next((params) => params.diagnostics.length === 3);
    await execute(serverCommands.ignoreRemark, uri, diagnostics[0]!.range, 'receive');
    expect((await coming).diagnostics[0]!.range.start.line).toBe(2);
    coming = server.next((params) => params.diagnostics.length === 2);
    await execute(serverCommands.ignoreSentence, uri, diagnostics[1]!.range);
    expect((await coming).diagnostics[0]!.range).toEqual(diagnostics[2]!.range);
    coming = server.next((params) => params.diagnostics.length === 0);
    await execute(serverCommands.ignoreKind, 'spelling');
    await coming;
    expect(JSON.parse(keptIn('own/ignored.json'))).toMatchObject({
      remarks: { [uri]: [{ original: 'ie', correction: 'ei' }] },
      sentences: ['They recieve it.'],
      kinds: ['spelling'],
    });
  });

  it('is told what is wrong with a command, and loses nothing of a damaged file', async () => {
    await start();
    const uri = uriOf('a.md');
    const errorOf = async (promise: Promise<unknown>): Promise<{ code: number; message: string }> =>
      promise.then(
        () => Promise.reject(new Error('it was answered')),
        (error: { code: number; message: string }) => error,
      );
    await server.open(uri, text);
    const place = { start: { line: 0, character: 3 }, end: { line: 0, character: 4 } };
    const bad: [string, unknown[]][] = [
      ['narText.magic', []],
      [serverCommands.addToDictionary, ['two words', uri]],
      [serverCommands.addToDictionary, ['word', 'file:///nowhere.md']],
      [serverCommands.ignoreKind, ['magic']],
      [serverCommands.ignoreRemark, [uri, 5, '']],
      [serverCommands.ignoreSentence, [uri]],
      [serverCommands.rewrite, [{ uri, range: place, mode: 'louder', version: 1 }]],
    ];
    for (const [command, args] of bad) {
      const { code, message } = await errorOf(execute(command, ...args));
      expect([command, args, code]).toEqual([command, args, ErrorCodes.InvalidParams]);
      expect(message.length).toBeGreaterThan(20);
    }
    const stale = { uri, range: place, mode: 'rephrase', version: 0 };
    expect((await errorOf(execute(serverCommands.rewrite, stale))).code).toBe(LSPErrorCodes.ContentModified);
    await execute(serverCommands.ignoreKind, 'article');
    const file = path.join(home.folder, 'own/ignored.json');
    writeFileSync(file, '{ "remarks": 5');
    expect((await errorOf(execute(serverCommands.ignoreKind, 'hyphen'))).message).toMatch(/is damaged: .* repair or/);
    expect(keptIn('own/ignored.json')).toBe('{ "remarks": 5');
  });

  const rewritten = { start: { line: 0, character: 21 }, end: { line: 0, character: 21 } };
  const offers = (uri: string): Promise<CodeAction[]> =>
    server.connection.sendRequest('textDocument/codeAction', {
      textDocument: { uri },
      range: rewritten,
      context: { diagnostics: [], only: ['refactor'] },
    });

  it('gets another wording as the edit of a code action', async () => {
    await start({ textDocument: { codeAction: { resolveSupport: { properties: ['edit'] } } } });
    expect(initialized.capabilities.codeActionProvider).toMatchObject({ resolveProvider: true });
    const uri = uriOf('a.md');
    await server.open(uri, text);
    const shorter = (await offers(uri)).find(({ title }) => title === 'Make shorter')!;
    expect(shorter.edit).toBeUndefined();
    const { edit } = await server.connection.sendRequest<CodeAction>('codeAction/resolve', shorter);
    const change = edit!.documentChanges![0] as { textDocument: unknown; edits: { newText: string; range: unknown }[] };
    expect(change.textDocument).toEqual({ uri, version: 1 });
    expect(change.edits).toHaveLength(1);
    expect('in order to'.replace('in order ', change.edits[0]!.newText)).toBe('to');
    await server.change(uri, `x ${text}`, 2);
    await expect(server.connection.sendRequest('codeAction/resolve', shorter)).rejects.toMatchObject({
      code: LSPErrorCodes.ContentModified,
    });
  });

  it('that resolves nothing gets it through a command, or is told that there is none', async () => {
    await start({ workspace: { applyEdit: true } });
    const applied: unknown[] = [];
    const told: unknown[] = [];
    server.connection.onRequest('workspace/applyEdit', (params) => {
      applied.push(params);
      return { applied: true };
    });
    server.connection.onNotification('window/showMessage', ({ message }) => told.push(message));
    const uri = uriOf('a.md');
    await server.open(uri, text);
    const { command } = (await offers(uri)).find(({ title }) => title === 'Make shorter')!;
    await server.connection.sendRequest('workspace/executeCommand', command);
    expect(applied).toHaveLength(1);
    await server.open(uriOf('b.md'), 'Dogs bark.\n');
    const place = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    await execute(serverCommands.rewrite, { uri: uriOf('b.md'), range: place, mode: 'shorter', version: 1 });
    expect(told).toEqual(['No better wording was found that surely keeps the meaning.']);
    expect(applied).toHaveLength(1);
  });
});

describe('a client that asks for diagnostics', () => {
  const asking = {
    textDocument: { diagnostic: {} },
    workspace: { diagnostics: { refreshSupport: true } },
  };
  const ask = (uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport> =>
    server.connection.sendRequest('textDocument/diagnostic', { textDocument: { uri }, previousResultId });

  it('gets those of the text as it is, once, and is told when to ask again', async () => {
    await start(asking);
    const uri = uriOf('a.md');
    await server.open(uri, text);
    const first = (await ask(uri)) as { kind: string; items: Diagnostic[]; resultId: string };
    expect([first.kind, found(first.items)]).toEqual(['full', ['recieve', 'teh']]);
    expect(await ask(uri, first.resultId)).toEqual({ kind: 'unchanged', resultId: first.resultId });
    await server.change(uri, 'We recieve it.\n', 2);
    expect(found(((await ask(uri, first.resultId)) as { items: Diagnostic[] }).items)).toEqual(['recieve']);
    const refreshed = new Promise((resolve) =>
      server.connection.onRequest('workspace/diagnostic/refresh', () => {
        resolve(undefined);
        return null;
      }),
    );
    await execute(serverCommands.addToDictionary, 'recieve', uri, 'user');
    await refreshed;
    expect(((await ask(uri)) as { items: Diagnostic[] }).items).toEqual([]);
    expect(server.history).toEqual([]);
  });

  it('gets an answer for a document that is not checked', async () => {
    await start(asking);
    expect(await ask(uriOf('nowhere.md'))).toEqual({ kind: 'full', items: [] });
    server.settings = { ...server.settings, enable: false };
    await server.open(uriOf('a.md'), text);
    expect(await ask(uriOf('a.md'))).toMatchObject({ kind: 'full', items: [] });
  });
});
