/**
 * Slips of bug reports and first contributions: "feel free to open issue", "I don't know where begin", "you can also
 * to pass", "it can be sort by name", "easy than you think". As in the other tables of slips a pattern speaks only
 * where its words have no right reading.
 */
import { as, behindNoun, object, rx, sentenceStart, toThird, withCaseOf, word, type SlipPattern } from './slip-pattern';
import {
  baseOfContinuous,
  baseOfThird,
  continuousOf,
  isBaseForm,
  isOnlyVerb,
  manyOf,
  participleOfBase,
} from './word-classes';

/** Participles that are not their verb's past, behind a subject without "have". */
const pastOf: Readonly<Record<string, string>> = {
  seen: 'saw',
  done: 'did',
  gone: 'went',
  taken: 'took',
  written: 'wrote',
  given: 'gave',
  chosen: 'chose',
  shown: 'showed',
  forgotten: 'forgot',
};
const comparative: Readonly<Record<string, string>> = {
  easy: 'easier',
  fast: 'faster',
  slow: 'slower',
  big: 'bigger',
  small: 'smaller',
  simple: 'simpler',
  large: 'larger',
  short: 'shorter',
  long: 'longer',
  hard: 'harder',
  cheap: 'cheaper',
  high: 'higher',
  low: 'lower',
  old: 'older',
  nice: 'nicer',
  clean: 'cleaner',
  quick: 'quicker',
  safe: 'safer',
  strong: 'stronger',
  good: 'better',
  bad: 'worse',
};
/** Things that one opens one of. */
const opened = 'issue|ticket|pull request|bug report|feature request|merge request';
/** Verbs that are nouns as well, and behind "be" and before "by" a slip. */
const doneBy =
  'sort|filter|group|access|control|display|use|change|update|download|install|load|call|format|process|trigger|handle';

export const issueSlips: readonly SlipPattern[] = [
  // "I try to explain how works this module."
  [
    rx(
      `\\b(?:explain|explains|know|understand|see|show|shows|learn) how (?<wrong>(?<verb>works|looks|behaves) (?<thing>(?:this|the|that|it|your|our)(?: ${word})?))(?=[.,;!?]|$)`,
    ),
    (_, { groups }) => `${groups!.thing} ${groups!.verb}`,
    'other',
  ],
  // "a talk that I seen last year"
  [
    rx(
      `(?<!\\b(?:have|has|had|having|ever|never|what|as|[Hh]aven['’]t|[Hh]asn['’]t|[Hh]adn['’]t|[Hh]ave|[Hh]as|[Hh]ad|being|be|get|got) )\\b(?:I|[Ww]e|[Tt]hey|[Hh]e|[Ss]he) (?<wrong>${Object.keys(pastOf).join('|')})(?= (?:${object}|in|on|last|yesterday|some|that|there|so|my|for|to)\\b)`,
    ),
    (participle) => pastOf[participle],
    'verb-form',
  ],
  [
    /\b[Ff]or more (?:details?|information|examples),? see (?<wrong>in the|on the)(?= [a-z]+)/dg,
    as('the'),
    'preposition',
  ],
  [
    rx(
      `\\b(?:order|as|able|want|wants|need|needs|like) to (?<wrong>can)(?= (?<verb>${word}) (?:${object}|to|in|on|with)\\b)`,
    ),
    (_, { groups }) => (isBaseForm(groups!.verb!) ? 'be able to' : undefined),
    'verb-form',
  ],
  [
    rx(
      `\\b(?:would like|['’]d like|want|wants|wanted|try|tries|tried|able|unable|order|going|decided?|need|needs|possible|easy|how) to (?<wrong>(?!being)[a-z]{2,}ing)(?= (?:${object}|to|in|on|with|for|my|from|but|and)\\b|[.,;!?]|$)`,
    ),
    (continuous) => baseOfContinuous(continuous),
    'verb-form',
  ],
  // "I don't know where begin"
  [
    rx(
      `\\b(?:know|sure|figure out|understand|learn|learned|explains?|shows?) (?<wrong>how|where)(?= (?<verb>${word})(?:[.,;!?]|$| (?:${object})\\b))`,
    ),
    (which, { groups }) =>
      isOnlyVerb(groups!.verb!) || /^(?:use|do|make|write|find|fix|start|run|change|set|build)$/.test(groups!.verb!)
        ? `${which} to`
        : undefined,
    'missing-word',
  ],
  [
    /\b(?:[Oo]ther|[Mm]any|[Ss]ome|[Mm]ost|[Tt]hese|[Tt]hose|[Ff]ew|[Ss]everal|[Mm]ore|[Tt]wo|[Tt]hree) (?<wrong>peoples)(?!['’]| of)\b/dg,
    as('people'),
    'agreement',
  ],
  // "it is annoying and it occur randomly"
  [
    rx(
      `(?:,|\\b(?:so|but|because|since|and|if|when)) it (?<wrong>${word})(?= (?:[a-z]+ly|again|sometimes|often|always|every|only when|fine|well)\\b|[.;!]|$)`,
    ),
    (verb, { input, index }) =>
      (isOnlyVerb(verb) || /^(?:work|crash|fail|start|stop|run|load|hang|look)$/.test(verb)) &&
      !/\b(?:make|makes|let|lets|help|helps|have|do|does|did|should|could|can|will|would|must|may|might|to|that|cannot|n['’]t)\b[^.;:]*$/i.test(
        input!.slice(0, index),
      )
        ? toThird(verb)
        : undefined,
    'agreement',
  ],
  [/\b[Ss]orry (?<wrong>by)(?= (?:my|the|this|that|any)\b)/dg, as('for'), 'preposition'],
  [
    rx(`\\bworth (?<wrong>to (?<verb>${word}))\\b`),
    (_, { groups }) => (isBaseForm(groups!.verb!) ? continuousOf(groups!.verb!) : undefined),
    'verb-form',
  ],
  // "Feel free to open issue"
  [
    rx(
      `\\b(?:to|please|can|and|or|just|[Pp]lease|should|could|must) (?:open|create|submit|file|raise|send|make) (?<wrong>${opened})${behindNoun}`,
    ),
    (thing) => `${thing.startsWith('i') ? 'an' : 'a'} ${thing}`,
    'article',
  ],
  // "You can also to pass an array"
  [
    rx(
      `\\b(?:can|could|should|must|will|would|may|might) (?:also|then|now|always|only|just|not|easily|simply|still)(?<wrong> to)(?= (?<verb>${word}) (?:${object}|to|in|on|with)\\b)`,
    ),
    (_, { groups }) => (isBaseForm(groups!.verb!) ? '' : undefined),
    'extra-word',
  ],
  [
    /\b[Ii]f you have (?:any )(?<wrong>question|doubt|suggestion|problem|idea|comment)(?=[,.!]|$| (?:about|or|please|feel|regarding|on|with)\b)/dg,
    (noun) => manyOf(noun),
    'agreement',
  ],
  // "when the connection is closes"
  [
    rx(`\\b(?:is|are|was|were|be) (?:not |also |only |now )?(?<wrong>${word}s)(?=[.;!?]|$| by )`),
    (verb) => {
      const base = baseOfThird(verb);
      return base !== undefined && isOnlyVerb(base) ? participleOfBase(base) : undefined;
    },
    'verb-form',
  ],
  // "The list can be sort by name"
  [
    rx(
      `\\b(?:can|could|will|should|must|may|might|cannot|to|can't) (?:also |only |then )?be (?<wrong>${doneBy})(?= (?:by|with|via|using)\\b)`,
    ),
    (verb) => participleOfBase(verb),
    'verb-form',
  ],
  [
    /\b[Aa]s (?<wrong>far)(?= (?:I|we|you) (?:know|understand|see|can|could|remember)\b)/dg,
    as('far as'),
    'missing-word',
  ],
  [
    /\b(?:is|are|was|were) (?:also |still |not |now )?(?<wrong>work)(?= (?:fine|well|great|properly|correctly|again|perfectly|as expected)\b)/dg,
    as('working'),
    'verb-form',
  ],
  [
    /\bthat (?:everything|everyone|everybody|nothing|nobody|something|someone|anything|anyone) (?<wrong>are|have)(?= [a-z])/dg,
    (verb, { input, index }) =>
      // "It demands that everyone have a key" asks for the base.
      verb === 'have' &&
      /\b(?:demand|require|insist|suggest|recommend|ask|important|ensure|request)\w*\s*$/.test(input!.slice(0, index))
        ? undefined
        : verb === 'are'
          ? 'is'
          : 'has',
    'agreement',
  ],
  [
    /\b(?:don['’]t|doesn['’]t|didn['’]t|dont|can['’]t|won['’]t) (?:have|need|want|see|know|get|use|find|do|make) (?<wrong>no)(?= (?!longer|more\b|one\b)[a-z]+)/dg,
    as('any'),
    'other',
  ],
  [
    rx(`${sentenceStart}(?<wrong>Specially)(?= (?:on|when|if|for|in|with|at|because)\\b)`),
    as('Especially'),
    'confusable',
  ],
  [
    /\b(?<wrong>[Oo]n)(?= the (?:last|past) (?:few |couple of |two |three |five |ten )?(?:years|months|weeks|days|decades)\b)/dg,
    as('in'),
    'preposition',
  ],
  [
    rx(
      `(?<!\\b(?:more|less|as|rather|too|so|and|or|not|very) )\\b(?<wrong>${Object.keys(comparative).join('|')})(?= than (?:${object}|before|I|you|we|other|others|ever|expected|with|using)\\b)`,
    ),
    (positive) => comparative[positive],
    'other',
  ],
  // "the lastest version"
  [/\b(?<wrong>[Ll]astest)\b/dg, (wrong) => withCaseOf('latest', wrong), 'spelling'],
  // "This project is inspired from a talk"
  [
    /\b(?:is|are|was|were|been|[Hh]eavily|partly|largely) inspired (?<wrong>from)(?= [a-z`[*_])/dg,
    as('by'),
    'preposition',
  ],
  // "in a other browser"
  [/\b(?<wrong>[Aa]n? other)(?= [a-z]+(?:[.,;!?]|$| ))/dg, (wrong) => withCaseOf('another', wrong), 'article'],
];
