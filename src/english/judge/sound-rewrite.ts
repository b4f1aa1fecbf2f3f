/**
 * The gate of every rewording, whoever proposed it: a phrase, a rule or the network. Wrong English and a lost condition
 * can be seen in the words alone; a fault counts only where the source does not have it, for people write it too.
 */
import type { Lexicon } from '../prior/lexicon';
import { confusedMatches } from '../prior/confused-words';
import { articleMatches } from '../prior/indefinite-article';
import { isPlural } from '../prior/verb-forms';
import { patternMatches } from '../prior/word-patterns';
import { applyEdits, wordEdits } from '../../protocol/word-edits';
import { faultsIn } from './faults';
import { keepsMeaning } from './meaning';
import { functionWords, modals, plainWords } from '../words';

const modal = `(?:${[...modals].join('|')})`;
const determiner = '(?:an?|the|this|that|these|those|each|every|another|any|no|my|your|our|their|its|his|her)';

/** Wordings that no sentence should get: what stands in the way, and its pattern. */
const wrong: readonly [what: string, pattern: RegExp][] = [
  ['two modals', new RegExp(`\\b${modal}(?: not| [\\p{L}]+ly| also| then)? ${modal}\\b`, 'giu')],
  [
    'a modal after "to" or "do"',
    new RegExp(`\\b(?:to|do|does|did|don['’]t|doesn['’]t|didn['’]t) (?:not )?${modal}\\b`, 'giu'),
  ],
  ['a question with "do" and a modal', new RegExp(`\\b(?:do|does|did) (?:you|we|they|it|i|users) ${modal}\\b`, 'giu')],
  ['an ability to need', /\b(?:can|could|cannot) (?:need|want|wish|prefer|have to)\b/giu],
  ['a weak prohibition', /\b(?:(?:need|needs|have|has) to not|(?:need|needs|have|has) not to)\b/giu],
  [
    'a verb that takes no clause with "that"',
    /\b(?:need|allow|let|want|get|use|try|keep|help|prevent|enable)(?:s|ed|ing)? that (?:the|an?|every|each|all|any|no|you|your|we|they|it|there|this|these)\b/giu,
  ],
  [
    'a verb in the place of a noun',
    new RegExp(
      `\\b${determiner} (?:first |last |next |failed )?(?:try|tries|trying|tried|choose|make sure|set up) (?:to|that|of)\\b`,
      'giu',
    ),
  ],
  ['"enough" after an article', /\b(?:an?|the|this|each|every|another|your|its) enough\b/giu],
  [
    'a verb after a preposition',
    /\b(?:because of|due to|about|with|by|of|without|despite|before|after) (?:be|is|are|was|were|has|can|will|must)\b/giu,
  ],
  ['a quantity that says nothing', /\bsome different\b/giu],
  // "Make sure to look" is no "Check to look".
  ['a verb that takes no "to"', /\b(?:check|ensure|verify|confirm) to \p{Ll}/giu],
  [
    'half of a contraction',
    /\b(?:isn|aren|wasn|weren|doesn|didn|couldn|shouldn|wouldn|hasn|haven|hadn|mustn|needn)\b(?!['’]t)/giu,
  ],
  ['a part of a word', /\b\p{Ll}+-\p{L}(?= )/gu],
];

/** Degrees and quantities: none of them may go or come alone, for they say how much. */
const degree =
  /^(?:very|quite|too|rather|fairly|extremely|highly|slightly|somewhat|almost|nearly|barely|mostly|only|at least|at most|all|every|each|both|any|some|many|most|few|several|half|more|less|never|always|often|sometimes|usually|rarely)$/i;
/** What a sentence holds under a condition. */
const condition =
  /\b(?:if|when|whenever|unless|until|once|while|whether|provided|providing|assuming|as long as|as soon as|in case|in the event|in (?:cases|situations) (?:where|when)|in the case where|should you|where|wherever|before|after|prior to|subsequent to|such time as|each time|otherwise)\b/giu;
/** "If you want to build it, run make" is an aim, and "To build it, run make" says the same. */
const wish = /\b(?:(?:if|when) you (?:want|wish|need|(?:would|['’]d) like)|should you wish) to\b/giu;
/** A contrast where a candidate says "but" for it (rewrite/order.ts knows which are none). */
const contrast = /^While (?=[^,]+, )/u;
/** Conditions that turn the meaning round when they are lost, made up or softened. */
const strict = /\b(?:unless|only|solely|merely|except|the exception of|without|in the absence of)\b/giu;

const prohibition = /\b(?:(?:must|may) not|mustn['’]t|not (?:allowed|permitted)|required not)\b/iu;
const noNeed = /\b(?:need not|needn['’]t|(?:not|n['’]t) (?:need|have|required) to)\b/iu;

/** Why `candidate` may not stand for `source`, for a person; undefined where nothing speaks against it. */
export function faultOfRewrite(source: string, candidate: string, lexicon?: Lexicon): string | undefined {
  const meaning = keepsMeaning(source, candidate);
  if (!meaning.ok) return meaning.reasons[0];
  for (const [what, pattern] of wrong) {
    const before = countsOf(source.match(pattern) ?? []);
    if ((candidate.match(pattern) ?? []).some((found) => !before.has(found.toLowerCase()))) return `It has ${what}.`;
  }
  const fault = firstNew(
    faultsIn(source).map(({ key }) => key),
    faultsIn(candidate).map(({ key }) => key),
  );
  if (fault !== undefined) return `It brings in a fault (${fault}).`;
  const slip = firstNew(slipsIn(source, lexicon), slipsIn(candidate, lexicon));
  if (slip !== undefined) return `It brings in an error (${slip}).`;
  const counted = firstNew(wronglyCounted(source), wronglyCounted(candidate));
  if (counted !== undefined) return `“${counted}” does not count that.`;
  const told = source.replace(contrast, ' ');
  if (condition.test(reset(condition, told)) && !condition.test(reset(condition, candidate))) {
    if (condition.test(reset(condition, told.replace(wish, ' ')))) return 'A condition is lost.';
  }
  if ((source.match(strict) ?? []).length !== (candidate.match(strict) ?? []).length)
    return 'A limit is lost or made up.';
  if (prohibition.test(source) && noNeed.test(candidate) && !noNeed.test(source)) return 'A prohibition is lost.';
  for (const edit of wordEdits(source, candidate)) {
    const old = source.slice(edit.start, edit.end).trim();
    const lone = (edit.text.trim() === '' && old) || (old === '' && edit.text.trim());
    // "Quite a few" -> "a few" loses it; "quite a bit" -> "a lot" says it in another way.
    const next = source.slice(edit.end).trim().split(/\s+/, 2).join(' ');
    if (lone && degree.test(lone) && !isMoved(source, candidate, lone) && candidate.includes(next))
      return `“${lone}” says how much.`;
  }
  return undefined;
}

/** Whether the words of `candidate` are sound and say what `source` says, as far as their surface tells. */
export const isSoundRewrite = (source: string, candidate: string, lexicon?: Lexicon): boolean =>
  faultOfRewrite(source, candidate, lexicon) === undefined;

/**
 * "makes an effort" -> "makes a try": articles that no longer fit the word behind them, of those that fitted before.
 */
export function withFittingArticles(source: string, candidate: string): string {
  const same = (word: string): string => word;
  const pair = (text: string, start: number): string => text.slice(start).split(' ', 2).join(' ');
  const before = new Set(articleMatches(source, same).map(({ start }) => pair(source, start)));
  const misfits = articleMatches(candidate, same).filter(({ start }) => !before.has(pair(candidate, start)));
  return applyEdits(
    candidate,
    misfits.map(({ start, end, candidates }) => ({ start, end, text: candidates[0]! })),
  );
}

/** What the rules of the prior would mend, as words. */
function slipsIn(text: string, lexicon?: Lexicon): string[] {
  const matches = [
    ...articleMatches(text, (word) => word),
    ...patternMatches(text),
    ...confusedMatches(text),
    ...(lexicon?.misspellings(text) ?? []),
  ];
  return matches.map(({ start, end, candidates }) => `${text.slice(start, end)} for ${candidates[0]}`);
}

/**
 * "many code", "much files": a quantity whose noun, the last word before a function word or
 * a mark, has the wrong number.
 */
function wronglyCounted(text: string): string[] {
  const found: string[] = [];
  for (const { 0: all, 1: quantity, 2: rest } of text.matchAll(
    /\b(many|several|numerous|various|few|much)((?: [\p{L}-]+){1,4})/giu,
  ) as Iterable<RegExpExecArray & { 1: string; 2: string }>) {
    const words = rest.trim().split(' ');
    const last = words.findIndex((word) => functionWords.has(word.toLowerCase()));
    const phrase = last < 0 ? words : words.slice(0, last);
    if (phrase.length === 0) continue;
    // Behind four words the noun may still come; a plural among them is enough for "many".
    const many = quantity.toLowerCase() !== 'much';
    const plural = phrase.some((word) => isPlural(word) || word.toLowerCase() === 'data');
    if (many ? !plural && phrase.length < 4 : isPlural(phrase[phrase.length - 1]!)) found.push(all.toLowerCase());
  }
  return found;
}

/** The word stands as often in both texts: it has only changed its place. */
function isMoved(source: string, candidate: string, word: string): boolean {
  const count = (text: string): number => plainWords(text).filter((other) => other === word.toLowerCase()).length;
  return count(source) === count(candidate);
}

function reset(pattern: RegExp, text: string): string {
  pattern.lastIndex = 0;
  return text;
}

function countsOf(items: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item.toLowerCase(), (counts.get(item.toLowerCase()) ?? 0) + 1);
  return counts;
}

/** The first item that `after` has more often than `before`. */
function firstNew(before: readonly string[], after: readonly string[]): string | undefined {
  const left = countsOf(before);
  return after.find((item) => {
    const count = left.get(item.toLowerCase()) ?? 0;
    left.set(item.toLowerCase(), count - 1);
    return count <= 0;
  });
}
