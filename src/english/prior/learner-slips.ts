/**
 * Slips of people whose first language says it otherwise: "is write in C", "I am use this", "most of users",
 * "available on English", "is the responsible for", "does not do nothing", "an advice", "as soon as you will receive",
 * "same like". As in the other tables of slips a pattern speaks only where its words have no right reading.
 */
import {
  as,
  asksForBase,
  behindNoun,
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
  ofOne,
  ofMany,
} from './slip-pattern';
import {
  baseOfContinuous,
  baseOfThird,
  continuousOf,
  countedOf,
  isBaseForm,
  isCounted,
  isOneThing,
  isOnlyVerb,
  manyOf,
  participleOfBase,
} from './word-classes';

const languages =
  'English|German|French|Spanish|Italian|Portuguese|Russian|Chinese|Japanese|Korean|Polish|Dutch|Turkish|Arabic|Hindi|Czech|Swedish|Ukrainian';
const oneself = "(?:I am|I['’]m|[Ww]e are|[Ww]e['’]re|[Tt]hey are|[Yy]ou are|[Yy]ou['’]re)";
const irregular = /^(?:write|choose|give|take|know|begin|speak|draw|forget|hide|throw|break|drive)$/;
const adjectiveOf: Record<string, string> = {
  carefully: 'careful',
  importantly: 'important',
  easily: 'easy',
  differently: 'different',
  usefully: 'useful',
  helpfully: 'helpful',
  difficultly: 'difficult',
};

export const learnerSlips: readonly SlipPattern[] = [
  // "This library is write in C.", "When the build is finish, …"
  [
    rx(
      `(?<!\\b[Tt]here )\\b(?:is|was) (?:also |then |now )?(?<wrong>${word})(?= (?:in|by|from|with|at|as|into|on|for) \\w|[.,;]|$)`,
    ),
    (base, { input, index }) => {
      const form = isOnlyVerb(base) || irregular.test(base) ? participleOfBase(base) : base;
      return form === base ||
        asksForBase.test(input!.slice(0, index)) ||
        /^(?:respond|reply|exist|happen|appear|belong|consist|depend|occur|remain|become|welcome|present|open|clear|complete|correct|corrupt|approximate|separate|direct|live|exempt)$/.test(
          base,
        )
        ? undefined
        : form;
    },
    'verb-form',
  ],
  // "This is the first time I am use this tool", "I am work on it".
  [
    rx(`\\b${oneself} (?:also |now |still |currently )?(?<wrong>${word})(?= (?:${object}|on|with|at)\\b)`),
    (base) =>
      (isOnlyVerb(base) && base !== 'agree') || /^(?:use|work|look|test|plan|run|build|search)$/.test(base)
        ? continuousOf(base)
        : undefined,
    'verb-form',
  ],
  // "Most of users", "Any of user".
  [
    rx(
      `(?<wrong>\\b(?:[Mm]ost|[Ss]ome|[Mm]any|[Aa]ny|[Ff]ew|[Ss]everal) of (?<noun>${word}))(?= (?:are|is|have|can|will|do|don['’]t|use|need|want|never|always|should|must)\\b)`,
    ),
    (words, { groups }) => {
      const many = isCounted(groups!.noun!)
        ? manyOf(groups!.noun!)
        : countedOf(groups!.noun!) === undefined
          ? undefined
          : groups!.noun;
      return many === undefined ? undefined : words.replace(/ of .*/, ` ${many}`);
    },
    'extra-word',
  ],
  [
    rx(`\\b[Aa]vailable (?<wrong>on) (?=(?:${languages})(?:[.,;!?)]|$| (?:and|or|as|only|for|in)\\b))`),
    as('in'),
    'preposition',
  ],
  [
    rx(
      `\\b(?:is|are|was|were|be)(?: very| not)? (?<wrong>${Object.keys(adjectiveOf).join('|')})(?= (?:to|with|from|for|that|if)\\b|[.,;]|$)`,
    ),
    (adverb) => adjectiveOf[adverb],
    'confusable',
  ],
  [
    /\b(?:[Tt]hanks|[Tt]hank you) (?<wrong>for)(?= (?:all|our|every|the) (?:[a-z]+ )?(?:contributors?|users|maintainers|people|sponsors|team|supporters|reviewers|translators|developers)\b)/dg,
    as('to'),
    'preposition',
  ],
  [/\b(?:is|are|was|were|am|be) (?<wrong>the responsible)(?= (?:for|of)\b)/dg, as('responsible'), 'extra-word'],
  [
    /(?<!\b[Ff]or )\b(?:[Tt]he|[Mm]ain|[Aa]|[Oo]ne|[Oo]nly) reasons? (?<wrong>of)(?= (?:the|this|that|my|your|our|these)\b)/dg,
    as('for'),
    'preposition',
  ],
  // "does not do nothing".
  [
    /\b(?:do|does|did|can|could|will|would)(?:n['’]t| not) [a-z]+ (?:about |with |to )?(?<wrong>nothing|nobody|nowhere)\b(?= (?:with|about|to|in|on|at|if|when)\b|[.,;!]|$)/dg,
    (none) => none.replace('no', 'any'),
    'confusable',
  ],
  [
    rx(
      `\\b[Tt]here (?<wrong>is) a lot of (?=(?:[a-z]+ )?(?<noun>people|${word}s)(?:[.,;!]|$| (?:who|that|which|in|on|to|for|with|and|out)\\b))`,
    ),
    (_, { groups }) => (groups!.noun === 'people' || isMany(groups!.noun) ? 'are' : undefined),
    'agreement',
  ],
  [
    rx(`${sentenceStart}(?<wrong>Please,) (?=(?<verb>${word}) (?:${object}|to|in|on|at|with|for|if|below|sure)\\b)`),
    (_, { groups }) =>
      isBaseForm(groups!.verb!) || /^(?:make|see|find|note)$/.test(groups!.verb!) ? 'Please' : undefined,
    'punctuation',
  ],
  // "give me an advice", not "an information page".
  [
    rx(
      `(?<wrong>\\b[Aa]n? (?:[a-z]+ )?(?<noun>advice|feedback|information|homework|evidence|equipment|furniture|software|knowledge))${behindNoun}`,
    ),
    (words, { groups }) =>
      words.split(' ').length > 2 || groups!.noun === 'software' ? undefined : withCaseOf(groups!.noun!, words),
    'article',
  ],
  // "As soon as you will receive it".
  [
    rx(`\\b(?:[Aa]s soon as|[Oo]nce|[Uu]ntil) (?:you|we|they|I) (?<wrong>will (?<verb>${word}))\\b(?! if\\b)`),
    (_, { groups }) => (isBaseForm(groups!.verb!) ? groups!.verb : undefined),
    'verb-form',
  ],
  [
    /(?<wrong>\b(?:the )?same like)(?= (?:the|an?|this|that|in|for|before|my|your)\b)/dg,
    as('the same as'),
    'confusable',
  ],
  // "This function do nothing."
  [
    rx(
      `${sentenceStart}(?:This|The|That|My|Your|Our|Each) (?<noun>${word}) (?<wrong>do)(?= (?:nothing|not|the|this|that|it|everything|something|an?|two|what|so|all)\\b)`,
    ),
    (_, { groups }) => (isOneThing(groups!.noun!) ? 'does' : undefined),
    'agreement',
  ],
  // Not "the dimensionality of these data is".
  [
    /(?<!\b(?:of|in|for|from|to|with|on|by|about|behind) )\b[Tt]hese data (?<wrong>is|was|has)(?= )/dg,
    (verb) => ofMany[verb],
    'agreement',
  ],
  [
    /(?<wrong>\b[Ss]ee at)(?= (?:the|our|this) (?:manual|documentation|docs|page|readme|wiki|website|guide|example)\b)/dg,
    as('see'),
    'extra-word',
  ],
  // "We've been develop this".
  [
    rx(`\\b(?:have|has|had|['’]ve) been (?<wrong>${word})(?= (?:${object})\\b)`),
    (base) =>
      isOnlyVerb(base) || /^(?:use|work|test|build|plan|search|look)$/.test(base) ? continuousOf(base) : undefined,
    'verb-form',
  ],
  // "The guide assumes you has it", "every time you runs the test", "we hope that you enjoys it".
  [
    rx(`(?<!\\b(?:of|and|or|between|among|for|with|than) )\\b(?:you|we|they) (?<wrong>has)(?= [a-z])`),
    () => 'have',
    'agreement',
  ],
  [
    rx(
      `\\b(?:[Ee]very time|[Ee]ach time|[Ww]henever|that|if|when|until|once|because) (?:you|we|they|I) (?<wrong>${word}s)(?= (?:${object}|to|on|in|with|from)\\b|[.,])`,
    ),
    (verb) => baseOfThird(verb),
    'agreement',
  ],
  // "After upgrade the database", "the process of install the driver", "a library for parse dates".
  [
    rx(
      `(?:${sentenceStart}(?:After|Before|When|While|By|Without)|\\b(?:process|way|method|purpose|risk|cost|step|act) of|\\b(?:used|tool|library|script|needed|required|useful|responsible|good) for) `,
      `(?<wrong>install|upgrade|update|create|add|remove|open|close|start|stop|run|build|clone|download|save|parse|read|write|delete|generate|convert|manage|handle|configure|deploy)(?= (?:the|your|an?|this|all|it)\\b|(?<=parse|generate|convert|manage|handle|configure) [a-z]+s\\b)`,
    ),
    continuousOf,
    'verb-form',
  ],
  // "If it not work".
  [
    rx(`\\b(?:[Ii]f|[Ww]hen|because|but|since|so) (?:it|this|that|he|she) (?<wrong>not (?<verb>${word}))\\b`),
    (_, { groups }) => (isBaseForm(groups!.verb!) ? `does not ${groups!.verb!}` : undefined),
    'verb-form',
  ],
  [
    /\b(?<wrong>(?<modal>should|could|would|must|wo|ca|can|will)(?:n['’]t| not) never)\b/dg,
    (_, { groups }) => `${{ wo: 'will', ca: 'can' }[groups!.modal!] ?? groups!.modal!} never`,
    'other',
  ],
  [/(?:n['’]t|\bnot) [a-z]+ (?<wrong>neither)(?= of\b)/dg, () => 'either', 'confusable'],
  [
    rx(
      `${sentenceStart}(?:Documentation|Information|Support|Feedback|Code|Advice|Help) (?:for|about|of|on) [^,.;:()]{3,40}? (?<wrong>are|were|have)(?= [a-z])(?![^.]*\\band\\b)`,
    ),
    (verb, { 0: words }) =>
      /\b(?:that|which|who|how|what|where)\b/.test(words) ? undefined : { are: 'is', were: 'was', have: 'has' }[verb],
    'agreement',
  ],
  [
    rx(
      `\\b(?:plan|plans|planned|going|decided|want|wants|need|needs|supposed|able) to (?<wrong>${word}ing)(?= (?:${object}|in|on|with|next|soon)\\b)`,
    ),
    (continuous) => baseOfContinuous(continuous),
    'verb-form',
  ],
  [
    /\b(?<wrong>(?:is|are|was) consisted)(?= of\b)/dg,
    (words) => (/^are/.test(words) ? 'consist' : 'consists'),
    'verb-form',
  ],
  [/\b(?<wrong>[Nn]o any)(?= [a-z])/dg, as('no'), 'extra-word'],
  // "Each of us have a task", "Neither of them work."
  [
    rx(
      `(?:${clauseStart}|\\b(?:that|and|but|so) )(?:[Oo]ne|[Ee]ach|[Ee]ither|[Nn]either) of (?:us|them|you|these|those) (?<wrong>have|are|were|do|${word})(?=[.;!]|$| (?:${object}|to|in|on|with|when|if|because)\\b)`,
    ),
    (verb) => ofOne[verb] ?? (isBaseForm(verb) && !samePast.test(verb) ? toThird(verb) : undefined),
    'agreement',
  ],
  [/\b(?:[Hh]e|[Ss]he|[Tt]hey|[Ww]e|I) (?<wrong>told)(?= that\b)/dg, as('said'), 'confusable'],
  [
    rx(`${clauseStart}[Tt]he (?:total )?amount of (?:[a-z-]+ )?(?<noun>${word}s) (?<wrong>are|have)(?= [a-z])`),
    (verb, { groups }) => (isMany(groups!.noun) ? ofOne[verb] : undefined),
    'agreement',
  ],
  [
    /\b(?<wrong>[Ss]ince)(?= (?:a|one|an) (?:year|month|week|day|hour|while|long time|couple of [a-z]+)(?:[.,;!?]|$| (?:and|but|now)\b))/dg,
    as('for'),
    'preposition',
  ],
  // "Both the client and the server is".
  [
    rx(
      `${sentenceStart}Both (?:the |your )?(?:[a-z-]+ ){1,2}and (?:the |your )?(?:[a-z-]+ )?${word} (?<wrong>is|was|has)(?= [a-z])`,
    ),
    (verb) => ofMany[verb],
    'agreement',
  ],
  [
    rx(`\\b(?:[Nn]ot [Ee]very|[Nn]ot each|[Aa]lmost every|[Nn]early every) (?<wrong>${word}s)(?= [a-z])`),
    (noun) => countedOf(noun),
    'agreement',
  ],
  [
    /\b(?:should|must|can|could|will|would|may|might|cannot)(?: not| also| never| only)? (?<wrong>being)(?= [a-z]+(?:ed|en|wn|de|lt|nt|pt)\b)/dg,
    () => 'be',
    'verb-form',
  ],
];
