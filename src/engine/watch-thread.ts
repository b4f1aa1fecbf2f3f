/**
 * A thread that watches the engine's own: when it has not come back to its event loop for a while, whatever it hangs in
 * (a regular expression, native code), the thread names the document, writes it down and ends the process. Who started
 * the process starts it again, and the new one leaves the document alone until it changes (left-alone.ts).
 */
import { Worker } from 'node:worker_threads';
import { maximumSourceLength } from '../text/prose';
import { markAlgorithm } from './left-alone';

/** Indices of the shared numbers; `length` and `textLength` in bytes. */
const [busy, beats, never, length, textLength] = [0, 1, 2, 3, 4];
const mostBytes = 8192;
/** Of the longest text that is read, and memory is taken only as far as it is written to. A longer one is refused. */
const bytesOfText = 2 * maximumSourceLength;
const beatMilliseconds = 250;

const theEngineEnds = 'The engine was ended; nothing was changed. This document is left alone until it changes.';

/** Seconds without a sign of life are counted by the thread's own clock, so a machine that sleeps counts none. */
const program = `
const { workerData: { numbers, name, text, limit, memory, ending } } = require('node:worker_threads');
const { appendFileSync, writeSync } = require('node:fs');
const { createHash } = require('node:crypto');
for (;;) {
  Atomics.wait(numbers, ${busy}, 0);
  let [quiet, last] = [0, Atomics.load(numbers, ${beats})];
  while (Atomics.load(numbers, ${busy}) > 0) {
    Atomics.wait(numbers, ${never}, 0, 1000);
    const now = Atomics.load(numbers, ${beats});
    quiet = now === last ? quiet + 1 : 0;
    last = now;
    if (quiet < limit) continue;
    const document = Buffer.from(name.slice(0, Atomics.load(numbers, ${length}))).toString('utf8');
    const bytes = text.subarray(0, Atomics.load(numbers, ${textLength}));
    const mark = bytes.length > 0 && createHash('${markAlgorithm}').update(Buffer.from(bytes)).digest('hex');
    try { if (memory && mark) appendFileSync(memory, mark + '\\n'); } catch {}
    try { writeSync(2, 'nar-text: ' + document + ' kept the engine busy for ' + limit + ' s without an answer. ' + ending + '\\n'); } catch {}
    process.kill(process.pid, 'SIGKILL');
  }
}`;

export class WatchThread {
  private readonly numbers = new Int32Array(new SharedArrayBuffer(20));
  private readonly name = new Uint8Array(new SharedArrayBuffer(mostBytes));
  private readonly text = Buffer.from(new SharedArrayBuffer(bytesOfText));
  private readonly worker: Worker;
  private beat: NodeJS.Timeout | undefined;
  private running = 0;

  /**
   * @param seconds without a sign of life until the process is ended
   * @param memory file to which the mark of the document is added; undefined for none
   * @param ending what the end of the process means, for a person
   */
  constructor(seconds: number, memory?: string, ending = theEngineEnds) {
    const { numbers, name, text } = this;
    this.worker = new Worker(program, {
      eval: true,
      workerData: { numbers, name, text: new Uint8Array(text.buffer), limit: seconds, memory, ending },
    });
    this.worker.unref();
  }

  /** @param document for a person  @param text what is left alone from then on */
  async during<Result>(document: string, text: string, work: () => Promise<Result>): Promise<Result> {
    this.describe(document, text);
    if (++this.running === 1) {
      // It holds the event loop: with nothing to wait for, Node waits for what V8 compiles in the background, no beat
      // comes meanwhile, and a process that works is ended as one that hangs.
      this.beat = setInterval(() => Atomics.add(this.numbers, beats, 1), beatMilliseconds);
      Atomics.add(this.numbers, beats, 1);
      Atomics.store(this.numbers, busy, 1);
      Atomics.notify(this.numbers, busy);
    }
    try {
      return await work();
    } finally {
      if (--this.running === 0) {
        clearInterval(this.beat);
        Atomics.store(this.numbers, busy, 0);
      }
    }
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }

  /**
   * What hangs is what came last: work that waits for its turn hangs nothing. The text is copied, which takes a tenth
   * of what its mark would: only the thread needs that, and hardly ever.
   */
  private describe(document: string, text: string): void {
    const bytes = Buffer.from(document.slice(0, 1000), 'utf8').subarray(0, mostBytes);
    this.name.set(bytes);
    Atomics.store(this.numbers, length, bytes.length);
    const isWhole = 2 * text.length <= bytesOfText;
    Atomics.store(this.numbers, textLength, isWhole ? this.text.write(text, 'utf16le') : 0);
  }
}
