/** No text stops the engine: a fake hang (test/fixtures/hang.cjs) in a real process. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { methods, type CorrectResult, type EngineStatus } from '../../../src/protocol/requests';
import { defaultSettings } from '../../../src/protocol/settings';
import { bundle } from '../bundle';
import { copyWordy, temporaryFolder } from '../engine/model-folder';
import { ServerProcess } from './server-process';

let serverFile: string;
let models: ReturnType<typeof temporaryFolder>;
let server: ServerProcess;
beforeAll(() => {
  serverFile = bundle('server');
  models = temporaryFolder();
  copyWordy(models.folder);
});
afterAll(() => {
  models.remove();
  rmSync(serverFile, { force: true });
});
afterEach(() => server.stop());

const uri = 'file:///notes/slow%20page.md';
const judged = 'Hang when it is judged.\n\nThe server reads the file.\n';
const read = '# Title\n\nHang while it is read.\n';
const shown: string[] = [];

async function start(...args: string[]): Promise<ServerProcess> {
  const correct = { ...defaultSettings.correct, delay: 1, confidence: 0 };
  server = new ServerProcess({
    serverFile,
    modelsFolder: models.folder,
    settings: { correct },
    args: [`--left-alone=${path.join(models.folder, 'left-alone')}`, ...args],
    environment: { NODE_OPTIONS: `--require ${path.join(__dirname, '../../fixtures/hang.cjs')}` },
  });
  shown.length = 0;
  server.connection.onNotification('window/showMessage', ({ message }: { message: string }) => shown.push(message));
  await server.initialize();
  return server;
}
const ended = (): Promise<string | null> =>
  new Promise((resolve) => server.child.once('exit', (_, signal) => resolve(signal)));
async function until(test: () => boolean): Promise<void> {
  for (let tries = 0; tries < 600 && !test(); tries++) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(test()).toBe(true);
}

describe('a text that the engine does not come to an end with', () => {
  it('ends the process, is named, and is left alone by the next one until it changes', async () => {
    await start('--watchdog=3');
    const end = ended();
    await server.open(uri, judged);
    expect(await end).toBe('SIGKILL');
    expect(server.standardError).toMatch(/slow page\.md kept the engine busy for 3 s .*left alone until it changes/);

    await start('--watchdog=3');
    await server.open(uri, judged);
    await until(() => shown.length > 0);
    expect(shown).toEqual([expect.stringMatching(/slow page\.md.*left alone until it changes/)]);
    // Others are worked on, and so is this one when it has changed.
    const other = server.next((params) => params.uri === 'file:///other.md' && params.diagnostics.length > 0);
    await server.open('file:///other.md', 'The server reads the file. It writes a log.\n');
    await other;
    const changed = server.next(
      (params) => params.uri === uri && params.version === 2 && params.diagnostics.length > 0,
    );
    await server.change(uri, 'It is judged now.\n\nThe server reads the file.\n', 2);
    await changed;
    expect(shown).toHaveLength(1);
  });

  it('is given up when it cannot be read in time, and the engine goes on', async () => {
    await start('--time-limit=2');
    await server.open(uri, read);
    await until(() => shown.length > 0);
    expect(shown).toEqual([expect.stringMatching(/slow page\.md: The text takes longer than 2 s to read.*left alone/)]);
    const failure = await server.connection
      .sendRequest<CorrectResult>(methods.correct, { text: read, format: 'markdown' })
      .then(
        () => undefined,
        (error: Error) => error.message,
      );
    expect(failure).toMatch(/longer than 2 s/);
    const status = await server.connection.sendRequest<EngineStatus>(methods.getStatus, {});
    expect(status.state).toBe('ready');
  });
});
