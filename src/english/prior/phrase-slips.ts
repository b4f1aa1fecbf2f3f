/**
 * Phrases that nobody writes on purpose, each with what was meant: "for all intensive purposes", "not longer possible",
 * "worth to try". They were read one by one among those that training/nar_training/prior/phrase_slips.py found: wrong
 * in pairs of sentences, and never in the prose of documentation.
 */
import type { CorrectionType } from '../../protocol/requests';
import phrases from './phrase-slips.json';
import { withCaseOf } from './slip-pattern';

/** A phrase in its words, and of these the ones that change. */
interface Phrase {
  words: readonly string[];
  /** Words [first, last) give way to `right`. */
  first: number;
  last: number;
  right: string;
  type: CorrectionType;
}

const byFirstWord = new Map<string, Phrase[]>();
for (const [wrong, right] of Object.entries(phrases)) {
  const [words, others] = [wrong.split(' '), right.split(' ')];
  // One word of the phrase changes at least, so that the remark has something to stand at.
  let first = 0;
  while (first < Math.min(words.length, others.length) - 1 && words[first] === others[first]) first++;
  let end = 0;
  while (
    end < Math.min(words.length, others.length) - first - 1 &&
    words[words.length - 1 - end] === others[others.length - 1 - end]
  )
    end++;
  const phrase: Phrase = {
    words,
    first,
    last: words.length - end,
    right: others.slice(first, others.length - end).join(' '),
    type: wrong.replaceAll(' ', '') === right.replaceAll(' ', '') ? 'spacing' : 'other',
  };
  byFirstWord.set(words[0]!, [...(byFirstWord.get(words[0]!) ?? []), phrase]);
}

const word = /\p{L}+(?:['’]\p{L}+)*/gu;
const plain = (text: string): string => text.toLowerCase().replace('’', "'");

/** Offsets of what changes in `text` and of the whole phrase, with what should stand there. */
export interface PhraseSlip {
  start: number;
  end: number;
  right: string;
  type: CorrectionType;
  scope: { start: number; end: number };
}

/** In the order of the text. */
export function phraseSlips(text: string): PhraseSlip[] {
  const words = [...text.matchAll(word)].map(({ 0: letters, index }) => ({
    start: index,
    end: index + letters.length,
    plain: plain(letters),
  }));
  const stands = (phrase: Phrase, at: number): boolean =>
    phrase.words.every((each, offset) => {
      const here = words[at + offset];
      const before = words[at + offset - 1];
      return here?.plain === each && (offset === 0 || text.slice(before!.end, here.start) === ' ');
    });
  return words.flatMap(({ plain: letters }, at) => {
    const phrase = byFirstWord.get(letters)?.find((each) => stands(each, at));
    if (phrase === undefined) return [];
    // "a little bigger then, but": only before what is compared.
    const close = words[at + phrase.words.length - 1]!;
    if (close.plain === 'then' && text[close.end] !== ' ') return [];
    const [from, to] = [words[at + phrase.first]!.start, words[at + phrase.last - 1]!.end];
    return [
      {
        start: from,
        end: to,
        right: withCaseOf(phrase.right, text.slice(from, to)),
        type: phrase.type,
        scope: { start: words[at]!.start, end: close.end },
      },
    ];
  });
}
