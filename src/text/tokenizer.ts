/** Text to tokens with UTF-16 offsets and back: what the two kinds of vocabulary have in common. */
import { ByteLevelTokenizer } from './byte-level';
import type { OffsetEncoding } from './types';
import { WordPieceTokenizer } from './word-piece';

/**
 * Ids below this are special tokens or reserved (docs/model-format.md): never produced by `encode`, "" in decoded text.
 */
export const reservedTokens = 32;

export interface Tokenizer {
  /**
   * Tokens hold the white space between words, so that `decode` gives the encoded text back. Else
   * white space is lost in them.
   */
  readonly carriesSpace: boolean;
  /** The token of words that the vocabulary cannot spell; it stands for no text, so nothing may write it. */
  readonly unknownId: number | undefined;
  /** Number of ids, reserved ones included. */
  readonly size: number;
  /** Tokens of `text` without special tokens; each one's range starts where the one before it ends. */
  encode(text: string): OffsetEncoding;
  /** Text of the ids; reserved ids and ids out of range are left out. */
  decode(ids: readonly number[]): string;
  /** Text of one token with the white space that it brings, or that mostly stands before it; "" for reserved ids. */
  tokenText(id: number): string;
  /** The same without white space. */
  pieceText(id: number): string;
  /** Where `carriesSpace` is false: the token goes on with the word of the token before it. */
  continues(id: number): boolean;
}

/**
 * The tokenizer that tokenizer.json describes, by the type of its model.
 * @throws Error that says what is wrong with it
 */
export function tokenizerFromJson(tokenizerJson: unknown, config: unknown): Tokenizer {
  const type = (tokenizerJson as { model?: { type?: string } } | null)?.model?.type;
  return type === 'WordPiece'
    ? WordPieceTokenizer.fromJson(tokenizerJson)
    : ByteLevelTokenizer.fromJson(tokenizerJson, config);
}
