/** What a client gets that breaks the protocol: a clear answer, or an end; never silence. */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ErrorCodes } from 'vscode-languageserver/node';
import { methods } from '../../../src/protocol/requests';
import { bundle } from '../bundle';
import { copyTiny, temporaryFolder } from '../engine/model-folder';
import { ServerProcess } from './server-process';

let serverFile: string;
let models: ReturnType<typeof temporaryFolder>;
let server: ServerProcess | undefined;
beforeAll(() => {
  serverFile = bundle('server');
  models = temporaryFolder();
  copyTiny(models.folder);
});
afterAll(() => {
  models.remove();
  rmSync(serverFile, { force: true });
});
afterEach(() => server?.stop());

async function errorOf(promise: Promise<unknown>): Promise<{ code: number; message: string }> {
  return promise.then(
    () => {
      throw new Error('it was answered');
    },
    (error: { code: number; message: string }) => error,
  );
}
const page = { uri: 'file:///page.md' };
const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 3 } };

describe('a client that breaks the protocol', () => {
  it.each([
    ['without a length', 'Content-Type: x/y\r\n\r\n{}'],
    ['with a negative length', 'Content-Length: -5\r\n\r\n{}'],
    ['with bytes that are no header', '\x16\x03\x01\x02\x00'],
  ])('by a header %s ends the server with an error that names it', async (_, bytes) => {
    const child = spawn(process.execPath, [serverFile, '--stdio'], { stdio: 'pipe' });
    let errors = '';
    child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
    child.stdin.on('error', () => undefined);
    child.stdin.write(Buffer.from(bytes, 'latin1'));
    expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(1);
    expect(errors).toMatch(/not framed .*the server ends/);
  });

  it('is told what is missing, before, during and after', async () => {
    server = new ServerProcess({ serverFile, modelsFolder: models.folder });
    const { connection } = server;
    expect((await errorOf(connection.sendRequest(methods.getStatus, {}))).code).toBe(ErrorCodes.ServerNotInitialized);
    await server.initialize();
    const bad: [string, unknown][] = [
      ['textDocument/codeAction', {}],
      ['textDocument/codeAction', { textDocument: page, range, context: {} }],
      ['textDocument/codeAction', { textDocument: page, range: {}, context: { diagnostics: [] } }],
      ['textDocument/codeAction', { textDocument: page, range, context: { diagnostics: [null] } }],
      ['textDocument/codeAction', { textDocument: 5, range, context: { diagnostics: [] } }],
      [
        methods.trace,
        { traceId: 'x', task: 'fix', text: 'A', format: 'plain', decoder: 'levenshtein', dictionary: 'word' },
      ],
    ];
    for (const [method, params] of bad) {
      const error = await errorOf(connection.sendRequest(method, params));
      expect([params, error.code, error.message]).toEqual([
        params,
        ErrorCodes.InvalidParams,
        expect.stringContaining(method),
      ]);
      expect(error.message).not.toMatch(/undefined|Cannot read/);
    }
    for (const method of [methods.correct, methods.paraphrase, methods.summarize, methods.prose, methods.trace]) {
      const error = await errorOf(connection.sendRequest(method));
      expect([method, error.code, error.message]).toEqual([
        method,
        ErrorCodes.InvalidParams,
        expect.stringMatching(/"params" must be an object/),
      ]);
    }
    expect(await connection.sendRequest(methods.getStatus)).toMatchObject({ state: expect.any(String) });
    expect((await errorOf(connection.sendRequest('narText/unknown', {}))).code).toBe(ErrorCodes.MethodNotFound);
    await connection.sendRequest('shutdown');
    for (const method of [methods.getStatus, methods.correct, 'textDocument/codeAction']) {
      expect((await errorOf(connection.sendRequest(method, {}))).code).toBe(ErrorCodes.InvalidRequest);
    }
  });
});
