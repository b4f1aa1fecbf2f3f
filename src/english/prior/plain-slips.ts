/**
 * Slips of plain sentences, in letters and reports as much as in documentation: "This allow us", "The servers is", "the
 * house were we live", "costs to much", "the oven breaked", "I seen", "a log witch shows". As in the other tables of
 * slips a pattern speaks only where its words have no right reading.
 */
import { modals } from '../words';
import {
  adverb,
  as,
  isMany,
  toThird,
  clauseStart,
  object,
  rx,
  withCaseOf,
  word,
  type SlipPattern,
  ofMany,
  ofOne,
} from './slip-pattern';
import {
  baseOfThird,
  isBaseForm,
  isOneThing,
  isOnlyVerb,
  namesSeveral,
  oneOf,
  overRegular,
  pluralOf,
} from './word-classes';

/** The verb of the other number; what follows it ("n't", " not") stays. */
const renumbered = (verb: string, forms: Readonly<Record<string, string>>): string | undefined => {
  const [, base, rest] = /^(\p{L}+?)(n['’]t| not)?$/u.exec(verb) ?? [];
  return base !== undefined && forms[base] !== undefined ? `${forms[base]}${rest ?? ''}` : undefined;
};
/** Their past is the same as their base: "It put them". */
const samePast = /^(?:put|let|set|read|hit|become|come|cut|cost|quit|shut|be|have|do)$/;
/** Plurals that name one thing: "The settings is a page" may be meant, "The basics is" is a heading's name. */
const oneByName =
  /^(?:settings|basics|docs|options|graphics|analytics|metrics|statistics|contents|preferences|dynamics|means|odds|works)$/;
/** After these a bare verb is right: "make the problem still persist", "does the problem still persist". */
const bareVerbBefore = new RegExp(
  `\\b(?:${[...modals].join('|')}|do|does|did|don['’]t|doesn['’]t|didn['’]t|lets?|makes?|made|helps?|see|sees|have|has|had|require|requires|that|to|and|or|cannot|can['’]t|won['’]t)\\b`,
  'i',
);
/** The four words before a match. */
const wordsBefore = (input: string, index: number): string => input.slice(0, index).split(' ').slice(-5).join(' ');
const isQuestion = (input: string): boolean => /\?["')*_]*$/.test(input);
/** Counted, and measured as well: "the amount of tokens to burn". */
const measured = /^(?:resources|tokens|funds|coins|bits|bytes|fees|shares|cycles|tasks|works)$/;
/** A noun behind these belongs to another phrase: "The options set by this command only apply". */
const preposition = /\b(?:of|in|by|for|with|to|on|from|at|as|and|or|than|into|through|via|about)(?: [a-z]+)? $/;
/** One thing was spoken of. */
const goesOnWithIt = /\b(?:and|but) it (?:is|was|has|does|can|will)\b/;
const short =
  'early|easy|fast|slow|big|small|old|new|high|low|cheap|clean|late|large|long|short|hard|strong|weak|quick|light|heavy|deep|close|wide|safe|smart|young|simple';

const comparative = (adjective: string): string =>
  /[^aeiou]y$/.test(adjective)
    ? `${adjective.slice(0, -1)}ier`
    : adjective.endsWith('e')
      ? `${adjective}r`
      : /^big$/.test(adjective)
        ? 'bigger'
        : `${adjective}er`;

export const plainSlips: readonly SlipPattern[] = [
  // "This allow us to": a verb that is a noun too needs somebody behind it ("This call the client makes").
  [
    rx(
      `${clauseStart}(?:This|It|[Tt]his|[Ii]t) (?:${adverb} )?(?<wrong>${word})`,
      `(?= (?:(?<whom>us|you|me|them|him|users|people|it)|${object}|to|that|in|on|with|from)\\b)`,
    ),
    (verb, { groups }) =>
      (isOnlyVerb(verb) || (isBaseForm(verb) && groups!.whom !== undefined)) && !samePast.test(verb)
        ? toThird(verb)
        : undefined,
    'agreement',
  ],
  // "The servers is up and it has two workers": what follows speaks of one.
  [
    rx(`${clauseStart}(?:[Tt]he|[Yy]our|[Oo]ur|[Mm]y) (?<wrong>${word}s) (?:is|was|has) `, '(?=[a-z])'),
    (noun, { input }) => (oneByName.test(noun) || !goesOnWithIt.test(input!) ? undefined : oneOf(noun)),
    'agreement',
  ],
  // "The servers is down", "The tests doesn't run".
  [
    rx(
      `${clauseStart}(?:[Tt]he|[Tt]hese|[Tt]hose|[Yy]our|[Oo]ur|[Mm]y|[Aa]ll|[Bb]oth) (?<noun>${word}s) `,
      "(?<wrong>(?:is|was|has|does)(?:n['’]t| not)?)(?= (?!(?:the|a|an|what|how|why|where) )[a-z])",
    ),
    (verb, { groups, input }) =>
      namesSeveral(groups!.noun!) && !oneByName.test(groups!.noun!) && !isQuestion(input!) && !goesOnWithIt.test(input!)
        ? renumbered(verb, ofMany)
        : undefined,
    'agreement',
  ],
  // "One of the tests are slow", "Each of the steps have a name".
  [
    rx(
      `(?:${clauseStart}|\\b(?:that|and|but|so) )(?:[Oo]ne|[Ee]ach|[Ee]ither|[Nn]either) of (?:the|these|those|our|your|my|its|their) `,
      `(?:two |other |new )?(?<noun>${word}s) (?<wrong>(?:are|were|have|do)(?:n['’]t| not)?)(?= [a-z])`,
    ),
    (verb, { groups, input }) => (isMany(groups!.noun) && !isQuestion(input!) ? renumbered(verb, ofOne) : undefined),
    'agreement',
  ],
  [
    rx(
      `(?:${clauseStart}|\\b(?:and|but|so) )(?:[Oo]ne|[Ee]ach) of (?:the|these|those|our|your|my) (?<noun>${word}s) `,
      `(?<wrong>${word})(?=[.;!]|$| (?:${object}|in|on|with|to|when|if|because)\\b)`,
    ),
    (verb, { groups }) =>
      isMany(groups!.noun) && isBaseForm(verb) && !samePast.test(verb) ? toThird(verb) : undefined,
    'agreement',
  ],
  // "One of the test fail": both words of it.
  [
    rx(`\\b[Oo]ne of (?:the|these|those|our|your|my) (?<wrong>(?<noun>${word}) (?<verb>${word}))(?=[.!]|$)`),
    (_, { groups }) =>
      isOneThing(groups!.noun!) && isBaseForm(groups!.verb!) && !isOneThing(groups!.verb!)
        ? `${pluralOf(groups!.noun!)} ${toThird(groups!.verb!)}`
        : undefined,
    'agreement',
  ],
  // "if the problem still persist".
  [
    rx(
      `\\b(?:[Tt]he|[Tt]his|[Aa]n?|[Mm]y|[Yy]our|[Oo]ur|[Ii]ts|[Ee]ach|[Ee]very) (?<noun>${word}) `,
      '(?:still|always|never|often|usually|sometimes|now|already|only|even|actually|currently) ',
      `(?<wrong>${word})(?=[.,;!]|$| (?:${object}|to|in|on|with|from|for|after|when|if|because)\\b)`,
    ),
    (verb, { groups, input, index }) =>
      isOneThing(groups!.noun!) &&
      isOnlyVerb(verb) &&
      !isQuestion(input!) &&
      !preposition.test(input!.slice(0, index)) &&
      !bareVerbBefore.test(wordsBefore(input!, index!))
        ? toThird(verb)
        : undefined,
    'agreement',
  ],
  // "you can runs one": behind a pronoun and its modal stands a verb, though it is a noun elsewhere.
  [
    rx(
      `\\b(?:[Yy]ou|[Ww]e|[Tt]hey|[Ii]t|[Hh]e|[Ss]he|I) (?:can|could|would|should|must|will|may|might|cannot) `,
      `(?:${adverb} )?(?<wrong>${word}s)(?= (?:${object}|one|to|on|in|with|for|from)\\b|[.,;!]|$)`,
    ),
    (verb) => baseOfThird(verb),
    'verb-form',
  ],
  // "when I clicks on it".
  [
    rx(
      `(?:${clauseStart}|\\b(?:when|if|and|but|that|because|before|after) )I (?:${adverb} )?(?<wrong>${word}s)(?= (?:${object}|on|to|in|my)\\b)`,
    ),
    (verb) => baseOfThird(verb),
    'agreement',
  ],
  // "the folder were you saved it", not "Which file were you editing?".
  [
    rx(
      `\\b(?:the|a|an|this|that|each|every|your|our|my) (?:[a-z]+ )?(?<noun>${word}) (?<wrong>were) (?=(?:we|you|they|I)\\b)`,
    ),
    (_, { groups, input }) => (isOneThing(groups!.noun!) && !isQuestion(input!) ? 'where' : undefined),
    'confusable',
  ],
  [/, (?<wrong>accept)(?= (?:that|for|when|if|on|in|by)\b)/dg, as('except'), 'confusable'],
  [
    /\b(?:costs?|cost|takes?|took|uses?|used|needs?|spends?|spent|eats?|consumes?|asks?|is|are|was|were|far|way|got|gets?) (?<wrong>to)(?= (?:much|many)\b(?!-))/dg,
    as('too'),
    'confusable',
  ],
  [
    /\b(?<wrong>witch)(?= (?:is|are|was|were|can|will|has|have|we|you|they|it|shows?|means?|makes?|causes?|contains?|allows?|leads?|should|must|may)\b)/dg,
    as('which'),
    'confusable',
  ],
  [
    /\b(?<wrong>[Ii]nsures?)(?= that\b)/dg,
    (verb) => withCaseOf(verb.toLowerCase().replace('in', 'en'), verb),
    'confusable',
  ],
  [
    /\b(?:did|does|do)(?:n['’]t| not) (?:even |ever )?(?<wrong>found)\b(?! (?:a|an) (?:company|club))/dg,
    as('find'),
    'verb-form',
  ],
  // "I seen it", not "have I seen it".
  [
    /(?:^|[.!?;,] |\b(?:and|but|because|that|when|what|where|if) )(?:I|[Ww]e|[Yy]ou|[Tt]hey) (?<wrong>seen|done|went)(?= (?:the|a|an|it|this|that|these|those|some|my|your|our|in|on)\b)/dg,
    (verb) => ({ seen: 'saw', done: 'did' })[verb],
    'verb-form',
  ],
  [
    /(?<!\b(?:same|as|such) )(?<![-\w`])(?<wrong>[Aa]n? the)(?= [a-z])/dg,
    (words) => withCaseOf('the', words),
    'extra-word',
  ],
  [
    rx(`\\b(?<wrong>[Mm]ore (?<adjective>${short}))(?= than\\b|[.;!]|$)`),
    (words, { groups }) => withCaseOf(comparative(groups!.adjective!), words),
    'other',
  ],
  [
    rx(
      `\\b(?:[Tt]he|[Aa]n?|[Ll]arge|[Ss]mall|[Bb]ig|[Hh]uge|[Tt]otal) (?<wrong>amount) of (?<noun>${word}s)(?=[.,;:!?)]|$| (?:that|which|is|are|in|on|with|to|you|we|can|will)\\b)`,
    ),
    (_, { groups }) => (isMany(groups!.noun) && !measured.test(groups!.noun!) ? 'number' : undefined),
    'other',
  ],
  // "the oven breaked", "it has catched": a past made as of a regular verb.
  [
    rx(`(?<before>(?:\\b[a-z']+ ){0,2})(?<![\\w-])(?<wrong>${word}ed)\\b`),
    (verb, { groups }) => {
      const forms = overRegular(verb);
      if (forms === undefined) return undefined;
      return /\b(?:is|are|was|were|be|been|being|has|have|had|gets?|got|'ve)\b/.test(groups!.before!)
        ? forms.participle
        : forms.past;
    },
    'verb-form',
  ],
];
