/** What the server's own command line says: what a text may cost, and where the server keeps things. */
import { defaultWatchdogSeconds } from '../engine/guarded-work';
import { defaultTimeLimit } from '../engine/time-bound';

export interface Limits {
  watchdog: number;
  timeLimit: number;
  /** Of the texts that are left alone. */
  folder: string | undefined;
  /** Of the user's dictionary and of what is ignored. */
  keep: string | undefined;
}

/** `--watchdog=SECONDS`, `--time-limit=SECONDS`, `--left-alone=FOLDER` and `--keep=FOLDER`. */
export function limitsOf(argv: readonly string[]): Limits {
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
    keep: value('keep'),
  };
}
