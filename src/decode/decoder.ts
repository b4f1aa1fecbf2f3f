/**
 * The shape of every decoder: a pure async generator of steps. One step is one forward pass; between two
 * steps the caller may cancel.
 */
import type { DecodeOptions, Step, StopReason, Task } from '../protocol/trace';
import type { LinkTable } from './lattice/link-table';
import type { Network } from './network';
import type { NgramTable } from './lattice/ngram-table';
import type { TransitionTable } from './lattice/transition-table';

export interface DecoderSource {
  task: Task;
  /** x_1 … x_N without special tokens. */
  ids: number[];
  /** Per token: 1 in a protected span (code, URL, math): never deleted, replaced or split. */
  protected: Uint8Array;
  /** Per token: 1 where no white space stands before it. Only for tokens that carry none themselves. */
  glued?: Uint8Array;
  /**
   * Per token: candidates of the lexical prior for the word that the token belongs to, as token
   * ids of the whole word; sparse.
   */
  lexicon?: { start: number; end: number; candidates: number[][] }[];
}

/** Optional extra files of the model folder (docs/model-format.md). */
export interface ModelTables {
  transitions?: TransitionTable;
  links?: LinkTable;
  ngrams?: NgramTable;
}

export interface DecoderContext {
  network: Network;
  tables?: ModelTables;
  /** Text of one token, leading space included. */
  text(id: number): string;
  /**
   * Of tokens that carry no white space: it goes on with the word of the token before it.
   * None: the texts tell words apart.
   */
  continues?(id: number): boolean;
  /** "source": fills of proposals with one slot are read in the source's own rows (capability "one-pass"). */
  fillFrom?: 'source' | 'draft';
  /** Milliseconds; injected so that traces can be compared. */
  now(): number;
  /** Stop between passes; the generator returns with stop "cancelled". */
  signal?: AbortSignal;
}

/** One edit over source tokens: [start, end) is replaced by `ids`. */
export interface TokenEdit {
  start: number;
  end: number;
  ids: number[];
  /** P(action) · Π p(fill), temperature-scaled; 0..1. */
  confidence: number;
  lexicon: boolean;
}

export interface DecodeResult {
  /** Output tokens without special tokens. */
  ids: number[];
  stop: StopReason;
  passes: number;
  /** Mean log-probability a token. */
  score: number;
  /** Only from decoders that edit the source. */
  edits?: TokenEdit[];
  /** Further finished outputs, best first, the chosen one included. */
  candidates?: { ids: number[]; score: number }[];
}

export type Decoder = (
  context: DecoderContext,
  source: DecoderSource,
  options: DecodeOptions,
) => AsyncGenerator<Step, DecodeResult>;
