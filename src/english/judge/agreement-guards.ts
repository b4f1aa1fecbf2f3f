/**
 * Noun compounds and nouns of both numbers: "each proposal review starts", "defaults files", "a users configuration",
 * "increment by two test", "the published data are". The letter s at the seam of a compound is no error of agreement.
 */
import { baseOfThirdPerson } from '../prior/verb-forms';
import type { SentenceEdit } from '../sentence-edit';
import { auxiliaries, functionWords, singularDeterminers, wordPlaces } from '../words';

/** One or many, as the writer likes. */
const ofBothNumbers = new Set(
  'data metadata media multimedia staff team series species criteria statistics headquarters graphics analytics dynamics'.split(
    ' ',
  ),
);
/** Nouns in spite of their ending. */
const nounsInIng =
  /^(?:setting|string|mapping|binding|building|meeting|training|warning|heading|encoding|logging|testing|routing|thing|ring|king|spring|listing|pricing|rating|naming|caching|hosting|timing|ordering|grouping|handling|processing|engineering|learning)$/;
const numerals = /^(?:two|three|four|five|six|seven|eight|nine|ten|\d+)$/;

/** Whether the edit would change the number of a word that is right in its compound. */
export function breaksCompound(view: string, edit: SentenceEdit): boolean {
  if (edit.type !== 'agreement' && edit.type !== 'verb-form') return false;
  const before = view.slice(edit.start, edit.end).trim().toLowerCase();
  const after = edit.text.trim().toLowerCase();
  if (!/^[\p{L}'’]+$/u.test(before) || !/^[\p{L}'’]+$/u.test(after)) return false;
  const words = wordPlaces(view);
  const index = words.findIndex(({ start, end }) => end > edit.start && start < edit.end && start <= edit.start + 1);
  if (index < 0) return false;
  const left = (back: number): string => words[index - back]?.lower ?? '';
  const next = words[index + 1];
  const follows = next !== undefined && /^ $/.test(view.slice(words[index]!.end, next.start)) ? next.lower : undefined;
  if (
    ofBothNumbers.has(left(1)) ||
    ofBothNumbers.has(before) ||
    (follows !== undefined && ofBothNumbers.has(follows) && /^th(?:is|ese|at|ose)$/.test(before))
  )
    return true;
  // "a project's windows": the article belongs to the owner.
  if (/['’]s$|s['’]$/.test(left(1))) return true;
  if (isPluralOf(before, after)) {
    // "Each proposal review starts": the verb belongs to a singular; "defaults files", "users configuration": the
    // first noun names the second.
    if (baseOfThirdPerson(before) === after && hasSingularSubject(view, words.slice(0, index), words[index]!.start))
      return true;
    return follows !== undefined && isNounLike(follows) && !(follows.endsWith('s') && singularDeterminers.has(left(1)));
  }
  if (isPluralOf(after, before)) {
    if (singularDeterminer(view, words.slice(0, index + 1))) return true;
    return numerals.test(left(1)) && /^(?:by|per|step|level|version|phase|chapter|part)$/.test(left(2));
  }
  return false;
}

function isPluralOf(plural: string, singular: string): boolean {
  return (
    plural === `${singular}s` ||
    plural === `${singular}es` ||
    (plural.endsWith('ies') && singular === `${plural.slice(0, -3)}y`)
  );
}

/** A word that may be the second half of a compound: no function word, adverb or participle. */
function isNounLike(word: string): boolean {
  if (functionWords.has(word) || !/^\p{L}+$/u.test(word)) return false;
  if (/(?:ly|ed)$/.test(word)) return false;
  return !word.endsWith('ing') || nounsInIng.test(word);
}

/** "each", "a", "this" … stands before the last of the words, with nothing but its adjectives and nouns between. */
function singularDeterminer(view: string, words: ReturnType<typeof wordPlaces>): boolean {
  const noun = words.length - 1;
  for (let index = noun - 1; index >= Math.max(0, noun - 3); index--) {
    if (!/^[ -]$/.test(view.slice(words[index]!.end, words[index + 1]!.start))) return false;
    const { lower } = words[index]!;
    if (singularDeterminers.has(lower)) return !/^(?:that|one)$/.test(lower) || index === noun - 1;
    if (functionWords.has(lower) || numerals.test(lower)) return false;
  }
  return false;
}

/** The noun right before the verb is in the singular and has a singular determiner. */
function hasSingularSubject(view: string, words: ReturnType<typeof wordPlaces>, verb: number): boolean {
  const noun = words[words.length - 1];
  if (
    !noun ||
    !/^ $/.test(view.slice(noun.end, verb)) ||
    auxiliaries.has(noun.lower) ||
    (noun.lower.endsWith('s') && !noun.lower.endsWith('ss'))
  )
    return false;
  const determiner = words.findLastIndex(({ lower }) => singularDeterminers.has(lower));
  // "one of each kind", "each of them".
  if (determiner < 0 || /^(?:that|one)$/.test(words[determiner]!.lower)) return false;
  return singularDeterminer(view, words);
}
