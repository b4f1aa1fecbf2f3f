/** What a text may cost the server: a watched thread, and no second try on a text that made an engine hang. */
import { LeftAlone, markOf } from '../engine/left-alone';
import { TimeLimitError, defaultTimeLimit } from '../engine/time-bound';
import { WatchThread } from '../engine/watch-thread';

/** Seconds; the reading of a text ends itself before (engine/time-bound.ts). */
export const defaultWatchdogSeconds = 30;

export class GuardedWork {
  private readonly leftAlone: LeftAlone;
  private readonly thread: WatchThread;

  constructor(
    private readonly seconds = defaultWatchdogSeconds,
    folder?: string,
  ) {
    this.leftAlone = new LeftAlone(folder);
    this.thread = new WatchThread(seconds, this.leftAlone.file);
  }

  /**
   * @param name of the text, for a person
   * @throws TimeLimitError for a text that kept an earlier engine busy without an answer, and whatever `work` throws
   */
  async run<Result>(name: string, text: string, work: () => Promise<Result>): Promise<Result> {
    if (this.leftAlone.has(text)) {
      throw new TimeLimitError(
        `${name} kept the engine busy for ${this.seconds} s without an answer. It is left alone until it changes; nothing in it was changed.`,
      );
    }
    return this.thread.during(name, markOf(text), work);
  }
}

/** `--watchdog=SECONDS`, `--time-limit=SECONDS` and `--left-alone=FOLDER` of the server's command line. */
export function limitsOf(argv: readonly string[]): { watchdog: number; timeLimit: number; folder: string | undefined } {
  const value = (name: string): string | undefined =>
    argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3);
  const seconds = (name: string, usual: number): number => {
    const found = Number(value(name) ?? usual);
    return found >= 1 ? found : usual;
  };
  return {
    watchdog: seconds('watchdog', defaultWatchdogSeconds),
    timeLimit: seconds('time-limit', defaultTimeLimit),
    folder: value('left-alone'),
  };
}
