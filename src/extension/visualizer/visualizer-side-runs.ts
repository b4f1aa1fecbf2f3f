/**
 * Runs beside the one that a panel shows: the other side of a comparison, the points of the curve. One at a time, so
 * that their times can be compared.
 */
import * as vscode from 'vscode';
import type { HostMessage, RunRequest } from '../../protocol/panel';
import type { TraceEngine } from './visualizer-run';

/** More than any panel asks for at once; beyond it the page is not ours. */
const mostWaiting = 16;

export class VisualizerSideRuns {
  private waiting: { key: string; request: RunRequest }[] = [];
  private current: vscode.CancellationTokenSource | undefined;

  constructor(
    private readonly engine: TraceEngine,
    private readonly send: (message: HostMessage) => void,
  ) {}

  /**
   * Runs it after those that wait already; a later request with the same key takes the place of one that still waits.
   */
  add(key: string, request: RunRequest): void {
    this.waiting = [...this.waiting.filter((one) => one.key !== key), { key, request }].slice(-mostWaiting);
    if (!this.current) void this.work();
  }

  /** Gives up what runs and what waits: the panel shows another text now. */
  cancel(): void {
    this.waiting = [];
    this.current?.cancel();
  }

  private async work(): Promise<void> {
    for (let next = this.waiting.shift(); next; next = this.waiting.shift()) {
      const cancellation = (this.current = new vscode.CancellationTokenSource());
      const { key, request } = next;
      const { text, task, format, decoder, options } = request;
      try {
        const trace = await this.engine.trace({ text, task, format, decoder, options }, undefined, cancellation.token);
        this.send({ type: 'sideRun', key, request, trace });
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        this.send({
          type: 'sideRun',
          key,
          request,
          failure: cancellation.token.isCancellationRequested ? 'Cancelled.' : message,
        });
      } finally {
        cancellation.dispose();
        this.current = undefined;
      }
    }
  }
}
