/**
 * Slips in number that the class of a word tells: "The client expire after", "These options allows", "This settings
 * is", "Both of this methods", "two argument". A pattern speaks only where it has no right reading; the classes were
 * counted over documentation (word-classes.ts).
 */
import {
  behindNoun,
  behindVerb,
  isMany,
  toThird,
  clauseStart,
  object,
  rx,
  sentenceStart,
  withCaseOf,
  word,
  type SlipPattern,
} from './slip-pattern';
import { uncountable } from '../judge/faults';

import { baseOfThird, isBaseForm, isOneThing, isOnlyVerb, isParticiple, oneOf, pluralOf } from './word-classes';

const ofMany: Record<string, string> = { is: 'are', was: 'were', has: 'have' };
const other: Record<string, string> = { this: 'these', that: 'those', these: 'this', those: 'that' };
const otherNumber = (demonstrative: string): string => withCaseOf(other[demonstrative.toLowerCase()]!, demonstrative);

const isVerbOfOne = (verb: string): boolean =>
  /^(?:is|was|has)$/.test(verb) || isOnlyVerb(baseOfThird(verb.split(' ', 1)[0]!) ?? '');
/** Plurals that are verbs as often: "All of this points to". */
const alsoThird =
  /^(?:points|means|matters|results|needs|starts|ends|works|looks|counts|lists|types|forms|leads|turns|terms|releases)$/;
const onlyMany = (noun: string): boolean => isMany(noun) && !alsoThird.test(noun);
/** In the singular verbs as often, though the nouns' class has them: "These range from". */
const alsoBase = /^(?:range|mesh|map|span|form|matter|group|point|step|stem|center|date|team|result|fall|vary)$/;
const hasObject = /^ (?:an?|your|it|them|you|us|all|again)\b/;
/** Of several by themselves: "one of the list of types". */
const collections = /^(?:list|set|group|pair|collection|class|family|type|kind)$/;
const ofOne: Record<string, string> = { are: 'is', have: 'has', "don't": "doesn't", 'don’t': 'doesn’t' };
/** Nouns for several ("half", "the rest"), or that several others explain ("The only exception are tests"). */
const halves =
  /^(?:half|rest|majority|other|following|latter|former|remainder|percentage|proportion|exception|example|alternative|problem|issue|reason)$/;
/** All of one thing: "all the existing context". */
const ofAll = /^(?:context|debt|code|text|space|input|output|list|work|history|documentation|language)$/;
const bigNumbers = /^(?:dozen|hundred|thousand|million|billion|score|pair)$/;

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
  // "These feature is": the verb says that there is one.
  [
    rx(
      `${clauseStart}(?<wrong>[Tt]hese|[Tt]hose) (?<noun>${word}) `,
      `(?=(?<verb>is|was|has|${word}s (?:${object}|to|on|in)\\b)\\b)`,
    ),
    (these, { groups }) => (isOneThing(groups!.noun!) && isVerbOfOne(groups!.verb!) ? otherNumber(these) : undefined),
    'agreement',
  ],
  [rx(`${sentenceStart}(?<wrong>These) (?=is (?:the|an?)\\b)`), () => 'This', 'agreement'],
  // "use these option to": what stands behind ends the noun phrase.
  [
    rx(`\\b(?:[Tt]hese|[Tt]hose) (?:two |three |new )?(?<wrong>${word})${behindNoun}`),
    (noun, { input, index }) =>
      isOneThing(noun) &&
      !isBaseForm(noun) &&
      !alsoBase.test(noun) &&
      !/ (?:is|was|has)\b/.test(input!.slice(index!).split(noun, 2)[1]!.slice(0, 5))
        ? pluralOf(noun)
        : undefined,
    'agreement',
  ],
  // "This options are", "in this cases".
  [
    rx(`${clauseStart}(?<wrong>[Tt]his|[Tt]hat) (?<noun>${word}s) (?=(?:are|were|have)\\b)`),
    (that, { groups }) => (isMany(groups!.noun) ? otherNumber(that) : undefined),
    'agreement',
  ],
  [
    rx(
      `\\b(?:[Ii]n|[Oo]f|[Ff]or|[Ww]ith|[Oo]n|[Bb]y|[Ff]rom|[Uu]sing|[Uu]se|[Aa]ll|[Bb]oth|[Ss]ome|[Mm]ost|[Aa]ny|[Nn]one|[Mm]any) (?:of )?(?<wrong>this) (?<noun>${word}s)${behindNoun}`,
    ),
    (that, { groups }) => (onlyMany(groups!.noun!) ? otherNumber(that) : undefined),
    'agreement',
  ],
  // "This options controls", "Another advantages of", "The second parameters is".
  [
    rx(`${clauseStart}[Tt]his (?<wrong>${word}s) (?=(?<verb>is|was|has|${word}s)\\b)`),
    (noun, { groups }) => (isVerbOfOne(groups!.verb!) ? oneOf(noun) : undefined),
    'agreement',
  ],
  [
    rx(`\\b(?:[Aa]nother|[Ee]ach|[Ee]very) (?<wrong>${word}s)${behindNoun}(?! (?:it|you|we|they|there)\\b)`),
    (noun) => (alsoThird.test(noun) ? undefined : oneOf(noun)),
    'agreement',
  ],
  [
    // A capital inside a sentence is a name's: "component A files".
    rx(
      `(?:${sentenceStart}An?|(?<!\\b(?:component|group|option|type|class|node|step) )\\ban?) (?<wrong>${word}s)${behindNoun}`,
    ),
    (noun) => (onlyMany(noun) && noun !== 'ways' ? oneOf(noun) : undefined),
    'agreement',
  ],
  [
    rx(`${clauseStart}[Tt]he (?:first|second|third|last|next) (?<wrong>${word}s) (?=(?:is|was|has)\\b)`),
    (noun) => oneOf(noun),
    'agreement',
  ],
  // "every agent abstractions needs", "a CI machines", "a new options".
  [
    rx(
      `\\b(?:[Ee]ach|[Ee]very) (?:[a-z]+) (?<wrong>${word}s) `,
      `(?=(?:is|was|has|must|can|should|will|needs|(?<verb>${word}s))\\b)`,
    ),
    (noun, { groups }) =>
      groups!.verb === undefined || isVerbOfOne(groups!.verb)
        ? alsoThird.test(noun)
          ? undefined
          : oneOf(noun)
        : undefined,
    'agreement',
  ],
  [
    rx(
      '\\ban? (?:[A-Z]{2,5}|new|single|separate|simple|specific|valid|custom|similar|certain|dedicated|particular) ',
      `(?<wrong>${word}s)${behindNoun}`,
    ),
    (noun) => (onlyMany(noun) ? oneOf(noun) : undefined),
    'agreement',
  ],
  // "These flow share": the verb says that there are several.
  [
    rx(`${clauseStart}(?:[Tt]hese|[Tt]hose) (?<wrong>${word}) (?=(?<verb>${word}) (?:${object}|to|on|in|with)\\b)`),
    (noun, { groups }) =>
      isOneThing(noun) && !isBaseForm(noun) && isOnlyVerb(groups!.verb!) ? pluralOf(noun) : undefined,
    'agreement',
  ],
  // "two argument", "how many time".
  [
    rx(
      '(?<![-\\w]|power of |one of )(?:two|three|four|five|six|seven|eight|nine|ten|[Hh]ow many|[Ss]everal|[Mm]any) ',
      `(?<wrong>${word})(?!,)${behindNoun}`,
    ),
    (noun) =>
      isOneThing(noun) && !isBaseForm(noun) && !bigNumbers.test(noun) && !alsoBase.test(noun)
        ? pluralOf(noun)
        : undefined,
    'agreement',
  ],
  // "one of the parameter is", "a variety of file".
  [
    rx(
      '(?:(?<!\\b(?:page|part|step|day|phase|chapter|volume|number|line|section|level|stage|version) )\\b(?:[Oo]ne|[Ee]ach) of ',
      '(?:the|these|those|your|our|my|its|their)|',
      '\\b(?:[Aa] (?:variety|couple|wide range|large number|small number)|[Tt]he (?:total |maximum |minimum )?number) of)',
      ` (?<wrong>${word})(?!,)${behindNoun}`,
    ),
    (noun) => (isOneThing(noun) && !isBaseForm(noun) && !collections.test(noun) ? pluralOf(noun) : undefined),
    'agreement',
  ],
  [
    rx(`\\b(?<wrong>[Mm]uch) (?<noun>${word}s)${behindNoun}`),
    (much, { groups, input, index }) =>
      onlyMany(groups!.noun!) && !/\b(?:as|how|that|very) $/i.test(input!.slice(0, index))
        ? withCaseOf('many', much)
        : undefined,
    'agreement',
  ],
  // "The documentation are", "If the input value are": one thing, and "are" without a question.
  [
    rx(
      `(?:${clauseStart}|\\b(?:that|which|so|(?<!all )but) )(?:[Tt]he|[Tt]his|[Aa]n?|[Ee]ach|[Ee]very|[Yy]our|[Oo]ur) `,
      // "The two file are" is mended at the noun.
      `(?:(?!(?:two|three|four|five|six|several|many|few|both|other|various|multiple)\\b)${word} )?`,
      `(?<noun>${word}) (?<wrong>are|have|don['’]t)(?= (?!(?:the|you|we|they|your|i|users|people)\\b)[a-z])`,
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
      `(?<!\\b(?:of|in|from|for|with|to|on|by|and|or|within|inside|into|across|between|about|as|at|via|through|than|over) )\\b[Aa]n? (?:[a-z]+ )?(?<noun>${word}) (?:that|which) (?<wrong>do|${word}) `,
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
  // "all the supported language".
  [
    rx(
      '\\b[Aa]ll (?:of )?(?:the|these|those|your|our) (?:supported|available|existing|following|registered|installed|defined) ',
      `(?<wrong>${word})(?!,)${behindNoun}`,
    ),
    (noun) => (isOneThing(noun) && !isBaseForm(noun) && !ofAll.test(noun) ? pluralOf(noun) : undefined),
    'agreement',
  ],
];
