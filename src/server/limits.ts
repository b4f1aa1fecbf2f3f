/** What a text may cost, from the server's own command line. */
import { defaultWatchdogSeconds } from '../engine/guarded-work';
import { defaultTimeLimit } from '../engine/time-bound';

/** `--watchdog=SECONDS`, `--time-limit=SECONDS` and `--left-alone=FOLDER`. */
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
