/**
 * Right turns of phrase that the network takes for slips, and changes that only the writer could answer for: each is a
 * false alarm that was seen on real documents (bench/formats). No closed pattern of grammar comes here.
 */
import type { Sentence } from '../../text/types';
import { continuousOf, isBaseForm, isOneThing } from '../prior/word-classes';
import { baseOfThirdPerson, thirdPerson } from '../prior/verb-forms';
import type { SentenceEdit } from '../sentence-edit';
import { auxiliaries, prepositions, wordPlaces } from '../words';

/** From this confidence on a tense is offered whatever stands around. */
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
/** @param edit one that no closed pattern has settled */
export function breaksRightPhrase({ text: view }: Sentence, edit: SentenceEdit): boolean {
  const before = view.slice(edit.start, edit.end).trim().toLowerCase();
  const after = edit.text.trim().toLowerCase();
  const left = view.slice(0, edit.start).trimEnd();
  const right = view.slice(edit.end).trimStart();
  return (
    areOneOf(demonstratives, before, after) ||
    (edit.confidence < sure && (areOneOf(tenses, before, after) || changesParticiple(before, after, left))) ||
    guessesTense(before, after, left) ||
    (before === 'be' && after === 'is' && subjunctive.test(left)) ||
    breaksFixedPhrase(before, after, left, right) ||
    (before === 'then' && after === 'than' && !comparative.test(left)) ||
    (before === 'form' && after === 'from' && isVerbHere(left, right)) ||
    (degree.test(before) && after === '') ||
    opensPairOfCommas(before, after, right) ||
    // "npm ci": a command of a command.
    (edit.type === 'casing' && /\b(?:npm|npx|yarn|pnpm|git|docker|cargo|pip|kubectl|brew|apt)$/.test(left))
  );
}

/** "It is required that the function be async". */
const subjunctive =
  /\b(?:requir|recommend|suggest|insist|demand|propos|ask|request|essential|important|necessary|mandatory|crucial|vital|prefer)\p{Ll}* (?:[^.;:]{0,80} )?that\b/iu;

/** "documents that used any characters", "Phase 2 lowercases the text": when it is stands as it is. */
function guessesTense(before: string, after: string, left: string): boolean {
  const isPast = (past: string, other: string): boolean =>
    past === `${other}d` ||
    past === `${other}ed` ||
    (other.endsWith('s') && /^e?d$/.test(past.slice(other.length - 1)) && past.startsWith(other.slice(0, -1)));
  if (!(isPast(before, after) || (isPast(after, before) && before.endsWith('s')))) return false;
  const last = wordPlaces(left).at(-1)?.lower ?? '';
  return (
    /^(?:that|which|who|and|then|it|they|we)$/.test(last) ||
    (before.endsWith('s') && !auxiliaries.has(last) && !/^(?:get|gets|been|being|not)$/.test(last))
  );
}

/** "a threaded build": what a thing is like, behind its article. */
const changesParticiple = (before: string, after: string, left: string): boolean =>
  (before === `${after}ed` || before === `${after}d`) && /\b(?:an?|the)$/i.test(left);

/** "from scratch", "as such", "a couple hundred", "To find it, explicitly set". */
function breaksFixedPhrase(before: string, after: string, left: string, right: string): boolean {
  if (after === 'the' && before === '' && /\bfrom$/i.test(left) && /^scratch\b/i.test(right)) return true;
  if (before === '' && after === 'as' && /\bas such$/i.test(left)) return true;
  if (before === '' && after === 'of' && /\bcouple$/i.test(left) && /^(?:hundred|thousand|dozen|more)\b/i.test(right))
    return true;
  if (before === '' && after === 'of' && /\bin part$/i.test(left)) return true;
  if (before === '' && /^(?:that|which) (?:is|are)$/.test(after)) return true;
  if (before === 'case' && /\b(?:lower|upper|camel|snake|kebab|title|sentence)$/i.test(left)) return true;
  if (areOneOf([['on', 'upon']], before, after) || /^(?:focuss|biass)(?:es|ed|ing)$/.test(before)) return true;
  if (areOneOf([['or', 'of']], before, after)) return true;
  // "fetch weather for the region": "whether" begins a clause, or stands before "or" and "to".
  if (
    before === 'weather' &&
    after === 'whether' &&
    !/^(?:or|to|the|an?|it|this|that|you|we|they|he|she|I)\b/i.test(right)
  )
    return true;
  // "There is little value in it": with an article it would be another thing that is said.
  if (before === '' && after === 'a' && /^(?:(?:very|so|too) )?(?:little|few|less|fewer)\b/i.test(right)) return true;
  // "each `Member` who is the payer": somebody, in code.
  if (before === 'who' && /^(?:which|that)$/.test(after)) return true;
  // "1 unstaged change": one is one.
  if (
    /(?:^|[^\d.,])(?:0*1|one) (?:(?!of |or )[\p{L}-]+ ){0,2}$/u.test(`${left} `) &&
    after.startsWith(before) &&
    after.endsWith('s')
  )
    return true;
  // "All the files", "Terms & conditions": with another word they say the same.
  if (before === '' && after === 'of' && /\b(?:all|both|half)$/i.test(left)) return true;
  if (before === '&' && after === 'and') return true;
  if (areOneOf([['on', 'about']], before, after)) return true;
  // "from highest to lowest"
  if (before === '' && after === 'the' && /\bfrom$/i.test(left) && /^\p{L}+ to \p{L}+/u.test(right)) return true;
  // "changes too extensive for it", "in abbreviated form": nothing follows that they could go with.
  if (
    before === 'too' &&
    after === 'to' &&
    !isBaseForm(/^\p{L}+/u.exec(right)?.[0].toLowerCase() ?? '') &&
    !/^(?:the|an?|this|your|it)\b/i.test(right)
  )
    return true;
  if (before === 'form' && after === 'from' && /^(?:[.,;!?):]|$)/.test(right)) return true;
  // "Together, these tell us", "after updating these, it": only before one thing are they this one.
  if (before === 'these' && after === 'this' && !isOneThing(/^\p{L}+/u.exec(right)?.[0].toLowerCase() ?? ''))
    return true;
  // "Not everyone likes it"
  if (before === thirdPerson(after) && /\b(?:every|any|some|no)(?:one|body)$/i.test(left)) return true;
  // "hold it for next month"
  if (
    before === '' &&
    after === 'the' &&
    /^(?:next|last) (?:day|week|month|year|time|quarter|summer|winter)\b/i.test(right)
  )
    return true;
  // Half of "set up".
  if (/^(?:setup|shutdown|backup|cleanup)$/.test(before) && before.startsWith(after)) return true;
  // "You can link to it though :wink:": nothing is gone through at the end.
  if (before === 'though' && after === 'through' && /^(?:[.,;!?):]|$)/.test(right)) return true;
  // "You are used to reading it."
  if (
    /\b(?:be|been|being|am|is|are|was|were|get|got|gets|[’']re|[’']m) used to$/i.test(left) &&
    before === continuousOf(after)
  )
    return true;
  // "do not have write access"
  if (
    before === '' &&
    after === 'to' &&
    /\b(?:have|has|had|need|needs|without|with)$/i.test(left) &&
    /^(?:read|write) (?:access|permission)/.test(right)
  )
    return true;
  // "have Typesense generate it", "let the user choose": behind what is had or let comes the base.
  if (
    before === '' &&
    after === 'to' &&
    /\b(?:(?:[Hh]ave|has|had|having) (?:\p{Lu}[\p{L}\d]*|it|them|him|her|us|users|people)|(?:[Ll]et|lets|letting|[Mm]ake|makes|made|making|[Hh]elp|helps|helped|helping) (?:(?:the|your|our|a|an) )?[\p{L}`\d]+)$/u.test(
      left,
    )
  )
    return true;
  // "the `depth` arg": how long a word is, its writer knows.
  if (before.length > 1 && before.length < 5 && after.startsWith(before) && after.length > before.length + 2)
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
