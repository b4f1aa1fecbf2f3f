/**
 * Apostrophes that the words around them decide: "its possible to", "as it's first argument", "the new API's are",
 * "what get's printed", "you application will". As in grammar-slips.ts a pattern speaks only where it has no right
 * reading.
 */
import {
  behindNoun,
  clauseStart,
  isMany,
  object,
  rx,
  sentenceStart,
  word,
  type Correct,
  type SlipPattern,
} from './slip-pattern';
import { thirdPerson } from './verb-forms';
import { isBaseForm, isOneThing, isOnlyVerb, oneOf } from './word-classes';

const isThing = (noun: string): boolean => isOneThing(noun) || oneOf(noun) !== undefined;
const itIs: Correct = (its) => `${its[0]!}t's`;
const beforeItIs = `(?:${clauseStart}|, |\\b(?:and|but|that|whether|as|so|now|[Nn]ow|[Oo]ftentimes|[Oo]ften|[Ss]ometimes) )`;
/** What is said of "it", and hardly of what "it" has. */
const said =
  'possible|impossible|likely|unlikely|recommended|necessary|useful|helpful|important|easy|easier|hard|harder|difficult|' +
  'worth|better|clear|safe|common|advisable|fine|okay|true|called|named|used|supposed|meant|designed|intended|based';
const degree =
  'extremely|sometimes|usually|often|always|just|already|really|currently|still|probably|also|very|much|quite|more|now|only';
const severalOf =
  'these|those|most|many|other|new|all|some|several|different|both|multiple|various|public|private|two|three';

export const apostropheSlips: readonly SlipPattern[] = [
  // "youd like it", "Fun wasn;t it?"
  [
    /\b(?<wrong>(?<who>[Yy]ou|[Tt]hey|[Ii]t|[Tt]hat)d)(?= [a-z])/dg,
    (_, { groups }) => `${groups!.who}'d`,
    'punctuation',
  ],
  [
    /\b(?<wrong>(?<verb>(?:[Ww]as|[Ii]s|[Aa]re|[Dd]o|[Dd]oes|[Dd]id|[Cc]ould|[Ww]ould|[Ss]hould|[Hh]ave|[Hh]as|[Hh]ad|[Ww]ere|[Cc]a|[Ww]o)n);t)\b/dg,
    (_, { groups }) => `${groups!.verb}'t`,
    'punctuation',
  ],
  [rx(`${beforeItIs}(?<wrong>[Ii]ts) (?=been [a-z]+)`), itIs, 'confusable'],
  [
    rx(
      `${beforeItIs}(?<wrong>[Ii]ts) (?=(?:(?:${degree}) )?(?:${said}) (?:to|that|for|if|when|a|an|you|we|by|in|as|on)\\b)`,
    ),
    itIs,
    'confusable',
  ],
  [
    rx(`${beforeItIs}(?<wrong>[Ii]ts) (?=(?:(?:${degree}) )?(?<verb>[a-z]{3,}ing) (?:the|an?|your|this|it|you)\\b)`),
    itIs,
    'confusable',
  ],
  // "Its' fine", "and its' value": the word has no such form.
  [
    rx(
      `(?<!(?:^|[ (])['‘][^'‘’]{0,80})(?<wrong>\\b[Ii]ts['’]) `,
      `(?=(?:(?:${degree}) )?(?:(?:${said})(?:[.,;:!?)]|$| [a-z])|(?:not|an?|the|been|going)\\b))`,
    ),
    (its) => `${its.slice(0, 2)}${its.at(-1)!}s`,
    'punctuation',
  ],
  [
    rx(
      `(?<!(?:^|[ (])['‘][^'‘’]{0,80})(?<wrong>\\b[Ii]ts['’]) (?=(?:(?:own|new|old|first|last|default|current) )?(?<noun>${word})\\b${behindNoun})`,
    ),
    (its, { groups }) => (isThing(groups!.noun!) || isMany(groups!.noun!) ? its.slice(0, 3) : undefined),
    'punctuation',
  ],
  // "as it's first argument", "ignore it's value".
  [
    rx(
      "\\b(?:as|ignores?|use|uses|not|changes?|sets?|gets?|returns?|reads?|about|into|to|inside|and|or) (?<wrong>it['’]s) ",
      `(?=(?:first|second|third|last|own|intended|entire|original|current|parent|default|initial|actual|full|new|internal) `,
      `(?<noun>${word})\\b${behindNoun.replace('|is|', '|')})`,
    ),
    (_, { groups }) => (isThing(groups!.noun!) ? 'its' : undefined),
    'confusable',
  ],
  // "the new API's are": more than one, and nothing that they own.
  [
    rx(
      `\\b(?:[A-Z]{2,5})(?<wrong>['’]s)(?=[.,;:)](?: |$)|$| (?:are|were|have|that|which|like|such|into|and|or|do|don['’]t) )`,
    ),
    () => 's',
    'punctuation',
  ],
  [rx(`\\b(?:${severalOf}) (?:[a-z]+ )?[A-Z]{2,5}(?<wrong>['’]s)${behindNoun}`), () => 's', 'punctuation'],
  // "what get's printed".
  [
    rx(`\\b(?:it|that|which|what|who) (?<wrong>(?<verb>${word})['’]s)(?= [a-z])`),
    (_, { groups }) =>
      (isOnlyVerb(groups!.verb!) || groups!.verb === 'get') && !/^(?:let|see|put)$/.test(groups!.verb!)
        ? thirdPerson(groups!.verb!)
        : undefined,
    'punctuation',
  ],
  // "what you application will do".
  [
    rx(
      `(?:${sentenceStart}|, |\\b(?:if|when|whether|because|so|how|where|until|once|while) )(?<wrong>[Yy]ou) `,
      `(?=(?<noun>${word}) (?:is|are|will|can|has|have|does|should|must|may|might|needs)\\b)`,
    ),
    (you, { groups }) =>
      isThing(groups!.noun!) && !isBaseForm(groups!.noun!) && !/^(?:guy|people|two)s?$/.test(groups!.noun!)
        ? `${you}r`
        : undefined,
    'confusable',
  ],
  [rx(`\\b(?:to|can|will|must|should|could) (?<wrong>user) (?=(?:${object})\\b)`), () => 'use', 'spelling'],
];
