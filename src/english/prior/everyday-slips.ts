/**
 * Slips of everyday sentences in the number and the form of verbs: "The list of platforms are", "Nobody know", "users
 * who has", "must to log in", "should never committed", "was been killed", "It suppose to". As in the other tables of
 * slips a pattern speaks only where its words have no right reading.
 */
import {
  asksForBase,
  clauseStart,
  isMany,
  object,
  rx,
  sentenceStart,
  toThird,
  withCaseOf,
  word,
  type SlipPattern,
  ofMany,
  ofOne,
} from './slip-pattern';
import {
  baseOfPast,
  baseOfThird,
  isBaseForm,
  isOneThing,
  isOnlyVerb,
  namesSeveral,
  participleOfBase,
} from './word-classes';

/** Things that hold several others and are one themselves. */
const holders =
  'list|table|file|page|folder|directory|section|name|path|size|order|content|description|documentation|structure|output|' +
  'value|version|format|location|length|purpose|type|status|state|database|history|source|behavior|behaviour|performance|' +
  'quality|complexity|implementation|installation|configuration|use|usage|execution|creation|addition|removal|handling';
const people =
  'users?|developers?|persons?|people|authors?|maintainers?|contributors?|customers?|colleagues?|reviewers?|admins?|' +
  'administrators?|readers?|writers?|programmers?|students?|teachers?|friends?|man|woman|men|women|anyone|someone|everyone|' +
  'somebody|anybody|everybody|nobody';
/** Somebody who only belongs to what the sentence speaks of: "certificates of the current user which have a key". */
const belongs = /\b(?:of|in|for|by|to|with|from|on) (?:the |an? |your |each |this )?(?:[a-z]+ )?$/;
/** Verbs that are nouns as often, so that only what follows shows a participle left out: "is load from the disk". */
const handled = 'pass|load|call|return|base|link|mark|mount|cache|store|list|save|send|build|write|connect|map';
const pastOnly: Record<string, string> = {
  went: 'gone',
  ran: 'run',
  came: 'come',
  became: 'become',
  wrote: 'written',
  took: 'taken',
  gave: 'given',
  began: 'begun',
  broke: 'broken',
  chose: 'chosen',
  spoke: 'spoken',
  forgot: 'forgotten',
  drove: 'driven',
  knew: 'known',
  threw: 'thrown',
  saw: 'seen',
};
const selfOf: Record<string, string> = {
  my: 'myself',
  your: 'yourself',
  it: 'itself',
  them: 'themselves',
  him: 'himself',
};

export const everydaySlips: readonly SlipPattern[] = [
  // "The list of supported platforms are".
  [
    rx(
      `${sentenceStart}(?:The|This|A|An|Your|Our) (?:[a-z]+ )?(?:${holders}) of (?:the |these |all |your |our )?(?:[a-z-]+ )?`,
      `(?<noun>${word}s) (?<wrong>are|were|have)(?= [a-z])(?![^.]*\\band (?:the|a|an|its|their) )`,
    ),
    (verb, { groups }) => (isMany(groups!.noun) ? ofOne[verb] : undefined),
    'agreement',
  ],
  // "The number of errors are", "A number of bugs was".
  [
    rx(`${clauseStart}[Tt]he (?:total )?number of (?:[a-z-]+ )?(?<noun>${word}s) (?<wrong>are|have)(?= [a-z])`),
    (verb, { groups }) => (isMany(groups!.noun) ? ofOne[verb] : undefined),
    'agreement',
  ],
  [
    rx(`${clauseStart}[Aa] (?:small |large )?number of (?:[a-z-]+ )?(?<noun>${word}s) (?<wrong>is|was|has)(?= [a-z])`),
    (verb, { groups }) => (isMany(groups!.noun) ? ofMany[verb] : undefined),
    'agreement',
  ],
  // "Changes made to this file is".
  [
    rx(
      `${sentenceStart}(?<noun>[A-Z][a-z]{2,}s) (?:made|stored|defined|created|listed|written|sent|saved|passed|used|set) `,
      `(?:to|in|by|on|with|at|from) (?:the|this|a|an|your|each) (?:[a-z-]+ )?(?<one>${word}) (?<wrong>is|was|has)(?= [a-z])`,
    ),
    (verb, { groups }) => (namesSeveral(groups!.noun!) ? ofMany[verb] : undefined),
    'agreement',
  ],
  // "users who has an account", not "one of the users who has".
  [
    rx(
      `(?<!-)\\b(?:[Uu]sers|[Dd]evelopers|[Pp]eople|[Aa]uthors|[Mm]aintainers|[Cc]ontributors|[Cc]ustomers|[Cc]olleagues|`,
      `[Rr]eviewers|[Aa]dmins|[Aa]dministrators|[Rr]eaders|[Ww]riters|[Pp]rogrammers|[Ss]tudents|[Tt]eachers|[Tt]hose|[Mm]embers) `,
      `who (?:also )?(?<wrong>is|was|has|doesn['’]t)(?= [a-z])`,
    ),
    (verb, { input, index }) =>
      /\b(?:[Oo]ne|[Ee]ach|[Ee]ither|[Nn]either|[Aa]nyone|[Ss]omeone) (?:of|among|from) [^.]*$/.test(
        input!.slice(0, index),
      )
        ? undefined
        : /^does/.test(verb)
          ? verb.replace('oes', 'o')
          : ofMany[verb],
    'agreement',
  ],
  // "The functions which is called": many at the head, and nothing else that it could be.
  [
    rx(`${sentenceStart}(?:The|These|All|All the) (?<noun>${word}s) (?:which|that) (?<wrong>is|was|has)(?= [a-z])`),
    (verb, { groups }) => (namesSeveral(groups!.noun!) ? ofMany[verb] : undefined),
    'agreement',
  ],
  // "Nobody know why", "Somebody have changed it".
  [
    rx(
      `${clauseStart}(?:[Ee]veryone|[Ee]verybody|[Nn]obody|[Ss]omebody|[Ss]omeone|[Nn]o one|[Ee]verything|[Nn]othing) `,
      `(?:else )?(?<wrong>have|${word})(?=[.;!]|$| (?:${object}|to|how|what|why|when|if|in|on|with|about|[a-z]+ed|been)\\b)`,
    ),
    (verb) => (verb === 'have' ? 'has' : isOnlyVerb(verb) ? toThird(verb) : undefined),
    'agreement',
  ],
  // "There's several things", "There are a lot of information".
  [
    rx(
      `\\b(?<wrong>[Tt]here['’]s)(?= (?:several|many|numerous|two|three|four|five|various) (?:[a-z-]+ )?(?<noun>${word}s)\\b)`,
    ),
    (words, { groups }) => (isMany(groups!.noun) ? `${words[0]!}here are` : undefined),
    'agreement',
  ],
  // "but it help.", "because it work".
  [
    rx(`\\b(?:but|because|since|so) it (?<wrong>${word})(?=[.,;!]|$)`),
    (verb) =>
      isBaseForm(verb) && !/^(?:set|put|let|hit|cut|read|become|come|run)$/.test(verb) ? toThird(verb) : undefined,
    'agreement',
  ],
  // "Does the user accepts".
  [
    rx(
      `\\b[Dd]o(?:es)? (?:the|this|that|your|our|a|an) (?<noun>${word}) (?<wrong>${word}s)(?=[.,?]|$| (?:${object}|to|in|on|with|from)\\b)`,
    ),
    (verb, { groups }) => {
      const base = baseOfThird(verb);
      return base !== undefined && isOneThing(groups!.noun!) && isOnlyVerb(base) ? base : undefined;
    },
    'verb-form',
  ],
  // "must to log in", "should to be".
  [
    rx(
      `(?<!\\b(?:a|the|free|his|their|its|good|ill|at|of) )\\b(?:must|should|would|might|shall|cannot) (?<wrong>to (?<verb>be|${word}))\\b`,
    ),
    (_, { groups }) => (groups!.verb === 'be' || isBaseForm(groups!.verb!) ? groups!.verb : undefined),
    'verb-form',
  ],
  // "should never committed", "will then created".
  [
    rx(
      `\\b(?:should|must|will|would|could|can|cannot) (?:never|always|then|also|only|now|not|first|later) `,
      `(?<wrong>[a-z]{2,}ed) (?=(?:${object}|[a-z]+s|to|in|into|from|on)\\b)`,
    ),
    (past) => {
      const base = baseOfPast(past);
      return base !== undefined && isOnlyVerb(base) ? base : undefined;
    },
    'verb-form',
  ],
  // "was been killed", "are been working".
  [
    /(?<![Tt]hat )\b(?<wrong>(?:is|are|was|were) been)(?= )/dg,
    (words) => (/^(?:are|were)/.test(words) ? 'have been' : 'has been'),
    'verb-form',
  ],
  // "He has went home", "have been ran".
  [
    rx(
      `\\b(?:[Hh]as|[Hh]ave|[Hh]ad|['’]ve)(?: (?:not|never|already|just|also|been|only|now|recently))? (?<wrong>${Object.keys(pastOnly).join('|')})\\b(?!-)`,
    ),
    (past) => pastOnly[past],
    'verb-form',
  ],
  [
    /\b(?:be|been|being|is|are|was|were) (?<wrong>ran)(?= (?:on|in|by|with|from|at|as|against|for|every|before|after|when)\b|[.,;!]|$)/dg,
    () => 'run',
    'verb-form',
  ],
  // "are then pass to the", "is load at startup".
  [
    rx(
      `\\b(?:is|are|was|were|be) (?:(?:then|also|not|automatically|always|only|now|first) )?(?<wrong>${handled})`,
      ' (?=(?:to|at|from|by|in|on|as|into) (?:the|an?|this|that|your|its|each|every|startup|runtime|build|default|memory|disk)\\b)',
    ),
    (base, { input, index }) =>
      /\b(?:how|why|where|that) $/i.test(input!.slice(0, index)) || asksForBase.test(input!.slice(0, index))
        ? undefined
        : participleOfBase(base),
    'verb-form',
  ],
  // "It suppose to return".
  [
    rx(
      `(?:${clauseStart}|\\b(?:and|but|that|what|because) )(?<who>[Ii]t|[Tt]his|[Tt]hat|[Hh]e|[Ss]he|[Yy]ou|[Ww]e|[Tt]hey) (?<wrong>suppose[ds]?) to\\b`,
    ),
    (_, { groups }) => (/^(?:you|we|they)$/i.test(groups!.who!) ? 'are supposed' : 'is supposed'),
    'verb-form',
  ],
  [
    rx(`${sentenceStart}(?:I|We|They|He|She) (?<wrong>use) to (?=(?:be|have|do|${word})\\b)`),
    () => 'used',
    'verb-form',
  ],
  // "For to install the package", "the button for to continue", not "what to wait for to determine".
  [
    rx(`(?<before>${sentenceStart}|\\b[a-z]+ )(?<wrong>[Ff]or to) (?=(?<verb>${word})\\b)`),
    (words, { groups }) => {
      const noun = groups!.before!.trim();
      const isBehindThing = noun === '' || /\W$/.test(noun) || noun === 'need' || isOneThing(noun) || isMany(noun);
      return isBehindThing && isBaseForm(groups!.verb!) ? withCaseOf('to', words) : undefined;
    },
    'extra-word',
  ],
  // "Not only it is faster": the verb comes first.
  [
    rx(
      `${sentenceStart}Not only (?<wrong>(?<who>it|this|he|she|they|we|you) (?<verb>is|are|was|were|does|do|can|will|has|have))(?= [a-z])`,
    ),
    (_, { groups }) => `${groups!.verb!} ${groups!.who!}`,
    'other',
  ],
  // "Could you tell me where is the file?": no question inside another sentence.
  [
    rx(
      `\\b(?:tell me|tell us|tell you|know|knows|explains?|understand|wonder|asked me|asks|shows? (?:you|me|us)|see|sure|idea|remember) (?:where|how|why|when) `,
      `(?<wrong>(?<verb>is|are|was|were) (?<who>(?:the|my|your|our|this|its) (?:[a-z-]+ ){0,2}${word}))(?=[.?!]|$)`,
    ),
    (_, { groups }) => `${groups!.who!} ${groups!.verb!}`,
    'other',
  ],
  [
    rx(
      `\\b(?:tell me|tell us|tell you|know|knows|explains?|understand|wonder|asked me|asks|shows? (?:you|me|us)|sure|remember) (?:where|how|why|when) `,
      `(?<wrong>does (?<who>(?:the|my|your|our|this|its) (?:[a-z-]+ )?${word}|it|this|that) (?<verb>${word}))(?=[.?!]|$)`,
    ),
    (_, { groups }) => (isBaseForm(groups!.verb!) ? `${groups!.who!} ${toThird(groups!.verb!)}` : undefined),
    'other',
  ],
  // "the developer which wrote this".
  [
    rx(
      `\\b(?<!-)(?:${people}) (?<wrong>which) (?=(?:is|are|was|were|has|have|had|can|could|will|would|wants?|needs?|uses?|made|wrote|did|does|do|[a-z]{2,}ed)\\b)`,
    ),
    (_, { input, index }) => (belongs.test(input!.slice(0, index)) ? undefined : 'who'),
    'confusable',
  ],
  [
    rx(
      '\\b(?<wrong>(?<whose>[Mm]y|[Yy]our|[Ii]t|[Tt]hem|[Hh]im) self)(?=[.,;:!?)]|$| (?:to|in|with|and|or|from|by|on|is|was|as|if|when|has|can|will)\\b)',
    ),
    (words, { groups }) => withCaseOf(selfOf[groups!.whose!.toLowerCase()]!, words),
    'spacing',
  ],
  // "works good".
  [
    rx(
      `\\b(?:works?|worked|working|went|goes|performs?|performed|behaves?|runs|plays) (?:really |very |pretty |quite )?(?<wrong>good)(?=[.,;!?]|$| (?:on|with|for|in|so|but|and|when|if)\\b)`,
    ),
    () => 'well',
    'confusable',
  ],
  // "since two years".
  [
    rx(
      `\\b(?<wrong>[Ss]ince) (?=(?:(?:over|about|more than|almost) )?(?:two|three|four|five|six|seven|eight|nine|ten|twelve|\\d+|many|several|a few|some|a couple of) (?:years|months|weeks|days|hours|minutes)\\b(?! ago| later| before| of\\b))`,
    ),
    (words) => withCaseOf('for', words),
    'preposition',
  ],
  // "less bugs": what is counted, not measured.
  [
    rx(`(?<!\\b(?:or|and|no|much|far) )\\b(?<wrong>[Ll]ess) (?=(?<noun>people|${word}s)\\b(?! than))`),
    (words, { groups }) =>
      groups!.noun === 'people' ||
      (isMany(groups!.noun) &&
        /^(?:bugs|files|errors|features|users|dependencies|options|steps|arguments|parameters|tests|requests|commits|changes|issues|warnings|problems|mistakes|questions|items|objects|functions|methods|classes|modules|packages|packets|queries|rows|columns|layers|nodes|threads|processes)$/.test(
          groups!.noun!,
        ))
        ? withCaseOf('fewer', words)
        : undefined,
    'confusable',
  ],
];
