/**
 * Sessions as kakoune-lsp 21, the package LSP of Sublime Text (September 2026) and Zed hold them: what each says of
 * itself when it starts a server, how it names languages and sends changes, how it answers a question for settings, and
 * what it asks for. Read in their public sources; the editors themselves are not run here.
 */
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  CodeAction,
  Diagnostic,
  DocumentDiagnosticReport,
  InitializeResult,
  TextDocumentEdit,
  TextEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { formatOfLanguage } from '../../../src/protocol/formats';
import { bundle } from '../bundle';
import { temporaryFolder } from '../engine/model-folder';
import { ServerProcess } from './server-process';

const modelsFolder = path.join(__dirname, '../../../models');
let serverFile: string;
beforeAll(() => {
  serverFile = bundle('server');
});
afterAll(() => rmSync(serverFile, { force: true }));

interface Client {
  name: string;
  /** Beside process, folder and options. */
  initialize: { clientInfo: object; capabilities: object; trace?: string };
  /** What it has for the address of a folder. */
  folders(uri: string): object[] | null;
  /** Answers a question for one section. `settings`: as docs/editors.md shows them. */
  settings: Record<string, unknown>;
  /** How it names the languages of docs/editors.md. */
  languages: string[];
  /** Sends the whole text with each change. */
  sendsAll: boolean;
  pulls: boolean;
  /** Kinds of code actions that it asks for when a person wants to see all of them. */
  only?: string[];
}

const level = { correct: { level: 'thorough', delay: 5 } };
const kinds = ['quickfix', 'refactor', 'refactor.extract', 'refactor.inline', 'refactor.rewrite'];
const editsOnDemand = { resolveSupport: { properties: ['edit'] } };

const clients: Client[] = [
  {
    name: 'kakoune-lsp',
    initialize: {
      clientInfo: { name: 'kakoune-lsp', version: '21.0.2' },
      trace: 'off',
      capabilities: {
        workspace: {
          applyEdit: true,
          workspaceEdit: { documentChanges: true, failureHandling: 'abort', normalizesLineEndings: false },
          didChangeConfiguration: { dynamicRegistration: false },
          executeCommand: { dynamicRegistration: false },
          workspaceFolders: false,
          configuration: true,
        },
        textDocument: {
          synchronization: { dynamicRegistration: false, willSave: false, willSaveWaitUntil: false, didSave: true },
          codeAction: {
            dynamicRegistration: false,
            codeActionLiteralSupport: { codeActionKind: { valueSet: [...kinds, 'source', 'source.fixAll'] } },
            isPreferredSupport: false,
            ...editsOnDemand,
          },
          publishDiagnostics: { relatedInformation: true, tagSupport: { valueSet: [1, 2] } },
        },
        window: { workDoneProgress: true, showMessage: { messageActionItem: { additionalPropertiesSupport: true } } },
        // It counts bytes unless the server says otherwise.
        general: { positionEncodings: ['utf-8', 'utf-16'], regularExpressions: { engine: 'Rust regex' } },
        offsetEncoding: ['utf-8', 'utf-16'],
      },
    },
    folders: (uri) => [{ uri, name: uri }],
    settings: { narTextTools: level },
    languages: ['markdown', 'git-commit', 'restructuredtext', 'latex', 'asciidoc', 'mail'],
    sendsAll: true,
    pulls: false,
  },
  {
    name: 'LSP of Sublime Text',
    initialize: {
      clientInfo: { name: 'Sublime Text LSP', version: '2.12.0' },
      capabilities: {
        general: {
          positionEncodings: ['utf-16'],
          staleRequestSupport: { cancel: true, retryOnContentModified: [] },
          regularExpressions: { engine: 'ECMAScript' },
        },
        textDocument: {
          synchronization: { dynamicRegistration: true, willSave: true, willSaveWaitUntil: true, didSave: true },
          codeAction: {
            dynamicRegistration: true,
            codeActionLiteralSupport: {
              codeActionKind: { valueSet: [...kinds, 'source.fixAll', 'source.organizeImports'] },
            },
            isPreferredSupport: true,
            dataSupport: true,
            ...editsOnDemand,
          },
          publishDiagnostics: { relatedInformation: true, versionSupport: true, dataSupport: true },
          diagnostic: { dynamicRegistration: true, relatedDocumentSupport: true, dataSupport: true },
        },
        workspace: {
          applyEdit: true,
          workspaceEdit: {
            documentChanges: true,
            failureHandling: 'abort',
            normalizesLineEndings: true,
            changeAnnotationSupport: { groupsOnLabel: false },
          },
          didChangeConfiguration: { dynamicRegistration: true },
          executeCommand: { dynamicRegistration: true },
          workspaceFolders: true,
          configuration: true,
          diagnostics: { refreshSupport: true },
        },
        window: { workDoneProgress: true, showDocument: { support: true } },
      },
    },
    folders: (uri) => [{ uri, name: 'folder' }],
    settings: { narTextTools: level },
    // The second word of a scope, where the package has no name of its own for it.
    languages: ['markdown', 'plaintext', 'git', 'git-commit', 'restructuredtext', 'latex', 'asciidoc'],
    sendsAll: false,
    pulls: true,
  },
  {
    name: 'Zed',
    initialize: {
      clientInfo: { name: 'Zed', version: '1.9.0' },
      capabilities: {
        general: { positionEncodings: ['utf-16'] },
        workspace: {
          configuration: true,
          didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
          didChangeConfiguration: { dynamicRegistration: true },
          workspaceFolders: true,
          diagnostics: { refreshSupport: true },
          workspaceEdit: { resourceOperations: ['create', 'rename', 'delete'], documentChanges: true },
          applyEdit: true,
        },
        textDocument: {
          codeAction: {
            codeActionLiteralSupport: { codeActionKind: { valueSet: ['refactor', 'quickfix', 'source'] } },
            dataSupport: true,
            resolveSupport: { properties: ['kind', 'diagnostics', 'isPreferred', 'disabled', 'edit', 'command'] },
          },
          publishDiagnostics: { relatedInformation: true },
          synchronization: { didSave: true },
          diagnostic: { dynamicRegistration: false, relatedDocumentSupport: true },
        },
        experimental: { serverStatusNotification: true, localDocs: true },
        window: { workDoneProgress: true, showMessage: {} },
      },
    },
    folders: (uri) => [{ uri, name: '' }],
    settings: { narTextTools: level },
    // The names of its languages in small letters.
    languages: ['markdown', 'plain text', 'git commit'],
    sendsAll: false,
    pulls: true,
    only: ['refactor', 'quickfix', 'source'],
  },
];

const text = 'We 😀 recieve the mail.\n\nWe do this in order to help the people who read it.\n';

describe.each(clients)('a session of $name', (client) => {
  it.each(client.languages)('knows its name of a language: %s', (language) => {
    expect(formatOfLanguage(language)).toBeDefined();
  });

  it('shows remarks, gives their edits, rewrites and keeps words', async () => {
    const home = temporaryFolder();
    const server = new ServerProcess({
      serverFile,
      modelsFolder,
      transport: 'stdio',
      args: [`--keep=${path.join(home.folder, 'own')}`],
    });
    const { connection } = server;
    const rootUri = pathToFileURL(home.folder).href;
    const uri = pathToFileURL(path.join(home.folder, 'a.txt')).href;
    const asked: unknown[] = [];
    connection.onRequest('workspace/configuration', ({ items }: { items: { section?: string }[] }) => {
      asked.push(...items.map(({ section }) => section));
      return items.map(({ section }) => (section === undefined ? null : (client.settings[section] ?? null)));
    });
    connection.onRequest('window/workDoneProgress/create', () => null);
    connection.onRequest('workspace/diagnostic/refresh', () => null);
    const applied: unknown[] = [];
    connection.onRequest('workspace/applyEdit', (params: unknown) => {
      applied.push(params);
      return { applied: true };
    });
    try {
      const result = await connection.sendRequest<InitializeResult>('initialize', {
        processId: process.pid,
        rootUri,
        workspaceFolders: client.folders(rootUri),
        initializationOptions: { modelsFolder },
        ...client.initialize,
      });
      // What it counts with from then on.
      expect(result.capabilities.positionEncoding).toBe('utf-16');
      expect(result.capabilities.diagnosticProvider !== undefined).toBe(client.pulls);
      expect(result.capabilities.codeActionProvider).toMatchObject({ resolveProvider: true });
      await connection.sendNotification('initialized', {});

      const document = TextDocument.create(uri, client.languages[0]!, 1, text);
      const remarks = async (version: number): Promise<Diagnostic[]> => {
        if (!client.pulls) {
          const isLast = (params: { version?: number; diagnostics: unknown[] }): boolean =>
            params.version === version && params.diagnostics.length > 0;
          const known = server.history.findLast(isLast);
          return (known ?? (await server.next(isLast))).diagnostics;
        }
        const report = await connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', {
          textDocument: { uri },
          identifier: 'nar-text',
        });
        return report.kind === 'full' ? report.items : [];
      };
      await server.open(uri, text, client.languages[0], 1);
      const [first] = await remarks(1);
      expect(document.getText(first!.range)).toBe('recieve');
      expect(asked).toContain('narTextTools');

      const actionsAt = (range: unknown, diagnostics: Diagnostic[]): Promise<CodeAction[]> =>
        connection.sendRequest('textDocument/codeAction', {
          textDocument: { uri },
          range,
          context: { diagnostics, triggerKind: 1, ...(client.only ? { only: client.only } : {}) },
        });
      const editsOf = async (action: CodeAction): Promise<TextEdit[]> => {
        const { edit } = action.edit ? action : await connection.sendRequest<CodeAction>('codeAction/resolve', action);
        const [changes] = edit!.documentChanges as TextDocumentEdit[];
        expect(changes!.textDocument).toEqual({ uri, version: 1 });
        return changes!.edits as TextEdit[];
      };
      const fixes = await actionsAt(first!.range, [first!]);
      const fix = fixes.find(({ kind }) => kind === 'quickfix')!;
      expect(TextDocument.applyEdits(document, await editsOf(fix))).toBe(text.replace('recieve', 'receive'));
      const inSentence = { start: { line: 2, character: 12 }, end: { line: 2, character: 12 } };
      const shorter = (await actionsAt(inSentence, [])).find(({ title }) => title.startsWith('Make shorter'))!;
      expect(TextDocument.applyEdits(document, await editsOf(shorter))).toContain('We do this to help');

      // A word into the dictionary: the remark goes, and stays away after a change.
      const keep = fixes.find(({ command }) => command !== undefined && /dictionary/i.test(command.title))!;
      const { command, arguments: words } = keep.command!;
      await connection.sendRequest('workspace/executeCommand', { command, arguments: words });
      expect(readFileSync(path.join(home.folder, 'own/dictionary.txt'), 'utf8')).toContain('recieve');
      const typed = 'And teh rest.\n';
      await connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version: 2 },
        contentChanges: client.sendsAll
          ? [{ text: text + typed }]
          : [
              {
                range: { start: document.positionAt(text.length), end: document.positionAt(text.length) },
                text: typed,
              },
            ],
      });
      const changed = TextDocument.create(uri, client.languages[0]!, 2, text + typed);
      const now = await remarks(2);
      expect(now.map(({ range }) => changed.getText(range))).toContain('teh');
      expect(now.map(({ range }) => changed.getText(range))).not.toContain('recieve');
      expect(applied).toEqual([]);
      await connection.sendRequest('shutdown');
    } finally {
      await server.stop();
      home.remove();
    }
  });
});
