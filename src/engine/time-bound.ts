/**
 * A bound on work that cannot be interrupted from within: reading a text is one long call of parsers and regular
 * expressions, and no timer fires while it runs. V8 ends it (node:vm's timeout, which stops regular expressions, too).
 */
import { Script } from 'node:vm';
import { InputError } from './errors';

/** What no text of the usual kind comes near, even on a busy machine. */
export const defaultTimeLimit = 20;

const slot = Symbol.for('nar-text.time-bound');
const script = new Script(`globalThis[Symbol.for('nar-text.time-bound')]()`);

/** The work needed more time than it may have. */
export class TimeLimitError extends InputError {}

/**
 * Runs `work` to its end, or ends it. Costs hardly more than the work itself.
 * @param seconds more than 0
 * @throws TimeLimitError, and whatever `work` throws
 */
export function withinTime<Result>(work: () => Result, seconds: number): Result {
  const holder = globalThis as unknown as Record<symbol, (() => Result) | undefined>;
  const outer = holder[slot];
  holder[slot] = work;
  try {
    return script.runInThisContext({ timeout: Math.ceil(seconds * 1000) }) as Result;
  } catch (error) {
    if ((error as { code?: unknown } | null)?.code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw new TimeLimitError(
      `The text takes longer than ${seconds} s to read, so it is left alone until it changes; nothing in it was changed.` +
        ' Look for a very long line or deeply nested lists and quotations, and work on the rest without it.',
    );
  } finally {
    holder[slot] = outer;
  }
}
