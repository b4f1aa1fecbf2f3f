/**
 * Words as the edit labels know them: the pieces of ByteLevel pre-tokenization (GPT-2's pattern), told from the texts
 * of the tokens alone. A token never spans two words, so only boundaries between tokens have to be judged.
 */
const contraction = /^'(?:s|t|re|ve|m|ll|d)$/;

type CharacterClass = 'letter' | 'number' | 'space' | 'other' | 'part';

function classOf(character: string): CharacterClass {
  if (character === '' || character === '\ufffd') return 'part'; // piece of a character that several tokens share
  if (/\p{L}/u.test(character)) return 'letter';
  if (/\p{N}/u.test(character)) return 'number';
  return /\p{White_Space}/u.test(character) ? 'space' : 'other';
}

function startsWord(text: string, previous: string): boolean {
  if (contraction.test(text)) return true;
  const characters = [...text];
  const first = classOf(characters[0] ?? '');
  if (first === 'space') return true;
  const last = classOf([...previous].at(-1) ?? '');
  if (first === 'part' || last === 'part') return false;
  // A blank belongs to the word after it: " " + "word" was one piece before the merges.
  if (last === 'space') return !previous.endsWith(' ');
  return first !== last;
}

export interface Word {
  /** Tokens [start, end). */
  start: number;
  end: number;
}

export function splitWords(texts: readonly string[]): Word[] {
  const words: Word[] = [];
  for (let index = 0; index < texts.length; index++) {
    const word = words.at(-1);
    if (!word || startsWord(texts[index]!, texts[index - 1]!)) words.push({ start: index, end: index + 1 });
    else word.end = index + 1;
  }
  return words;
}
