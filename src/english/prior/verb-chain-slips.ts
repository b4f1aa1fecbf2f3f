/**
 * Slips in what stands behind an auxiliary, a "to" or a preposition: "will asks for", "you can seen", "you can also
 * using", "you have install", "has been test on", "free to opening", "before to start". As in the other tables of
 * slips a pattern speaks only where its words have no right reading.
 */
import { object, rx, sentenceStart, withCaseOf, word, type SlipPattern } from './slip-pattern';
import {
  baseOfContinuous,
  baseOfThird,
  continuousOf,
  irregularVerbs,
  isBaseForm,
  isOnlyVerb,
  participleOfBase,
} from './word-classes';

const person = '(?:[Yy]ou|[Ww]e|[Tt]hey|I|[Uu]sers|[Ii]t|[Hh]e|[Ss]he)';
const auxiliary = '(?:can|could|will|would|should|must|may|might|cannot|can not)';
const between = '(?:(?:also|then|now|only|just|even|first|simply|easily|always|not) )?';
/** Verbs that are nouns as well, and that guides use as verbs behind "have". */
const handled = /^(?:install|update|change|test|use|clone|download|upload|upgrade|format|access|record|name|switch)$/;

/** "seen" -> "see", for participles that are nothing else. */
const baseOfParticipleAlone = new Map(
  [...irregularVerbs]
    .map(([base, [past, participle]]) => [participle!, base, past] as const)
    .filter(([participle, base, past]) => participle !== base && participle !== past && /n$|ne$/.test(participle))
    .map(([participle, base]) => [participle, base]),
);
const participle = (base: string): string | undefined => {
  const form = participleOfBase(base);
  return form === base ? undefined : form;
};
const done = (base: string): string | undefined =>
  isOnlyVerb(base) || handled.test(base) ? participle(base) : undefined;

export const verbChainSlips: readonly SlipPattern[] = [
  // "The script will asks for", "you can adds to".
  [
    rx(
      `(?<!\\b(?:free|good|own|[Tt]he|[Aa]|[Tt]his|[Ee]ach|his|their) )\\b(?:can|could|would|should|must|will) ${between}(?<wrong>${word}s)`,
      `(?= (?:for|to|in|on|with|from|at|if|when|by|into|${object})\\b)`,
    ),
    (verb) => baseOfThird(verb),
    'verb-form',
  ],
  // "As you can seen".
  [
    rx(`\\b${person} ${auxiliary} ${between}(?<wrong>${word})\\b`),
    (words) => baseOfParticipleAlone.get(words),
    'verb-form',
  ],
  // "You can also using Docker", not "You can bring".
  [
    rx(`\\b${person} ${auxiliary} ${between}(?<wrong>[a-z]{2,}ing)\\b`),
    (words) => baseOfContinuous(words),
    'verb-form',
  ],
  // "if you have install Docker", "Once you have create the account".
  [
    rx(
      `(?<!\\b(?:do|did|to|what|that) )\\b(?:[Yy]ou|[Ww]e|[Tt]hey|I|users)(?: have|['’]ve) (?:already |not |just |never )?`,
      `(?<wrong>${word})(?= (?:the|an?|your|this|all|it|them|[A-Z]))`,
    ),
    // "To use it you have install it" lacks a "to".
    (base, { input }) => {
      if (base === 'have') return undefined;
      return /^(?:To|In order to)\b/.test(input!) && isBaseForm(base) ? `to ${base}` : done(base);
    },
    'verb-form',
  ],
  // "It has been test on Ubuntu", not "there has been work on".
  [
    rx(
      `(?<!\\b[Tt]here )\\b(?:has|have|had) been (?:also |already |only )?(?<wrong>test|load|move|release|design|build|report|`,
      'request|plan|fix|log|ship|upgrade|update|patch|tag|name|benchmark)(?= (?:on|with|by|in|for|to|from|since|and|as|recently|[a-z]+ly)\\b|[.,;]|$)',
    ),
    participle,
    'verb-form',
  ],
  // "You need to have Node install on your machine".
  [
    rx(
      `\\b(?:have|has|had|having|with) [A-Z][\\w.+#-]*(?: (?:and|or) [A-Z][\\w.+#-]*)? (?<wrong>install)(?= (?:on|in|locally|globally|first)\\b|[.,]|$)`,
    ),
    participle,
    'verb-form',
  ],
  // "A helper to converts strings", "make sure to updates".
  [
    rx(
      '\\b(?<!\\b(?:up|due|access|according|related|similar|refers?|relative|respect|prior|compared|back|added|next|close) )[Tt]o ',
      `(?<wrong>${word}s) (?=[a-z]+s\\b)`,
    ),
    (verb) => {
      const base = baseOfThird(verb);
      return base !== undefined && isOnlyVerb(base) ? base : undefined;
    },
    'verb-form',
  ],
  [
    rx(
      `\\b(?:sure|order|want|wants|need|needs|able|going|free|hesitate|try|trying|easy) to (?<wrong>${word}s)(?= [a-z])`,
    ),
    (verb) => (verb === 'this' ? undefined : baseOfThird(verb)),
    'verb-form',
  ],
  // "Feel free to opening an issue", "Don't hesitate to contacting us".
  [
    rx(`\\b(?:free|hesitate|sure|have|possible|easy|decide|decided) to (?<wrong>${word}ing)(?= (?:${object}|me)\\b)`),
    (continuous) => baseOfContinuous(continuous),
    'verb-form',
  ],
  // "Now we have have the parts": one of them, where no clause ends with the first ("what we have have the form").
  [
    /(?<!\b(?:[Dd]o|[Dd]id|[Ww]hat|that|which|[Aa]ll|[Ee]verything|[Tt]hose|[Ww]hatever) )\b(?:[Ww]e|[Yy]ou|[Tt]hey|I) (?<wrong>have have)(?= (?:the|an?|to|been|no|some|all|any|this|these)\b)/dg,
    () => 'have',
    'extra-word',
  ],
  // "Before to start"; not "the same steps as before to flash it".
  [
    rx(`\\b(?<!\\b(?:as|like|than) )(?:[Bb]efore|[Aa]fter|[Ww]ithout) (?<wrong>to (?<verb>${word}))\\b`),
    (_, { groups }) => (isBaseForm(groups!.verb!) ? continuousOf(groups!.verb!) : undefined),
    'verb-form',
  ],
  // "This is use to", "It is allow to".
  [
    rx(
      `${sentenceStart}(?:[Tt]his|[Ii]t|[Tt]hat) is (?:not |also |only )?(?<wrong>use|allow|need|require|suppose|base|call|name)(?= (?:to|for|on|by|when|if|as)\\b)`,
    ),
    (base) => participle(base),
    'verb-form',
  ],
  [
    rx(`\\b(?<wrong>(?:[Ww]hich|[Ww]hen|[Ww]here|[Ww]ho) ever)(?! since\\b)(?= )`),
    (words) => withCaseOf(words.toLowerCase().replace(/e? e/, 'e'), words),
    'spacing',
  ],
];
