/**
 * Slips of papers and reports: "Figure 2 show", "shown on Table 1", "increased of 5%", "most of existing methods", "it
 * is know that", "others methods", "the different between". As in the other tables of slips a pattern speaks only where
 * its words have no right reading.
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
  samePast,
} from './slip-pattern';
import { baseOfThird, isOneThing, isOnlyVerb, participleOfBase } from './word-classes';

const part = '(?:Figure|Fig\\.|Table|Section|Chapter|Appendix|Equation|Algorithm|Listing|Theorem|Lemma|Step)';
const told =
  'shown|given|listed|presented|described|seen|depicted|illustrated|summarized|summarised|reported|explained|defined';

export const paperSlips: readonly SlipPattern[] = [
  // "In this paper we proposes a".
  [
    rx(`\\b(?:we|they) (?<wrong>${word}s)(?= (?:${object}|that|how)\\b)`),
    (verb) => {
      const base = baseOfThird(verb);
      return base !== undefined && isOnlyVerb(base) ? base : undefined;
    },
    'agreement',
  ],
  // "Figure 2 show", not "Figures 1 and 2 show".
  [
    rx(
      `(?<!\\b(?:and|or|to|in|from|of|see|on) |[-–,] )\\b${part} [\\dA-Z][\\d.]*(?:\\([a-z]\\)|[a-z])? `,
      '(?<wrong>show|describe|illustrate|compare|present|give|list|summarize|contain|depict|explain|report|outline|provide|introduce|conclude)',
      `(?= (?:${object}|how|that|what)\\b)`,
    ),
    toThird,
    'agreement',
  ],
  [rx(`\\b(?:${told}) (?<wrong>on) (?=${part} [\\dA-Z])`), as('in'), 'preposition'],
  [
    rx('\\b[Ss]imilar (?<wrong>with)(?= (?:the (?:one|ones|previous|original|other)|that|those|an?|other|our)\\b)'),
    as('to'),
    'preposition',
  ],
  // "The accuracy increased of 5%", not "an increase of 5%".
  [
    /\b(?:increased|decreased|improved|dropped|grew|rose|fell|reduced|risen|grown|fallen) (?<wrong>of)(?= (?:about |around |only |up to |more than |nearly )?\d)/dg,
    as('by'),
    'preposition',
  ],
  [/(?:^|[.!?;] )(?<wrong>(?:On|In) the contrast)(?=,)/dg, () => 'In contrast', 'other'],
  [
    rx('\\b[Tt]here (?<wrong>has) been (?=(?:many|several|a few|numerous|various|two|three|four) )'),
    () => 'have',
    'agreement',
  ],
  // "Most of existing methods".
  [
    rx(
      `(?<wrong>\\b(?:[Mm]ost|[Ss]ome|[Mm]any|[Aa]ll|[Ff]ew|[Ss]everal) of) (?=(?:existing|current|previous|other|recent|modern|available|common|popular|similar|such) (?:[a-z-]+ )?(?<noun>${word}s)\\b)`,
    ),
    (words, { groups }) => (isMany(groups!.noun) ? words.slice(0, -3) : undefined),
    'extra-word',
  ],
  [
    /\b(?:is|are|was|were|be|been)(?: well| also| not| widely| generally)? (?<wrong>know)(?= (?:that|as|to|for|by|whether|from|in|and)\b)/dg,
    as('known'),
    'verb-form',
  ],
  [/\b[Tt]he (?<wrong>remaining)(?= of (?:the|this|our|these)\b)/dg, as('remainder'), 'other'],
  [
    rx(
      `(?<!\\b[Ee]ach )\\b(?<wrong>[Oo]thers) (?=(?<noun>${word}s)(?:[.,;]|$| (?:of|in|on|that|which|are|were|have|for|with|to|and|from)\\b))`,
    ),
    (words, { groups }) => (isMany(groups!.noun) ? withCaseOf('other', words) : undefined),
    'agreement',
  ],
  // "The algorithm converge quickly."
  [
    rx(
      `${clauseStart}(?:[Tt]he|[Tt]his|[Oo]ur|[Yy]our|[Aa]n?) (?:[a-z]+ )?(?<noun>${word}) (?<wrong>${word}) (?=[a-z]{2,}ly(?:[.,;]|$| (?:in|on|with|to|for|when|if|than)\\b))`,
    ),
    (verb, { groups }) =>
      isOneThing(groups!.noun!) && isOnlyVerb(verb) && !samePast.test(verb) ? toThird(verb) : undefined,
    'agreement',
  ],
  // "The model was train for ten epochs".
  [
    /\b(?:is|are|was|were|be|been) (?:then |also |first |not )?(?<wrong>train|test|evaluate|measure|sample|collect|split into|compute|obtain|select)(?= (?:for|on|with|by|in|from|using|at|as|and)\b|[.,;]|$)/dg,
    (base) => (base === 'split into' ? undefined : participleOfBase(base)),
    'verb-form',
  ],
  // "show that our method outperform the baseline", not "suggest that it restart".
  [
    rx(
      `\\b(?:[Ss]hows?|shown|showed|[Dd]emonstrates?|finds?|found|proves?|[Bb]elieves?|[Tt]hinks?|knows?|means|indicates?|confirms?|so) that `,
      `(?:the|our|this|a|an|your|its) (?:[a-z]+ )?(?<noun>${word}) (?<wrong>${word})(?=[.,;]|$| (?:${object}|to|on|in|with|from|for|better|well)\\b)`,
    ),
    (verb, { groups }) =>
      isOneThing(groups!.noun!) && (isOnlyVerb(verb) || verb === 'matter') && !samePast.test(verb)
        ? toThird(verb)
        : undefined,
    'agreement',
  ],
  [
    rx(
      '\\b(?:[Tt]he|[Aa]|[Aa]ny|[Nn]o|[Mm]ain|[Oo]nly|[Kk]ey|[Bb]ig|[Tt]his|[Ss]ome|[Ww]hat) (?<wrong>different)(?= between\\b)',
    ),
    as('difference'),
    'confusable',
  ],
  [/(?<wrong>\b[Tt]his)(?= (?:types|kinds|sorts) of\b)/dg, as('these'), 'agreement'],
  [
    rx(`${sentenceStart}(?:He|She) (?<wrong>have|are|were|do)(?= (?:${object}|not|no|been|[a-z]+ed|a)\\b)`),
    (verb) => ({ have: 'has', are: 'is', were: 'was', do: 'does' })[verb],
    'agreement',
  ],
];
