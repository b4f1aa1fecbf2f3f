/**
 * Slips of issues and reports: "a few month ago", "all our test are", "the file was not founded", "it is cause by a
 * race", "could not found", "will be fix soon", "everyone who help", "take in account", "I'm agree". As in the other
 * tables of slips a pattern speaks only where its words have no right reading.
 */
import {
  as,
  isMany,
  object,
  rx,
  sentenceStart,
  toThird,
  withCaseOf,
  word,
  type SlipPattern,
  samePast,
  ofMany,
} from './slip-pattern';
import {
  baseOfPast,
  baseOfThird,
  isBaseForm,
  isCounted,
  isOneThing,
  isOnlyVerb,
  manyOf,
  participleOfBase,
  pastOfBase,
} from './word-classes';

const past: Record<string, string> = {
  understood: 'understand',
  brought: 'bring',
  bought: 'buy',
  kept: 'keep',
  sent: 'send',
  spent: 'spend',
  told: 'tell',
  built: 'build',
  lost: 'lose',
  caught: 'catch',
  taught: 'teach',
};
/** Nouns of one thing that stand behind "all the" as they are. */
const wholes =
  /^(?:way|time|day|night|world|code|data|stuff|work|rest|while|same|information|history|year|week|month)$/;
/** Verbs that are nouns as well, and done to things. */
const handled =
  'fix|test|load|update|change|release|review|merge|report|redesign|rework|upgrade|move|support|rename|replace|solve|remove|add|publish';

export const reportSlips: readonly SlipPattern[] = [
  [/\b(?<wrong>[Nn]obody of)(?= (?:us|them|you|the|these|our)\b)/dg, as('none of'), 'confusable'],
  // "tried to reproduced it", "helps you to understood the concept".
  [
    rx(
      `\\b(?:tried|tries|trying|wanted|needed|failed|managed|decided|attempted|helps? (?:you|us|me|them)) to (?<wrong>${word}ed)(?= (?:${object}|one)\\b)`,
    ),
    (verb) => {
      const base = baseOfPast(verb);
      return base !== undefined && isOnlyVerb(base) ? base : undefined;
    },
    'verb-form',
  ],
  [
    rx(
      `\\b(?:helps?|help|you|us|me|them|users|want|wants|able|need|needs|order|tried|trying|going|have|has|had|easy|easier|hard) to (?<wrong>${Object.keys(past).join('|')})(?= (?:${object}|how|what|why|one|that)\\b|[.,;])`,
    ),
    (verb) => past[verb],
    'verb-form',
  ],
  // "The module which handle the errors".
  [
    rx(`${sentenceStart}(?:The|This|An?) (?<noun>${word}) (?:which|that) (?<wrong>${word})(?= (?:${object})\\b)`),
    (verb, { groups }) =>
      isOneThing(groups!.noun!) &&
      (isOnlyVerb(verb) || /^(?:handle|manage|use|support|control)$/.test(verb)) &&
      !samePast.test(verb)
        ? toThird(verb)
        : undefined,
    'agreement',
  ],
  [
    /\b(?:[Aa] few|[Ss]everal|[Mm]any|[Ss]ome|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[2-9]|\d\d+) (?<wrong>month|week|year|day|hour|minute)(?= (?:ago|later|earlier|before|after)\b)/dg,
    (noun) => `${noun}s`,
    'agreement',
  ],
  // "will be fix soon", "has been redesign."
  [
    rx(
      `\\b(?:will|would|should|must|can|could|may|might|to) be (?:also |then |only |not )?(?<wrong>${handled})(?= (?:soon|later|in|by|now|next|with|on|to|for|at|when|if|after|before)\\b|[.,;]|$)`,
    ),
    participleOfBase,
    'verb-form',
  ],
  [
    rx(
      '(?<!\\b[Tt]here )\\b(?:has|have|had) been (?<wrong>redesign|rework|rename|replace|solve|remove|add|publish|merge|review|support|change)(?= (?:in|by|with|for|to|on|since|from|and)\\b|[.,;]|$)',
    ),
    participleOfBase,
    'verb-form',
  ],
  // "The program crash when I press it."
  [
    rx(
      `${sentenceStart}(?:The|This|My|Our|Your) (?<noun>${word}) (?<wrong>crash|hang|freeze|fail|exit|stop)(?= (?:when|if|after|whenever|every) (?:I|you|we|they|it|the|a|time)\\b)`,
    ),
    (verb, { groups }) => (isOneThing(groups!.noun!) ? toThird(verb) : undefined),
    'agreement',
  ],
  // "All our test are written in Python".
  [
    rx(
      `\\b[Aa]ll (?:of )?(?:the|our|your|my|these|their|its) (?<wrong>${word})(?= (?:(?:that|which) )?(?:are|were|have)\\b)`,
    ),
    (noun) => ((isCounted(noun) || noun === 'test') && !wholes.test(noun) ? manyOf(noun) : undefined),
    'agreement',
  ],
  [
    /\b(?:needs?|have|has|get|gets|gives?|with|without|requires?) (?<wrong>an access)(?= to\b)/dg,
    () => 'access',
    'article',
  ],
  // "If you don't have one you can created it."
  [
    rx(
      `\\b(?:you|we|they|I|users|it) (?:can|could|will|would|should|must|cannot) (?<wrong>${word}ed)(?= (?:${object}|one)\\b)`,
    ),
    (verb) => {
      const base = baseOfPast(verb);
      return base !== undefined && isOnlyVerb(base) ? base : undefined;
    },
    'verb-form',
  ],
  [
    /\b(?:can|could|will|would|may|might|cannot)(?:n['’]t| not)? (?<wrong>found)(?= (?:the|an?|any|it|this|that|them|out|your|more)\b)/dg,
    () => 'find',
    'verb-form',
  ],
  // "the most commonly error messages", not "the most commonly used" or "these are most commonly headings".
  [
    rx(
      `\\b(?:[Tt]he|[Yy]our|[Oo]ur|[Mm]y|[Ii]ts|[Tt]heir) (?:\\w+ )?most (?<wrong>commonly|frequently|recently) (?=(?<noun>${word}) ?(?<next>${word})?)`,
    ),
    (adverb, { groups }) => (isOneThing(groups!.noun!) || isMany(groups!.noun) ? adverb.replace(/ly$/, '') : undefined),
    'confusable',
  ],
  [
    /(?<![/.\w-])(?<wrong>english|german|spanish|japanese|russian|italian|portuguese|korean)(?![\w/-]|\.\w)/dg,
    (name) => name[0]!.toUpperCase() + name.slice(1),
    'casing',
  ],
  [rx(`\\b(?<wrong>[Pp]laning)(?= (?:to|on|for)\\b)`), as('planning'), 'spelling'],
  [/\b(?:[Tt]ake|takes|taken|taking|took) (?<wrong>in account)\b/dg, () => 'into account', 'preposition'],
  [
    /\b(?:file|files|page|module|command|package|resource|user|key|value|element|item|object|class|function|host|error|bug|solution) (?:is|was|were|are|be|been|could)(?: not| never)?(?: be)? (?<wrong>founded)\b/dg,
    () => 'found',
    'verb-form',
  ],
  [/\b(?:[Dd]iscuss(?:es|ed)?)(?<wrong> about)(?= [a-z]+ing\b)/dg, () => '', 'preposition'],
  [/\b(?<wrong>I['’]m agree)(?= |[.,]|$)/dg, () => 'I agree', 'verb-form'],
  // "This is cause by a race", not "This is work by the team".
  [
    rx(
      `\\b(?:is|was) (?:often |also |usually |not )?(?<wrong>cause|use|trigger|call|produce|handle|return|support|control|limit|request|block|lock|change|own|cover|affect)(?= by (?:the|an?|this|that|your|our|default|each)\\b)`,
    ),
    participleOfBase,
    'verb-form',
  ],
  [
    rx(
      `\\b(?:[Ee]veryone|[Ee]verybody|[Ss]omeone|[Aa]nyone|[Nn]obody|[Ss]omebody) who (?<wrong>${word})(?= (?:us|me|${object}|to|on|with|in)\\b)`,
    ),
    (verb) =>
      isOnlyVerb(verb) || /^(?:help|use|want|need|work|support|contribute)$/.test(verb) ? toThird(verb) : undefined,
    'agreement',
  ],
  [
    rx(`(?<!-)\\b(?:[Mm]any|[Ss]everal) (?<wrong>${word})(?= (?:over|between|about|during|without)\\b)`),
    (noun) => (isCounted(noun) ? manyOf(noun) : undefined),
    'agreement',
  ],
  [rx(`${sentenceStart}(?<wrong>The most of)(?= (?:the|them|us|our|these|my|your)\\b)`), () => 'Most of', 'extra-word'],
  [/\b(?<wrong>depends if)(?= )/dg, () => 'depends on whether', 'preposition'],
  // "There was too much requests."
  [
    rx(
      `\\b[Tt]here (?<wrong>is|was) (?=(?:too |so |very )?(?:much|many|few) (?:[a-z]+ )?(?<noun>${word}s)(?:[.,;]|$| (?:in|on|of|to|for|with|that|which|at|from)\\b))`,
    ),
    (verb, { groups }) => (isMany(groups!.noun) ? ofMany[verb] : undefined),
    'agreement',
  ],
  [
    rx(
      `\\b(?<wrong>(?:[Tt]oo |[Ss]o |[Vv]ery )?[Mm]uch) (?=(?<noun>${word}s)(?:[.,;]|$| (?:in|on|of|to|for|with|that|which|at|from|are|were|have)\\b))`,
    ),
    (words, { groups }) =>
      isMany(groups!.noun) && isCounted(groups!.noun!.replace(/s$/, '')) ? words.replace(/uch$/, 'any') : undefined,
    'confusable',
  ],
  [
    rx(
      `\\b(?<wrong>[Ll]ess) (?=(?<noun>bugs|files|errors|features|users|options|steps|tests|requests|issues|warnings|problems|people) than\\b)`,
    ),
    (words) => withCaseOf('fewer', words),
    'confusable',
  ],
  // "a informations", "your feedbacks": what is not counted.
  [
    /(?<wrong>\b(?:[Aa]n? )?(?<noun>information|feedback|software|hardware|equipment|knowledge|homework|furniture|malware)s)\b/dg,
    (words, { groups }) => withCaseOf(groups!.noun!, words),
    'agreement',
  ],
  // "Make sure your computer meet the requirements."
  [
    rx(
      `\\b(?:[Mm]ake sure|[Ee]nsures?|be sure|[Cc]heck|[Vv]erify|[Mm]eans|think|thinks|believe|hope)(?: that)? (?:the|your|our|this|each|every) `,
      `(?<noun>${word}) (?<wrong>${word})(?= (?:${object})\\b)`,
    ),
    (verb, { groups }) =>
      isOneThing(groups!.noun!) && isOnlyVerb(verb) && !samePast.test(verb) ? toThird(verb) : undefined,
    'agreement',
  ],
  [
    rx(
      `${sentenceStart}(?:The|This|Your|Our|My) (?:[a-z]+ )?(?<noun>${word}) (?<wrong>look|seem|sound|feel|take(?= (?:about|around|up to|a long|too long|some|several|\\d|more|less|only|two|three|five|ten)))(?= (?:about|around|up|a|some|several|\\d|more|less|only|two|three|five|ten|much|very|like|good|better|worse|different|nice|bad|fine|the same|a bit|too|so|as|strange|great)\\b)`,
    ),
    (verb, { groups }) => (isOneThing(groups!.noun!) ? toThird(verb) : undefined),
    'agreement',
  ],
  [
    rx(`\\b(?:[Bb]oth) (?<wrong>${word})(?= (?:are|were|have|can|will|must|should|do|need)\\b)`),
    (noun) => (isCounted(noun) ? manyOf(noun) : undefined),
    'agreement',
  ],
  // "The following steps describes the process."
  [
    rx(
      `${sentenceStart}The (?:following|first|last|next|new|other|two|three) (?<noun>${word}s) (?<wrong>${word}s)(?= (?:${object})\\b)`,
    ),
    (verb, { groups }) => (isMany(groups!.noun) ? baseOfThird(verb) : undefined),
    'agreement',
  ],
  [
    rx(
      `${sentenceStart}(?:The|This|Your|Our|My) (?<noun>${word}) (?<wrong>happen|occur|exist|depend|appear)(?= (?:only|on|in|when|if|at|to|because|after|for)\\b|[.,])`,
    ),
    (verb, { groups }) => (isOneThing(groups!.noun!) ? toThird(verb) : undefined),
    'agreement',
  ],
  [
    rx(`\\b(?<wrong>more (?<adjective>easy|simple|fast|slow|cheap|safe|clear)) (?=to (?:${word})\\b)`),
    (_, { groups }) => `${groups!.adjective!.replace(/y$/, 'i').replace(/e$/, '')}er`,
    'other',
  ],
  [
    /\b[Tt]here (?<wrong>is|was)(?= (?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-[a-z]+)?|[2-9]|\d\d+|several|many|few) of (?:them|us|these|those)\b)/dg,
    (verb) => ofMany[verb],
    'agreement',
  ],
  // "each service send its logs".
  [
    rx(`(?:^|[:;.,] )(?:[Ee]ach|[Ee]very) (?<noun>${word}) (?<wrong>${word})(?= (?:${object})\\b)`),
    (verb, { groups }) =>
      isOneThing(groups!.noun!) && isOnlyVerb(verb) && !samePast.test(verb) ? toThird(verb) : undefined,
    'agreement',
  ],
  // "Make sure everybody know what will happen".
  [
    rx(
      `\\b(?:[Mm]ake sure|[Ee]nsure|sure|hope)(?: that)? (?:everybody|everyone|someone|somebody|nobody) (?<wrong>${word})(?= (?:${object}|what|how|who|why|where|when|to)\\b)`,
    ),
    (verb) => (isOnlyVerb(verb) ? toThird(verb) : undefined),
    'agreement',
  ],
  // "I want to explain how did we do it."
  [
    rx(
      `\\b(?:[Ee]xplain|understand|know|show|describe|tell you|tell us|see|remember|explains|shows|describes) (?:how|why|where|when) (?<wrong>did (?<who>we|I|they|you|he|she|it) (?<verb>do|${word}))\\b(?![^.]*\\?)`,
    ),
    (_, { groups }) =>
      groups!.verb === 'do' || isBaseForm(groups!.verb!) ? `${groups!.who!} ${pastOfBase(groups!.verb!)}` : undefined,
    'other',
  ],
  [
    /\b(?:do|did|done|doing|work|works|worked|behaves?|behaved)(?: it| this| that| things)? (?<wrong>different)(?=[.!]|$| (?:from|than|next|now|this time)\b)/dg,
    as('differently'),
    'confusable',
  ],
];
