/**
 * Slips of the sentences that guides and READMEs are made of: "Here is some examples", "Contributions is welcome",
 * "This PR add", "Currently it only work on", "this options is", "a tool who helps", "under MIT License". As in the
 * other tables of slips a pattern speaks only where its words have no right reading.
 */
import {
  clauseStart,
  isMany,
  object,
  rx,
  sentenceStart,
  toThird,
  withCaseOf,
  word,
  type SlipPattern,
  joining,
  samePast,
  ofMany,
} from './slip-pattern';
import { isBaseForm, isCounted, isOneThing, isOnlyVerb, isParticiple, manyOf, oneOf } from './word-classes';

/** Behind "is", and no name of a page: "Contributions is welcome", not "Settings is where". */
const saidOfMany =
  /^(?:welcome|available|optional|required|necessary|important|easy|slow|fast|valid|invalid|ready|empty|different|not|always|never|usually|also|still|only|too|very|possible|allowed)$/;
const things =
  'object|argument|value|server|tool|library|script|program|application|plugin|package|function|class|method|command|file|project|module|app|' +
  'extension|framework|service|component|website|site|bot|wrapper|utility|parser|feature|option';
/** An object whose sentence ends with it, so that no clause follows: "the table show the options.". */
const wholeObject = `(?= (?:the|an?|all|your) ${word}(?: ${word})?(?:[.,;:!]|$| (?:of|for|in|with|and|to|from)\\b))`;

export const guideSlips: readonly SlipPattern[] = [
  // "Here is some examples".
  [
    rx(
      `${sentenceStart}(?<wrong>Here is) (?=(?:some|several|a few|two|three|four|many|the|all the|our|my) `,
      `(?:[a-z-]+ )?(?<noun>${word}s)(?:[.:!]|$| (?:of|to|for|that|which|in|on|you|we|with)\\b))`,
    ),
    (_, { groups }) => (isMany(groups!.noun) ? 'Here are' : undefined),
    'agreement',
  ],
  // "These are the step to reproduce".
  [
    rx(
      `\\b[Tt]hese are (?:the|some|my|our) (?:[a-z]+ )?(?<wrong>${word})(?= (?:to [a-z]+|that|which|we|you|I)\\b|[.:]|$)`,
    ),
    (noun) => (isCounted(noun) || noun === 'step' ? manyOf(noun) : undefined),
    'agreement',
  ],
  // "Note that this options is deprecated": the verb says one.
  [
    rx(
      `(?<!\\b(?:of|for|in|with|by|on|from|to|all) )\\b(?<which>[Tt]his|[Tt]hat) (?<wrong>${word}s)(?= (?:is|was|has) [a-z])`,
    ),
    (noun, { input, index }) => (/\b(?:all|things?|what) $/.test(input!.slice(0, index)) ? undefined : oneOf(noun)),
    'agreement',
  ],
  // "Contributions is welcome".
  [
    rx(
      `${sentenceStart}(?<noun>(?!(?:Windows|Requests|Actions|Pages|Projects|Issues|Maps|Teams|Notes|Docs|Settings|Forms|Events|Metrics)\\b)[A-Z][a-z]{2,}s) (?<wrong>is|was)(?= (?<next>[a-z]+)\\b)`,
    ),
    (verb, { groups }) =>
      isMany(groups!.noun) && (saidOfMany.test(groups!.next!) || isParticiple(groups!.next!))
        ? ofMany[verb]
        : undefined,
    'agreement',
  ],
  // "This PR add a new option".
  [
    rx(`${clauseStart}(?:[Tt]his|[Tt]he|[Yy]our|[Oo]ur) [A-Z]{2,5} (?<wrong>${word})(?= (?:${object})\\b)`),
    (verb) => (isOnlyVerb(verb) && !samePast.test(verb) ? toThird(verb) : undefined),
    'agreement',
  ],
  // "The following table show the options."
  [
    rx(
      `${sentenceStart}(?:The|This) (?:(?:following|first|second|third|last|next|new|main|default|current|above|below) )?`,
      `(?<noun>${word}) (?<wrong>${word})${wholeObject}`,
    ),
    (verb, { groups }) =>
      isOneThing(groups!.noun!) && isBaseForm(verb) && !isOneThing(verb) && !samePast.test(verb)
        ? toThird(verb)
        : undefined,
    'agreement',
  ],
  // "By default the server listen on port 80."
  [
    rx(
      `${sentenceStart}(?:By default|Currently|Now|Then|Here|Finally|Usually|Sometimes|Optionally) (?:the|this|your|our) `,
      `(?<noun>${word}) (?<wrong>${word})(?= (?:${object}|to|on|in|at|with|from|for)\\b|[.,]|$)`,
    ),
    (verb, { groups }) =>
      isOneThing(groups!.noun!) && isOnlyVerb(verb) && !samePast.test(verb) ? toThird(verb) : undefined,
    'agreement',
  ],
  // "Currently it only work on Linux", not "make it only work".
  [
    rx(
      `(?:${clauseStart}|${sentenceStart}(?:Currently|Now|Then|Here),? |\\b(?:and|but|because|so|since) )[Ii]t `,
      `(?:only|also|just|still|always|never|currently|now|usually|often|automatically|then) (?<wrong>${word})`,
      `(?= (?:${object}|to|on|in|at|with|from|for|when|if|as|by|into)\\b|[.,]|$)`,
    ),
    (verb) => (isBaseForm(verb) && !samePast.test(verb) ? toThird(verb) : undefined),
    'agreement',
  ],
  // "It's possible that it take some minutes", not "require that it take".
  [
    rx(
      `\\b(?:possible|likely|unlikely|means|so|shows?|thinks?|knows?|believe|assume|guess|notice|noticed) that (?:it|he|she|this) `,
      `(?<wrong>${word})(?= (?:${object}|to|on|in|at|with|from|for|when|if|as|by|into)\\b|[.,]|$)`,
    ),
    (verb) => (isBaseForm(verb) && !samePast.test(verb) && !isOneThing(verb) ? toThird(verb) : undefined),
    'agreement',
  ],
  // "a bug where the cache were not cleared".
  [
    rx(
      `\\b(?:where|because|since|when) (?:the|this|an?) (?<noun>${word}) (?<wrong>were)(?= (?:not |never |already )?(?<next>[a-z]+)\\b)`,
    ),
    (_, { groups }) => (isOneThing(groups!.noun!) && isParticiple(groups!.next!) ? 'was' : undefined),
    'agreement',
  ],
  // "the first element that match."
  [
    rx(
      `(?<!\\b(?:${joining}) )`,
      `\\b[Tt]he (?:first|last|next|only) (?<noun>${word}) (?:that|which) (?<wrong>${word})(?= (?:${object})\\b|[.,;]|$)`,
    ),
    (verb, { groups }) =>
      isOneThing(groups!.noun!) && (isOnlyVerb(verb) || verb === 'match') && !samePast.test(verb)
        ? toThird(verb)
        : undefined,
    'agreement',
  ],
  // "between this two methods".
  [
    rx(`\\b(?<wrong>[Tt]his) (?=(?:two|three|four|five|six|seven|several) (?!times\\b)(?:[a-z]+ )?${word}s\\b)`),
    (words) => withCaseOf('these', words),
    'agreement',
  ],
  [
    rx(`\\b(?<wrong>[Mm]ultiples) (?=(?<noun>${word}s)\\b)`),
    (words, { groups }) => (isMany(groups!.noun) ? withCaseOf('multiple', words) : undefined),
    'agreement',
  ],
  // "a simple tool who helps".
  [
    rx(
      `\\b(?:${things}) (?<wrong>who) (?=(?:is|has|can|will|helps|allows|lets|makes|does|provides|takes|uses|should|must|[a-z]{3,}s)\\b)`,
    ),
    () => 'that',
    'confusable',
  ],
  [
    rx(`${sentenceStart}(?<wrong>There) (?=(?:a lot of|many|several|some|two|three) [a-z]+)`),
    () => 'There are',
    'missing-word',
  ],
  [
    /\b(?<wrong>under)(?= (?:MIT|Apache|BSD|GPL|GNU|LGPL|AGPL|MPL|ISC)(?:[- ][\dv.]+)?(?:[- ]Clause)? [Ll]icen[sc]e\b(?!s))/dg,
    () => 'under the',
    'article',
  ],
  [
    /\b(?:run|runs|running|available|listen|listens|listening|start|starts|started|served|exposed|accessible) (?<wrong>in)(?= port \d)/dg,
    () => 'on',
    'preposition',
  ],
  [
    /\b(?:[Cc]ompatible|incompatible) (?<wrong>to)(?= (?:the|other|older|newer|all|any|most|previous|existing|both|[A-Z]\w+)\b)/dg,
    () => 'with',
    'preposition',
  ],
];
