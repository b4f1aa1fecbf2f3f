/** Articles that cannot stand: "adds a new markers". */
import type { Lexicon } from '../prior/lexicon';
import { baseOfThirdPerson, isAlsoNoun, isPlural } from '../prior/verb-forms';
import { baseOfContinuous } from '../prior/word-classes';
import type { SentenceEdit } from '../sentence-edit';
import { functionWords, wordPlaces } from '../words';

/** Adjectives and nouns that may stand between an article and its noun. */
const mostBetween = 4;
/** Singular in spite of the s at their end. */
const singular = /(?:ss|us|is|ics|news|series|species|process|access|bus|class)$/;

/** Whether the edit puts "a" or "an" before a group of words that ends with a plural. */
export function bringsArticleBeforePlural(view: string, { type, start, end, text }: SentenceEdit): boolean {
  if (type !== 'article' || !/^an?$/i.test(text.trim()) || view.slice(start, end).trim() !== '') return false;
  // "with different `Names`": several, by their name in code.
  if (/^\s*(?:\p{L}+ )?`[^`]*[^s`]s`/u.test(view.slice(end))) return true;
  const words = wordPlaces(view.slice(end)).slice(0, mostBetween + 1);
  let last: string | undefined;
  for (const [index, word] of words.entries()) {
    const gap = view.slice(end + (index === 0 ? 0 : words[index - 1]!.end), end + word.start);
    // A hyphen goes on with the compound, a mark or a function word ends the group.
    if (!/^[ -]?$/.test(gap) || functionWords.has(word.lower)) break;
    last = word.lower;
  }
  // "for fast line oriented searching": what is done is not counted.
  if (last !== undefined && words.length > 2 && /[a-z]{3}ing$/.test(last) && baseOfContinuous(last) !== undefined)
    return true;
  return last !== undefined && isPlural(last) && !singular.test(last);
}

/** Whether the edit puts "a" before a comparative that no noun follows: "The design is a more cleaner." */
export function bringsArticleBeforeComparative(view: string, { type, start, end, text }: SentenceEdit): boolean {
  if (type !== 'article' || !/^an?$/i.test(text.trim()) || view.slice(start, end).trim() !== '') return false;
  return /^\s*(?:more |much |far )?[a-z]{2,}er(?:[.,;:!?)]|\s*$| than\b)/u.test(view.slice(end));
}

/** Whether the edit puts an article before a name in code that owns something, however that is written: "the `bat`'s
 * configuration", "the `rm`s option". */
export function bringsArticleBeforeOwner(view: string, { type, start, end, text }: SentenceEdit): boolean {
  if (type !== 'article' || view.slice(start, end).trim() !== '' || !/^(?:an?|the)$/i.test(text.trim())) return false;
  // "a change to Facebook's endpoint" as well.
  return /^\s*(?:`[^`]+`['’]?|\p{Lu}[\p{L}\p{N}]*['’])s\b/u.test(view.slice(end));
}

/**
 * Whether the edit puts an article before a name alone: "provided by Hibernate Validator requires", "of `paradox` and
 * its classes". Before a name that a noun follows ("the `--all` option") one may be missing.
 */
export function bringsArticleBeforeName(
  view: string,
  { type, start, end, text }: SentenceEdit,
  lexicon: Lexicon,
): boolean {
  if (type !== 'article' || view.slice(start, end).trim() !== '' || !/^(?:an?|the)$/i.test(text.trim())) return false;
  const right = view.slice(end).trimStart();
  const name = /^(?:`[^`]+`|\p{Lu}\p{L}+(?: \p{Lu}\p{L}+)*)/u.exec(right)?.[0];
  if (name === undefined) return false;
  if (!name.startsWith('`') && !name.includes(' ') && isCommonNoun(name, lexicon)) return false;
  const rest = right.slice(name.length);
  const next = /^ ([\p{L}'’]+)/u.exec(rest)?.[1]?.toLowerCase();
  return next === undefined ? /^(?:[.,;:!?)]|\s*$)/.test(rest) : functionWords.has(next) || isFiniteVerb(next);
}

const isFiniteVerb = (word: string): boolean =>
  baseOfThirdPerson(word) !== undefined && !isAlsoNoun(baseOfThirdPerson(word)!);

/** A word that has a capital here and usually none. */
function isCommonNoun(word: string, lexicon: Lexicon): boolean {
  const usual = lexicon.usualCase(word);
  return usual === undefined ? lexicon.known.has(word.toLowerCase()) : /^\p{Ll}/u.test(usual);
}
