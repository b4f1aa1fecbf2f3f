/**
 * One serial queue for everything that touches the model.
 *
 * The unit is one forward pass, not one request: a keystroke that arrives while a whole document is being checked waits
 * for one pass (milliseconds), and a cancelled request stops between two passes.
 */
import { CancelledError } from './errors';

export const priorities = ['typing', 'command', 'background'] as const;
export type Priority = (typeof priorities)[number];

interface Entry {
  run(): Promise<void>;
  cancel(): void;
}

export class SerialQueue {
  private readonly waiting: Record<Priority, Entry[]> = { typing: [], command: [], background: [] };
  private running = false;

  /** Entries that wait, without the one that runs. */
  get length(): number {
    return priorities.reduce((sum, priority) => sum + this.waiting[priority].length, 0);
  }

  /**
   * Runs `work` when nothing of a higher or equal, earlier priority waits.
   * @throws CancelledError when `signal` aborts before `work` starts; work that runs is finished.
   */
  run<T>(priority: Priority, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (signal?.aborted) return Promise.reject(new CancelledError());
    return new Promise<T>((resolve, reject) => {
      const entry: Entry = {
        run: async () => {
          signal?.removeEventListener('abort', onAbort);
          try {
            resolve(await work());
          } catch (error) {
            reject(error);
          }
        },
        cancel: () => reject(new CancelledError()),
      };
      const onAbort = (): void => {
        const list = this.waiting[priority];
        const index = list.indexOf(entry);
        if (index >= 0) list.splice(index, 1);
        entry.cancel();
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.waiting[priority].push(entry);
      void this.pump();
    });
  }

  private next(): Entry | undefined {
    for (const priority of priorities) {
      const entry = this.waiting[priority].shift();
      if (entry) return entry;
    }
    return undefined;
  }

  private async pump(): Promise<void> {
    if (this.running) return;
    this.running = true;
    for (let entry = this.next(); entry; entry = this.next()) await entry.run();
    this.running = false;
  }
}

/** Keeps one request alive per key: a newer one for the same document cancels the one before. */
export class LatestOnly {
  private readonly current = new Map<string, AbortController>();

  /** A signal for the new request under `key`; aborts the older request and follows `outer`. Call `done` at the end. */
  begin(key: string, outer?: AbortSignal): { signal: AbortSignal; done(): void } {
    this.current.get(key)?.abort();
    const controller = new AbortController();
    this.current.set(key, controller);
    const follow = (): void => controller.abort();
    if (outer?.aborted) controller.abort();
    outer?.addEventListener('abort', follow, { once: true });
    return {
      signal: controller.signal,
      done: () => {
        outer?.removeEventListener('abort', follow);
        if (this.current.get(key) === controller) this.current.delete(key);
      },
    };
  }

  cancel(key: string): void {
    this.current.get(key)?.abort();
    this.current.delete(key);
  }
}
