/** The language server reads the same project file, dictionary and ignore file as the command line. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultSettings } from '../../../src/protocol/settings';
import { bundle } from '../bundle';
import { copyWordy, temporaryFolder } from '../engine/model-folder';
import { ServerProcess } from './server-process';

let server: ServerProcess;
let serverFile: string;
let models: ReturnType<typeof temporaryFolder>;
let work: ReturnType<typeof temporaryFolder>;
const messages: string[] = [];
beforeAll(async () => {
  serverFile = bundle('server');
  models = temporaryFolder();
  work = temporaryFolder();
  copyWordy(models.folder);
  // The tiny model's random edits are offered, unless a project asks for more confidence than any of them has.
  const correct = { ...defaultSettings.correct, delay: 1, confidence: 0 };
  server = new ServerProcess({ serverFile, modelsFolder: models.folder, settings: { correct } });
  server.connection.onNotification('window/showMessage', ({ message }: { message: string }) => messages.push(message));
  await server.initialize();
});
afterAll(async () => {
  await server.stop();
  models.remove();
  work.remove();
  rmSync(serverFile, { force: true });
});

const put = (name: string, content: string): string => {
  const file = path.join(work.folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  return pathToFileURL(file).href;
};
const text = 'The server reads the file.\n\nThe user sees the log.\n';
const changed = (uri: string): Promise<void> =>
  server.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 2 }] });
/** All that a client tells that watches no files. */
const saved = (uri: string): Promise<void> =>
  server.connection.sendNotification('textDocument/didSave', { textDocument: { uri } });

describe('a document', () => {
  it('is checked as its own project says, anew when the project changes', async () => {
    const strict = put('strict/a.md', text);
    put('strict/.nar-text.json', '{"confidence":1}');
    const loose = put('loose/a.md', text);
    const [none, some] = [
      server.next(({ uri }) => uri === strict),
      server.next(({ uri, diagnostics }) => uri === loose && diagnostics.length > 0),
    ];
    await server.open(strict, text);
    await server.open(loose, text);
    expect((await none).diagnostics).toEqual([]);
    await some;
    const again = server.next(({ uri, diagnostics }) => uri === strict && diagnostics.length > 0);
    await changed(put('strict/.nar-text.json', '{"confidence":0}'));
    await again;
    const ignored = server.next(({ uri, diagnostics }) => uri === strict && diagnostics.length === 0);
    put('strict/.nar-textignore', '*.md\n');
    await saved(loose);
    await ignored;
  });

  it('with a wrong project file has its remarks, and the file and the key are told once', async () => {
    put('wrong/.nar-text.json', '{"levle":"careful"}');
    for (const name of ['a.md', 'b.md']) {
      const uri = put(`wrong/${name}`, text);
      const some = server.next((params) => params.uri === uri && params.diagnostics.length > 0);
      await server.open(uri, text);
      await some;
    }
    expect(messages.filter((message) => message.includes('levle'))).toEqual([
      `${path.join(work.folder, 'wrong', '.nar-text.json')}: "levle" is unknown; did you mean "level"?`,
    ]);
  });
});
