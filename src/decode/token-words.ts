/**
 * Words as the edit labels know them. With ByteLevel tokens they are the pieces of its pre-tokenization (GPT-2's
 * pattern), told from the texts of the tokens alone; in text that came from the tokenizer a token never spans two
 * words. With WordPiece every token that does not go on with a word begins one.
 */
import type { DecoderContext, DecoderSource } from './decoder';

// White space before a word gives one character back and no more: the rule takes that for a way back to the start.
const pattern =
  // eslint-disable-next-line regexp/no-super-linear-move
  /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\p{White_Space}\p{L}\p{N}]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+/gu;

export interface Word {
  /** Tokens [start, end). */
  start: number;
  end: number;
}

/**
 * A token that holds only part of a character (its text is U+FFFD) counts as a letter: "café" stays one word, and a
 * dash that takes several tokens joins the word before it, so that no edit cuts a character in two.
 */
export function splitWords(texts: readonly string[]): Word[] {
  const joined = texts.join('').replaceAll('\ufffd', 'x');
  const starts = new Set(Array.from(joined.matchAll(pattern), (match) => match.index));
  const words: Word[] = [];
  let offset = 0;
  texts.forEach((text, index) => {
    const word = words.at(-1);
    if (!word || (text !== '' && starts.has(offset))) words.push({ start: index, end: index + 1 });
    else word.end = index + 1;
    offset += text.length;
  });
  return words;
}

export function wordsOf(context: DecoderContext, ids: readonly number[]): Word[] {
  const { continues } = context;
  if (!continues) return splitWords(ids.map((id) => context.text(id)));
  const words: Word[] = [];
  ids.forEach((id, index) => {
    if (words.length === 0 || !continues(id)) words.push({ start: index, end: index + 1 });
    else words.at(-1)!.end = index + 1;
  });
  return words;
}

/** Whether white space stands before a token that is written, and before token `index` of the source. */
export function beginsWithSpace(context: DecoderContext, id: number): boolean {
  return context.continues ? !context.continues(id) : /^\p{White_Space}/u.test(context.text(id));
}

export function standsBehindSpace(context: DecoderContext, { ids, glued }: DecoderSource, index: number): boolean {
  return glued ? glued[index] === 0 : beginsWithSpace(context, ids[index]!);
}
