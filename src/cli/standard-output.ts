/** Standard output as the shell gives it: its reader may be slow, may leave early, or there is none at all. */
import { once } from 'node:events';
import { readFileSync, readlinkSync } from 'node:fs';

let readerHasLeft = false;

/** To standard output; waits when the reader is slower, and drops what nobody reads any more. */
export async function print(text: string): Promise<void> {
  if (readerHasLeft || process.stdout.write(text)) return;
  await once(process.stdout, 'drain').catch((error: unknown) => {
    if (!readerHasLeft) throw error;
  });
}

/**
 * Tells of a reader that left early (nar-text … | head), which is no error, or of output that cannot be written.
 * @param onLeft may go on: what is printed from then on is dropped
 * @param onFailed with the code of the error
 */
export function watchStandardOutput(onLeft: () => void, onFailed: (code: string | undefined) => void): void {
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code !== 'EPIPE') return onFailed(code);
    readerHasLeft = true;
    onLeft();
  });
}

/**
 * Whether the process was started without a standard output (`>&-`), where the system tells. Node.js opens /dev/null in
 * its place, for reading and writing; a shell's `>/dev/null` is for writing alone. A parent that ignores the output by
 * Node.js' own `stdio: 'ignore'` looks the same, so only a run whose one result is its output may ask this.
 */
export function hasNoStandardOutput(): boolean {
  try {
    if (readlinkSync('/proc/self/fd/1') !== '/dev/null') return false;
    const flags = /^flags:\s*([0-7]+)$/m.exec(readFileSync('/proc/self/fdinfo/1', 'utf8'))?.[1];
    return flags !== undefined && (parseInt(flags, 8) & 0o3) === 0o2; // O_RDWR
  } catch {
    return false;
  }
}
