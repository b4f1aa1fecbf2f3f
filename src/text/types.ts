/** Prose as the model sees it, tied to the exact source it came from. All offsets are UTF-16 code units. */

/** A run of view text that stands in the source as it is. Between two pieces lies markup that the view leaves out. */
export interface Piece {
  viewStart: number;
  sourceStart: number;
  length: number;
  /** Code span, URL, math, HTML, identifier: shown to the model, never edited. */
  protected: boolean;
}

/** `continuation`: a paragraph that goes on with the sentence before a formula, a block of code or a list. */
export type BlockKind = 'paragraph' | 'continuation' | 'heading' | 'list-item' | 'table-cell' | 'quote' | 'other';

/**
 * One sentence of prose. `text` is what the model reads (emphasis and link markup left out,
 * code spans kept in backticks).
 */
export interface Sentence {
  text: string;
  pieces: Piece[];
  block: BlockKind;
  /**
   * View ranges of names of people and products, sorted: their letters do not change, their case may.
   * Left out where there are none.
   */
  names?: readonly (readonly [start: number, end: number])[];
  /** Characters that an edit must not bring in: they would end the string in which the text stands. */
  refused?: string;
  /** Which block of the document it belongs to, counted from 0. */
  blockIndex: number;
  /** Source range, outer markup of the sentence included. */
  start: number;
  end: number;
}

export interface TextEdit {
  start: number;
  end: number;
  text: string;
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
