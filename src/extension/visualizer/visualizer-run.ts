/**
 * One run for the panel: streams its steps a frame at a time and remembers them, so that a panel
 * that was hidden gets them again.
 */
import * as vscode from 'vscode';
import type { HostMessage, RunRequest } from '../../protocol/panel';
import type { EngineStatus, TraceParams } from '../../protocol/requests';
import type { Step, Trace } from '../../protocol/trace';
import { stepDone } from '../shell/first-steps';

/** What the panel needs of the engine's client. */
export interface TraceEngine {
  readonly status: Pick<EngineStatus, 'decoders'>;
  onDidChangeStatus(listener: (status: Pick<EngineStatus, 'decoders'>) => void): vscode.Disposable;
  trace(
    params: Omit<TraceParams, 'traceId'>,
    onStep?: (step: Step) => void,
    token?: vscode.CancellationToken,
  ): Promise<Trace>;
}

/** One animation frame: more messages than the screen can draw only cost time. */
const frameMilliseconds = 16;

export class VisualizerRun {
  private readonly cancellation = new vscode.CancellationTokenSource();
  private readonly steps: Step[] = [];
  private waiting: Step[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private end: HostMessage | undefined;

  /** `send` may drop messages while the panel is hidden; `replay` gives them all again. */
  constructor(
    readonly runId: string,
    private readonly request: RunRequest,
    private readonly send: (message: HostMessage) => void,
  ) {}

  async start(engine: TraceEngine): Promise<void> {
    const { text, task, format, decoder, options } = this.request;
    this.send({ type: 'runStarted', runId: this.runId, request: this.request });
    try {
      const trace = await engine.trace(
        { text, task, format, decoder, options },
        (step) => this.receive(step),
        this.cancellation.token,
      );
      this.finish({ type: 'runFinished', runId: this.runId, trace });
      stepDone('watched');
    } catch (error) {
      const cancelled = error instanceof vscode.CancellationError || this.cancellation.token.isCancellationRequested;
      const message = error instanceof Error ? error.message : String(error);
      this.finish({ type: 'runFailed', runId: this.runId, cancelled, message: cancelled ? '' : message });
    } finally {
      this.cancellation.dispose();
    }
  }

  cancel(): void {
    if (!this.end) this.cancellation.cancel();
  }

  replay(): void {
    this.send({ type: 'runStarted', runId: this.runId, request: this.request });
    this.waiting = [];
    if (this.steps.length > 0) this.send({ type: 'steps', runId: this.runId, steps: this.steps });
    if (this.end) this.send(this.end);
  }

  private receive(step: Step): void {
    this.steps.push(step);
    this.waiting.push(step);
    this.timer ??= setTimeout(() => this.flush(), frameMilliseconds);
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.waiting.length > 0) this.send({ type: 'steps', runId: this.runId, steps: this.waiting });
    this.waiting = [];
  }

  private finish(end: HostMessage): void {
    this.flush();
    this.end = end;
    this.send(end);
  }
}
