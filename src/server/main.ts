/**
 * The language server: `node dist/server.js --stdio` for any editor, `--node-ipc` for a parent that forks it.
 * Speaks standard LSP (diagnostics, code actions) and the requests of src/protocol/requests.ts.
 */
import {
  ErrorCodes,
  ProposedFeatures,
  ResponseError,
  createConnection,
  type Connection,
  type DocumentDiagnosticReport,
  type InitializeParams,
  type InitializeResult,
} from 'vscode-languageserver/node';
import { version } from '../../package.json';
import { messageOf } from '../engine/errors';
import type { InitializationOptions } from '../protocol/language-server';
import { abilitiesOf, capabilitiesFor } from './abilities';
import { codeActions } from './code-actions';
import { shutDownError, toResponseError } from './errors';
import { Framing } from './framing';
import { OpenDocuments } from './open-documents';
import { handleRequests } from './custom-requests';
import { Server } from './server';
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

const notInitialized = (what: string): ResponseError<void> =>
  new ResponseError(ErrorCodes.ServerNotInitialized, `${what} came before "initialize".`);

function start(): void {
  const connection = connect();
  const open = new OpenDocuments((message) => connection.console.warn(message));
  const { documents } = open;
  let server: Server | undefined;
  let shutDown = false;

  connection.onInitialize((params: InitializeParams): InitializeResult => {
    const options = (params.initializationOptions ?? {}) as InitializationOptions;
    const abilities = abilitiesOf(params, options);
    server = new Server(connection, open, abilities, options, params);
    handleRequests(connection, server.engine, {
      settings: () => server!.settings.ofWindow(),
      guard: server.guard,
      isShutDown: () => shutDown,
    });
    return { capabilities: capabilitiesFor(abilities), serverInfo: { name: 'nar-text-tools', version } };
  });

  connection.onInitialized(() => void server?.begin());
  connection.onDidChangeConfiguration((change) => void server?.settingsChanged(change.settings));
  documents.onDidChangeContent(({ document }) => server?.checker.schedule(document, open.changedAt(document.uri)));
  documents.onDidOpen(() => server?.project.opened());
  documents.onDidSave(({ document }) => server?.project.saved(document.uri));
  documents.onDidClose(({ document }) => server?.close(document.uri));

  /** Every failure becomes an error response. */
  const answer = <Result>(work: (running: Server) => Result | Promise<Result>): Promise<Result | ResponseError<void>> =>
    Promise.resolve()
      .then(() => {
        if (shutDown) throw shutDownError();
        if (!server) throw notInitialized('The request');
        return work(server);
      })
      .catch(toResponseError);
  connection.onCodeAction((params) =>
    answer(async ({ checker, abilities, kept }) => {
      checkCodeAction(params);
      const { uri } = params.textDocument;
      const document = documents.get(uri);
      return document ? codeActions(document, params, checker.checked(uri), abilities, kept.hasProject(uri)) : [];
    }),
  );
  connection.onCodeActionResolve((action, token) => answer(({ commands }) => commands.resolve(action, token)));
  connection.onExecuteCommand((params, token) => answer(({ commands }) => commands.execute(params, token)));
  connection.languages.diagnostics.on(
    ({ textDocument, previousResultId }, token) =>
      answer(({ reports }) =>
        reports.ask(textDocument.uri, previousResultId, token),
      ) as Promise<DocumentDiagnosticReport>,
  );
  connection.onShutdown(() => {
    shutDown = true;
    return server?.engine.dispose();
  });
  connection.onRequest((method) => {
    if (!server) return notInitialized(method);
    return new ResponseError(ErrorCodes.MethodNotFound, `${method} is no request of this server.`);
  });

  // One bad request must not take the open documents of every editor window with it.
  process.on('uncaughtException', (error) => connection.console.error(`Unexpected: ${error.stack ?? error.message}`));
  process.on('unhandledRejection', (error) => connection.console.error(`Unexpected: ${messageOf(error)}`));

  documents.listen(connection);
  connection.listen();
}

start();
