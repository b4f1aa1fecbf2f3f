/**
 * The one door from the editor to the engine process: starts it, restarts it with back-off when it dies, sends typed
 * requests and tells its state. Nothing here touches a document. A request made while the engine restarts waits for it.
 */
import * as vscode from 'vscode';
import type { Middleware } from 'vscode-languageclient/node';
import { methods } from '../../protocol/requests';
import type {
  BenchmarkResult,
  CheckedNotification,
  CorrectParams,
  CorrectResult,
  EngineStatus,
  ModelDescription,
  ParaphraseParams,
  ParaphraseResult,
  ProseResult,
  StepNotification,
  SummarizeParams,
  SummarizeResult,
  TextInput,
  TraceParams,
} from '../../protocol/requests';
import type { InitializationOptions } from '../../protocol/language-server';
import type { Step, Trace } from '../../protocol/trace';
import { CheckedDocuments } from './checked-documents';
import type { EngineProcess } from './language-client';
import { loadLanguageClient, turn } from './load-language-client';
import { RestartPolicy } from './restart-policy';

/** The engine ended while a request was under way, or it was given up. No text was changed. */
export class EngineStoppedError extends Error {}

/** Error codes of the protocol that this file maps; named here so that the library is not loaded for them. */
const codes = {
  pendingResponseRejected: -32097,
  connectionInactive: -32096,
  requestCancelled: -32800,
  serverCancelled: -32802,
};

export interface EngineClientOptions {
  serverModule: string;
  log: vscode.LogOutputChannel;
  middleware: Middleware;
  /** Called once when the engine died too often; shows the one message. */
  onGiveUp(reason: string): void;
}

export class EngineClient implements vscode.Disposable {
  private engine: EngineProcess | undefined;
  /** Forked, but has not answered yet. */
  private candidate: EngineProcess | undefined;
  private starting: Promise<EngineProcess> | undefined;
  private readonly policy = new RestartPolicy();
  private readonly statusEmitter = new vscode.EventEmitter<EngineStatus>();
  readonly checked = new CheckedDocuments();
  private readonly stepListeners = new Map<string, (step: Step) => void>();
  private currentStatus: EngineStatus = { state: 'unloaded' };
  private disposed = false;
  private gaveUp: string | undefined;
  private traceNumber = 0;

  /** Fires after every change of `status`. */
  readonly onDidChangeStatus = this.statusEmitter.event;

  constructor(private readonly options: EngineClientOptions) {}

  get status(): EngineStatus {
    return this.currentStatus;
  }

  /** Of the running engine; undefined while none runs. */
  get processId(): number | undefined {
    return this.engine?.processId;
  }

  /** Starts the engine if it does not run. Resolves when it answers; rejects with EngineStoppedError. */
  async start(): Promise<void> {
    await this.running();
  }

  /** Ends the engine, forgets earlier failures and starts it again. */
  async restart(): Promise<void> {
    this.policy.reset();
    this.gaveUp = undefined;
    if (this.starting) {
      this.candidate?.kill(); // It may hang; the loop that waits for it tries again at once.
      await this.starting;
      return;
    }
    const earlier = this.engine;
    this.engine = undefined;
    if (earlier) await earlier.stop();
    await this.start();
  }

  correct(params: CorrectParams, token?: vscode.CancellationToken): Promise<CorrectResult> {
    return this.request(methods.correct, params, token);
  }

  paraphrase(params: ParaphraseParams, token?: vscode.CancellationToken): Promise<ParaphraseResult> {
    return this.request(methods.paraphrase, params, token);
  }

  summarize(params: SummarizeParams, token?: vscode.CancellationToken): Promise<SummarizeResult> {
    return this.request(methods.summarize, params, token);
  }

  prose(params: TextInput, token?: vscode.CancellationToken): Promise<ProseResult> {
    return this.request(methods.prose, params, token);
  }

  /**
   * `onStep` gets every step while the run goes on; the promise gets the whole trace. `traceId`
   * is chosen here when left out.
   */
  async trace(
    params: Omit<TraceParams, 'traceId'> & { traceId?: string },
    onStep?: (step: Step) => void,
    token?: vscode.CancellationToken,
  ): Promise<Trace> {
    const traceId = params.traceId ?? `trace-${++this.traceNumber}`;
    if (onStep) this.stepListeners.set(traceId, onStep);
    try {
      return await this.request<Trace>(methods.trace, { ...params, traceId }, token);
    } finally {
      this.stepListeners.delete(traceId);
    }
  }

  models(token?: vscode.CancellationToken): Promise<ModelDescription[]> {
    return this.request(methods.models, {}, token);
  }

  benchmark(token?: vscode.CancellationToken): Promise<BenchmarkResult> {
    return this.request(methods.benchmark, {}, token);
  }

  /** What the engine was told of settings no longer holds: it asks again and checks its documents anew. */
  settingsChanged(): void {
    void this.engine?.client.sendNotification('workspace/didChangeConfiguration', { settings: null });
  }

  /** Asks the engine; `status` holds what it last told by itself. */
  getStatus(token?: vscode.CancellationToken): Promise<EngineStatus> {
    return this.request(methods.getStatus, {}, token);
  }

  /** Ends the engine and waits until it has gone; nothing works afterwards. */
  async shutdown(): Promise<void> {
    this.disposed = true;
    const { engine } = this;
    this.engine = undefined;
    this.candidate?.kill();
    await engine?.stop();
  }

  dispose(): void {
    void this.shutdown();
    this.statusEmitter.dispose();
    this.checked.dispose();
  }

  private async request<Result>(method: string, params: object, token?: vscode.CancellationToken): Promise<Result> {
    const engine = await this.running();
    if (token?.isCancellationRequested) throw new vscode.CancellationError();
    try {
      return await (token
        ? engine.client.sendRequest<Result>(method, params, token)
        : engine.client.sendRequest<Result>(method, params));
    } catch (error) {
      const code = (error as { code?: unknown }).code;
      if (token?.isCancellationRequested || code === codes.requestCancelled || code === codes.serverCancelled)
        throw new vscode.CancellationError();
      if (this.engine !== engine || code === codes.pendingResponseRejected || code === codes.connectionInactive) {
        throw new EngineStoppedError(vscode.l10n.t('The engine stopped while it was working.'));
      }
      throw error;
    }
  }

  private running(): Promise<EngineProcess> {
    if (this.disposed) return Promise.reject(new EngineStoppedError('The extension was deactivated.'));
    if (this.gaveUp !== undefined) return Promise.reject(new EngineStoppedError(this.gaveUp));
    if (this.engine) return Promise.resolve(this.engine);
    this.starting ??= this.startWithBackOff().finally(() => {
      this.starting = undefined;
    });
    return this.starting;
  }

  /** Tries until a process has answered or the policy gives up. */
  private async startWithBackOff(): Promise<EngineProcess> {
    const EngineProcess = await loadLanguageClient();
    for (;;) {
      this.setStatus({ state: 'loading' });
      let deathReason: string | undefined;
      let died = (): void => undefined;
      const death = new Promise<void>((resolve) => {
        died = resolve;
      });
      const engine: EngineProcess = new EngineProcess({
        serverModule: this.options.serverModule,
        log: this.options.log,
        middleware: this.options.middleware,
        initializationOptions: { ownInterface: true } satisfies InitializationOptions,
        onDeath: (reason) => {
          deathReason = reason;
          died();
          if (this.engine === engine) this.afterDeath(reason);
        },
      });
      engine.client.onNotification(methods.status, (status: EngineStatus) => {
        if (this.engine === engine || this.engine === undefined) this.setStatus(status);
      });
      engine.client.onNotification(methods.step, ({ traceId, step }: StepNotification) =>
        this.stepListeners.get(traceId)?.(step),
      );
      engine.client.onNotification(methods.checked, ({ uri }: CheckedNotification) => this.checked.add(uri));
      const begin = Date.now();
      this.candidate = engine;
      await turn();
      try {
        // A process that ends before it has answered may leave the library's promise open for ever.
        await Promise.race([engine.start(), death]);
      } catch (error) {
        deathReason ??= error instanceof Error ? error.message : String(error);
      }
      this.candidate = undefined;
      if (this.disposed) {
        void engine.stop();
        throw new EngineStoppedError('The extension was deactivated.');
      }
      if (deathReason === undefined) {
        this.engine = engine;
        this.options.log.info(
          `The engine runs as process ${engine.processId ?? '?'}; it answered after ${Date.now() - begin} ms.`,
        );
        this.pullStatus();
        return engine;
      }
      engine.kill();
      const delay = this.policy.afterDeath();
      this.options.log.error(
        `The engine did not start: ${deathReason} ${delay === undefined ? 'Giving up.' : `Next try in ${delay} ms.`}`,
      );
      if (delay === undefined) throw this.giveUp(deathReason);
      await new Promise((resolve) => setTimeout(resolve, delay));
    }
  }

  /** The running engine died. Text is safe: it lives in the editor, and a run that is under way rejects. */
  private afterDeath(reason: string): void {
    this.engine = undefined;
    if (this.disposed) return;
    const delay = this.policy.afterDeath();
    this.options.log.error(
      `The engine stopped. ${reason} ${delay === undefined ? 'Giving up.' : `Restart in ${delay} ms.`}`,
    );
    if (delay === undefined) {
      this.giveUp(reason);
      return;
    }
    this.setStatus({
      state: 'loading',
      message: vscode.l10n.t('The engine stopped ({0}) and is being restarted.', reason),
    });
    this.starting = new Promise<void>((resolve) => setTimeout(resolve, delay))
      .then(() => this.startWithBackOff())
      .finally(() => {
        this.starting = undefined;
      });
    // Whoever asks meanwhile gets the same promise; without anybody a failure has been told by giveUp already.
    this.starting.catch(() => undefined);
  }

  private giveUp(reason: string): EngineStoppedError {
    this.gaveUp = vscode.l10n.t('The engine stopped several times and was not started again. {0}', reason);
    this.setStatus({ state: 'failed', message: this.gaveUp });
    this.options.onGiveUp(reason);
    return new EngineStoppedError(this.gaveUp);
  }

  private pullStatus(): void {
    this.getStatus().then(
      (status) => this.setStatus(status),
      (error: unknown) => {
        if (!(error instanceof EngineStoppedError))
          this.options.log.warn(`The engine does not tell its state: ${String(error)}`);
      },
    );
  }

  private setStatus(status: EngineStatus): void {
    this.currentStatus = status;
    if (!this.disposed) this.statusEmitter.fire(status);
  }
}
