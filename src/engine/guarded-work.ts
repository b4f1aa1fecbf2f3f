/** What a text may cost a process: a watched thread, and no second try on a text that made an engine hang. */
import { LeftAlone } from './left-alone';
import { TimeLimitError } from './time-bound';
import { WatchThread } from './watch-thread';

/** Seconds; the reading of a text ends itself before (time-bound.ts). */
export const defaultWatchdogSeconds = 30;

export interface GuardOptions {
  /** Without a sign of life until the process is ended. */
  seconds?: number;
  /** Of the texts that are left alone; default: one of this user's. */
  folder?: string | undefined;
  /** One sentence for a person about what the end of the process means. */
  ending?: string;
}

export class GuardedWork {
  private readonly seconds: number;
  private leftAlone: LeftAlone | undefined;
  private thread: WatchThread | undefined;

  /** The thread is started, and the folder read, with the first work. */
  constructor(private readonly options: GuardOptions = {}) {
    this.seconds = options.seconds ?? defaultWatchdogSeconds;
  }

  /**
   * @param name of the text, for a person
   * @throws TimeLimitError for a text that kept an earlier engine busy without an answer, and whatever `work` throws
   */
  async run<Result>(name: string, text: string, work: () => Promise<Result>): Promise<Result> {
    this.leftAlone ??= new LeftAlone(this.options.folder);
    if (this.leftAlone.has(text)) {
      throw new TimeLimitError(
        'This text kept the engine busy without an answer when it was worked on before. It is left alone until it changes; nothing in it was changed.',
      );
    }
    this.thread ??= new WatchThread(this.seconds, this.leftAlone.file, this.options.ending);
    return this.thread.during(name, text, work);
  }
}
