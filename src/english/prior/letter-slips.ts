/**
 * Slips of letters, issues and talk: "explain me how", "said me that", "I am interesting in", "your respond", "suggest
 * you to update", "What means this error?", "Which one you prefer?", "all what you need", "took me long time". As in
 * the other tables of slips a pattern speaks only where its words have no right reading.
 */
import {
  as,
  clauseStart,
  isMany,
  object,
  rx,
  sentenceStart,
  toThird,
  withCaseOf,
  word,
  type SlipPattern,
} from './slip-pattern';
import { baseOfContinuous, isBaseForm, isOneThing } from './word-classes';

const day = '(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day';

export const letterSlips: readonly SlipPattern[] = [
  // "I am writing to informing you".
  [
    rx(`\\b(?:writing|like|wish|tried|wanted|hope|here) to (?<wrong>${word}ing)(?= (?:${object}|you|me|about)\\b)`),
    (continuous) => baseOfContinuous(continuous),
    'verb-form',
  ],
  [
    /\b(?:[Yy]our|[Tt]he|[Aa]|[Ll]ate|[Qq]uick|[Ff]ast|[Aa]ny|[Oo]ur|[Tt]heir|[Nn]o) (?<wrong>respond)(?=[.,;!?]|$| (?:from|of|in|is|was|will|with)\b)/dg,
    as('response'),
    'confusable',
  ],
  [/\b(?<wrong>as soon as possibly)\b/dg, as('as soon as possible'), 'confusable'],
  [
    rx(
      `\\b(?<wrong>on (?<when>next|last)) (?=${day}\\b(?!['’])|(?:week|month|year)(?:[.,;!?]|$| (?:at|in|to|and|or)\\b))`,
    ),
    (_, { groups }) => groups!.when,
    'preposition',
  ],
  [/\bfor your (?<wrong>patient)(?=[.,!]|$| and\b)/dg, as('patience'), 'confusable'],
  // "suggest you to update the page".
  [
    rx(
      `\\b(?:[Ss]uggest|[Ss]uggests|suggested|[Rr]ecommend|[Rr]ecommends|recommended) (?:you|users|people|everyone|them)(?<wrong> to)(?= (?<verb>${word})\\b)`,
    ),
    (_, { groups }) => (isBaseForm(groups!.verb!) ? '' : undefined),
    'extra-word',
  ],
  [
    /\b(?:[Ee]xplain|explains|explained|explaining) (?<wrong>me|us|you|him|them)(?= (?:how|what|why|where|when|the|that|this|it)\b)/dg,
    (whom) => `to ${whom}`,
    'missing-word',
  ],
  [/\b(?<wrong>said)(?= (?:me|us|him|them) (?:that|to|it|how|what)\b)/dg, as('told'), 'confusable'],
  [
    /\b(?:I(?: am|['’]m)|[Ww]e(?: are|['’]re)|[Yy]ou(?: are|['’]re)|[Tt]hey(?: are|['’]re)|[Hh]e is|[Ss]he is)(?: very| also| really)? (?<wrong>interesting)(?= in\b)/dg,
    as('interested'),
    'confusable',
  ],
  // "What means this error?"
  [
    rx(`${sentenceStart}What (?<wrong>means (?<what>(?:this|the|that|your)(?: [a-z-]+){0,3}|it))(?=\\?)`),
    (_, { groups }) => `does ${groups!.what!} mean`,
    'other',
  ],
  [
    rx(
      `${sentenceStart}(?<wrong>How (?:looks (?<what>(?:this|the|that|your) (?:[a-z-]+ )?[a-z-]+|it) like|(?<do>does|do) (?<whom>(?:this|the|that|your) (?:[a-z-]+ )?[a-z-]+|it) looks? like))(?=\\?)`,
    ),
    (_, { groups }) => `What ${groups!.do ?? 'does'} ${groups!.what ?? groups!.whom!} look like`,
    'other',
  ],
  // "I am not sure what does this mean."
  [
    rx(
      '\\b(?:sure|know|knows|understand|explain|tell me|tell us|wonder|idea|see|remember) what ',
      `(?<wrong>does (?<who>it|this|that|the (?:[a-z-]+ )?${word}) (?<verb>mean|do|return|expect|need|want|contain|happen|say|look like))(?=[.?!]|$)`,
    ),
    (_, { groups }) => {
      const [verb, ...rest] = groups!.verb!.split(' ');
      return [groups!.who!, verb === 'do' ? 'does' : toThird(verb!), ...rest].join(' ');
    },
    'other',
  ],
  // "Which one you prefer?"
  [
    rx(
      `${sentenceStart}(?:What|Where|How|Why|When|Which (?:one|version|of them|[a-z]+)) (?<wrong>(?<who>you|we|they|I))`,
      '(?= (?:prefer|want|need|use|think|mean|like|get|see|do|recommend|suggest|choose|run|call|say|know|expect)\\b[^,.;:()]{0,60}\\?(?:$| [A-Z]))',
    ),
    (who) => `do ${who}`,
    'missing-word',
  ],
  // "took me long time", "for long time".
  [
    /\b(?:(?:took|take|takes|taken)(?: me| us| you| them)?|for|after|in|been) (?<wrong>long)(?= time(?:[.,;!?]|$| (?:to|for|until|before|and|now|ago|that|on)\b))/dg,
    () => 'a long',
    'article',
  ],
  [
    /\b(?:[Aa]ppreciate|appreciated) (?<wrong>if)(?= (?:you|someone|somebody|anyone|they|we)\b)/dg,
    () => 'it if',
    'missing-word',
  ],
  [
    rx(`\\b(?<wrong>[Rr]emember) (?=(?:me|us|him|them) to (?<verb>${word})\\b)`),
    (words, { groups }) => (isBaseForm(groups!.verb!) ? withCaseOf('remind', words) : undefined),
    'confusable',
  ],
  [
    rx(`(?<!\\bof )\\b(?<wrong>[Tt]he both) (?=(?<noun>${word}s)\\b)`),
    (words, { groups }) => (isMany(groups!.noun) ? withCaseOf('both', words) : undefined),
    'extra-word',
  ],
  [/\b(?<wrong>[Aa]ll what)(?= (?:you|we|I|they|it|he|she|is|the|users)\b)/dg, as('all that'), 'confusable'],
  [
    rx(
      `${clauseStart}(?:[Mm]e|[Yy]ou|[Hh]e|[Ss]he|I|[Mm]y [a-z]+) and (?:(?:my|the|your|his|her) [a-z]+|I|me|he|she) (?<wrong>has|is|was)(?= )`,
    ),
    (verb) => ({ has: 'have', is: 'are', was: 'were' })[verb],
    'agreement',
  ],
  [
    /\b(?<wrong>(?:can(?:['’]t|not| not)|could(?:n['’]t| not)) hardly)\b/dg,
    (words) => (/^can/.test(words) ? 'can hardly' : 'could hardly'),
    'other',
  ],
  [
    /\b(?:[a-z]{2,}ed|came|is|are|was|were|arrives?|comes?) (?<wrong>to)(?= late(?:[.,;!?]|$))/dg,
    as('too'),
    'confusable',
  ],
  [
    rx(
      `${sentenceStart}(?:My|Our|Your|The|His|Her) (?<noun>${word}) (?<wrong>${word})(?= (?:every time|each time|whenever|all the time)(?:[.!]|$| (?:I|you|we|they|it|he|she)\\b))`,
    ),
    (verb, { groups }) =>
      isOneThing(groups!.noun!) && isBaseForm(verb) && !/^(?:put|let|set|read|hit|run|cut|quit)$/.test(verb)
        ? toThird(verb)
        : undefined,
    'agreement',
  ],
  [
    rx(`\\b(?<wrong>[Ww]ho['’]s) (?=(?<noun>${word}) (?:this|that|it|these) (?:is|was|are)\\b)`),
    (words, { groups }) =>
      isOneThing(groups!.noun!) || groups!.noun === 'file' ? withCaseOf('whose', words) : undefined,
    'confusable',
  ],
];
