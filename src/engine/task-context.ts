/** What a task gets to work with: model, lexicon, caches, and a network whose passes wait their turn. */
import type { Lexicon } from '../english/prior/lexicon';
import type { Correction } from '../protocol/requests';
import type { Step } from '../protocol/trace';
import type { SentenceCache } from './cache';
import type { DocumentReader } from './document/document-parts';
import type { OwnWords } from './document/own-words';
import { CancelledError } from './errors';
import type { Model } from './model/model';
import type { QueuedNetwork } from './queued-network';
import type { SentenceEdit } from '../english/sentence-edit';

export interface Caches {
  reader: DocumentReader;
  corrections: SentenceCache<SentenceEdit[]>;
  salience: SentenceCache<number>;
  /** Of the document that was corrected last. */
  ownWords?: OwnWords;
}

/** What one request asks for beside its parameters: it goes through the engine to its task as it is. */
export interface RequestHooks {
  readonly signal?: AbortSignal;
  /** Sentences done so far. */
  onProgress?(done: number, total: number): void;
  onStep?(step: Step): void;
  /** Where the writer is (UTF-16 offset): sentences next to it come first. */
  readonly focus?: number;
  /** Corrections so far, a few times a second while a long text is checked. */
  onPartial?(corrections: Correction[]): void;
}

export interface TaskContext extends RequestHooks {
  readonly model: Model;
  readonly network: QueuedNetwork;
  readonly lexicon: Lexicon;
  readonly caches: Caches;
}

/**
 * Lets timers, incoming messages and cancellations in; long loops call it between sentences that need no forward pass.
 */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Calls `breathe` when `milliseconds` went by since the last call. */
export function pacer(signal: AbortSignal | undefined, milliseconds = 8): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last > milliseconds) {
      await breathe();
      last = performance.now();
    }
    if (signal?.aborted) throw new CancelledError();
  };
}
