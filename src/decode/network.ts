/**
 * What a decoder may know of the network: one forward function over the graph of
 * docs/model-format.md. No runtime, no files.
 */
import type { Capability, GraphShape, SpecialTokens } from '../protocol/manifest';

/** One sequence or a batch of equal length; row-major flat arrays. */
export interface ForwardRequest {
  batch: number;
  length: number;
  tokenIds: ArrayLike<number>; // [batch, length]
  positions: ArrayLike<number>; // [batch, length]
  segments: ArrayLike<number>; // [batch, length]
  /** 1 where the row may attend to the column; omitted: all ones. */
  attentionMask?: Uint8Array; // [batch, length, length]
  /** Keys and values of earlier tokens; omitted: none. */
  past?: Cache;
  /** Which cached positions may be seen; omitted: all. */
  pastMask?: Uint8Array; // [batch, past.length]
  /** Rows that reach the token head, the same number for each batch row; omitted: none. */
  logitPositions?: ArrayLike<number>; // [batch, slots]
  /**
   * Token to score at each of these rows; omitted: the best candidate's place holder 0 and
   * scoreLogProbs is meaningless.
   */
  scoreIds?: ArrayLike<number>; // [batch, slots]
}

/** float32 [layers, batch, heads, length, headSize], keys and values. */
export interface Cache {
  batch: number;
  length: number;
  keys: Float32Array;
  values: Float32Array;
}

export interface ForwardResult {
  batch: number;
  length: number;
  slots: number;
  cache: Cache;
  operationLogits: Float32Array; // [batch, length, 3] keep, delete, generate
  insertionLogits: Float32Array; // [batch, length - 1, 8]
  lengthLogits: Float32Array; // [batch, 129]
  salienceLogits: Float32Array; // [batch, length]
  candidateIds: Int32Array; // [batch, slots, 8]
  candidateLogProbs: Float32Array; // [batch, slots, 8]
  entropy: Float32Array; // [batch, slots]
  scoreLogProbs: Float32Array; // [batch, slots]
  milliseconds: number;
}

export interface Network {
  readonly graph: GraphShape;
  readonly specialTokens: SpecialTokens;
  /** Of the manifest; omitted: none. */
  readonly capabilities?: readonly Capability[];
  forward(request: ForwardRequest): Promise<ForwardResult>;
}
