/**
 * The language server: `node dist/server.js --stdio` for any editor, `--node-ipc` for a parent that forks it.
 * Speaks standard LSP (diagnostics, code actions) and the requests of src/protocol/requests.ts.
 */
import path from 'node:path';
import {
  CodeActionKind,
  DidChangeConfigurationNotification,
  ErrorCodes,
  ProposedFeatures,
  ResponseError,
  TextDocumentSyncKind,
  createConnection,
  type ClientCapabilities,
  type Connection,
  type InitializeParams,
  type InitializeResult,
} from 'vscode-languageserver/node';
import { Engine } from '../engine/engine';
import { messageOf } from '../engine/errors';
import { GuardedWork } from '../engine/guarded-work';
import { readSettings, settingsSection } from '../protocol/read-settings';
import { methods } from '../protocol/requests';
import { defaultSettings, type Settings } from '../protocol/settings';
import { DocumentChecker } from './checker';
import { codeActions, fixAllKind } from './code-actions';
import { shutDownError, toResponseError } from './errors';
import { Framing } from './framing';
import { limitsOf } from './limits';
import { OpenDocuments } from './open-documents';
import { ProjectSettings } from './project-settings';
import { handleRequests } from './requests';
import { checkCodeAction } from './validate';

function connect(): Connection {
  const chosen = process.argv.some((argument) => /^--(stdio|node-ipc|socket|pipe)/.test(argument));
  if (!chosen) process.argv.push('--stdio');
  if (process.argv.includes('--stdio')) followFrames();
  return createConnection(ProposedFeatures.all);
}

/** A client whose messages cannot be told apart any more gets an end and not a server that never answers. */
function followFrames(): void {
  const framing = new Framing();
  process.stdin.on('data', (chunk: Buffer) => {
    const problem = framing.push(chunk);
    if (problem === undefined) return;
    process.stderr.write(
      `nar-text: the client's messages are not framed as the Language Server Protocol says (${problem}); the server ends.\n`,
    );
    process.exit(1);
  });
}

interface InitializationOptions {
  /** Folder of the bundled models; default: models/ beside dist/. */
  modelsFolder?: string;
  /** Settings for clients that do not answer workspace/configuration. */
  settings?: unknown;
}

function start(): void {
  const connection = connect();
  const open = new OpenDocuments((message) => connection.console.warn(message));
  const { documents } = open;
  let canConfigure = false;
  let canRegister = false;
  let versionedEdits = false;
  let fallbackSettings: Settings = defaultSettings;
  let modelsFolder = path.join(__dirname, '..', 'models');
  let engine: Engine | undefined;
  let shutDown = false;
  let checker: DocumentChecker | undefined;
  let capabilities: ClientCapabilities = {};
  let latest: Promise<Settings> | undefined;

  /** Settings are asked for once and kept until the client says that they changed. */
  const settings = (): Promise<Settings> => {
    latest ??= canConfigure
      ? connection.workspace.getConfiguration(settingsSection).then(readSettings, (error: unknown) => {
          connection.console.error(`The settings cannot be read: ${messageOf(error)}`);
          return fallbackSettings;
        })
      : Promise.resolve(fallbackSettings);
    return latest;
  };

  /** Settings may differ from folder to folder, so each document has its own; kept like the ones above. */
  const settingsOfDocument = new Map<string, Promise<Settings>>();
  const settingsOf = async (uri: string): Promise<Settings> => project.apply(await clientSettingsOf(uri), uri);
  const clientSettingsOf = (uri: string): Promise<Settings> => {
    if (!canConfigure) return settings();
    let own = settingsOfDocument.get(uri);
    if (!own) {
      own = connection.workspace
        .getConfiguration({ scopeUri: uri, section: settingsSection })
        .then(readSettings, () => settings());
      settingsOfDocument.set(uri, own);
    }
    return own;
  };

  const project = new ProjectSettings(connection, () => checker?.scheduleAll());

  connection.onInitialize((params: InitializeParams): InitializeResult => {
    capabilities = params.capabilities;
    const { workspace } = params.capabilities;
    canConfigure = workspace?.configuration === true;
    canRegister = workspace?.didChangeConfiguration?.dynamicRegistration === true;
    versionedEdits = workspace?.workspaceEdit?.documentChanges === true;
    const options = (params.initializationOptions ?? {}) as InitializationOptions;
    if (typeof options.modelsFolder === 'string') modelsFolder = options.modelsFolder;
    if (options.settings !== undefined) fallbackSettings = readSettings(options.settings);
    const { watchdog, timeLimit, folder } = limitsOf(process.argv);
    engine = new Engine({
      timeLimit,
      modelsFolder,
      settings: fallbackSettings,
      onStatus: (status) => void connection.sendNotification(methods.status, status),
    });
    const guard = new GuardedWork({ seconds: watchdog, folder });
    checker = new DocumentChecker(connection, documents, engine, settingsOf, guard);
    handleRequests(connection, engine, { settings, guard, isShutDown: () => shutDown });
    return {
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind, CodeActionKind.RefactorRewrite] },
      },
      serverInfo: { name: 'nar-text-tools' },
    };
  });

  connection.onInitialized(() => {
    project.watch(capabilities);
    if (canRegister)
      void connection.client
        .register(DidChangeConfigurationNotification.type, { section: settingsSection })
        .catch(() => undefined);
    void settings().then(async (current) => {
      await engine?.configure(current);
      // Loaded ahead of the first keystroke, so that this one is not the slow one.
      if (current.enable && current.correct.asYouType && documents.all().length > 0) await engine?.load();
    });
  });

  connection.onDidChangeConfiguration((change) => {
    latest = undefined;
    settingsOfDocument.clear();
    const pushed = (change.settings as Record<string, unknown> | null)?.[settingsSection];
    if (!canConfigure && pushed !== undefined) fallbackSettings = readSettings(pushed);
    void settings().then(async (current) => {
      await engine?.configure(current);
      checker?.scheduleAll();
    });
  });

  documents.onDidChangeContent(({ document }) => checker?.schedule(document, open.changedAt(document.uri)));
  documents.onDidOpen(() => project.opened());
  documents.onDidSave(({ document }) => project.saved(document.uri));
  documents.onDidClose(({ document }) => {
    settingsOfDocument.delete(document.uri);
    checker?.close(document.uri);
  });

  connection.onCodeAction((params) => {
    try {
      if (shutDown) throw shutDownError();
      checkCodeAction(params);
      const document = documents.get(params.textDocument.uri);
      return document ? codeActions(document, params, checker?.checked(document.uri), versionedEdits) : [];
    } catch (error) {
      return toResponseError(error);
    }
  });
  connection.onShutdown(() => {
    shutDown = true;
    return engine?.dispose();
  });
  connection.onRequest((method) => {
    if (!engine) return new ResponseError(ErrorCodes.ServerNotInitialized, `${method} came before "initialize".`);
    return new ResponseError(ErrorCodes.MethodNotFound, `${method} is no request of this server.`);
  });

  // One bad request must not take the open documents of every editor window with it.
  process.on('uncaughtException', (error) => connection.console.error(`Unexpected: ${error.stack ?? error.message}`));
  process.on('unhandledRejection', (error) => connection.console.error(`Unexpected: ${messageOf(error)}`));

  documents.listen(connection);
  connection.listen();
}

start();
