/** A real server process with a bare JSON-RPC client: what any editor sees. Used by the tests and by bench/. */
import { fork, spawn, type ChildProcess } from 'node:child_process';
import {
  IPCMessageReader,
  IPCMessageWriter,
  StreamMessageReader,
  StreamMessageWriter,
  createProtocolConnection,
  type ClientCapabilities,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
} from 'vscode-languageserver/node';
import { engineNodeOptions } from '../../../src/protocol/engine-process';
import { methods, type EngineStatus } from '../../../src/protocol/requests';
import { defaultSettings, type Settings } from '../../../src/protocol/settings';

export interface ServerOptions {
  modelsFolder: string;
  /** What the client answers to workspace/configuration. */
  settings?: Partial<Settings>;
  transport?: 'ipc' | 'stdio';
  serverFile: string;
  /** Added to its command line. */
  args?: string[];
  /** What the client says of itself beside the usual. */
  initialize?: { capabilities?: ClientCapabilities; ownInterface?: boolean; rootUri?: string };
  /** Added to the process's environment. */
  environment?: Record<string, string>;
}

export class ServerProcess {
  readonly connection: ProtocolConnection;
  readonly child: ChildProcess;
  readonly statuses: EngineStatus[] = [];
  private readonly statusListeners: ((status: EngineStatus) => void)[] = [];
  settings: Settings;
  standardError = '';
  private readonly published: PublishDiagnosticsParams[] = [];
  private waiting: {
    test(params: PublishDiagnosticsParams): boolean;
    resolve(params: PublishDiagnosticsParams): void;
  }[] = [];

  constructor(options: ServerOptions) {
    this.settings = { ...defaultSettings, ...options.settings };
    const file = options.serverFile;
    const env = { ...process.env, ...options.environment };
    if (options.transport === 'stdio') {
      this.child = spawn(process.execPath, [...engineNodeOptions, file, '--stdio', ...(options.args ?? [])], {
        stdio: 'pipe',
        env,
      });
      this.connection = createProtocolConnection(
        new StreamMessageReader(this.child.stdout!),
        new StreamMessageWriter(this.child.stdin!),
      );
    } else {
      this.child = fork(file, ['--node-ipc', ...(options.args ?? [])], {
        silent: true,
        execArgv: [...engineNodeOptions],
        env,
      });
      this.connection = createProtocolConnection(new IPCMessageReader(this.child), new IPCMessageWriter(this.child));
    }
    this.child.stderr!.on('data', (data: Buffer) => (this.standardError += data.toString()));
    this.connection.onRequest('workspace/configuration', () => [this.settings]);
    this.connection.onRequest('client/registerCapability', () => null);
    this.connection.onNotification(methods.status, (status: EngineStatus) => {
      this.statuses.push(status);
      this.statusListeners.forEach((listener) => listener(status));
    });
    this.connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.published.push(params);
      this.waiting = this.waiting.filter((entry) => {
        if (!entry.test(params)) return true;
        entry.resolve(params);
        return false;
      });
    });
    this.connection.listen();
    this.options = options;
  }
  private readonly options: ServerOptions;

  async initialize(): Promise<unknown> {
    const told = this.options.initialize ?? {};
    const result = await this.connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: told.rootUri ?? null,
      workspaceFolders: null,
      initializationOptions: { modelsFolder: this.options.modelsFolder, ownInterface: told.ownInterface ?? true },
      capabilities: {
        ...told.capabilities,
        workspace: {
          configuration: true,
          workspaceEdit: { documentChanges: true },
          didChangeConfiguration: { dynamicRegistration: true },
          ...told.capabilities?.workspace,
        },
      },
    });
    await this.connection.sendNotification('initialized', {});
    return result;
  }

  open(uri: string, text: string, languageId = 'markdown', version = 1): Promise<void> {
    return this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version, text },
    });
  }

  /** Replaces the whole text. */
  change(uri: string, text: string, version: number): Promise<void> {
    return this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ text }],
    });
  }

  /** All diagnostics that were published so far. */
  get history(): readonly PublishDiagnosticsParams[] {
    return this.published;
  }

  /** Resolves when the engine says that it works on a request: from then on a run is under way. */
  busy(): Promise<void> {
    return new Promise((resolve) => this.statusListeners.push(({ state }) => state === 'busy' && resolve()));
  }

  /** The next published diagnostics that fit; those that came before do not count. */
  next(test: (params: PublishDiagnosticsParams) => boolean, milliseconds = 120_000): Promise<PublishDiagnosticsParams> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`No such diagnostics in ${milliseconds} ms. ${this.standardError}`)),
        milliseconds,
      );
      this.waiting.push({
        test,
        resolve: (params) => {
          clearTimeout(timer);
          resolve(params);
        },
      });
    });
  }

  /** Ends the process for good. */
  stop(): Promise<void> {
    this.connection.dispose();
    if (this.child.exitCode !== null || this.child.signalCode !== null) return Promise.resolve();
    return new Promise((resolve) => {
      this.child.once('exit', () => resolve());
      this.child.kill('SIGKILL');
    });
  }
}
