/** Prose as the model sees it, tied to the exact source it came from. All offsets are UTF-16 code units. */

import type { SourceMap } from '../protocol/source-map';

export type { Piece } from '../protocol/source-map';
export type { TextEdit } from '../protocol/word-edits';

/** `continuation`: a paragraph that goes on with the sentence before a formula, a block of code or a list. */
export type BlockKind = 'paragraph' | 'continuation' | 'heading' | 'list-item' | 'table-cell' | 'quote' | 'other';

/** One sentence of prose. */
export interface Sentence extends SourceMap {
  block: BlockKind;
  /**
   * View ranges of names of people and products, sorted: their letters do not change, their case may.
   * Left out where there are none.
   */
  names?: readonly (readonly [start: number, end: number])[];
  /** Which block of the document it belongs to, counted from 0. */
  blockIndex: number;
  /** Source range, outer markup of the sentence included. */
  start: number;
  end: number;
}

export interface OffsetEncoding {
  ids: number[];
  /**
   * UTF-16 offsets of each token in the encoded text; a token that ends inside a character is
   * snapped to the character's end.
   */
  starts: number[];
  ends: number[];
}
