/**
 * Slips in the form of a verb that its class tells: "can easily adds", "will be use", "The team have decide to",
 * "when use this option", "to installs". A pattern speaks only where it has no right reading.
 */
import { adverb, modal, object, rx, sentenceStart, toThird, word, type SlipPattern } from './slip-pattern';
import { thirdPerson } from './verb-forms';
import {
  baseOfContinuous,
  baseOfPast,
  baseOfThird,
  continuousOf,
  isBaseForm,
  isOnlyVerb,
  participleOfBase,
} from './word-classes';

/** Verbs that nothing is done to: "will be appear" lacks no participle. */
const intransitive = new Set(
  'appear arise belong consist continue depend emerge exist happen interact occur remain rely begin become'.split(' '),
);

/** Said of a thing as they are: "The headers are present in the file". */
const adjectives =
  /^(?:present|exempt|open|close|complete|clean|clear|alert|live|secure|welcome|free|correct|direct|separate|subject|corrupt)$/;

/** A participle that differs from its base: "run" and "set" are both. */
function participle(base: string): string | undefined {
  const form = participleOfBase(base);
  return form === base || adjectives.test(base) ? undefined : form;
}
const done = (base: string): string | undefined =>
  isOnlyVerb(base) && !intransitive.has(base) ? participle(base) : undefined;
const onlyVerbOfThird = (verb: string): string | undefined => {
  const base = baseOfThird(verb);
  return base !== undefined && isOnlyVerb(base) ? base : undefined;
};
const baseBehind = (past: string): string | undefined => {
  const base = baseOfPast(past);
  return base === past ? undefined : base;
};

export const verbFormSlips: readonly SlipPattern[] = [
  // "You can easily adds", "will automatically creates".
  [rx(`\\b${modal} (?:not )?${adverb} (?<wrong>${word}s)(?= )`), onlyVerbOfThird, 'verb-form'],
  [
    rx(`\\b(?:can|could|would|should|must|will) (?<wrong>${word}s)(?= (?:${object}|[a-z]+s)\\b)`),
    onlyVerbOfThird,
    'verb-form',
  ],
  // "will first chose", "has fires its".
  [
    rx(
      `\\b(?:can|could|would|should|must|will) (?:first |then |also |always |only )?(?<wrong>(?<! (?:can|could|would|should|must|will) )chose|took|gave|wrote|ran|went|made|broke|began|saw|knew)\\b`,
    ),
    (past) => baseOfPast(past) ?? { ran: 'run', went: 'go' }[past],
    'verb-form',
  ],
  [
    rx(`\\b(?:has|have|had) (?<wrong>${word}s) (?=(?:the|its|their|your|an?|it|them)\\b)`),
    (verb) => {
      const base = onlyVerbOfThird(verb);
      return base === undefined ? undefined : participleOfBase(base);
    },
    'verb-form',
  ],
  // "want to adds", "to installs the".
  [
    rx(
      `\\b(?<!\\b(?:up|due|access|according|related|similar|refers?|relative|respect|prior) )[Tt]o (?<wrong>${word}s) (?=(?:the|an?|your|its|their|it|them|all|any|this)\\b)`,
    ),
    onlyVerbOfThird,
    'verb-form',
  ],
  // "want to used the".
  [
    rx(
      '\\b(?:want|wants|need|needs|try|trying|like|able|order|how|going|easy|possible|allowed|recommended|have) to ',
      `(?<wrong>${word}) (?=(?:${object}|in|on|with|from|by)\\b)`,
    ),
    (past) => (/ed$/.test(past) && isOnlyVerb(baseOfPast(past) ?? '') ? baseBehind(past) : undefined),
    'verb-form',
  ],
  // "will created the".
  [
    rx(`\\b(?:could|would|should|must|will|cannot) (?:not |also |only )?(?<wrong>[a-z]{2,}ed) (?=(?:${object})\\b)`),
    (past) => (isOnlyVerb(baseOfPast(past) ?? '') ? baseBehind(past) : undefined),
    'verb-form',
  ],
  // "The team have decide to".
  [
    rx(
      `\\b(?:[Hh]as|[Hh]ave|[Hh]ad)(?: (?:not|also|already|never|just|only|now|recently))? (?<wrong>${word}) `,
      '(?=(?:to|that|from|into|by)\\b)',
    ),
    (base, { input, index }) =>
      base !== 'have' && !/n['’]t $|\b(?:not|to) $/.test(input!.slice(0, index)) && isOnlyVerb(base)
        ? participle(base)
        : undefined,
    'verb-form',
  ],
  [rx(`\\b(?:has|have|had) been (?:also |already )?(?<wrong>${word})\\b(?!-)`), done, 'verb-form'],
  // "must be install", "will be use".
  [
    rx(
      '\\b(?:can|could|will|would|should|must|may|might|to|cannot|not) be (?:(?:also|then|now|only|easily|automatically) )?',
      // "There will be pass timings", "be eclipse attacked": a noun that names the next word.
      `(?<wrong>${word})(?=[.,;:!?)]|$| (?:${object}|to|in|on|by|at|from|with|for|as|when|if|before|after|and|instead|later|via|into|using|without|because|so|than|[a-z]+ly)\\b)`,
    ),
    // "to be conform with": no participle is meant.
    (base) => (base === 'have' || base === 'conform' ? undefined : done(base)),
    'verb-form',
  ],
  // "are store in", "is generate by".
  [rx(`\\b(?:are|were) (?<wrong>${word}) (?=(?:in|by|on|at|from|as|into|when|if|before|after)\\b)`), done, 'verb-form'],
  [
    rx(`\\b(?:are|were) (?<wrong>${word}) (?=(?:in|by|from|as|into) (?:the|an?|your|this|each)\\b)`),
    (base) => (isBaseForm(base) && !intransitive.has(base) ? participle(base) : undefined),
    'verb-form',
  ],
  [rx(`\\b(?:is|was|being) (?<wrong>${word}) (?=by (?:the|an?|default|this|your|our)\\b)`), done, 'verb-form'],
  [
    rx(
      '\\b(?:data|values?|files?|settings?|information) (?:is|are|was|were) (?<wrong>store|cache|handle|save|fetch|share) (?=(?:in|on|by|as|at)\\b)',
    ),
    participle,
    'verb-form',
  ],
  [
    /\b[Ww](?:ill|ould) be (?<wrong>use)(?=[.,;]|$| (?:to|as|for|in|by|when|if|instead)\b)/dg,
    () => 'used',
    'verb-form',
  ],
  [/\b(?:has|have|had) (?<wrong>being)(?= [a-z]+(?:ed|en|wn)\b)/dg, () => 'been', 'verb-form'],
  // "is consist of", "is depend on".
  [
    /\b(?<wrong>(?<be>is|are) (?<verb>consist|depend|belong|exist|rely))(?= (?:of|on|to|in|only)\b)/dg,
    (_, { groups }) => (groups!.be === 'is' ? thirdPerson(groups!.verb!) : groups!.verb),
    'verb-form',
  ],
  // "Did you tried", "did not worked", "does not worked".
  [
    rx(
      "\\b(?:[Dd]id(?: (?:you|it|he|she|we|they|not))|[Dd]oes not|[Dd]o not|(?:[Dd]id|[Dd]o|[Dd]oes)n['’]t)",
      `(?: (?:ever|already|not|actually|really))? (?<wrong>${word})\\b`,
    ),
    (past) => (past === 'set' || past === 'found' ? undefined : baseBehind(past)),
    'verb-form',
  ],
  [
    rx(`\\b(?:[Dd]oes|[Dd]id) (?:it|this|he|she|that|anyone|everything) (?<wrong>${word}s)\\b`),
    baseOfThird,
    'verb-form',
  ],
  // "when use this option", "without install anything".
  [
    rx(
      '\\b(?<before>[Ww]hen|[Ww]hile|[Bb]efore|[Aa]fter|[Bb]y|[Ww]ithout|[Ii]nstead of|[Ff]or) ',
      `(?<wrong>${word}) (?=(?:the|an?|this|these|your|its|any|all|it|them|anything|something|new)\\b)`,
    ),
    (base, { input, index }) =>
      // "For use the" is rare, and "after use the" lacks a comma.
      isOnlyVerb(base) || (base === 'use' && /^(?:when|while|by|without|instead)/i.test(input!.slice(index)))
        ? continuousOf(base)
        : undefined,
    'verb-form',
  ],
  // "look forward to hear from".
  [
    rx(`\\b(?:look|looks|looking|looked) forward to (?<wrong>${word}) (?=(?:from|the|a|your|you|it|this|with)\\b)`),
    (base) => (isBaseForm(base) ? continuousOf(base) : undefined),
    'verb-form',
  ],
  [
    /\b(?:[Ii]s|[Aa]re|was|were|be) (?:highly |strongly |also |not )?(?<wrong>recommend)(?= (?:to|that|for|by)\b)/dg,
    () => 'recommended',
    'verb-form',
  ],
  // "We recommend to use", "avoid to call".
  [
    rx(
      '(?<!\\b(?:(?:is|are|was|were|be)(?: not)?|highly|strongly|also) )\\b(?:[Rr]ecommends?|(?<!to )[Aa]voids?|[Ss]uggests?|(?:[Pp]lease|should|can|could|may|might|to) consider|Consider) ',
      `(?<wrong>to (?<verb>${word}))\\b`,
    ),
    (_, { groups }) => (isBaseForm(groups!.verb!) ? continuousOf(groups!.verb!) : undefined),
    'verb-form',
  ],
  // "succeeded to load", "capable to run", "responsible to keep".
  [
    rx(`\\b(?:[Ss]ucceed(?:s|ed)?) (?<wrong>to (?<verb>${word}))\\b`),
    (_, { groups }) => (isBaseForm(groups!.verb!) ? `in ${continuousOf(groups!.verb!)}` : undefined),
    'verb-form',
  ],
  [
    rx(`\\b[Cc]apable (?<wrong>to (?<verb>${word}))\\b`),
    (_, { groups }) => (isBaseForm(groups!.verb!) ? `of ${continuousOf(groups!.verb!)}` : undefined),
    'verb-form',
  ],
  // "lets you to create".
  [
    rx(`\\b(?:[Ll]ets?|[Mm]akes?) (?:you|us|them|it|me) (?<wrong>to (?<verb>${word}))\\b`),
    (_, { groups, input, index }) =>
      isBaseForm(groups!.verb!) && !/\bit /.test(input!.slice(index!, index! + 10)) ? groups!.verb : undefined,
    'verb-form',
  ],
  // "can to use".
  [
    rx(`\\b(?:[Yy]ou|[Ww]e|[Tt]hey|[Ii]t|[Uu]sers) (?:can|could|must|should|cannot) (?<wrong>to (?<verb>${word}))\\b`),
    (_, { groups, input, index }) =>
      // "Do what you can to help".
      isBaseForm(groups!.verb!) &&
      !/\b(?:what|that|everything|all|anything|best|than|as|which) $/.test(input!.slice(0, index))
        ? groups!.verb
        : undefined,
    'verb-form',
  ],
  // "If you want use the".
  [
    rx(`\\b(?:[Yy]ou|[Ww]e|[Tt]hey|I|[Uu]sers) (?<wrong>want|wish|need) (?=(?<verb>${word}) (?:${object})\\b)`),
    (want, { groups }) => (isOnlyVerb(groups!.verb!) ? `${want} to` : undefined),
    'missing-word',
  ],
  // "allows to configure".
  [
    rx(`\\b(?<wrong>allows?|enables?|permits?) (?=to (?<verb>${word}) (?:${object})\\b)`),
    (allows, { groups, input, index }) =>
      isOnlyVerb(groups!.verb!) && !/\b(?:not|is|are|be|was|to) $/.test(input!.slice(0, index))
        ? `${/\b(?:[Tt]his|[Ii]t|[Tt]hat) $/.test(input!.slice(0, index)) ? toThird(allows.replace(/s$/, '')) : allows} you`
        : undefined,
    'missing-word',
  ],
  // "It's allows you".
  [
    rx(`${sentenceStart}(?<wrong>It['’]s|Its) (?=(?<verb>${word}s) (?:${object})\\b)`),
    (_, { groups }) => (onlyVerbOfThird(groups!.verb!) === undefined ? undefined : 'It'),
    'verb-form',
  ],
  // "to made the": a past that is nothing else.
  [
    /\b[Tt]o (?<wrong>made|ran|wrote|took|gave|went|did|chose|broke|knew|threw|saw|began|came|became|forgot|drew|grew)\b(?!-)/dg,
    (past) => baseOfPast(past) ?? { ran: 'run', did: 'do', went: 'go', came: 'come' }[past],
    'verb-form',
  ],
  // "In order to using", "want to using".
  [
    rx(`\\b(?:[Ii]n order|want|wants|need|needs|able|trying|try|how) to (?<wrong>[a-z]{2,}ing) (?=(?:${object})\\b)`),
    (continuous) => baseOfContinuous(continuous),
    'verb-form',
  ],
  // "able of detecting".
  [
    rx(`\\b(?:able|unable) (?<wrong>of (?<verb>[a-z]{2,}ing))\\b`),
    (_, { groups }) => {
      const base = baseOfContinuous(groups!.verb!);
      return base === undefined ? undefined : `to ${base}`;
    },
    'verb-form',
  ],
  [/\b(?:is|are|was|were|be|been|as) (?<wrong>showed)\b/dg, () => 'shown', 'verb-form'],
  [
    /\b(?:is|are|was|were|be) (?<wrong>separate)(?= by (?:an?|commas?|spaces?|the|blank)\b)/dg,
    () => 'separated',
    'verb-form',
  ],
];
