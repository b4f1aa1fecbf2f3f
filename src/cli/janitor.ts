/**
 * A small process that outlives this one: when this one ends, by SIGKILL too, it removes the temporary file that was
 * being written, or finishes the copy that had begun. No handler in this process could do that.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import type { Writable } from 'node:stream';

export interface Unfinished {
  /** Holds the whole new text. */
  temporary: string;
  /**
   * The file that is being overwritten with it: half of a text must not stay. Without it the temporary file only goes.
   */
  copyTo?: string;
}

/** Reads lines of JSON, an `Unfinished` or null; at the end of its input it tidies up what the latest line names. */
const program = `
  const { openSync, readFileSync, writeSync, ftruncateSync, fsyncSync, unlinkSync } = require('node:fs');
  let text = '';
  process.stdin.on('data', (data) => { text += data; });
  process.stdin.on('end', () => {
    const latest = JSON.parse(text.slice(0, text.lastIndexOf('\\n')).split('\\n').pop() || 'null');
    if (latest === null) return;
    try {
      if (latest.copyTo !== undefined) {
        const bytes = readFileSync(latest.temporary);
        const file = openSync(latest.copyTo, 'r+');
        for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at, bytes.length - at, at);
        ftruncateSync(file, bytes.length);
        fsyncSync(file);
      }
      unlinkSync(latest.temporary);
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
    }
  });
`;

export class Janitor {
  private child: (ChildProcess & { stdin: Writable }) | undefined;

  /**
   * Resolves when the janitor is certain to hear of it, whatever happens to this process; null when nothing is left to
   * tidy. Where no process can be started the files are written without one.
   */
  async watch(unfinished: Unfinished | null): Promise<void> {
    const { stdin } = (this.child ??= this.start());
    await new Promise<void>((resolve) => stdin.write(`${JSON.stringify(unfinished)}\n`, () => resolve()));
  }

  /** It ends by itself as soon as it has nothing to wait for. */
  end(): void {
    this.child?.stdin.end();
    this.child = undefined;
  }

  private start(): ChildProcess & { stdin: Writable } {
    // A group of its own: Ctrl+C in the terminal is meant for the writer. Lines are read when the process has
    // started; a pipe keeps them.
    const child = spawn(process.execPath, ['-e', program], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      windowsHide: true,
    });
    child.on('error', () => undefined);
    child.stdin.on('error', () => undefined);
    child.unref();
    (child.stdin as Socket).unref();
    return child;
  }
}
