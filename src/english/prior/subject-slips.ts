/**
 * Subjects and verbs that do not agree, in everyday words: "It dont work", "The error message say nothing", "Can
 * somebody tells me", "What are I doing", "Yesterday I try". As in the other tables of slips a pattern speaks only
 * where its words have no right reading.
 */
import {
  as,
  clauseStart,
  isMany,
  object,
  ofMany,
  rx,
  samePast,
  sentenceStart,
  toThird,
  word,
  type SlipPattern,
} from './slip-pattern';
import { baseOfThird, isBaseForm, isOneThing, isParticiple, manyOf, pastOfBase, uncountable } from './word-classes';

/** After these a clause says what is so, and never what should be: "I didn't know that the flag exist". */
const saysWhatIs =
  '\\b(?:know|knew|knows|think|thinks|thought|mean|means|meant|say|says|said|see|notice|noticed|found|assume|assumes|' +
  'assumed|believe|believed|guess|realize|realise|realized|realised|shows|showed|indicates|implies|sure) that ';
const determiner = '(?:[Tt]he|[Tt]his|[Ee]ach|[Ee]very|[Mm]y|[Yy]our|[Oo]ur|[Ii]ts|[Tt]heir|[Aa]n?)';
/** Verbs that are no nouns and no part of a name: "a map compare" and "the exit code" are right. */
const verbsAlone = new Set(
  (
    'say seem want provide describe contain allow require depend exist include enable appear become happen remain belong ' +
    'consist expect ensure inherit modify create customize customise fail accept have explain demonstrate define ' +
    'determine introduce implement prevent generate specify refer throw behave differ keep give know ' +
    'agree decide deserve disappear perform produce consider assume apply'
  ).split(' '),
);
const beforeObject = new RegExp(`^ (?:${object})\\b`);
const isVerbAlone = (verb: string): boolean => verbsAlone.has(verb);
/** Whose past is the base, or which say something else behind "it" ("it set the value"). */
const unbent =
  /^(?:put|let|set|read|hit|cut|cost|quit|shut|spread|be|can|may|will|must|might|like|just|still|only|even)$/;
const isOne = (noun: string): boolean => isOneThing(noun) || uncountable.has(noun);
const anybody = '(?:some|any|every)(?:body|one)';
/** Nouns that one says with a number of others, and what stands before a noun of several. */
const ofSeveral =
  /^(?:same|most|rest|following|latter|former|other|two|three|four|five|six|few|many|several|and|or|nor)$/;

export const subjectSlips: readonly SlipPattern[] = [
  // "It dont work": the apostrophe and the number at once.
  [
    rx(
      `(?<!\\b(?:[Dd]oes|[Dd]o|[Dd]id|[Ll]ike|[Oo]f|[Ii]n|[Tt]o|[Ww]ith|[Ff]or|[Ff]rom|[Aa]nd|[Oo]r|[Bb]y|[Oo]n) )\\b(?:[Ii]t|[Hh]e|[Ss]he|[Tt]hat|[Tt]his|${anybody}|[Ww]hich one) `,
      '(?:also |just |really |still |even )?(?<wrong>dont|donot)(?= [a-z])',
    ),
    as("doesn't"),
    'agreement',
  ],
  [/\b(?:[Ww]hat|[Ww]here|[Hh]ow|[Ww]hy|[Ww]hen|[Ww]ho) (?<wrong>are)(?= I\b(?![/.&-]))/dg, as('am'), 'agreement'],
  [
    rx(`${clauseStart}I (?<wrong>are(?= [a-z])|is(?= (?:not|also|still|very|sorry|[a-z]{2,}ing) ))`),
    as('am'),
    'agreement',
  ],
  // "and the installer dont warn you"
  [
    rx(
      `(?<!\\b(?:of|in|for|with|to|from|on|by|at|than) )\\b(?:[Tt]he|[Tt]his|[Mm]y|[Yy]our|[Oo]ur) (?<noun>${word}) (?<wrong>dont)(?= [a-z])`,
    ),
    (_, { groups }) => (isOne(groups!.noun!) ? "doesn't" : undefined),
    'agreement',
  ],
  // "It run in a terminal"
  [
    rx(
      `${sentenceStart}(?:It|He|She) (?:also |then |now |only |just |always )?(?<wrong>${word}|do|go)(?= (?:${object}|in|on|at|with|from|for|into|as|by|when|if|and|fine|well|without)\\b)`,
    ),
    (verb) =>
      (isBaseForm(verb) || /^(?:do|go|get|run|come|become|say)$/.test(verb)) && !unbent.test(verb)
        ? toThird(verb)
        : undefined,
    'agreement',
  ],
  // "Each book get a number"
  [
    rx(
      `${clauseStart}(?:[Ee]ach|[Ee]very) (?:${word} )?(?<noun>${word}) (?<wrong>get|go|do|come)(?= (?:${object}|to|in|through|with|its)\\b)`,
    ),
    (verb, { groups }) => (isOne(groups!.noun!) ? toThird(verb) : undefined),
    'agreement',
  ],
  // "Overdue books is shown"
  [
    rx(
      `${sentenceStart}(?<first>[A-Z][a-z]+) (?<noun>${word}s) (?<wrong>is|was|has)(?= (?:not |also |always |only |been )?(?<next>[a-z]+)\\b)`,
    ),
    (verb, { groups }) => {
      const { first, noun, next } = groups!;
      if (
        /ing$|^(?:To|The|This|That|A|An|One|Each|Every|If|When|Having|Number|List|Use|No|What|How|Which|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Twelve|Twenty|Thirty)$/.test(
          first!,
        )
      )
        return undefined;
      return isMany(noun) && (isParticiple(next!) || next === 'available') && !isBaseForm(first!.toLowerCase())
        ? ofMany[verb]
        : undefined;
    },
    'agreement',
  ],
  // "Before you opens a pull request"
  [
    rx(
      `\\b(?:[Bb]efore|[Aa]fter|[Ss]ince|what|which|how|where|why|whether|so|but|that|[Tt]hen) (?:you|we|they) (?:also |first |really |just |only |then )?(?<wrong>${word}s)(?= (?:${object}|to|in|on|with|from|for|about|up|it)\\b|[.,;!?]|$)`,
    ),
    (verb) => {
      const base = baseOfThird(verb);
      return base !== undefined &&
        (isVerbAlone(base) || /^(?:need|open|use|work|run|start|know|like|try|call|write|make|read)$/.test(base))
        ? base
        : undefined;
    },
    'agreement',
  ],
  // "not only what have changed"
  [
    rx(`\\bwhat (?<wrong>have)(?= (?!been\\b)(?<next>[a-z]+)\\b)`),
    (_, { groups }) => (isParticiple(groups!.next!) ? 'has' : undefined),
    'agreement',
  ],
  // "only the book that are overdue"
  [
    rx(`\\b(?:only|all|those) (?:the |of the )?(?<wrong>${word})(?= (?:that|which) (?:are|were|have)\\b)`),
    (noun) => (isOneThing(noun) ? manyOf(noun) : undefined),
    'agreement',
  ],
  // "Can somebody tells me": behind what asks comes the base.
  [
    rx(
      `${sentenceStart}(?:[Cc]an|[Cc]ould|[Ww]ill|[Ww]ould|[Ss]hould|[Mm]ust|[Dd]oes|[Dd]id) (?:${anybody}|he|she|it|this|that|you|we|they|I) `,
      `(?:please |also |still |just |really )?(?<wrong>${word}s)(?= [a-z]|[?.!]?$)`,
    ),
    (verb, { input }) => (/\?\s*["')*_]*$/.test(input!) ? baseOfThird(verb) : undefined),
    'verb-form',
  ],
  // "please reads the guide".
  [
    rx(
      `\\b[Pp]lease (?:also |first |always |carefully |just )?(?<wrong>${word}s)(?= (?:${object}|in|on|to|for|how|that|if|me|below)\\b)`,
    ),
    (verb) => baseOfThird(verb),
    'verb-form',
  ],
  // "If you wants to", "We needs more".
  [
    rx(
      `${clauseStart}(?<who>[Yy]ou|[Ww]e|[Tt]hey|I) (?:also |then |only |just |now |still |really )?(?<wrong>${word}s)(?= [a-z])`,
    ),
    (verb, { groups }) => {
      const base = baseOfThird(verb);
      return base !== undefined && (base === 'need' || groups!.who === 'I' || isVerbAlone(base)) ? base : undefined;
    },
    'agreement',
  ],
  // "The documentation say", "The error message say", "I know that the flag exist": one thing, a verb that is no noun.
  ...['', `(?<first>${word}) `, `(?<first>${word} ${word}) `].map(
    (first): SlipPattern => [
      rx(
        `(?:${clauseStart}|${saysWhatIs})${determiner} ${first}(?<noun>${word}) (?<wrong>${word})(?=[.,;!?]|$| [a-z])`,
      ),
      (verb, { groups, input, index, indices }) => {
        // "The pipeline create info": what is made comes with a word before it.
        if (verb === 'create' && !beforeObject.test(input!.slice(indices!.groups!.wrong![1]))) return undefined;
        if (
          !isVerbAlone(verb) ||
          !isOne(groups!.noun!) ||
          (groups!.first ?? '').split(' ').some((each) => ofSeveral.test(each) || isVerbAlone(each))
        ) {
          return undefined;
        }
        // "Why does the server start" and "Let the server start" ask for the base.
        return /\b(?:do|does|did|let|make|help|and|or|nor)\b[^.;:]*$/i.test(input!.slice(0, index))
          ? undefined
          : toThird(verb);
      },
      'agreement',
    ],
  ),
  // "Yesterday I try to install it".
  [
    rx(
      `${sentenceStart}(?:Yesterday|Last (?:night|week|month|year|summer|winter|time)|(?:A|Two|Three|Some|A few) (?:days?|weeks?|months?|years?|hours?) ago),? `,
      `(?:I|we|he|she|they|it|somebody|someone) (?<wrong>${word})(?= (?:${object}|to|in|on|at|with|from|for|about|that|my|how|some)\\b)`,
    ),
    (verb) => (isBaseForm(verb) && !samePast.test(verb) ? pastOfBase(verb) : undefined),
    'verb-form',
  ],
  // "Thanks for your helps".
  [
    /\b(?:[Yy]our|[Mm]y|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur) (?<wrong>helps)(?=[.,;!?]|$| (?:with|in|and|on|is|are|was|were)\b)/dg,
    as('help'),
    'agreement',
  ],
  // "Why it is not working?": a question of its own turns subject and verb.
  [
    rx(
      `${sentenceStart}(?:Why|How|Where|When|What) (?<wrong>(?<subject>it|this|that|he|she|they|we|you) (?<verb>is|are|was|were|can|should|must|will|has))(?= [a-z '’()]+\\?$)`,
    ),
    (_, { groups, input }) =>
      /\bif\b|\bmeans?\b|\bthat you\b/.test(input!) ? undefined : `${groups!.verb} ${groups!.subject}`,
    'other',
  ],
  // "How can I to change it?".
  [
    rx(
      `\\b(?:[Hh]ow|[Ww]here|[Ww]hat|[Ww]hen) (?:can|could|should|do|must|may) (?:I|we|you|they|one)(?<wrong> to)(?= (?<verb>${word})\\b)`,
    ),
    (_, { groups }) => (isBaseForm(groups!.verb!) ? '' : undefined),
    'extra-word',
  ],
];
