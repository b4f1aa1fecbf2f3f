/**
 * Right turns of phrase that the network takes for slips, and changes that only the writer could answer for: each is a
 * false alarm that was seen on real documents (bench/formats). No closed pattern of grammar comes here.
 */
import { isProtected } from '../../protocol/source-map';
import type { Sentence } from '../../text/types';
import { isBaseForm } from '../prior/word-classes';
import { baseOfThirdPerson } from '../prior/verb-forms';
import type { SentenceEdit } from '../sentence-edit';
import { auxiliaries, functionWords, modals, prepositions, wordPlaces } from '../words';

/** From this confidence on number and tense are offered whatever stands around. */
const sure = 0.9;

const tenses = [
  ['is', 'was'],
  ['are', 'were'],
  ['has', 'had'],
  ['does', 'did'],
];
const demonstratives = [
  ['these', 'those'],
  ['this', 'that'],
];
const areOneOf = (pairs: readonly string[][], before: string, after: string): boolean =>
  pairs.some((pair) => before !== after && pair.includes(before) && pair.includes(after));

const comparative =
  /\b(?:more|less|fewer|lesser|rather|other|otherwise|else|different|differently|better|worse|sooner|later|earlier|faster|slower|quicker|longer|shorter|higher|lower|larger|smaller|bigger|greater|older|newer|younger|harder|simpler|closer|nearer|further|farther|wider|narrower|deeper|stronger|weaker|cheaper|cleaner|safer|lighter|finer|richer|smarter|\p{L}+ier)\b/iu;
const degree = /^(?:pretty|quite|rather|fairly|very|really|somewhat|also|even|still|already)$/;
/** What looks like the verb of a clause and is what its noun is like. */
const likeAdjectives = /^(?:existing|missing|following|remaining|outgoing|incoming|corresponding|matching|resulting)$/;

/** @param edit one that no closed pattern has settled */
export function breaksRightPhrase(sentence: Sentence, edit: SentenceEdit): boolean {
  const view = sentence.text;
  const before = view.slice(edit.start, edit.end).trim().toLowerCase();
  const after = edit.text.trim().toLowerCase();
  const left = view.slice(0, edit.start).trimEnd();
  const right = view.slice(edit.end).trimStart();
  return (
    areOneOf(demonstratives, before, after) ||
    (edit.confidence < sure && areOneOf(tenses, before, after)) ||
    breaksFixedPhrase(before, after, left, right) ||
    (before === 'then' && after === 'than' && !comparative.test(left)) ||
    (before === 'form' && after === 'from' && isVerbHere(left, right)) ||
    (degree.test(before) && after === '') ||
    opensPairOfCommas(before, after, right) ||
    changesManyOfMath(sentence, edit, before, after) ||
    (before === 'is' && after === 'are' && beginsWithGerund(left)) ||
    (edit.type === 'agreement' && edit.confidence < sure && guessesNumber(view, edit, before, after))
  );
}

/** "from scratch", "as such", "a couple hundred", "To find it, explicitly set". */
function breaksFixedPhrase(before: string, after: string, left: string, right: string): boolean {
  if (after === 'the' && before === '' && /\bfrom$/i.test(left) && /^scratch\b/i.test(right)) return true;
  if (before === '' && after === 'as' && /\bas such$/i.test(left)) return true;
  if (before === '' && after === 'of' && /\bcouple$/i.test(left) && /^(?:hundred|thousand|dozen|more)\b/i.test(right))
    return true;
  // "To set explicitly set …": the second verb is the clause's own.
  const [to, verb, adverb] = wordPlaces(left).slice(-3);
  return after === '' && to?.lower === 'to' && verb?.lower === before && /ly$/.test(adverb?.lower ?? '');
}

/** "The algebras of a category form a category": no other verb stands before it, and a thing follows. */
function isVerbHere(left: string, right: string): boolean {
  if (!/^(?:an?|the)\s/i.test(right)) return false;
  const clause = wordPlaces(left.slice(Math.max(left.lastIndexOf(';'), left.lastIndexOf(':')) + 1));
  const [first] = clause;
  if (first === undefined || clause.length < 2 || (isBaseForm(first.lower) && !/s$/.test(first.lower))) return false;
  return !clause.some(
    ({ lower }, index) =>
      auxiliaries.has(lower) ||
      (/\p{L}ed$/u.test(lower) && !prepositions.has(clause[index + 1]?.lower ?? '')) ||
      (index > 0 && baseOfThirdPerson(lower) !== undefined && prepositions.has(clause[index + 1]?.lower ?? 'in')) ||
      lower === 'to',
  );
}

/** "It assigns, to an object, the algebra": of two commas the first does not go alone. */
function opensPairOfCommas(before: string, after: string, right: string): boolean {
  if (before !== ',' || after !== '') return false;
  const next = /^(\p{L}+)\s[^,.;:!?]{1,80},/u.exec(right)?.[1];
  return next !== undefined && (prepositions.has(next.toLowerCase()) || /^(?:if|when|where|given|say)$/i.test(next));
}

/** "where $A, B$ are holomorphic": a formula with a comma is several. */
function changesManyOfMath(sentence: Sentence, edit: SentenceEdit, before: string, after: string): boolean {
  if (!/^(?:are|were|have)$/.test(before) || !/^(?:is|was|has)$/.test(after)) return false;
  let end = edit.start;
  while (end > 0 && /\s/.test(sentence.text[end - 1]!)) end -= 1;
  let start = end;
  while (start > 0 && isProtected(sentence, start - 1, start)) start -= 1;
  return sentence.text.slice(start, end).includes(',');
}

/** "However, streaming updates is useful": what is done is one thing. */
function beginsWithGerund(left: string): boolean {
  const words = wordPlaces(left.slice(left.lastIndexOf(',') + 1));
  const verb = words[0]?.lower ?? '';
  return words.length > 1 && words.length < 5 && /\p{L}{2}ing$/u.test(verb) && !likeAdjectives.test(verb);
}

/** Behind these the number is no matter of choice: "all the files", "one of the files". */
const quantities =
  /^(?:all|both|half|one|two|three|four|five|six|any|each|either|every|few|many|more|most|much|neither|none|number|several|some|which)$/;
/** Nouns of which some count and some do not. */
const countedBySome = /^middlewares?$/;

/**
 * "at the given times", "the main components": behind "the" and its like a noun is one or many, unless a verb or "one
 * of" tells.
 */
function guessesNumber(view: string, edit: SentenceEdit, before: string, after: string): boolean {
  if (!/^\p{L}+$/u.test(before) || !/^\p{L}+$/u.test(after)) return false;
  if (before !== `${after}s` && after !== `${before}s`) return false;
  if (countedBySome.test(before)) return true;
  const words = wordPlaces(view.slice(0, edit.end));
  const noun = words.length - 1;
  const next = wordPlaces(view.slice(edit.end))[0];
  const follows = next === undefined || /[.,;:()]/.test(view.slice(edit.end, edit.end + next.start)) ? '' : next.lower;
  if (
    (auxiliaries.has(follows) && !modals.has(follows)) ||
    baseOfThirdPerson(follows) !== undefined ||
    isBaseForm(follows)
  )
    return false;
  for (let index = noun - 1; index >= Math.max(0, noun - 4); index -= 1) {
    const { lower } = words[index]!;
    if (!/^ ?$/.test(view.slice(words[index]!.end, words[index + 1]!.start).replace('-', ''))) return false;
    if (/^(?:the|its|their|our|your|my)$/.test(lower)) {
      const [quantity, of] = words.slice(Math.max(0, index - 2), index).map((word) => word.lower);
      return !quantities.test(of ?? quantity ?? '') && !(of === 'of' && quantities.test(quantity!));
    }
    if (
      functionWords.has(lower) ||
      /^\d|^(?:same|only|first|last|two|three|four|five|several|many|few|various|multiple|different)$/.test(lower)
    )
      return false;
  }
  return false;
}
