/**
 * Ways to say a sentence differently that hold for technical English in general: contractions, a condition before or
 * after its clause, and a few patterns that the phrase list cannot hold because a subject or a verb stands in them.
 * They only propose; the network judges every result.
 */
import type { ParaphraseMode } from '../../protocol/requests';
import { isPlural } from '../prior/verb-forms';
import { reordered } from './order';
import { split, turned } from './voice';

interface Pattern {
  from: RegExp;
  to: string | ((...groups: string[]) => string);
  modes: readonly ParaphraseMode[];
}

const every: readonly ParaphraseMode[] = ['rephrase', 'simpler', 'shorter'];
const plain: readonly ParaphraseMode[] = ['rephrase', 'simpler'];

/** Each is tried alone, and all of a mode together. Case of the first letter is kept by `replace`. */
const patterns: readonly Pattern[] = [
  {
    from: /\b(allows?|enables?|permits?) (you|users|developers|people|us) to\b/gi,
    to: (_all, verb, whom) => `${verb!.toLowerCase().endsWith('s') ? 'lets' : 'let'} ${whom}`,
    modes: every,
  },
  {
    from: /\bif you (?:want|wish|would like|need) to ([^,;:.]+), (?=\p{Ll})/giu,
    to: (_all, aim) => `to ${aim}, `,
    modes: every,
  },
  // "Make sure to look" is an order of its own.
  { from: /\bmake sure (?:that )?(?!to\b)(?=\p{L})/giu, to: 'ensure that ', modes: ['rephrase'] },
  // Not "if you need to debug it" nor "all you need to do": there the need is a wish.
  {
    from: /(?<!\b(?:if|when|whenever|unless|where|case|that|what|all|everything|only|why|how) )\b(you|we|they) (?:have|need) to\b/gi,
    to: (_all, who) => `${who} must`,
    modes: every,
  },
  // Not "that Rust has to offer": there the thing is had, not the doing.
  {
    from: /(?<!\b(?:that|which|what|all|everything|who) (?:\S+ ){0,2})\b(\p{L}+) (?:has|needs) to(?! (?:offer|say|do with|give)\b)/giu,
    to: (_all, who) => `${who} must`,
    modes: every,
  },
  // A prohibition stays one: "need to not" is no English, and "need not" is the opposite.
  {
    from: /\b(you|we|they|users|developers) must\b(?! (?:not|never)\b)/gi,
    to: (_all, who) => `${who} need to`,
    modes: ['rephrase'],
  },
  {
    from: /^you must (not|never) (?=\p{Ll})/giu,
    to: (_all, no) => (no === 'not' ? 'do not ' : 'never '),
    modes: every,
  },
  // "It is possible for users to read it": who may do it is the subject.
  {
    from: /\bit(?: is|['’]s) (possible|not possible|impossible|necessary|required) for (you|users|developers|people|others) to\b/gi,
    to: (_all, what, who) => `${who} ${/^possible/i.test(what!) ? 'can' : /possible/i.test(what!) ? 'cannot' : 'must'}`,
    modes: every,
  },
  {
    from: /\bby means of (?:an?|the) (\p{Ll}+) of\b/giu,
    to: (all, noun) => withGerund('by', noun!) ?? all!,
    modes: every,
  },
  {
    from: /\bfor (?:the purposes? of )?(?:an?|the) (\p{Ll}+) of\b/giu,
    to: (all, noun) => withInfinitive(noun!) ?? all!,
    modes: every,
  },
  {
    from: /\bin an? (\p{Ll}+(?:ic|al|ive|ent|ous)) (?:manner|fashion)\b/giu,
    to: (_all, adjective) => `${adjective}${adjective!.endsWith('ic') ? 'ally' : 'ly'}`,
    modes: every,
  },
  { from: /\b(?:is|are) able to\b/gi, to: 'can', modes: every },
  { from: /\b(?:has|have) the ability to\b/gi, to: 'can', modes: every },
  { from: /\bwill be able to\b/gi, to: 'can', modes: every },
  {
    from: /\b(make|makes|making|made) use of\b/gi,
    to: (_all, verb) => ({ make: 'use', makes: 'uses', making: 'using', made: 'used' })[verb!.toLowerCase()]!,
    modes: every,
  },
  { from: /\bas well as\b/gi, to: 'and', modes: every },
  // "In e.g. one of them" has no place for two commas.
  { from: /(?<!\b(?:in|on|of|with|for|to|at|by|from|as) )\be\.g\.,?(?= )/g, to: 'for example,', modes: plain },
  { from: /\bi\.e\.,?(?= )/g, to: 'that is,', modes: plain },
  {
    from: /\bthe following ((?:[\p{L}-]+ ){0,2}?)([\p{L}-]+)(?=[.,:;)]|$| (?:of|for|in|to|that|which|with|from|on|is|are|was|were|can|will|must|and|shows?|sets?|lists?|describes?|defines?|uses?|creates?|returns?)\b)/giu,
    to: (_all, adjectives, noun) => `${isPlural(noun!) ? 'these' : 'this'} ${adjectives}${noun}`,
    modes: every,
  },
  {
    from: /(?<!,)(?<!\b(?:in|of|for|to|with|from|on|by|at|about|into|through|under|upon|after|and|or|see|know|determine|decide|specify|choose|select|define|defines|controls?|tells?|to)) which (?=(?:is|are|was|were|has|have|can|will|may|might|must|should|does|do)\b)/gi,
    to: ' that ',
    modes: plain,
  },
  { from: /^(if [^,]+?),? then (?=\p{L})/giu, to: (_all, condition) => `${condition}, `, modes: every },
  { from: /^please (\p{Ll})/giu, to: (_all, letter) => letter!, modes: every },
  {
    from: /\bit should be (?:noted|mentioned|pointed out) that (\p{L})/giu,
    to: (_all, letter) => letter!,
    modes: every,
  },
  {
    from: /\bit is (?:important|worth) (?:to note|noting|to mention|mentioning) that (\p{L})/giu,
    to: (_all, letter) => letter!,
    modes: every,
  },
  { from: /\bplease note that (\p{L})/giu, to: (_all, letter) => letter!, modes: every },
  { from: /^note that (\p{L})/giu, to: (_all, letter) => letter!, modes: every },
  { from: /(?<=^|, )refer to (?=(?:the|our|this|that|these|your) )/giu, to: 'see ', modes: every },
  { from: /\bwe (?:highly |strongly )?recommend that you (?=\p{Ll})/giu, to: 'you should ', modes: plain },
  {
    from: /\bit(?: is|['’]s) (?:highly|strongly) recommended (?:that you|to) (?=\p{Ll})/giu,
    to: 'you should ',
    modes: every,
  },
  {
    from: /\b(is|are) executed\b(?! (?:by|as|with|using|and)\b)/giu,
    to: (_all, verb) => (verb!.toLowerCase() === 'is' ? 'runs' : 'run'),
    modes: every,
  },
  {
    from: /\bthe (examples?|tables?|figures?|diagrams?|screenshots?|images?|snippets?|commands?|code) (below|above)\b(?=[ ,.:])/giu,
    to: (_all, noun, where) => `the ${where!.toLowerCase() === 'below' ? 'following' : 'preceding'} ${noun}`,
    modes: ['rephrase'],
  },
  { from: /\b(?:simply|basically|actually) (?=\p{Ll})/giu, to: '', modes: every },
  { from: /\btherefore\b(,?)/gi, to: (_all, comma) => `so${comma}`, modes: ['simpler', 'shorter'] },
  {
    from: /\b(perform|performs|performing|performed) (?:an?|the) (\p{Ll}+) of\b/giu,
    to: (all, verb, noun) => verbOf(verb!, noun!) ?? all!,
    modes: every,
  },
  // "A majority of the replicas" is a count.
  {
    from: /\bthe (?:vast )?majority of( the)?\b/gi,
    to: (_all, article) => (article ? 'most of the' : 'most'),
    modes: every,
  },
  {
    from: /\b(take|takes|taking|took) into (?:consideration|account)\b/gi,
    to: (_all, verb) =>
      ({ take: 'consider', takes: 'considers', taking: 'considering', took: 'considered' })[verb!.toLowerCase()]!,
    modes: every,
  },
  {
    from: /\b(make|makes|making|made) a decision (?:about|on) (?=which|what|how|whether|when|where)/gi,
    to: (_all, verb) =>
      `${{ make: 'decide', makes: 'decides', making: 'deciding', made: 'decided' }[verb!.toLowerCase()]!} `,
    modes: every,
  },
  // A condition, not a length ("at least as long as the log") and not a time ("takes as long as it takes").
  {
    from: /(?<=, |^)as long as (?=\p{L})|(?<!\b(?:takes?|taking|took|lasts?|wait|waits|least|is|are|be|was|were|just|twice|times|half|about|exactly) )(?<= )as long as (?=(?:you|we|they|it|there|your) )/giu,
    to: 'if ',
    modes: every,
  },
  // Who is able "to require" something makes a rule of it.
  { from: /(?<!\bto )\brequire\b(?! (?:you to|that)\b)/gi, to: 'need', modes: every },
  { from: /\bmost of the time,/gi, to: 'usually,', modes: every },
  { from: /\bthe (?:way|manner) in which\b/gi, to: 'how', modes: every },
  { from: /\b(?:as a consequence|as a result),/gi, to: 'so', modes: ['simpler', 'shorter'] },
  { from: /^however, (?=\p{L})/giu, to: 'but ', modes: ['simpler'] },
  { from: /\bin the following example\b/gi, to: 'below', modes: ['shorter'] },
];

/** Actions that technical prose likes to hide in a noun, with their verbs; all of the verbs are regular in spelling. */
const hiddenVerbs: Readonly<Record<string, string>> = {
  installation: 'install',
  configuration: 'configure',
  validation: 'validate',
  migration: 'migrate',
  deletion: 'delete',
  removal: 'remove',
  retrieval: 'retrieve',
  creation: 'create',
  evaluation: 'evaluate',
  calculation: 'calculate',
  conversion: 'convert',
  initialization: 'initialize',
  verification: 'verify',
  inspection: 'inspect',
  replacement: 'replace',
  deployment: 'deploy',
  execution: 'execute',
  analysis: 'analyze',
};

/** "performs the installation of" -> "installs"; undefined for a noun that is not in the list. */
function verbOf(perform: string, noun: string): string | undefined {
  const verb = hiddenVerbs[noun.toLowerCase()];
  if (verb === undefined) return undefined;
  const stem = verb.replace(/e$/, '');
  switch (perform.toLowerCase()) {
    case 'performs':
      return verb.endsWith('fy') ? `${verb.slice(0, -1)}ies` : `${verb}s`;
    case 'performing':
      return `${stem}ing`;
    case 'performed':
      return verb.endsWith('fy') ? `${verb.slice(0, -1)}ied` : `${stem}ed`;
    default:
      return verb;
  }
}

/** "the removal of" -> "by removing". */
function withGerund(before: string, noun: string): string | undefined {
  const form = verbOf('performing', noun);
  return form === undefined ? undefined : `${before} ${form}`;
}

/** "the retrieval of" -> "to retrieve". */
function withInfinitive(noun: string): string | undefined {
  const form = verbOf('perform', noun);
  return form === undefined ? undefined : `to ${form}`;
}

const contracted: readonly [RegExp, string][] = [
  [/\b(do|does|did|is|are|was|were|has|have|had|would|should|could|must|need)n['’]t\b/gi, '$1 not'],
  [/\bcan['’]t\b/gi, 'cannot'],
  [/\bwon['’]t\b/gi, 'will not'],
  [/\b(you|we|they)['’]re\b/gi, '$1 are'],
  [/\b(you|we|they|it|this|that)['’]ll\b/gi, '$1 will'],
  [/\b(you|we|they)['’]ve\b/gi, '$1 have'],
];
const contractions: readonly [RegExp, string][] = [
  [/\b(do|does|did|is|are|was|were|has|have|had|would|should|could) not\b/gi, "$1n't"],
  [/\bcannot\b/gi, "can't"],
  [/\bwill not\b/gi, "won't"],
  [/\b(you|we|they) are\b/gi, "$1're"],
  [/\b(you|we|they) will\b/gi, "$1'll"],
  [/\b(it|that) is(?= \p{L}+)(?! [^.]{0,40}\bthat\b)/giu, "$1's"],
  [/\b(there) is(?= (?:a|an|no|only|nothing|something)\b)/giu, "$1's"],
];

/**
 * Texts that differ from `view`, without doubles. Words beside code keep their places:
 * whatever is protected stays text.
 */
export function rewrites(view: string, mode: ParaphraseMode): string[] {
  const texts: string[] = [];
  let together = view;
  for (const { from, to, modes } of patterns) {
    if (!modes.includes(mode)) continue;
    texts.push(replace(view, from, to));
    together = replace(together, from, to);
  }
  texts.unshift(together);
  texts.push(...turned(view), ...reordered(view));
  const halves = mode === 'simpler' ? split(view) : undefined;
  if (halves !== undefined) texts.push(halves);
  const shift = moveCondition(view);
  if (shift !== undefined && mode === 'rephrase') texts.push(shift);
  return [...new Set(texts)].filter((text) => text !== view);
}

/** Whether a text uses contractions; undefined where it gives no sign. */
export function manner(text: string): 'contracted' | 'written out' | undefined {
  if (contract(text, contracted) !== text) return 'contracted';
  return contract(text, contractions) === text ? undefined : 'written out';
}

/**
 * The sentence with contractions, or without; undefined where nothing changes. Writers who reword documentation
 * contract far more often than they write out.
 */
export const withContractions = (view: string): string | undefined => changed(view, contract(view, contractions));
export const writtenOut = (view: string): string | undefined => changed(view, contract(view, contracted));

const changed = (view: string, text: string): string | undefined => (text === view ? undefined : text);

const contract = (view: string, pairs: typeof contractions): string =>
  pairs.reduce((text, [from, to]) => replace(text, from, (...groups) => to.replace('$1', groups[1] ?? '')), view);

/** A capital stays one, and a word that comes to the start of the sentence gets one. */
function replace(text: string, from: RegExp, to: Pattern['to']): string {
  return text
    .replace(from, (...groups: unknown[]) => {
      const all = groups[0] as string;
      const strings = groups.filter((group): group is string => typeof group === 'string').slice(0, -1);
      const result = typeof to === 'string' ? to : to(...strings);
      const first = /^\p{Lu}/u.test(all) && !/^\p{Lu}{2}/u.test(all);
      return first ? result.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase()) : result;
    })
    .replace(/^(\s*)(\p{Ll})/u, (all, blank: string, letter: string) =>
      /^\s*\p{Lu}/u.test(text) ? blank + letter.toUpperCase() : all,
    );
}

const pronoun = /^(?:it|they|this|that|these|those|he|she|its|their)\b/i;
/** Words that a condition may begin with. */
const opener = '(?:if|when|whenever|after|before|unless|until|once)';

/**
 * "When A, B." <-> "B when A."; undefined where the order cannot be turned without a doubt: commas or marks inside,
 * a pronoun that would come before its noun, a sentence that is a question.
 */
export function moveCondition(view: string): string | undefined {
  const front = new RegExp(`^(${opener}) ([^,;:()!?]+), ([^,;:()!?]+)([.])$`, 'iu').exec(view);
  if (front) {
    const [, word, condition, clause, end] = front as unknown as [string, string, string, string, string];
    // "Until that time, …" is a time, and behind a relative clause it would belong to that.
    if (/^(?:until|before|after)$/i.test(word) && condition.split(/\s+/).length < 3) return undefined;
    if (/\b(?:that|which|who|what|because|if|when|until)\b/i.test(clause)) return undefined;
    if (pronoun.test(clause) || /^then\b/i.test(clause) || /\b(?:it|they|its|their|them)\b/i.test(clause))
      return undefined;
    return `${clause.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())} ${word.toLowerCase()} ${condition}${end}`;
  }
  const back = new RegExp(`^([^,;:()!?]+?) (${opener}) ([^,;:()!?]+)([.])$`, 'u').exec(view);
  if (!back) return undefined;
  const [, clause, word, condition, end] = back as unknown as [string, string, string, string, string];
  const words = (text: string): number => text.split(/\s+/).length;
  // "It will only start when …": what "only" restricts stands behind it. "The rules it applies when reading …": who
  // reads is told by the place.
  if (/\bonly\b/i.test(clause) || /^\p{L}+ing\b/u.test(condition)) return undefined;
  // "Learn what happens when …", "only if", "even after": the condition hangs on the word before it.
  if (words(clause) < 4 || words(condition) < 3 || /\b(?:it|they|its|their|them|this)\b/i.test(condition))
    return undefined;
  if (
    /\b(?:what|how|only|even|just|right|except|especially|particularly|shortly|immediately|and|or|but|that|as|not|time|case|long|than)$/i.test(
      clause,
    )
  )
    return undefined;
  if (/\b(?:what|how|why|whether|which|who|that|because|ensures?|means?|says?)\b/i.test(clause)) return undefined;
  const begin = /^(?:The|A|An|You|We|This|These|Each|All|Use|Run|Set|Add|Call|Create|Click|Select|Open)\b/.test(clause)
    ? clause[0]!.toLowerCase() + clause.slice(1)
    : undefined;
  return begin === undefined ? undefined : `${word[0]!.toUpperCase()}${word.slice(1)} ${condition}, ${begin}${end}`;
}
