/**
 * Slips in small words that need no judge: apostrophes left out ("Thats why", "you cant"), "to" for "too", "a
 * least one", "the most out this", "is setup correctly", "It use the", "This are". As in grammar-slips.ts each
 * pattern names the words that it speaks of, and what may be right ("what you most need", "to slow the fan", "he
 * set it") is left to the network.
 */
import { isMany, sentenceStart, toThird, type SlipPattern } from './slip-pattern';
import { baseOfThirdPerson, isVerb, thirdPerson } from './verb-forms';

/** Its past is the same as its base: "It put", "He read". */
const samePast = new Set(
  'put set cut let hit read cost shut spread hurt quit cast bet burst split rid beat'.split(' '),
);
/** Never verbs behind "is to": "it is to slow." but "it is to slow the fan". */
const tooWhat =
  'slow|fast|big|small|large|long|short|late|early|high|low|many|much|few|hard|easy|complex|complicated|' +
  'expensive|heavy|strict|broad|narrow|verbose|generic|simple|old|new|deep|wide|weak|strong|dark|bright|loud|noisy|' +
  'vague|specific|difficult|dangerous|risky|strict|big|tight|loose|rigid|coarse|fragile|tedious|cumbersome';
/** A verb in the base that is joined to another one than the first: "lets the user read and send it". */
const bringsOtherVerb =
  /\b(?:to|can|could|will|would|must|should|may|might|that|who|which|where|when|if|you|they|we|and)\b/;
const isThirdPerson = (verb: string): boolean => {
  const lower = verb.toLowerCase();
  return baseOfThirdPerson(lower) !== undefined && !/^(?:lets|makes|helps|has|does|sees|hears|watches)$/.test(lower);
};
const withApostrophe = (word: string, at: number): string => `${word.slice(0, at)}'${word.slice(at)}`;

export const smallSlips: readonly SlipPattern[] = [
  // "thats", "whats", "heres" are no other word.
  [/\b([Tt]hats|[Ww]hats|[Hh]eres)\b/dg, (word) => withApostrophe(word, -1), 'punctuation'],
  [
    /\b(?:[Yy]ou|[Ww]e|[Tt]hey|I|[Ii]t|[Hh]e|[Ss]he|[Tt]his|[Tt]hat|[Uu]sers|[Pp]eople) (cant|wont)(?= [a-z])/dg,
    (word) => withApostrophe(word, -1),
    'punctuation',
  ],
  [
    new RegExp(
      `\\b(?:is|was|are|were|be|been|seems?|looks?|gets?|got|it['’]s|that['’]s|far|way|not) (to) ` +
        `(?=(?:${tooWhat})(?:[.,;:!?)]|$| (?:for|to|and|but|or|because|if|when)\\b))`,
      'dg',
    ),
    () => 'too',
    'confusable',
  ],
  // "much higher in rpm that that."
  [
    new RegExp(
      '\\b(?:more|less|fewer|better|worse|higher|lower|larger|bigger|smaller|faster|slower|longer|shorter|greater|older|' +
        'newer|easier|harder|later|earlier|cheaper|deeper)(?: (?:in|on|at|of) [a-z]+)? (that that)(?=[.,;!?]|$)',
      'dg',
    ),
    () => 'than that',
    'confusable',
  ],
  // "Receives the address and send it.", "The command takes a name and print it."
  [
    new RegExp(
      `${sentenceStart}(?:It |(?:The|This|Each|Every|An?) (?:\\S{1,40} ){1,2})?(?<first>[A-Za-z][a-z]+s) ` +
        '(?:the|an?|its|this|all|each|every|your|their|one) (?<object>[^.,;:!?()]{1,60}?) and (?<wrong>[a-z]{3,}) ' +
        '(?=(?:it|them)\\b)',
      'dg',
    ),
    (verb, { groups }) =>
      isThirdPerson(groups!.first!) && isVerb(verb) && !bringsOtherVerb.test(groups!.object!)
        ? thirdPerson(verb)
        : undefined,
    'agreement',
  ],
  // "lots of changes a improvements."
  [
    new RegExp(
      '\\b(?:of|with|some|many|several|all|various|more|these|those) [a-z]{3,}[^s]s (?<wrong>a (?<other>[a-z]{3,}s))(?=[.,;:!?)]|$)',
      'dg',
    ),
    (words, { groups }) => (isMany(groups!.other) ? `and ${words.slice(2)}` : undefined),
    'confusable',
  ],
  [/\b(a least)(?= (?:one|two|three|once|twice|some|\d))/dg, () => 'at least', 'confusable'],
  [
    /\b(?:[Gg]et|gets|[Gg]etting|got|[Mm]ake|[Mm]aking) the most (out) (?=(?:this|these|your|our|its|their|it|them|the)\b)/dg,
    () => 'out of',
    'missing-word',
  ],
  [
    new RegExp(
      '\\b(?:is|are|was|were|be|been|get|gets|got|getting) (setup)' +
        '(?=\\.?$| (?:correctly|properly|successfully|and|with|by|automatically|already|manually)\\b|[.,;!?] )',
      'dg',
    ),
    () => 'set up',
    'spacing',
  ],
  [
    new RegExp(
      `${sentenceStart}(?:It|He|She) ([a-z]{3,})\\b(?= (?:the|a|an|to|that|all|your|its|this|them|it)\\b(?! be\\b))`,
      'dg',
    ),
    (verb) => (isVerb(verb) && !samePast.has(verb) && thirdPerson(verb) !== verb ? toThird(verb) : undefined),
    'agreement',
  ],
  [
    new RegExp(`${sentenceStart}(This|That) are (?!(?:and|or)\\b)`, 'dg'),
    (word) => (word === 'This' ? 'These' : 'Those'),
    'agreement',
  ],
  [/\b(?:[Aa]nd|[Bb]ut|[Bb]ecause|[Ss]ince) it (have)\b/dg, () => 'has', 'agreement'],
  [/\bI (am agree)\b/dg, () => 'agree', 'verb-form'],
  [/\b(?:[Ww]e|[Tt]hey|[Yy]ou) (are agree) (?=with|that|on|to)\b/dg, () => 'agree', 'verb-form'],
  [/\b([Ii]t['’]s) (?=(?:own|entire)\b [a-z])/dg, (word) => `${word[0]!}ts`, 'confusable'],
  // "when you work on it it is easier" lacks a comma and no word.
  [
    new RegExp(`${sentenceStart}(It it)(?= (?:is|important|possible|not|also|now|recommended|necessary)\\b)`, 'dg'),
    itIt,
    'verb-form',
  ],
  [
    new RegExp(`${sentenceStart}[Yy]ou (most) ([a-z]{3,})\\b`, 'dg'),
    (_, match) => {
      const verb = match[2]!;
      return isVerb(verb) && !/^(?:want|need|like|love|care|enjoy|prefer|fear)$/.test(verb) ? 'must' : undefined;
    },
    'confusable',
  ],
  [
    /\b(?:is|are|was|were|be|been|being|gets?) (past) (?=to (?:the|a|an|it|this|each)\b|as (?:a|an|the)\b)/dg,
    () => 'passed',
    'confusable',
  ],
];

/** "It it important" is "It is important"; "it it is" is "it is". */
function itIt(words: string, match: RegExpMatchArray): string {
  const next = match.input!.slice(match.index! + words.length + 1);
  return /^is\b/.test(next) ? words.slice(0, 2) : `${words.slice(0, 2)} is`;
}
