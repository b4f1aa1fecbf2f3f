/**
 * One engine process and the LSP connection to it, for one life. Loaded only when the engine starts, because
 * vscode-languageclient takes longer to load than the whole activation may.
 *
 * The process is forked here and not by LanguageClient: we must know its process id and its exit, and a client is
 * used for one life only, since a LanguageClient that is restarted while it initializes leaves unhandled rejections.
 */
import { fork, type ChildProcess } from 'node:child_process';
import type { LogOutputChannel } from 'vscode';
import {
  CloseAction,
  ErrorAction,
  IPCMessageReader,
  IPCMessageWriter,
  LanguageClient,
  RevealOutputChannelOn,
  type LanguageClientOptions,
  type MessageTransports,
  type Middleware,
} from 'vscode-languageclient/node';
import { engineNodeOptions } from '../../protocol/engine-process';
import { engineDocumentSelector } from '../shell/documents';

export interface EngineProcessOptions {
  /** Path of the bundled server. */
  serverModule: string;
  log: LogOutputChannel;
  middleware: Middleware;
  initializationOptions: unknown;
  /** The process ended or its channel broke; called exactly once a life, never after `stop`. */
  onDeath(reason: string): void;
}

/**
 * `stop` of a client that died while it initialized throws "Client is not running"; its promise
 * is not awaited by the library.
 */
class QuietLanguageClient extends LanguageClient {
  override async stop(timeout?: number): Promise<void> {
    try {
      await super.stop(timeout);
    } catch {
      // The process is gone or is killed by EngineProcess.stop: nothing is left to stop.
    }
  }
}

export class EngineProcess {
  private child: ChildProcess | undefined;
  private over = false;
  readonly client: LanguageClient;

  constructor(private readonly options: EngineProcessOptions) {
    const clientOptions: LanguageClientOptions = {
      documentSelector: engineDocumentSelector,
      outputChannel: options.log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      diagnosticCollectionName: 'nar-text',
      initializationOptions: options.initializationOptions,
      middleware: options.middleware,
      initializationFailedHandler: () => false,
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => {
          this.die('The connection to the engine was closed.');
          return { action: CloseAction.DoNotRestart, handled: true };
        },
      },
    };
    this.client = new QuietLanguageClient('narTextTools', 'NAR Text Tools', () => this.spawn(), clientOptions);
  }

  get processId(): number | undefined {
    return this.child?.pid;
  }

  /** Rejects when the process cannot be started or dies before it has answered `initialize`. */
  async start(): Promise<void> {
    await this.client.start();
  }

  /** Ends the process, first by the protocol's shutdown, after `milliseconds` by force. */
  async stop(milliseconds = 1_500): Promise<void> {
    this.over = true;
    await this.client.stop(milliseconds);
    await this.client.dispose().catch(() => undefined);
    this.kill();
  }

  /** Ends the process at once; every pending request is rejected. */
  kill(): void {
    if (this.child && this.child.exitCode === null && this.child.signalCode === null) this.child.kill('SIGKILL');
  }

  private async spawn(): Promise<MessageTransports> {
    const child = fork(this.options.serverModule, ['--node-ipc', `--clientProcessId=${process.pid}`], {
      silent: true,
      execArgv: [...engineNodeOptions],
      // Inside Electron process.execPath is the editor itself: this makes it behave as Node.
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', ELECTRON_NO_ASAR: '1' },
    });
    this.child = child;
    const { log } = this.options;
    child.stdout?.on('data', (data: Buffer) => log.info(data.toString().trimEnd()));
    child.stderr?.on('data', (data: Buffer) => log.warn(data.toString().trimEnd()));
    child.once('error', (error) => this.die(error.message));
    child.once('exit', (code, signal) =>
      this.die(signal ? `It was ended by ${signal}.` : `It ended with exit code ${code ?? 'unknown'}.`),
    );
    return { reader: new IPCMessageReader(child), writer: new IPCMessageWriter(child) };
  }

  private die(reason: string): void {
    if (this.over) return;
    this.over = true;
    this.kill();
    this.options.onDeath(reason);
  }
}
