/**
 * WordPiece tokens of a cased BERT vocabulary with UTF-16 offsets (Schuster & Nakajima 2012; Devlin 2019): the text is
 * cut at white space and around every mark, then each word greedily into the longest pieces that the vocabulary has.
 * Pieces carry no white space, so `decode` writes it by rule; who edits a text keeps the text's own
 * (engine/document/written-edits).
 */
import { standsDirectlyBehind } from './piece-spacing';
import { reservedTokens, type Tokenizer } from './tokenizer';
import type { OffsetEncoding } from './types';

const prefix = '##';
const unknown = '[UNK]';
/** Words of more code points are unknown as a whole, as in BERT. */
const longestWord = 100;
/** Words whose pieces are remembered; prose repeats itself. */
const mostRemembered = 20_000;

/** What BERT's normalizer and pre-tokenizer do with a character; a mark is a word of its own. */
type Kind = 'word' | 'space' | 'mark' | 'removed';

/** A word's pieces, and how many UTF-16 units of it each covers. */
interface Pieces {
  ids: number[];
  lengths: number[];
}

interface WordPieceJson {
  normalizer?: {
    type?: string;
    clean_text?: boolean;
    handle_chinese_chars?: boolean;
    strip_accents?: boolean | null;
    lowercase?: boolean;
  } | null;
  pre_tokenizer?: { type?: string } | null;
  added_tokens?: unknown[];
  model?: {
    vocab?: Record<string, number>;
    unk_token?: string;
    continuing_subword_prefix?: string;
    max_input_chars_per_word?: number;
  };
}

export class WordPieceTokenizer implements Tokenizer {
  readonly carriesSpace = false;
  /** Text of each id without the prefix; "" for reserved ones, U+FFFD for the unknown word. */
  private readonly texts: string[];
  private readonly continuing: boolean[];
  private readonly starting = new Map<string, number>();
  private readonly following = new Map<string, number>();
  private readonly remembered = new Map<string, Pieces>();
  private readonly longestPiece: number;

  private constructor(
    vocabulary: readonly string[],
    readonly unknownId: number,
  ) {
    this.continuing = vocabulary.map((token) => token.startsWith(prefix) && token !== prefix);
    this.texts = vocabulary.map((token, id) => {
      if (id < reservedTokens) return '';
      return id === unknownId ? '\ufffd' : this.continuing[id] ? token.slice(prefix.length) : token;
    });
    this.texts.forEach((text, id) => {
      if (text !== '' && id !== unknownId) (this.continuing[id] ? this.following : this.starting).set(text, id);
    });
    this.longestPiece = this.texts.reduce((most, { length }) => Math.max(most, length), 0);
  }

  /**
   * @param tokenizerJson parsed tokenizer.json of a cased WordPiece model that keeps accents
   * @throws Error that says what is wrong with the tokenizer
   */
  static fromJson(tokenizerJson: unknown): WordPieceTokenizer {
    const { normalizer, pre_tokenizer: cutter, added_tokens: added, model } = tokenizerJson as WordPieceJson;
    if (model?.vocab === undefined) throw new Error('tokenizer.json has no vocabulary.');
    const keepsLetters = normalizer?.lowercase === false && normalizer.strip_accents !== true;
    if (
      normalizer?.type !== 'BertNormalizer' ||
      !keepsLetters ||
      normalizer.clean_text === false ||
      normalizer.handle_chinese_chars === false
    ) {
      throw new Error('tokenizer.json must clean the text as the cased BERT does, and keep its case and accents.');
    }
    if (cutter?.type !== 'BertPreTokenizer') throw new Error('tokenizer.json must use the pre-tokenizer of BERT.');
    if (
      model.unk_token !== unknown ||
      (model.continuing_subword_prefix ?? prefix) !== prefix ||
      (model.max_input_chars_per_word ?? longestWord) !== longestWord
    ) {
      throw new Error(
        `tokenizer.json must use "${unknown}", "${prefix}" and words of ${longestWord} characters at most.`,
      );
    }
    if ((added?.length ?? 0) > 0) throw new Error('tokenizer.json must not match added tokens inside text.');
    const vocabulary: string[] = [];
    for (const [token, id] of Object.entries(model.vocab)) vocabulary[id] = token;
    for (let id = 0; id < vocabulary.length; id += 1) vocabulary[id] ??= '';
    const unknownId = model.vocab[unknown];
    if (unknownId === undefined) throw new Error(`tokenizer.json has no ${unknown}.`);
    return new WordPieceTokenizer(vocabulary, unknownId);
  }

  get size(): number {
    return this.texts.length;
  }

  /**
   * Tokens of `text` without special tokens. A token's range starts where the one before it ends, so it holds the white
   * space (and the control characters) before its word; what follows the last word is in no range.
   */
  encode(text: string): OffsetEncoding {
    const encoding: OffsetEncoding = { ids: [], starts: [], ends: [] };
    let word = '';
    let ends: number[] = []; // where each unit of the word ends in `text`
    let reached = 0;
    const flush = (): void => {
      if (word === '') return;
      const { ids, lengths } = this.piecesOf(word);
      let unit = 0;
      ids.forEach((id, index) => {
        unit += lengths[index]!;
        encoding.ids.push(id);
        encoding.starts.push(reached);
        reached = ends[unit - 1]!;
        encoding.ends.push(reached);
      });
      word = '';
      ends = [];
    };
    for (let at = 0; at < text.length; ) {
      const code = text.codePointAt(at)!;
      const length = code > 0xffff ? 2 : 1;
      const kind = kindOf(code);
      if (kind === 'space' || kind === 'mark') flush();
      if (kind === 'word' || kind === 'mark') {
        word += length === 1 ? text[at]! : text.slice(at, at + 2);
        for (let unit = 0; unit < length; unit += 1) ends.push(at + length);
      }
      if (kind === 'mark') flush();
      at += length;
    }
    flush();
    return encoding;
  }

  /** Greedy longest match; a word with a part that no piece covers is one unknown token. */
  private piecesOf(word: string): Pieces {
    const known = this.remembered.get(word);
    if (known) return known;
    const pieces: Pieces = { ids: [], lengths: [] };
    let isKnown = word.length <= longestWord || Array.from(word).length <= longestWord;
    for (let from = 0; isKnown && from < word.length; ) {
      const vocabulary = from === 0 ? this.starting : this.following;
      let to = Math.min(word.length, from + this.longestPiece);
      while (to > from && !vocabulary.has(word.slice(from, to))) to -= 1;
      isKnown = to > from;
      pieces.ids.push(vocabulary.get(word.slice(from, to)) ?? this.unknownId);
      pieces.lengths.push(to - from);
      from = to;
    }
    const found = isKnown ? pieces : { ids: [this.unknownId], lengths: [word.length] };
    if (this.remembered.size >= mostRemembered) this.remembered.clear();
    this.remembered.set(word, found);
    return found;
  }

  /** Text of the ids with white space by rule (piece-spacing); reserved ids and ids out of range are left out. */
  decode(ids: readonly number[]): string {
    let text = '';
    for (const id of ids) {
      const piece = this.pieceText(id);
      if (piece === '') continue;
      if (text !== '' && !this.continues(id) && !standsDirectlyBehind(text, piece)) text += ' ';
      text += piece;
    }
    return text;
  }

  /**
   * Text of one token as it mostly stands in prose: a word with the blank before it, a piece that goes
   * on and a closing mark without.
   */
  tokenText(id: number): string {
    const piece = this.pieceText(id);
    return piece === '' || this.continues(id) || standsDirectlyBehind('x', piece) ? piece : ` ${piece}`;
  }

  continues(id: number): boolean {
    return this.continuing[id] ?? false;
  }

  /** Text of one token without prefix and white space; "" for reserved ids and ids out of range. */
  pieceText(id: number): string {
    return this.texts[id] ?? '';
  }
}

/**
 * Length of the white space and the removed characters at the start of `text`: what a token's
 * range holds before its word.
 */
export function leadingGap(text: string): number {
  let at = 0;
  while (at < text.length) {
    const code = text.codePointAt(at)!;
    const kind = kindOf(code);
    if (kind === 'word' || kind === 'mark') break;
    at += code > 0xffff ? 2 : 1;
  }
  return at;
}

const asciiKinds: readonly Kind[] = Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[\t\n\r ]/.test(character)) return 'space';
  if (/[\0-\x1f\x7f]/.test(character)) return 'removed';
  return /[0-9A-Za-z]/.test(character) ? 'word' : 'mark';
});

/**
 * Twin of BertNormalizer (clean_text, handle_chinese_chars) and BertPreTokenizer of the `tokenizers` library, whose
 * older Unicode tables call 20 rare format characters words, and 141 rare marks words: no vocabulary has either.
 */
function kindOf(code: number): Kind {
  if (code < 128) return asciiKinds[code]!;
  const character = String.fromCodePoint(code);
  if (code === 0xfffd || /[\p{Cc}\p{Cf}\p{Co}]/u.test(character)) return 'removed';
  if (/\p{White_Space}/u.test(character)) return 'space';
  return isIdeograph(code) || /\p{P}/u.test(character) ? 'mark' : 'word';
}

/** The blocks that BERT sets apart, gaps and all. */
const ideographs: readonly (readonly [number, number])[] = [
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xf900, 0xfaff],
  [0x20000, 0x2a6df],
  [0x2a700, 0x2b73f],
  [0x2b740, 0x2b81f],
  [0x2b920, 0x2ceaf],
  [0x2f800, 0x2fa1f],
];

function isIdeograph(code: number): boolean {
  return code >= 0x3400 && ideographs.some(([first, last]) => first <= code && code <= last);
}
