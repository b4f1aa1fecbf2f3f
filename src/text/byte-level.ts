/**
 * ByteLevel BPE tokens with UTF-16 offsets. The library gives tokens only; each character of a ByteLevel token is one
 * byte of the text's UTF-8 form, so a running count of bytes gives the offsets.
 */
import { Tokenizer as LibraryTokenizer } from '@huggingface/tokenizers';
import { reservedTokens, type Tokenizer } from './tokenizer';
import type { OffsetEncoding } from './types';

/** Longest text handed to the library at once; longer ones are cut before a blank, where no token can cross. */
const chunkLength = 100_000;

export class ByteLevelTokenizer implements Tokenizer {
  readonly carriesSpace = true;
  readonly unknownId = undefined;
  /** Bytes of each token; empty for reserved ids and ids that the vocabulary does not have. */
  private readonly bytes: Uint8Array[];
  private readonly texts: (string | undefined)[] = [];
  private readonly decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  private constructor(
    private readonly tokenizer: LibraryTokenizer,
    vocabulary: string[],
  ) {
    const table = byteOfCharacter();
    this.bytes = vocabulary.map((token, id) =>
      id < reservedTokens ? new Uint8Array(0) : tokenBytes(token, id, table),
    );
  }

  /**
   * @param tokenizerJson parsed tokenizer.json of a ByteLevel BPE without normalizer and without added prefix space
   * @param config parsed tokenizer_config.json
   * @throws Error that says what is wrong with the tokenizer
   */
  static fromJson(tokenizerJson: unknown, config: unknown): ByteLevelTokenizer {
    const json = tokenizerJson as {
      normalizer?: unknown;
      added_tokens?: unknown[];
      pre_tokenizer?: {
        type?: string;
        add_prefix_space?: boolean;
        trim_offsets?: boolean;
        pretokenizers?: { type?: string; add_prefix_space?: boolean }[];
      } | null;
      model?: { type?: string; vocab?: Record<string, number> };
    } | null;
    if (json === null || typeof json !== 'object' || typeof json.model?.vocab !== 'object')
      throw new Error('tokenizer.json has no vocabulary.');
    const levels = [json.pre_tokenizer, ...(json.pre_tokenizer?.pretokenizers ?? [])];
    const level = levels.find((entry) => entry?.type === 'ByteLevel');
    if (level === undefined || level === null || level.add_prefix_space === true) {
      throw new Error('tokenizer.json must use the ByteLevel pre-tokenizer without a prefix space.');
    }
    if (json.normalizer !== undefined && json.normalizer !== null)
      throw new Error('tokenizer.json must not normalize the text.');
    if ((json.added_tokens?.length ?? 0) > 0)
      throw new Error('tokenizer.json must not match added tokens inside text.');
    const vocabulary: string[] = [];
    for (const [token, id] of Object.entries(json.model.vocab)) vocabulary[id] = token;
    for (let id = 0; id < vocabulary.length; id += 1) vocabulary[id] ??= '';
    return new ByteLevelTokenizer(new LibraryTokenizer(json, (config ?? {}) as object), vocabulary);
  }

  /** Number of ids, reserved ones included. */
  get size(): number {
    return this.bytes.length;
  }

  /**
   * Tokens of `text` without special tokens. Offsets cover the text in order: `starts[0]` is 0, each token starts where
   * the one before it ends, the last one ends at the text's length. A token that ends inside a character is snapped to
   * that character's end (the tokens that follow in the same character are empty ranges there). A lone surrogate counts
   * as the three bytes of U+FFFD.
   */
  encode(text: string): OffsetEncoding {
    const encoding: OffsetEncoding = { ids: [], starts: [], ends: [] };
    for (let from = 0; from < text.length; ) {
      const to = text.length - from <= chunkLength ? text.length : chunkEnd(text, from);
      this.encodeChunk(from === 0 && to === text.length ? text : text.slice(from, to), from, encoding);
      from = to;
    }
    return encoding;
  }

  private encodeChunk(text: string, offset: number, encoding: OffsetEncoding): void {
    const ids = this.tokenizer.encode(text, { add_special_tokens: false }).ids;
    let unit = 0; // UTF-16 units of `text` that the tokens so far have begun
    let unitBytes = 0; // UTF-8 bytes of these units
    let bytes = 0; // UTF-8 bytes of the tokens so far
    for (const id of ids) {
      const start = unit;
      bytes += this.bytes[id]!.length;
      while (unitBytes < bytes && unit < text.length) {
        const code = text.charCodeAt(unit);
        if (code < 0x80) {
          unitBytes += 1;
          unit += 1;
        } else if (code < 0x800) {
          unitBytes += 2;
          unit += 1;
        } else if (code >= 0xd800 && code < 0xdc00 && isLowSurrogate(text.charCodeAt(unit + 1))) {
          unitBytes += 4;
          unit += 2;
        } else {
          unitBytes += 3;
          unit += 1;
        }
      }
      encoding.ids.push(id);
      encoding.starts.push(offset + start);
      encoding.ends.push(offset + unit);
    }
  }

  /**
   * Text of the ids, reserved ones left out; bytes that form no character become U+FFFD. Ids out of range are left out.
   */
  decode(ids: readonly number[]): string {
    let length = 0;
    for (const id of ids) length += this.bytes[id]?.length ?? 0;
    const joined = new Uint8Array(length);
    let at = 0;
    for (const id of ids) {
      const bytes = this.bytes[id];
      if (bytes === undefined) continue;
      joined.set(bytes, at);
      at += bytes.length;
    }
    return this.decoder.decode(joined);
  }

  /** Text of one token, leading space included; "" for reserved ids, U+FFFD for a part of a character. */
  tokenText(id: number): string {
    return (this.texts[id] ??= this.decode([id]));
  }

  pieceText(id: number): string {
    return this.tokenText(id).trimStart();
  }

  /** Told from the texts of the tokens around it, not from the token alone (decode/words). */
  continues(): boolean {
    return false;
  }
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code < 0xe000;
}

/** End of a chunk: before the first blank that follows a word, from `chunkLength` on. */
function chunkEnd(text: string, from: number): number {
  for (let at = from + chunkLength; at < text.length; at += 1) {
    if (text[at] === ' ' && /[\p{L}\p{N}]/u.test(text[at - 1]!)) return at;
  }
  return text.length;
}

/** GPT-2's table of printable characters, one for each byte (openai/gpt-2, encoder.py, bytes_to_unicode), inverted. */
function byteOfCharacter(): Map<string, number> {
  const table = new Map<string, number>();
  let next = 256;
  for (let byte = 0; byte < 256; byte += 1) {
    const printable = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
    table.set(String.fromCharCode(printable ? byte : next), byte);
    if (!printable) next += 1;
  }
  return table;
}

function tokenBytes(token: string, id: number, table: Map<string, number>): Uint8Array {
  const bytes = new Uint8Array(token.length);
  for (let index = 0; index < token.length; index += 1) {
    const byte = table.get(token[index]!);
    if (byte === undefined) throw new Error(`Token ${id} of tokenizer.json is no ByteLevel token.`);
    bytes[index] = byte;
  }
  return bytes;
}
