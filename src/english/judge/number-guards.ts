/**
 * How many there are where the text does not tell: nouns behind "the", several in one formula, what is done, two that
 * "and" joins. Each is a false alarm that was seen on real documents (bench/formats).
 */
import { isProtected } from '../../protocol/source-map';
import type { Sentence } from '../../text/types';
import { isBaseForm } from '../prior/word-classes';
import { baseOfThirdPerson, isPlural, thirdPerson } from '../prior/verb-forms';
import type { SentenceEdit } from '../sentence-edit';
import { auxiliaries, functionWords, modals, prepositions, wordPlaces } from '../words';

/** From this confidence on the number is offered whatever stands around. */
const sure = 0.9;

/** What looks like the verb of a clause and is what its noun is like. */
const likeAdjectives = /^(?:existing|missing|following|remaining|outgoing|incoming|corresponding|matching|resulting)$/;

/** @param edit one that no closed pattern has settled */
export function guessesHowMany(sentence: Sentence, edit: SentenceEdit): boolean {
  const view = sentence.text;
  const before = view.slice(edit.start, edit.end).trim().toLowerCase();
  const after = edit.text.trim().toLowerCase();
  const left = view.slice(0, edit.start).trimEnd();
  if (before === 'is' && after === 'are' && beginsWithGerund(left)) return true;
  if (hasNoNumber(before, after, left)) return true;
  // "The server address you need is": what "you need" says of it is one thing or many.
  if (after === `${before}s` || after === `${before}es`)
    if (/\bthe (?:\p{L}+ )?$/iu.test(`${left} `) && /^ (?:you|we|they|I|it|he|she) /.test(view.slice(edit.end)))
      return true;
  if (changesManyOfMath(sentence, edit, before, after)) return true;
  if (edit.type === 'agreement' && countedBySome.test(before)) return true;
  if (edit.confidence >= sure) return false;
  if (hasSubjectFarOff(before, after, left) || hasManyBeside(before, after, left)) return true;
  return (
    forgetsSecondSubject(before, after, left) || (edit.type === 'agreement' && guessesNumber(view, edit, before, after))
  );
}

/** "It should accept the recipe and return it", "the parts of the list, which use it": the subject stands far off. */
function hasSubjectFarOff(before: string, after: string, left: string): boolean {
  if (before !== thirdPerson(after) && after !== thirdPerson(before)) return false;
  if (/, (?:which|who)$/i.test(left)) return true;
  return (
    after === thirdPerson(before) &&
    /\b(?:and|or|then)$/i.test(left) &&
    wordPlaces(left).some(({ lower }) => modals.has(lower))
  );
}

/** "The event's positions are updated": many stand right before the verb, and nothing says that they are another's. */
function hasManyBeside(before: string, after: string, left: string): boolean {
  if (!/^(?:are|were|have)$/.test(before) || !/^(?:is|was|has)$/.test(after)) return false;
  const clause = wordPlaces(left.slice(Math.max(left.lastIndexOf(','), left.lastIndexOf(';')) + 1)).slice(-5);
  const noun = clause.at(-1)?.lower ?? '';
  return (
    isPlural(noun) &&
    !/(?:ss|us|is|ics|news|series)$/.test(noun) &&
    !clause.some(
      ({ lower }) => prepositions.has(lower) || /^(?:that|which|who|each|every|one|either|neither)$/.test(lower),
    )
  );
}

/** "the command and the function do not": two things are many. */
const forgetsSecondSubject = (before: string, after: string, left: string): boolean =>
  /^(?:are|do|have)$/.test(before) &&
  /^(?:is|does|has)$/.test(after) &&
  /\band (?:the|an?|your|its|their|this|that) [^,;:.]{1,60}$/i.test(left);

/** "where $A, B$ are holomorphic": a formula with a comma is several. */
function changesManyOfMath(sentence: Sentence, edit: SentenceEdit, before: string, after: string): boolean {
  if (!/^(?:are|were|have)$/.test(before) || !/^(?:is|was|has)$/.test(after)) return false;
  let end = edit.start;
  while (end > 0 && /\s/.test(sentence.text[end - 1]!)) end -= 1;
  let start = end;
  while (start > 0 && isProtected(sentence, start - 1, start)) start -= 1;
  return sentence.text.slice(start, end).includes(',');
}

/** "Bulk messaging is not supported", "Linux 6.1.4+ are": what is done is one thing, and versions are as they are. */
const hasNoNumber = (before: string, after: string, left: string): boolean =>
  (before === 'is' && after === 'are' && /(?<!\band )\b\p{L}{3,}ing$/iu.test(left)) ||
  (/^(?:is|are|was|were|has|have)$/.test(before) &&
    /^(?:is|are|was|were|has|have)$/.test(after) &&
    /\d[.x]?[+-]?$/.test(left));

/** "However, streaming updates is useful": what is done is one thing. */
function beginsWithGerund(left: string): boolean {
  const words = wordPlaces(left.slice(left.lastIndexOf(',') + 1).replace(/^\s*\p{L}{2,4}-/u, ''));
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
  const words = wordPlaces(view.slice(0, edit.end));
  const noun = words.length - 1;
  const next = wordPlaces(view.slice(edit.end))[0];
  const follows = next === undefined || /[.,;:()]/.test(view.slice(edit.end, edit.end + next.start)) ? '' : next.lower;
  const verbTells =
    (auxiliaries.has(follows) && !modals.has(follows)) ||
    baseOfThirdPerson(follows) !== undefined ||
    isBaseForm(follows);
  for (let index = noun - 1; index >= Math.max(0, noun - 4); index -= 1) {
    const { lower } = words[index]!;
    if (!/^ ?$/.test(view.slice(words[index]!.end, words[index + 1]!.start).replace('-', ''))) return false;
    if (/^(?:the|its|their|our|your|my)$/.test(lower)) {
      const [quantity, of] = words.slice(Math.max(0, index - 2), index).map((word) => word.lower);
      if (quantities.test(of ?? quantity ?? '') || (of === 'of' && quantities.test(quantity!))) return false;
      // "The destination for the events is": its verb belongs to another noun.
      return !verbTells || prepositions.has(of ?? quantity ?? '');
    }
    if (
      functionWords.has(lower) ||
      /^\d|^(?:same|only|first|last|two|three|four|five|several|many|few|various|multiple|different)$/.test(lower)
    )
      return false;
  }
  return false;
}
