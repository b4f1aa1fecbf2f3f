/**
 * Words that sound like another one, where the words beside them leave no doubt: "please sea the guide", "check weather
 * the broker runs", "click hear". As in small-slips.ts each pattern names the words that it speaks of.
 */
import type { SlipPattern } from './slip-pattern';

const determiner = '(?:the|a|an|your|our|its|this|that|these|those|all|any|each|every)';
/** A base form follows these. */
const before = "(?:[Pp]lease|[Tt]o|can|could|will|would|should|must|may|might|don['’]t|do not|[Ll]et['’]s)";
const always =
  (word: string): (() => string) =>
  () =>
    word;

export const homophoneSlips: readonly SlipPattern[] = [
  [
    new RegExp(`\\b${before} (sea) (?=${determiner}\\b|how\\b|what\\b|if\\b|also\\b)`, 'dg'),
    always('see'),
    'confusable',
  ],
  [
    new RegExp(`\\b${before} (brake) (?=${determiner} |existing\\b|backwards?\\b|compatibility\\b|things?\\b)`, 'dg'),
    always('break'),
    'confusable',
  ],
  // "to loose the rope" is said of knots, not of data.
  [
    new RegExp(
      `\\b${before} (loose) (?=(?:${determiner} )?(?:data|connections?|changes|work|information|access|progress|state|` +
        'messages?|tokens?|packets?|precision|track|focus|control)\\b)',
      'dg',
    ),
    always('lose'),
    'confusable',
  ],
  [
    new RegExp(
      '\\b(?:[Cc]hecks?|[Cc]hecking|[Ss]ee|knows?|[Dd]etermines?|[Dd]ecides?|asks?|tests?|[Vv]erify|verifies|[Cc]ontrols?|' +
        `[Ss]pecify|specifies|indicates?|depending on|regardless of|unsure|sure) (weather) (?=${determiner}\\b|or\\b|it\\b|` +
        'you\\b|they\\b|we\\b|there\\b|to\\b|`)(?!the (?:forecast|report|service|data|app)\\b)',
      'dg',
    ),
    always('whether'),
    'confusable',
  ],
  [
    /\b(?:[Cc]lick|[Ss]tart|[Ss]ee|[Rr]ead|[Ll]ook|[Dd]ocumented|[Dd]escribed|[Ff]ound|[Dd]ownload it) (hear)(?=[.,;:!?)]|$| (?:to|for)\b)/dg,
    always('here'),
    'confusable',
  ],
  [
    /\b(?:[Tt]he|[Yy]our|[Oo]ur|[Aa]) (hole) (?=(?:file|project|process|page|thing|document|text|time|point|word|line|list|system|application|app|folder|directory|database|team|story|world|set|idea|code|codebase)\b)/dg,
    always('whole'),
    'confusable',
  ],
  [
    /\b(?:[Aa]|[Tt]his|[Tt]hat|[Ee]ach|[Ee]very|one|[Tt]he) (peace) (?=of (?:code|software|text|information|data|advice|hardware|work)\b)/dg,
    always('piece'),
    'confusable',
  ],
  [
    /\b(?:[Aa]s|[Ii]n|[Aa]|[Uu]sing|[Tt]he|of) (plane) (?=(?:text|English|HTML|JavaScript|Python|old|object|language|string)\b)/dg,
    always('plain'),
    'confusable',
  ],
  [/\b(?:[Aa]|[Aa]ny|[Nn]o|[Tt]he|[Ss]ome|[Tt]hese) (knew) (?=[a-z])/dg, always('new'), 'confusable'],
  [
    /\b([Bb]uy) (?=default\b|hand\b(?! lotion)|using\b|running\b|setting\b|calling\b|adding\b|passing\b)/dg,
    (word) => (word[0] === 'B' ? 'By' : 'by'),
    'confusable',
  ],
  [
    /(?<!\b(?:[Ww]hich|[Ww]hat) )\b(?:place|places|file|directory|folder|line|page|section|location|locations|case|cases|situation|situations|point) (were) (?=(?:you|it|we|they|the user|users)\b)/dg,
    always('where'),
    'confusable',
  ],
  [
    /\b(?:[Ll]oaded|[Ll]oads|[Cc]alled|[Rr]ead|[Rr]un|[Rr]eads|[Ff]etched|[Ii]mported|[Cc]opied|[Rr]emoved|[Dd]ownloaded|[Ii]nstalled|[Ii]nherits|[Rr]eturned|[Uu]ninstalled|[Dd]ifferent|[Aa]part|[Ee]ither|[Oo]r|[Aa]nd|[Aa]way|[Dd]irectly|[Oo]utput|[Mm]issing) (form) (?=(?:the (?:command|config|server|file|disk|source|shell|terminal|browser|cache|client|list|root|database|internet|repository|registry|top|menu|network|environment|console)|a (?:file|shell|script|browser|terminal|remote|different)|your|scratch|disk|memory|there|here|source)\b)/dg,
    always('from'),
    'confusable',
  ],
  // The composer has a capital.
  [/(?<![\p{L}-])(handel)(?=s?\b)/dgu, always('handle'), 'spelling'],
  [/(?<=[\p{L},] )(fot)(?= (?:the|a|an|your|this|each|all|it|more|example|you)\b)/dgu, always('for'), 'spelling'],
];
