/**
 * Slips in the number of a noun or of the word before it: "This settings is", "Both of this methods", "two argument",
 * "another advantages". A pattern speaks only where it has no right reading; the classes of words were counted over
 * documentation (word-classes.ts).
 */
import {
  behindNoun,
  clauseStart,
  isMany,
  object,
  rx,
  sentenceStart,
  withCaseOf,
  word,
  type SlipPattern,
  definite,
} from './slip-pattern';
import {
  alsoBase,
  baseOfThird,
  bigNumbers,
  collections,
  isBaseForm,
  isOneThing,
  isOnlyVerb,
  oneOf,
  pluralOf,
} from './word-classes';

const other: Record<string, string> = { this: 'these', that: 'those', these: 'this', those: 'that' };
const otherNumber = (demonstrative: string): string => withCaseOf(other[demonstrative.toLowerCase()]!, demonstrative);

const isVerbOfOne = (verb: string): boolean =>
  /^(?:is|was|has)$/.test(verb) || isOnlyVerb(baseOfThird(verb.split(' ', 1)[0]!) ?? '');
/** Plurals that are verbs as often: "All of this points to". */
const alsoThird =
  /^(?:points|means|matters|results|needs|starts|ends|works|looks|counts|lists|types|forms|leads|turns|terms|releases)$/;
const onlyMany = (noun: string): boolean => isMany(noun) && !alsoThird.test(noun);
/** All of one thing: "all the existing context". */
const ofAll = /^(?:context|debt|code|text|space|input|output|list|work|history|documentation|language)$/;

export const numberSlips: readonly SlipPattern[] = [
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
      `(?:${sentenceStart}An?|(?<!\\b(?:component|group|option|type|class|node|step|lot) )\\ban?) (?<wrong>${word}s)${behindNoun}`,
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
      `(?:${definite})|`,
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
