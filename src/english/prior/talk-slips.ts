/**
 * Slips of issues and answers: "so it get ignored", "is there a way for do this", "is not longer visible", "it is
 * created automatic", "it is important that to save". As in the other tables of slips a pattern speaks only where its
 * words have no right reading.
 */
import {
  as,
  behindNoun,
  isMany,
  object,
  rx,
  samePast,
  sentenceStart,
  toThird,
  withCaseOf,
  word,
  type SlipPattern,
} from './slip-pattern';
import {
  baseOfContinuous,
  continuousOf,
  countedOf,
  isBaseForm,
  isOnlyVerb,
  isParticiple,
  uncountable,
} from './word-classes';

const somebody = '(?:me|us|you|him|her|them|people|users|someone|anyone)';
/** Adjectives that stand behind a verb only by mistake. */
const adverbOf: Readonly<Record<string, string>> = {
  automatic: 'automatically',
  significant: 'significantly',
  dynamic: 'dynamically',
  manual: 'manually',
  separate: 'separately',
  proper: 'properly',
  quick: 'quickly',
  slow: 'slowly',
  regular: 'regularly',
  frequent: 'frequently',
  independent: 'independently',
  immediate: 'immediately',
  complete: 'completely',
  drastic: 'drastically',
  considerable: 'considerably',
};
/** "It is marked significant": what such verbs make of a thing is an adjective. */
const makesSo =
  /^(?:made|marked|considered|deemed|labelled|labeled|rendered|kept|set|left|called|declared|become|judged|found|thought|proved|proven|assumed|flagged|reported|shown)$/;
const adjective =
  '(?:different|new|good|bad|single|simple|small|large|big|better|specific|separate|similar|common|great|nice|custom|valid|possible|long|short|quick|useful|important|strange|weird|major|minor|huge|real|clear|complete|additional|serious)';
const howWell: Readonly<Record<string, string>> = { slow: 'slowly', quick: 'quickly', bad: 'badly', good: 'well' };
const unreal: Readonly<Record<string, string>> = { know: 'knew', have: 'had', be: 'were', use: 'used', need: 'needed' };
const intransitive =
  /^(?:work|run|start|stop|fail|crash|matter|look|change|load|respond|render|compile|build|hang|freeze|break|happen|occur|exist|get)$/;

export const talkSlips: readonly SlipPattern[] = [
  // "so it get ignored", "and it save me".
  [
    rx(
      `(?:,|\\b(?:so|but|then|because|since|and)|, (?:and|so|but|then)) it (?<wrong>${word})`,
      `(?= (?:me|us|you|them|${object}|to|from|into|with|[a-z]+ed)\\b)`,
    ),
    (verb, { input, index }) =>
      (isBaseForm(verb) || verb === 'get') &&
      !samePast.test(verb) &&
      // "make it start, and it run" and "should it fail and it stop" ask for the base.
      !/\b(?:make|makes|let|lets|help|helps|have|do|does|did|should|could|can|will|would|must|may|might|to|that)\b[^.;:]*$/i.test(
        input!.slice(0, index),
      )
        ? toThird(verb)
        : undefined,
    'agreement',
  ],
  // "Do you know why this happen?".
  [
    rx(`\\b(?:why|how|when|where|whether) (?:it|this|that|he|she) (?<wrong>${word})(?=[.,;!?]|$)`),
    (verb) => (isOnlyVerb(verb) || intransitive.test(verb) ? toThird(verb) : undefined),
    'agreement',
  ],
  // "a way for do this".
  [
    rx(
      `\\b(?:way|ways|able|option|possible|possibility|command|tool|how|need|needed|useful|used|necessary|easy|required) (?<wrong>for)(?= (?<verb>${word}) (?:${object})\\b)`,
    ),
    (_, { groups }) => (isOnlyVerb(groups!.verb!) || groups!.verb === 'do' ? 'to' : undefined),
    'verb-form',
  ],
  [
    rx(
      `\\b(?:[Ww]ay|[Oo]ption|possible|possibility|how|useful|necessary|easy) (?<wrong>for)(?= do (?:${object}|so)\\b)`,
    ),
    as('to'),
    'verb-form',
  ],
  [
    /\b(?:is|are|was|were|does|do|will|can|should|has|have) (?<wrong>not)(?= longer (?!than\b|or\b|and\b|but\b|in\b|for\b)[a-z])/dg,
    as('no'),
    'confusable',
  ],
  // "depending on how much data do you have".
  [
    rx(
      `\\b(?:on|know|see|understand|about) how (?:much|many) ${word}(?<wrong> do)(?= (?:you|we|they|I) ${word}[.,;]?$)`,
    ),
    (_, { input }) => (/\?\s*$/.test(input!) ? undefined : ''),
    'extra-word',
  ],
  [
    /(?:^|[.!?] )In my opinion,? (?<wrong>is)(?= (?:an?|the|very|really|not|too|better|worth)\b)/dg,
    as('it is'),
    'missing-word',
  ],
  // "It is created automatic".
  [
    rx(`\\b(?<verb>${word}) (?<wrong>${Object.keys(adverbOf).join('|')})(?=[.;!?]|$)`),
    (adjective, { groups }) =>
      isParticiple(groups!.verb!) && !makesSo.test(groups!.verb!) ? adverbOf[adjective] : undefined,
    'other',
  ],
  [
    /\b[Tt]here (?<wrong>where)(?= (?:some|many|no|an?|several|two|three|few|any|only|also|not|lots|plenty)\b)/dg,
    as('were'),
    'confusable',
  ],
  [
    /\b(?:important|necessary|possible|better|easy|easier|hard|harder|useful|best)(?<wrong> that)(?= to [a-z]+ )/dg,
    () => '',
    'extra-word',
  ],
  // "helping me to solving this".
  [
    rx(
      `\\b(?:help|helps|helped|helping|allow|allows|allowed|want|wants|wanted|ask|asks|asked|need|needs) ${somebody} to (?<wrong>[a-z]{2,}ing)\\b`,
    ),
    (continuous) => baseOfContinuous(continuous),
    'verb-form',
  ],
  [
    /\b(?:[Uu]pdate|[Uu]pdated|[Uu]pdating|[Uu]pgrade|[Uu]pgraded|[Uu]pgrading|[Ss]witch|[Ss]witched) to the (?<wrong>last)(?= (?:version|release|build|stable)\b)/dg,
    as('latest'),
    'confusable',
  ],
  // "Let me know if you have a different opinions".
  [
    rx(`\\b[Aa]n? ${adjective} (?<wrong>${word}s)${behindNoun}`),
    (nouns) => (isMany(nouns) ? countedOf(nouns) : undefined),
    'agreement',
  ],
  [
    rx(
      `\\b(?<wrong>[Aa]n? (?<adjective>${adjective} )?(?<noun>${[...uncountable].map((noun) => `${noun}s`).join('|')}))\\b`,
    ),
    (wrong, { groups }) => withCaseOf(`${groups!.adjective ?? ''}${groups!.noun!.slice(0, -1)}`, wrong),
    'article',
  ],
  // "The page is loading very slow".
  [
    rx(
      '\\b(?:is|are|was|it|everything|app|page|site|code) (?:loading|running|working|responding|runs|works|loads|loaded|worked|ran) ',
      `(?:very|so|really|too|quite|pretty) (?<wrong>${Object.keys(howWell).join('|')})(?=[.,;!?]|$| (?:on|in|for|when|with|and|but|now)\\b)`,
    ),
    (wrong) => howWell[wrong],
    'other',
  ],
  // "I have a doubt about how does this work.": no question, so the subject comes first.
  [
    rx(
      `\\b(?:about|[Kk]now|understand|see|explain|explains|sure|wonder|learn|understanding) (?:how|why|where|what|when) (?<wrong>does (?<subject>it|this|that) (?<verb>${word}))(?=[.,;]|$)`,
    ),
    (_, { groups, input }) =>
      isBaseForm(groups!.verb!) && !/\?\s*$/.test(input!) ? `${groups!.subject} ${toThird(groups!.verb!)}` : undefined,
    'other',
  ],
  [
    rx(
      `\\b(?:decided|want|wanted|tried|try|prefer|chose|choose|need|like) (?:not to|to not) (?<wrong>[a-z]{2,}ing)\\b`,
    ),
    (continuous) => baseOfContinuous(continuous),
    'verb-form',
  ],
  [
    /\b(?:is|are|was|were|have|has|takes|took|with|such|quite|spent|spend) (?<wrong>lot of)\b/dg,
    as('a lot of'),
    'article',
  ],
  [
    /\b(?:work|works|worked|working|is|was|it|just|[Jj]ust|looks|behaves|done|used|exactly) (?<wrong>like)(?= (?:expected|described|documented|intended|planned|usual)(?:[.,;!?]|$| (?:in|above|before|by)\b))/dg,
    as('as'),
    'preposition',
  ],
  [
    /(?<!\b(?:which|that|what|who|as) )\bI (?:think|guess|believe|hope|suppose) (?<wrong>is)(?= (?:better|not|an?|the best|possible|good|too|very|more|ok|okay|because)\b)/dg,
    as('it is'),
    'missing-word',
  ],
  [/\b(?<wrong>Thanks)(?= you(?: (?:for|very|so|in|all|again)\b|[.,!]|$))/dg, as('Thank'), 'other'],
  [/\bconsists? (?<wrong>in)(?= (?:two|three|four|five|six|several|many)\b)/dg, as('of'), 'preposition'],
  [
    /\b(?<wrong>(?<which>[Ee]very|[Aa]ny|[Ss]ome) body)(?= (?:can|could|should|will|would|is|has|knows?|who|wants?|needs?|else)\b)/dg,
    (_, { groups }) => `${groups!.which}body`,
    'spacing',
  ],
  // "The file is too big for upload it".
  [
    rx(`\\b(?:too|enough) (?:[a-z]+ )?(?<wrong>for)(?= (?<verb>${word}) (?:it|them|this|that|the|an?)\\b)`),
    (_, { groups }) => (isBaseForm(groups!.verb!) ? 'to' : undefined),
    'verb-form',
  ],
  [
    rx(
      `(?:${sentenceStart}|\\b(?:and|but|so|because|since|if|that|think|when|as) |, )(?<wrong>[Ii]m)(?= (?:not|sorry|happy|glad|sure|new|unable|able|also|still|just|really|an?|the|getting|trying|using|having|going|[a-z]{3,}ing)\\b)`,
    ),
    () => "I'm",
    'punctuation',
  ],
  // "If I would know the answer, I wouldn't ask".
  [
    rx(
      `${sentenceStart}If (?:I|we|they|he|she) (?<wrong>would (?<verb>${Object.keys(unreal).join('|')}))(?= [^.?!]*, [^.?!]*\\b(?:would|wouldn['’]t|could|couldn['’]t)\\b)`,
    ),
    (_, { groups }) => unreal[groups!.verb!],
    'verb-form',
  ],
  [/\b[Oo]nly (?<wrong>few)(?= [a-z]+s?\b)/dg, as('a few'), 'article'],
  // "because of the password is not encrypted"
  [
    rx(
      `\\b(?<wrong>[Bb]ecause of)(?= (?:it|they|this|that|we|you|(?:the|your|my|our) ${word}) (?:is|are|was|were|has|have|does|did|do|can|will)\\b)`,
    ),
    (words) => words.slice(0, 7),
    'extra-word',
  ],
  [
    rx(`\\b(?<wrong>for)(?= (?<verb>${word}) (?:it|them|that)(?:[.,;!?]|$))`),
    (_, { groups }) =>
      isBaseForm(groups!.verb!) && !/^(?:all|both|like|example|reason)$/.test(groups!.verb!) ? 'to' : undefined,
    'verb-form',
  ],
  [
    /\b(?<wrong>like)(?= (?:it is|it was|it's|they are|is) (?:described|shown|explained|documented|mentioned|written|done)\b)/dg,
    as('as'),
    'preposition',
  ],
  [
    rx(
      `\\b(?:[Ii]['’]?m|am|are|was|were|is|got|get|getting) (?:so |very |really |already )?(?<wrong>tired to (?<verb>${word}))\\b`,
    ),
    (_, { groups }) => (isBaseForm(groups!.verb!) ? `tired of ${continuousOf(groups!.verb!)}` : undefined),
    'verb-form',
  ],
  [
    /\b(?<wrong>[Ee]very thing)(?= (?:in|on|is|was|you|we|that|works?|else|needed|for|from|to)\b|[.,;!?]|$)/dg,
    as('everything'),
    'spacing',
  ],
  [/, (?<wrong>specially)(?= (?:to|for|when|if|in|on|with|at|because|the)\b)/dg, as('especially'), 'confusable'],
];
