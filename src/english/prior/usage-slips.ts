/**
 * Fixed turns of phrase with a wrong small word: "despite of", "discuss about", "in the other hand", "Neither … or".
 */
import { as, rx, withCaseOf, word, type SlipPattern } from './slip-pattern';
import { auxiliaries, functionWords, modals } from '../words';
import { baseOfThird, isBaseForm, isOneThing, oneOf } from './word-classes';

export const usageSlips: readonly SlipPattern[] = [
  [
    /\b[Nn]either (?!of\b)(?<first>(?:[\w`/.-]+ ){1,3}?)(?<wrong>or)(?= )/dg,
    // "Neither side has access or rights": the verb stands between.
    (_, { groups }) =>
      groups!
        .first!.split(' ')
        .some((each) => auxiliaries.has(each) || modals.has(each) || baseOfThird(each) !== undefined)
        ? undefined
        : 'nor',
    'confusable',
  ],
  [/(?<wrong>\b[Ii]n the most)(?= cases\b)/dg, as('in most'), 'article'],
  [/(?<wrong>\b[Uu]nlike to)(?= (?:the|an?|other|most|many|some|its|our|your)\b)/dg, as('unlike'), 'preposition'],
  [
    /(?<wrong>\b[Tt]hey['’]re|\b[Tt]heir)(?= (?:are|is|were|was) (?:a|an|no|not|many|some|several|two|three|other|also)\b)/dg,
    as('there'),
    'confusable',
  ],
  [/\binterest(?:ed)? (?<wrong>on)(?= (?:the|your|our|this|a|an|[a-z]+ing)\b)/dg, as('in'), 'preposition'],
  [/(?<wrong>\b[Dd]espite of)(?= )/dg, as('despite'), 'preposition'],
  [/(?<wrong>\b[Ii]nspite of)(?= )/dg, as('in spite of'), 'spelling'],
  [/(?<wrong>\b[Ii]n the other hand)\b/dg, as('on the other hand'), 'preposition'],
  [/(?<wrong>\b[Ii]n the contrary)\b/dg, as('on the contrary'), 'preposition'],
  [
    /\b(?:[Dd]iscuss(?:es|ed|ing)?)(?<wrong> about)(?= (?:the|this|these|how|a|it|our|your)\b)/dg,
    () => '',
    'preposition',
  ],
  [/\b(?<wrong>[Aa]ccording with)(?= )/dg, as('according to'), 'preposition'],
  [
    /\b(?:[Cc]omposed) (?<wrong>by)(?= (?:two|three|four|several|many|multiple|different)\b)/dg,
    as('of'),
    'preposition',
  ],
  [/\b(?:is|are|be|was|were|highly|not|strongly|fully) dependent (?<wrong>of)(?= )/dg, as('on'), 'preposition'],
  [
    /\b(?<!\b(?:separate|similar|due|related|relative|prior|limited|restricted|addition|[Hh]ow|[Ww]hen|[Ww]here|[Ww]hy) )(?:to|can|will|could|must|not) access(?<wrong> to)(?= (?:the|a|an|your|this|its|these|all|any)\b)/dg,
    () => '',
    'preposition',
  ],
  [/\b[Ll]acks(?<wrong> of)(?= [a-z])/dg, () => '', 'preposition'],
  [
    /\b(?:[Ss]imilar|[Ii]dentical) (?<wrong>than|as)(?= (?:the|a|an|in|for|before|above|those|that)\b)/dg,
    as('to'),
    'preposition',
  ],
  [
    /\b(?:the|exactly the) same (?:[a-z]+ )?(?<wrong>than)(?= (?:the|in|for|before|above|a|an|when|with)\b)/dg,
    as('as'),
    'preposition',
  ],
  [/(?<wrong>\b[Aa]n other)(?= [a-z])/dg, as('another'), 'spacing'],
  [
    /(?<wrong>\b[Ee]ach others)(?= (?<next>[a-z]+))/dg,
    (others, { groups }) => (functionWords.has(groups!.next!) ? others.slice(0, -1) : `${others.slice(0, -1)}'s`),
    'punctuation',
  ],
  [
    /\b(?:[Mm]ore|[Ll]ess|[Ff]ewer|[Rr]ather|[Oo]ther|[Gg]reater|[Ll]arger|[Ss]maller|[Bb]etter|[Ff]aster|[Oo]lder|[Nn]ewer) (?<wrong>then)(?= (?:the|a|an|one|two|\d|just|any|that|what|it|this|you|your)\b)/dg,
    as('than'),
    'confusable',
  ],
  // "but its slower than", "it is too large too fit on".
  [
    /(?:, |\b(?:but|and|because|since|that) )(?<wrong>its)(?= (?:(?:much|far|a lot) )?(?:faster|slower|better|worse|easier|harder|larger|smaller|cheaper|simpler|safer|more [a-z]+) (?:than|then|to|for|if|when)\b)/dg,
    () => "it's",
    'confusable',
  ],
  [
    rx(
      `\\b(?:large|big|small|long|short|slow|late|early|old|hard|difficult|complex) (?<wrong>too) (?=(?<verb>${word}) (?:on|in|the|a|an|to|into|it|for)\\b)`,
    ),
    (_, { groups }) => (isBaseForm(groups!.verb!) ? 'to' : undefined),
    'confusable',
  ],
  // "because of it's size".
  [
    rx(
      `\\b(?:of|in|with|for|on|by|from|about|into|at|under|has|change|changes|through|via|using|and all) (?<wrong>it['’]s) (?=(?<noun>${word})\\b)`,
    ),
    (_, { groups }) =>
      isOneThing(groups!.noun!) || oneOf(groups!.noun!) !== undefined || groups!.noun === 'own' ? 'its' : undefined,
    'confusable',
  ],
  [/(?<wrong>(?<!\band )\b[Ee]very)(?= of (?:the|these|those|them|our|your)\b)/dg, as('each'), 'confusable'],
  [
    /\b(?:is|are|was|were|be) (?<wrong>not)(?= longer (?:needed|necessary|required|supported|available|possible|used|valid|maintained|recommended|allowed)\b)/dg,
    () => 'no',
    'confusable',
  ],
  [
    /\b(?:to|[Pp]lease|can|could|should) contact(?<wrong> (?:with|to))(?= (?:me|us|you|the|your|our)\b)/dg,
    () => '',
    'preposition',
  ],
  [/(?<wrong>\b[Ii]n additional to)\b/dg, as('in addition to'), 'confusable'],
  [/\b[Aa] lot (?<wrong>a)(?= (?:[a-z]+ )?[a-z]+s\b)/dg, as('of'), 'confusable'],
  [/\b(?<wrong>[Aa]lot)\b(?! (?:of land|number)\b)/dg, as('a lot'), 'spacing'],
  [/\b(?<wrong>[Aa]bit)(?= )/dg, as('a bit'), 'spacing'],
  [/\b(?<wrong>upto)(?= )/dg, as('up to'), 'spacing'],
  [/\b[Ee]ither (?!of\b)(?<first>(?:[\w`/.-]+ ){1,4}?)(?<wrong>nor)(?= )/dg, as('or'), 'confusable'],
  [
    /\b(?<wrong>[Yy]our)(?= not (?:able|allowed|going|sure|using|alone|supposed|required|the|a)\b)/dg,
    (your) => `${your.slice(0, -1)}'re`,
    'confusable',
  ],
  [/(?<wrong>\b[Ww]ithout of)(?= )/dg, as('without'), 'preposition'],
  [/(?<wrong>\b[Rr]egarding to)(?= )/dg, as('regarding'), 'preposition'],
  [
    /\b(?<wrong>excepts)(?= (?:the|an?|two|three|one|only|any|all|both|either|no|as|multiple|several)\b)/dg,
    as('accepts'),
    'confusable',
  ],
  [
    /\b(?:[Tt]his|[Tt]hat|[Ww]hich|[Ii]t|also|only|directly|negatively) (?<wrong>effects)(?= (?:the|all|any|every|your|our|its|only|how|performance|users|other)\b)/dg,
    as('affects'),
    'confusable',
  ],
  [
    /(?:\b(?:not|may|might|could|would|also|will|can)|n['’]t) (?<wrong>effect)(?= (?:the|all|any|every|your|our|its|how|performance|users|other)\b(?! (?:a|the) (?:change|transition|cure)))/dg,
    as('affect'),
    'confusable',
  ],
  [
    /(?<wrong>\b[Ww]ho['’]s)(?= (?:responsibility|job|fault|turn|name|value|values|code|idea|data|purpose|owner|account)\b)/dg,
    as('whose'),
    'confusable',
  ],
  [
    /\b(?:[Bb]oth of|[Aa]ll of|[Ss]ome of|[Mm]any of|[Mm]ost of|[Oo]ne of|[Ii]n) (?<wrong>this)(?= (?<noun>[a-z]{3,}s)(?: (?:are|were|have|can|will|must|should|do|work)\b|[.,;!?]|$| everything\b))/dg,
    (_, { groups }) => (oneOf(groups!.noun!) !== undefined || groups!.noun === 'days' ? 'these' : undefined),
    'agreement',
  ],
  [/\b[Pp]lease (?<wrong>advice)(?= |[.,;!?]|$)/dg, as('advise'), 'confusable'],
  [
    /\b(?:[Tt]hanks|[Tt]hank you) for (?<wrong>you)(?= (?:help|support|work|time|feedback|contributions?|patience|interest|reply|answer|comments?|suggestions?|report|efforts?|understanding|attention)\b)/dg,
    as('your'),
    'confusable',
  ],
  [/(?<wrong>\b[Ll]et['’]s us)\b/dg, as('let us'), 'extra-word'],
  [/\b[Rr]eason (?:for (?:this|that) )?(?:is|was) (?<wrong>because)(?= )/dg, as('that'), 'other'],
  [
    /(?:^|[.!?] )(?<wrong>Than)(?=,? (?:you|we|the|it|run|open|click|add|use|create|select|install|start|go|copy|set)\b)/dg,
    as('then'),
    'confusable',
  ],
  [
    /(?<!\b(?:which|what|that|where|how|when|if|while) )\b(?<wrong>[Ii]t['’]s)(?= (?<noun>[a-z]{3,}) (?:is|was|are|were|has|had|can|will|must|should|does)\b)/dg,
    (its, { groups }) =>
      (isOneThing(groups!.noun!) || groups!.noun === 'meaning') && !/^(?:one|time|something)$/.test(groups!.noun!)
        ? withCaseOf('its', its)
        : undefined,
    'confusable',
  ],
  [
    /\b(?:I|[Ww]e|[Yy]ou|[Tt]hey|[Ii]t)['’](?:m|re|s) (?<wrong>to)(?= (?:tired|busy|lazy|late|slow|old|young|small|big|large|hard|complex|long|short|early|expensive|difficult)(?:[.,;!?]|$| (?:to|for|and|but)\b))/dg,
    as('too'),
    'confusable',
  ],
  [
    /\b(?:[Ee]verybody|[Ee]veryone|[Ee]verything|[Nn]othing|[Nn]obody|[Aa]nything|[Nn]one) (?<wrong>accept)(?= (?:for|one|two|three)\b)/dg,
    as('except'),
    'confusable',
  ],
  [
    /\b(?:[Tt]urned|[Tt]urning|[Ss]witched|[Ss]witching|(?:to|can|must|should|will|please|[Pp]lease) (?:turn|switch)) (?<wrong>of)(?= (?:the|it|all|your|this|that|them|our)\b)/dg,
    as('off'),
    'confusable',
  ],
  [
    /\b(?:[Ll]onger|[Ss]horter|[Ff]aster|[Ss]lower|[Bb]etter|[Ww]orse|[Mm]ore|[Ll]ess|[Ee]asier|[Hh]arder|[Hh]igher|[Ll]ower|[Ll]arger|[Bb]igger|[Ss]maller|[Ee]arlier|[Ll]ater|[Ss]ooner) (?<wrong>then)(?= (?:expected|planned|usual|necessary|needed|anticipated|normal|average|ever|before|hoped)\b)/dg,
    as('than'),
    'confusable',
  ],
];
