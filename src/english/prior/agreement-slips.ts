/**
 * Slips in number that the class of a word tells: "The client expire after", "These options allows", "You needs the",
 * "The documentation are". A pattern speaks only where it has no right reading; the classes were counted over
 * documentation (word-classes.ts).
 */
import { numberSlips } from './number-slips';
import {
  behindNoun,
  behindVerb,
  clauseStart,
  isMany,
  object,
  rx,
  toThird,
  word,
  type SlipPattern,
  joining,
  ofMany,
} from './slip-pattern';
import { baseOfThird, isBaseForm, isOneThing, isOnlyVerb, isParticiple, uncountable } from './word-classes';

const hasObject = /^ (?:an?|your|it|them|you|us|all|again)\b/;
const ofOne: Record<string, string> = { are: 'is', have: 'has', "don't": "doesn't", 'don’t': 'doesn’t' };
/** Nouns for several ("half", "the rest"), or that several others explain ("The only exception are tests"). */
const halves =
  /^(?:half|rest|majority|other|following|latter|former|remainder|percentage|proportion|exception|example|alternative|problem|issue|reason)$/;

export const agreementSlips: readonly SlipPattern[] = [
  // "The client expire after": one thing and the verb of many.
  [
    rx(
      `${clauseStart}(?:[Tt]he|[Tt]his|[Aa]n?|[Ee]ach|[Ee]very|[Yy]our|[Oo]ur|[Ii]ts) (?<noun>${word}) `,
      `(?<wrong>${word})${behindVerb}`,
    ),
    (verb, { groups, input, index }) => {
      if (!isOneThing(groups!.noun!) || !isBaseForm(verb)) return undefined;
      // A verb that is a noun too needs its object behind it: "the client call" is one thing.
      const rest = input!.slice(index!).split(` ${verb}`, 2)[1]!;
      return isOnlyVerb(verb) || hasObject.test(rest) ? toThird(verb) : undefined;
    },
    'agreement',
  ],
  // "These options allows the": many and the verb of one; a verb that is a noun too needs its object behind it.
  [
    rx(
      `${clauseStart}(?:[Tt]he|[Tt]hese|[Tt]hose|[Aa]ll|[Bb]oth|[Ss]ome|[Mm]any|[Mm]ost|[Yy]our|[Oo]ur) `,
      `(?<noun>${word}s) (?<wrong>${word}s)(?= (?<object>${object})\\b| |[.!]?$)`,
    ),
    (verb, { groups }) => {
      const base = baseOfThird(verb);
      if (base === undefined || !isMany(groups!.noun)) return undefined;
      return isOnlyVerb(base) || groups!.object !== undefined ? base : undefined;
    },
    'agreement',
  ],
  // "You needs the", "They uses".
  [
    rx(
      `${clauseStart}(?:[Yy]ou|[Ww]e|[Tt]hey|I)(?: (?:also|then|only|just|now))? (?<wrong>${word}s)(?= (?:${object}|to)\\b)`,
    ),
    (verb) => (/^(?:is|was|has|this|as)$/.test(verb) ? undefined : baseOfThird(verb)),
    'agreement',
  ],
  // "because it allow you".
  [
    rx(
      '\\b(?:if|when|because|but|so|since|once|[Ii]f|[Ww]hen) (?:it|he|she) (?:also |then |only |just |now )?',
      `(?<wrong>${word})(?= (?:${object}|to|on|in|from|with|by|for|as|into)\\b)`,
    ),
    (verb) =>
      isBaseForm(verb) && !/^(?:put|let|set|read|hit|become|come|run|cut|cost|quit)$/.test(verb)
        ? toThird(verb)
        : undefined,
    'agreement',
  ],
  [
    rx(
      `(?:${clauseStart}|\\b(?:that|which|but|so|sure) )(?:[Ww]e|[Yy]ou|[Tt]hey)(?: (?:also|now|still|already|only|all))? `,
      '(?<wrong>has)(?= [a-z])',
    ),
    () => 'have',
    'agreement',
  ],
  [rx(`${clauseStart}(?:[Ww]e|[Yy]ou|[Tt]hey) (?<wrong>was)(?= [a-z])`), () => 'were', 'agreement'],
  // "The results of the benchmark is shown".
  [
    rx(
      `${clauseStart}(?:[Tt]he|[Tt]hese|[Tt]hose|[Aa]ll) (?<noun>${word}s) of (?:the|this|an?|your|our|each) `,
      `${word} (?<wrong>is|was|has) (?=(?:been |not |also |now |only |always )?(?<next>[a-z]+)\\b)`,
    ),
    (verb, { groups }) => (isMany(groups!.noun) && isParticiple(groups!.next!) ? ofMany[verb] : undefined),
    'agreement',
  ],
  // "The following commands is available".
  [
    rx(
      `${clauseStart}(?:[Tt]he following|[Tt]hese|[Tt]hose|[Bb]oth|[Aa]ll the) (?<noun>${word}s) `,
      '(?<wrong>is|was|has)(?= [a-z])',
    ),
    (verb, { groups }) => (isMany(groups!.noun) ? ofMany[verb] : undefined),
    'agreement',
  ],
  // "all the users that is registered".
  [
    rx(
      '\\b(?<!\\b[Oo]ne of )(?:all|many|several|some|few|these|those|both|other) (?:of )?(?:the |your |these |those )?',
      `(?<noun>${word}s) (?:that|which) (?<wrong>is|was|has) (?=(?:been |not )?(?<next>[a-z]+)\\b)`,
    ),
    (verb, { groups }) => (isMany(groups!.noun) && isParticiple(groups!.next!) ? ofMany[verb] : undefined),
    'agreement',
  ],
  // "There is files in".
  [
    rx(`\\b[Tt]here (?<wrong>is|was) (?:no |also |some |still |now )?(?<noun>${word}s)${behindNoun}`),
    (verb, { groups }) => (isMany(groups!.noun) ? ofMany[verb] : undefined),
    'agreement',
  ],
  ...numberSlips,
  // "The documentation are", "If the input value are": one thing, and "are" without a question.
  [
    rx(
      `(?:${clauseStart}|\\b(?:that|which|so|(?<!all )but) )(?:[Tt]he|[Tt]his|[Aa]n?|[Ee]ach|[Ee]very|[Yy]our|[Oo]ur) `,
      // "The two file are" is mended at the noun.
      `(?:(?!(?:two|three|four|five|six|several|many|few|both|other|various|multiple)\\b)${word} )?`,
      `(?<noun>${word}) (?<wrong>are|have|don['’]t)(?= (?!(?:the|you|we|they|your|i|users|people|equal|identical|different|similar|both)\\b)[a-z])`,
    ),
    (verb, { groups, input, index }) => {
      // "Require that the user have a key" asks for the base.
      if (verb !== 'are' && /^that\b/.test(input!.slice(index))) return undefined;
      const { noun } = groups!;
      return uncountable.has(noun!) || (isOneThing(noun!) && !halves.test(noun!)) ? ofOne[verb] : undefined;
    },
    'agreement',
  ],
  // "a small script that do the same".
  [
    rx(
      `(?<!\\b(?:${joining}) )\\b[Aa]n? (?:[a-z]+ )?(?<noun>${word}) (?:that|which) (?<wrong>do|${word}) `,
      `(?=(?:${object}|to|on|in|with|for|from|by)\\b)`,
    ),
    (verb, { groups }) =>
      !isOneThing(groups!.noun!) || !(isOnlyVerb(verb) || verb === 'do')
        ? undefined
        : verb === 'do'
          ? 'does'
          : toThird(verb),
    'agreement',
  ],
  // "when the user click on".
  [
    rx(
      `(?:${clauseStart}|\\b(?:that|which) )(?:[Tt]he|[Aa]n?|[Yy]our|[Ee]ach|[Ee]very) (?:user|developer|visitor|player|reader|admin|person) `,
      '(?<wrong>click|press|type|select|scroll|visit|open|close|drag|enter|run|want|need|choose|change|move|try|leave)',
      '(?= (?:on|the|an?|in|to|this|that|it|your|their)\\b)',
    ),
    toThird,
    'agreement',
  ],
];
