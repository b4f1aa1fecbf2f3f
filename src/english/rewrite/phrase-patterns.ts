/**
 * Patterns that a list of phrases cannot hold, because a subject or a verb stands in them. They only propose; every
 * result is judged.
 */
import { type ParaphraseAim, paraphraseAims } from '../../protocol/tasks';
import { isPlural } from '../prior/verb-forms';
import { verbOf, withGerund, withInfinitive } from './hidden-verbs';
import type { Replacement } from './replace-phrase';

export interface PhrasePattern {
  from: RegExp;
  to: Replacement;
  aims: readonly ParaphraseAim[];
}

const every = paraphraseAims;
const longer: readonly ParaphraseAim[] = every.filter((aim) => aim !== 'fewer');

/** Each is tried alone, and all of an aim together. Case of the first letter is kept by `replacePhrase`. */
export const phrasePatterns: readonly PhrasePattern[] = [
  {
    from: /\b(allows?|enables?|permits?) (you|users|developers|people|us) to\b/gi,
    to: (_all, verb, whom) => `${verb!.toLowerCase().endsWith('s') ? 'lets' : 'let'} ${whom}`,
    aims: every,
  },
  {
    from: /\bif you (?:want|wish|would like|need) to ([^,;:.]+), (?=\p{Ll})/giu,
    to: (_all, aim) => `to ${aim}, `,
    aims: every,
  },
  // "Make sure to look" is an order of its own.
  { from: /\bmake sure (?:that )?(?!to\b)(?=\p{L})/giu, to: 'ensure that ', aims: ['other'] },
  // Not "if you need to debug it" nor "all you need to do": there the need is a wish.
  {
    from: /(?<!\b(?:if|when|whenever|unless|where|case|that|what|all|everything|only|why|how) )\b(you|we|they) (?:have|need) to\b/gi,
    to: (_all, who) => `${who} must`,
    aims: every,
  },
  // Not "that Rust has to offer": there the thing is had, not the doing.
  {
    from: /(?<!\b(?:that|which|what|all|everything|who) (?:\S+ ){0,2})\b(\p{L}+) (?:has|needs) to(?! (?:offer|say|do with|give)\b)/giu,
    to: (_all, who) => `${who} must`,
    aims: every,
  },
  // A prohibition stays one: "need to not" is no English, and "need not" is the opposite.
  {
    from: /\b(you|we|they|users|developers) must\b(?! (?:not|never)\b)/gi,
    to: (_all, who) => `${who} need to`,
    aims: ['other'],
  },
  {
    from: /^you must (not|never) (?=\p{Ll})/giu,
    to: (_all, no) => (no === 'not' ? 'do not ' : 'never '),
    aims: every,
  },
  // "It is possible for users to read it": who may do it is the subject.
  {
    from: /\bit(?: is|['’]s) (possible|not possible|impossible|necessary|required) for (you|users|developers|people|others) to\b/gi,
    to: (_all, what, who) => `${who} ${/^possible/i.test(what!) ? 'can' : /possible/i.test(what!) ? 'cannot' : 'must'}`,
    aims: every,
  },
  {
    from: /\bby means of (?:an?|the) (\p{Ll}+) of\b/giu,
    to: (all, noun) => withGerund('by', noun!) ?? all!,
    aims: every,
  },
  {
    from: /\bfor (?:the purposes? of )?(?:an?|the) (\p{Ll}+) of\b/giu,
    to: (all, noun) => withInfinitive(noun!) ?? all!,
    aims: every,
  },
  {
    from: /\bin an? (\p{Ll}+(?:ic|al|ive|ent|ous)) (?:manner|fashion)\b/giu,
    to: (_all, adjective) => `${adjective}${adjective!.endsWith('ic') ? 'ally' : 'ly'}`,
    aims: every,
  },
  { from: /\b(?:is|are) able to\b/gi, to: 'can', aims: every },
  { from: /\b(?:has|have) the ability to\b/gi, to: 'can', aims: every },
  { from: /\bwill be able to\b/gi, to: 'can', aims: every },
  {
    from: /\b(make|makes|making|made) use of\b/gi,
    to: (_all, verb) => ({ make: 'use', makes: 'uses', making: 'using', made: 'used' })[verb!.toLowerCase()]!,
    aims: every,
  },
  { from: /\bas well as\b/gi, to: 'and', aims: every },
  // "In e.g. one of them" has no place for two commas.
  { from: /(?<!\b(?:in|on|of|with|for|to|at|by|from|as) )\be\.g\.,?(?= )/g, to: 'for example,', aims: longer },
  { from: /\bi\.e\.,?(?= )/g, to: 'that is,', aims: longer },
  {
    from: /\bthe following ((?:[\p{L}-]+ ){0,2}?)([\p{L}-]+)(?=[.,:;)]|$| (?:of|for|in|to|that|which|with|from|on|is|are|was|were|can|will|must|and|shows?|sets?|lists?|describes?|defines?|uses?|creates?|returns?)\b)/giu,
    to: (_all, adjectives, noun) => `${isPlural(noun!) ? 'these' : 'this'} ${adjectives}${noun}`,
    aims: every,
  },
  {
    from: /(?<!,)(?<!\b(?:in|of|for|to|with|from|on|by|at|about|into|through|under|upon|after|and|or|see|know|determine|decide|specify|choose|select|define|defines|controls?|tells?|to)) which (?=(?:is|are|was|were|has|have|can|will|may|might|must|should|does|do)\b)/gi,
    to: ' that ',
    aims: longer,
  },
  { from: /^(if [^,]+?),? then (?=\p{L})/giu, to: (_all, condition) => `${condition}, `, aims: every },
  { from: /^please (\p{Ll})/giu, to: (_all, letter) => letter!, aims: every },
  {
    from: /\bit should be (?:noted|mentioned|pointed out) that (\p{L})/giu,
    to: (_all, letter) => letter!,
    aims: every,
  },
  {
    from: /\bit is (?:important|worth) (?:to note|noting|to mention|mentioning) that (\p{L})/giu,
    to: (_all, letter) => letter!,
    aims: every,
  },
  { from: /\bplease note that (\p{L})/giu, to: (_all, letter) => letter!, aims: every },
  { from: /^note that (\p{L})/giu, to: (_all, letter) => letter!, aims: every },
  { from: /(?<=^|, )refer to (?=(?:the|our|this|that|these|your) )/giu, to: 'see ', aims: every },
  { from: /\bwe (?:highly |strongly )?recommend that you (?=\p{Ll})/giu, to: 'you should ', aims: longer },
  {
    from: /\bit(?: is|['’]s) (?:highly|strongly) recommended (?:that you|to) (?=\p{Ll})/giu,
    to: 'you should ',
    aims: every,
  },
  {
    from: /\b(is|are) executed\b(?! (?:by|as|with|using|and)\b)/giu,
    to: (_all, verb) => (verb!.toLowerCase() === 'is' ? 'runs' : 'run'),
    aims: every,
  },
  {
    from: /\bthe (examples?|tables?|figures?|diagrams?|screenshots?|images?|snippets?|commands?|code) (below|above)\b(?=[ ,.:])/giu,
    to: (_all, noun, where) => `the ${where!.toLowerCase() === 'below' ? 'following' : 'preceding'} ${noun}`,
    aims: ['other'],
  },
  { from: /\b(?:simply|basically|actually) (?=\p{Ll})/giu, to: '', aims: every },
  { from: /\btherefore\b(,?)/gi, to: (_all, comma) => `so${comma}`, aims: ['plainer', 'fewer'] },
  {
    from: /\b(perform|performs|performing|performed) (?:an?|the) (\p{Ll}+) of\b/giu,
    to: (all, verb, noun) => verbOf(verb!, noun!) ?? all!,
    aims: every,
  },
  // "A majority of the replicas" is a count.
  {
    from: /\bthe (?:vast )?majority of( the)?\b/gi,
    to: (_all, article) => (article ? 'most of the' : 'most'),
    aims: every,
  },
  {
    from: /\b(take|takes|taking|took) into (?:consideration|account)\b/gi,
    to: (_all, verb) =>
      ({ take: 'consider', takes: 'considers', taking: 'considering', took: 'considered' })[verb!.toLowerCase()]!,
    aims: every,
  },
  {
    from: /\b(make|makes|making|made) a decision (?:about|on) (?=which|what|how|whether|when|where)/gi,
    to: (_all, verb) =>
      `${{ make: 'decide', makes: 'decides', making: 'deciding', made: 'decided' }[verb!.toLowerCase()]!} `,
    aims: every,
  },
  // A condition, not a length ("at least as long as the log") and not a time ("takes as long as it takes").
  {
    from: /(?<=, |^)as long as (?=\p{L})|(?<!\b(?:takes?|taking|took|lasts?|wait|waits|least|is|are|be|was|were|just|twice|times|half|about|exactly) )(?<= )as long as (?=(?:you|we|they|it|there|your) )/giu,
    to: 'if ',
    aims: every,
  },
  // Who is able "to require" something makes a rule of it.
  { from: /(?<!\bto )\brequire\b(?! (?:you to|that)\b)/gi, to: 'need', aims: every },
  { from: /\bmost of the time,/gi, to: 'usually,', aims: every },
  { from: /\bthe (?:way|manner) in which\b/gi, to: 'how', aims: every },
  { from: /\b(?:as a consequence|as a result),/gi, to: 'so', aims: ['plainer', 'fewer'] },
  { from: /^however, (?=\p{L})/giu, to: 'but ', aims: ['plainer'] },
  { from: /\bin the following example\b/gi, to: 'below', aims: ['fewer'] },
];
