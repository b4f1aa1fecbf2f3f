/**
 * Errors of grammar that need no judge, because a closed pattern has no right reading: "more easier than", "there is
 * two ways", "does not counts", "was wrote", "the our defaults", "one of the most common mistake is", "Its a pity".
 * Each pattern names the words that it speaks of; what may be right ("more smaller files", "there are a lot of") is
 * left to the network.
 */
import type { CorrectionType } from '../../protocol/requests';
import type { LexiconMatch, LexiconOptions } from './lexicon';
import { isPartOfName, openRanges } from './look-up-guards';
import { guideSlips } from './guide-slips';
import { homophoneSlips } from './homophone-slips';
import { agreementSlips } from './agreement-slips';
import { everydaySlips } from './everyday-slips';
import { apostropheSlips } from './apostrophe-slips';
import { rx, sentenceStart, withCaseOf, word, type Correct, type SlipPattern, definite } from './slip-pattern';
import { learnerSlips } from './learner-slips';
import { issueSlips } from './issue-slips';
import { letterSlips } from './letter-slips';
import { subjectSlips } from './subject-slips';
import { talkSlips } from './talk-slips';
import { paperSlips } from './paper-slips';
import { phraseSlips } from './phrase-slips';
import { plainSlips } from './plain-slips';
import { reportSlips } from './report-slips';
import { smallSlips } from './small-slips';
import { usageSlips } from './usage-slips';
import { baseOfThirdPerson, isAlsoNoun, isVerb } from './verb-forms';
import { verbChainSlips } from './verb-chain-slips';
import { verbFormSlips } from './verb-form-slips';
import { baseOfPast, baseOfThird, countedOf, isCounted, manyOf, participleOfBase } from './word-classes';

export interface GrammarSlip extends LexiconMatch {
  type: CorrectionType;
  /** The words that the pattern has read: nobody else may mend the same fault in another of them. */
  scope: { start: number; end: number };
}

const comparatives =
  'better|worse|easier|harder|faster|slower|larger|smaller|bigger|higher|lower|longer|shorter|cheaper|' +
  'cleaner|simpler|safer|stronger|weaker|older|newer|wider|narrower|closer|deeper|lighter|heavier|' +
  'quicker|richer|tighter|smarter|nicer|taller|sooner|happier|heavier|friendlier|thinner|thicker|hotter|colder|' +
  'warmer|cooler|louder|brighter|darker|softer|stricter|smoother|busier|uglier|dirtier|poorer|younger';
const superlatives =
  'best|worst|easiest|hardest|fastest|slowest|largest|smallest|biggest|highest|lowest|longest|shortest|' +
  'cheapest|cleanest|simplest|safest|strongest|oldest|newest|closest|deepest|lightest|quickest|nicest';
const numerals = 'two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|fifty|hundred|thousand';
/** What follows a noun that no other noun follows. */
const noNounNext =
  '(?=[,;:.!?)]*$|[,;:.!?)] | (?:of|in|on|at|to|for|from|with|by|but|that|which|who|is|are|was|were|has|have|can|' +
  'will|must|should|because|if|when|before|after|than|as)\\b)';
/** Words that make "a …" more than one: "there are a lot of". */
const amounts =
  'lot|few|number|couple|variety|range|bunch|handful|total|million|hundred|thousand|dozen|series|set|' +
  'pair|great|large|small|good|huge|wide|vast|whole|plethora|multitude|host|ton|limited|fair|' +
  'significant|maximum|minimum|wealth|myriad|selection|collection|group|list|mix|combination|half|bit|' +
  'billion|family|class|finite|growing|considerable|ever|tiny|mere|load';
/** Past forms that are no participle and nothing else; those of three verbs that nobody counted with theirs. */
const pastForms =
  'wrote|took|chose|gave|broke|spoke|drove|rode|fell|knew|threw|grew|drew|flew|began|forgot|froze|stole|hid|overrode|' +
  'rewrote|overwrote|undertook|mistook';
const uncountedParticiples: Record<string, string> = { flew: 'flown', undertook: 'undertaken', mistook: 'mistaken' };
const participleOfPast: Correct = (past) => {
  const base = baseOfPast(past);
  return uncountedParticiples[past] ?? (base === undefined ? undefined : participleOfBase(base));
};
const clauseStart = `(?:${sentenceStart}|, |\\b(?:because|since|if|when|and|but|so|however,?|therefore,?|If|When|Because|Since) )`;
/** "if there were a cycle", "as though there were one": what is only supposed. */
const oneUnlessSupposed = (verb: string, { input = '', index }: RegExpMatchArray): string | undefined =>
  verb === 'are'
    ? 'is'
    : /\b(?:[Ii]f|[Tt]hough|[Ww]ish|[Ss]uppose|[Ww]ere|[Uu]nless)\s*$/.test(input.slice(0, index))
      ? undefined
      : 'was';
const third: Record<string, string> = { have: 'has', are: 'is', were: 'was', 'do not': 'does not', "don't": "doesn't" };

/** One of several: "two argument". */
const toMany: Correct = (noun) =>
  isCounted(noun) || /^(?:step|team|result|group)$/.test(noun) ? manyOf(noun) : undefined;

/** "does not counts": behind a denied auxiliary stands the base form, whatever else the word may be. */
const base: Correct = (word) => baseOfThirdPerson(word) ?? baseOfThird(word);
const baseOfVerbAlone: Correct = (word) => {
  const form = baseOfThirdPerson(word);
  return form === undefined || isAlsoNoun(form) ? undefined : form;
};

const patterns: readonly SlipPattern[] = [
  ...subjectSlips,
  ...issueSlips,
  ...talkSlips,
  ...letterSlips,
  ...learnerSlips,
  ...reportSlips,
  [
    rx(
      `(?<!\\b(?:a|an|some|any|no|few|many|one|${numerals}|\\d+) )\\b([Mm]ore (?:${comparatives}))(?= `,
      `(?:than|to|for|if|when|because)\\b|[,;.!?)]|$)`,
    ),
    (words) => withCaseOf(words.slice(5), words),
    'extra-word',
  ],
  [
    rx(`\\b([Mm]ost (?:${superlatives}))\\b(?!-| (?:practices|efforts?)\\b)`),
    (words) => withCaseOf(words.slice(5), words),
    'extra-word',
  ],
  [
    rx(
      `\\b[Tt]here (is|was)(?= (?:still |also |now )?(?:${numerals}|many|several|numerous) (?!times\\b|`,
      `a\\b)[a-z])`,
    ),
    (verb) => (verb === 'is' ? 'are' : 'were'),
    'agreement',
  ],
  [
    rx(
      `\\b[Tt]here (are|were)(?= (?:still |also |now )?(?:an?|another) (?!(?:[a-z-]+ ){0,4}(?:${amounts})\\b|`,
      `(?:${numerals}|several|many)\\b)(?![^.;:!?]*(?:\\b(?:and|or|plus)\\b|,)))`,
    ),
    oneUnlessSupposed,
    'agreement',
  ],
  [
    /\b[Tt]here (are|were)(?= (?:still |also |now )?(?:nothing|something|nobody|someone)\b)/dg,
    oneUnlessSupposed,
    'agreement',
  ],
  [
    rx(
      `\\b(?:(?:does|do|did|could|would|should|must|will)(?:n['’]t| not)|cannot|can['’]t|won['’]t|`,
      `can not|doesnt|dont|didnt)(?: (?:even|always|really|actually|usually))? ([a-z]+s)\\b`,
    ),
    base,
    'verb-form',
  ],
  [/\b(?:can|could|would|should|must|will) ([a-z]+s)\b/dg, baseOfVerbAlone, 'verb-form'],
  [
    rx(
      `\\b(?:is|are|was|were|be|been|being|has|have|had|gets?)(?: (?:not|also|never|already|just|`,
      `only))? (${pastForms})\\b`,
    ),
    participleOfPast,
    'verb-form',
  ],
  [
    rx(
      `\\b(?:in|of|to|for|on|with|by|from|and|is|are|change|use|see|uses|set) (the (?:our|its|their|`,
      `my)) (?!own the)[a-z]`,
    ),
    (words) => words.slice(4),
    'extra-word',
  ],
  [
    /\b(?:in|of|to|for|on|with|by|from|and|use|see) ((?:our|their|my) the) (?=[a-z])/dg,
    (words) => words.slice(0, -4),
    'extra-word',
  ],
  [rx(`(?<![-\\w]|power of )(?:${numerals}|[Ff]ew|several|many) (${word})\\b${noNounNext}`), toMany, 'agreement'],
  [
    rx(
      `\\b[Oo]ne of (?:${definite}) (?:most [a-z]+ |(?:${superlatives}|`,
      `many|main|first) )?(${word})\\b${noNounNext}`,
    ),
    toMany,
    'agreement',
  ],
  [rx(`\\b[Ee]ach of (?:${definite}) (${word})\\b${noNounNext}`), toMany, 'agreement'],
  [
    rx(
      `\\b(?:[Ee]ach|[Ee]very) (${word})\\b(?= (?:has|is|was|gets|contains|of|in|on|that|`,
      `which|must|can|should|will)\\b|[,.;])`,
    ),
    (noun) => countedOf(noun),
    'agreement',
  ],
  [
    rx(
      `${sentenceStart}(?:The|This|That|My|Our|Your|Each|Every) (?<noun>${word}) `,
      `(?<wrong>have|are|were|do not|don['’]t)\\b(?! (?:the|you|we|they|your)\\b)`,
    ),
    (verb, { groups }) =>
      isCounted(groups!.noun!) || /^(?:software|code|app|website)$/.test(groups!.noun!)
        ? third[verb.replace('’', "'")]
        : undefined,
    'agreement',
  ],
  [
    rx(
      `\\b(?:[Ee]veryone|[Ee]verybody|[Aa]nyone|[Aa]nybody|[Ss]omeone|[Ss]omebody|[Nn]obody) who `,
      `(have|are|were)\\b`,
    ),
    (verb) => third[verb],
    'agreement',
  ],
  [
    rx(`${sentenceStart}(?:Everyone|Everybody|Everything|Nobody|Nothing|Someone) (have|are|were)\\b`),
    (verb) => third[verb],
    'agreement',
  ],
  [
    rx(`${clauseStart}(?:[Yy]ou|[Ww]e|[Tt]hey|I) (doesn['’]t|does not)\\b`),
    (verb) => (/not/.test(verb) ? 'do not' : `don${verb.at(-2)!}t`),
    'agreement',
  ],
  [
    rx(`${clauseStart}(?:[Hh]e|[Ss]he|[Ii]t) (don['’]t|do not)\\b`),
    (verb) => (/not/.test(verb) ? 'does not' : `doesn${verb.at(-2)!}t`),
    'agreement',
  ],
  [
    rx(
      `${clauseStart}(?<!\\b[Aa]nd )([Ii]ts) (?=(?:a|an|the|not|been|worth|possible to|better to|`,
      `best to|easy to|important to|recommended to|time to)\\b(?!-))`,
    ),
    (word) => `${word[0]!}t's`,
    'confusable',
  ],
  [
    /\b([Yy]our) (?=(?:welcome|free|able|going|allowed|supposed|trying) to\b(?!-))/dg,
    (word) => `${word[0]!}ou're`,
    'confusable',
  ],
  [
    rx(`${sentenceStart}(Lets) (?=([a-z]+)\\b)`),
    (_, match) =>
      isVerb(match[2]!) || /^(?:assume|say|look|start|begin|go|not|try|talk|see)$/.test(match[2]!)
        ? "Let's"
        : undefined,
    'punctuation',
  ],
  [/\b(?:[Dd]epend(?:s|ed|ing)?) (of|from)\b/dg, () => 'on', 'preposition'],
  [/\b(?:rely|relies|relied|relying) (to)\b(?! (?:a|some|the)\b)/dg, () => 'on', 'preposition'],
  [/\b(?:consists?|consisting) (from)\b/dg, () => 'of', 'preposition'],
  [/\b[Rr]esponsible (of)\b/dg, () => 'for', 'preposition'],
  [
    rx(
      `\\b(in) (?=(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|afternoon|evening|night))?(?:[,.;]|`,
      ` (?:and|at|the|we)\\b|$))`,
    ),
    () => 'on',
    'preposition',
  ],
  [/\b(in) (?=(?:midnight|noon)\b)/dg, () => 'at', 'preposition'],
  [
    rx(
      `\\b(on) (?=(?:January|February|March|April|May|June|July|August|September|October|November|`,
      `December),? (?:19|20)\\d\\d\\b)`,
    ),
    () => 'in',
    'preposition',
  ],
  ...smallSlips,
  ...homophoneSlips,
  ...agreementSlips,
  ...verbFormSlips,
  ...usageSlips,
  ...apostropheSlips,
  ...plainSlips,
  ...everydaySlips,
  ...verbChainSlips,
  ...guideSlips,
  ...paperSlips,
];

/** From the first to the last of the words that the pattern has named. */
function scopeOf(match: RegExpMatchArray, start: number, end: number): GrammarSlip['scope'] {
  const named = Object.values(match.indices!.groups ?? {}).filter((range) => range !== undefined);
  return {
    start: Math.min(start, ...named.map(([first]) => first)),
    end: Math.max(end, ...named.map(([, last]) => last)),
  };
}

/** In the order of the text; two that overlap: the first of the table. */
export function grammarSlips(text: string, options: Pick<LexiconOptions, 'protected'> = {}): GrammarSlip[] {
  const found: GrammarSlip[] = [];
  for (const [pattern, correct, type] of patterns) {
    for (const match of text.matchAll(pattern)) {
      const [start, end] = match.indices!.groups?.wrong ?? match.indices![1]!;
      const right = correct(text.slice(start, end), match);
      if (right === undefined || isPartOfName(text, start, end) || /[-–'’_\p{L}\p{N}]/u.test(text[end] ?? ' '))
        continue;
      if (!found.some((slip) => slip.start < end && start < slip.end))
        found.push({
          start,
          end,
          candidates: [right],
          type,
          scope: scopeOf(match, start, end),
        });
    }
  }
  for (const { start, end, right, type, scope } of phraseSlips(text)) {
    const isFree = !found.some((slip) => slip.start < end && start < slip.end) && !isPartOfName(text, start, end);
    if (isFree && !/[-–_\p{L}\p{N}]/u.test(text[scope.end] ?? ' ') && !/[-–_\p{N}]/u.test(text[scope.start - 1] ?? ' '))
      found.push({ start, end, candidates: [right], type, scope });
  }
  const isOpen = openRanges(options.protected);
  return found.sort((left, right) => left.start - right.start).filter(({ start, end }) => isOpen(start, end));
}
