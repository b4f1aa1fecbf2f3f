/** What kind of error an edit corrects. What a person is told about it: explanations.ts. */
import { articles, auxiliaries, prepositions, wordsOf } from '../words';
import type { CorrectionType } from '../../protocol/requests';
import { distance } from './distance';
import { stem } from './stem';

/** The text around an edit, inside its sentence. */
export interface EditContext {
  /** Sentence text before the edit. */
  left: string;
  /** Sentence text after the edit. */
  right: string;
}

/** Groups of words that are often taken for each other. */
const confusableGroups = [
  "their there they're they",
  "your you're",
  "its it's",
  "whose who's",
  'then than',
  'affect effect',
  'affects effects',
  'lose loose',
  'loses looses',
  'losing loosing',
  'to too two',
  'accept except',
  'advice advise',
  'choose chose',
  'principle principal',
  'complement compliment',
  'led lead',
  'passed past',
  "were where we're",
  'quite quiet',
  'weather whether',
  'ensure insure assure',
  'every day everyday',
  'setup set up',
  'login log in',
  "lets let's",
  'hear here',
  'of off',
  'threw through',
  'by buy bye',
  'bellow below',
  'form from',
  'now know no',
  'any more anymore',
  'may be maybe',
  'desert dessert',
  'discreet discrete',
  'cite site sight',
  'council counsel',
  'device devise',
  'breath breathe',
  'personal personnel',
  'stationary stationery',
  'allowed aloud',
  'brake break',
  'peace piece',
  'right write',
  'our are',
  'an and',
  'apart a part',
  'awhile a while',
  'all ready already',
  'you your',
  'all together altogether',
  'farther further',
  'fewer less',
  'who whom',
  'that which',
  'cause because',
].map((group) => new Set(group.split(/ (?=[^ ])/)));

/** @param before replaced text  @param after its replacement  @param context the sentence around it */
export function classifyEdit(before: string, after: string, context: EditContext): CorrectionType {
  const left = before.trim();
  const right = after.trim();
  const leftWords = wordsOf(left);
  const rightWords = wordsOf(right);
  if (squeeze(before) === squeeze(after)) {
    // The same characters but for blanks: "in to" -> "into" changes words, "a  b" -> "a b" does not.
    return 'spacing';
  }
  if (left.toLowerCase() === right.toLowerCase()) return 'casing';
  const leftLetters = leftWords.join(' ').toLowerCase();
  const rightLetters = rightWords.join(' ').toLowerCase();
  if (withoutHyphens(left) === withoutHyphens(right)) return 'hyphen';
  if (leftLetters === rightLetters) return 'punctuation';
  if (isRepeat(leftWords, rightWords, context)) return 'doubled-word';

  const [removed, added] = difference(leftWords.map(lower), rightWords.map(lower));
  if (isConfusable(removed.join(' '), added.join(' ')) || isConfusable(leftLetters, rightLetters)) return 'confusable';
  if (removed.every((word) => articles.has(word)) && added.every((word) => articles.has(word))) return 'article';
  if (removed.length === 0) {
    if (added.every((word) => prepositions.has(word))) return 'preposition';
    return 'missing-word';
  }
  if (added.length === 0)
    return removed.every((word) => prepositions.has(word)) && removed.length === 1 ? 'preposition' : 'extra-word';
  if (removed.length === 1 && added.length === 1) return classifyWord(removed[0]!, added[0]!);
  if (removed.join('') === added.join('')) return 'spacing';
  if (removed.join('').replaceAll("'", '') === added.join('').replaceAll("'", '')) return 'punctuation';
  if (
    added.some((word) => auxiliaries.has(word)) &&
    stem(removed[removed.length - 1]!) === stem(added[added.length - 1]!)
  )
    return 'verb-form';
  if (
    removed.length + added.length <= 4 &&
    distance(removed.join(''), added.join('')) <= Math.max(1, Math.floor(added.join('').length / 4))
  )
    return 'spelling';
  return 'other';
}

function classifyWord(before: string, after: string): CorrectionType {
  if (prepositions.has(before) && prepositions.has(after)) return 'preposition';
  if (before.replaceAll("'", '') === after.replaceAll("'", '')) return 'punctuation';
  // the server's, the servers'
  if (before.replace(/'s?$|s'$/, '') === after.replace(/'s?$|s'$/, '')) return 'punctuation';
  const agreement: [string, string][] = [
    ['is', 'are'],
    ['was', 'were'],
    ['has', 'have'],
    ['does', 'do'],
    ["isn't", "aren't"],
    ["wasn't", "weren't"],
    ["hasn't", "haven't"],
    ["doesn't", "don't"],
    ['this', 'these'],
    ['that', 'those'],
    ['am', 'is'],
    ['am', 'are'],
  ];
  if (agreement.some(([one, many]) => (one === before && many === after) || (many === before && one === after)))
    return 'agreement';
  if (auxiliaries.has(before) && auxiliaries.has(after)) return 'verb-form';
  // "occured", "crashs": the form is right, its spelling is not.
  const ending = /(?:ed|ing|er|s)$/.exec(before)?.[0];
  if (
    ending !== undefined &&
    after.endsWith(ending) &&
    before.length > 4 &&
    distance(before, after) <= 2 &&
    before.replace(/e?s$/, '') !== after.replace(/ies$/, 'y').replace(/s$/, '')
  )
    return 'spelling';
  if (`${before}ly` === after || `${after}ly` === before) return 'other';
  const plain = (word: string): string[] => [
    word,
    ...(word.endsWith('ies') ? [`${word.slice(0, -3)}y`] : []),
    ...(word.endsWith('es') ? [word.slice(0, -2)] : []),
    ...(word.endsWith('s') && !word.endsWith('ss') ? [word.slice(0, -1)] : []),
  ];
  if (
    before.length > 2 &&
    after.length > 2 &&
    (plain(before).slice(1).includes(after) || plain(after).slice(1).includes(before))
  )
    return 'agreement';
  if (stem(before) === stem(after) && stem(before).length >= 2) return 'verb-form';
  if (before.length > 3 && distance(before, after) <= Math.max(2, Math.ceil(after.length / 3))) return 'spelling';
  if (before.length <= 3 && distance(before, after) <= 1) return 'spelling';
  if (before.length <= 4 && [...before].sort().join('') === [...after].sort().join('')) return 'spelling';
  return 'other';
}

function lower(word: string): string {
  return word.toLowerCase();
}

/** Without blanks. */
export function squeeze(text: string): string {
  return text.replace(/\s+/g, '');
}

function withoutHyphens(text: string): string {
  return text.toLowerCase().replace(/[-‐‑–—\s]+/g, '');
}

function isConfusable(before: string, after: string): boolean {
  return (
    before !== after &&
    before !== '' &&
    after !== '' &&
    confusableGroups.some((group) => group.has(before) && group.has(after))
  );
}

/** A deletion that leaves one of two equal words (or word groups) next to each other. */
function isRepeat(before: string[], after: string[], context: EditContext): boolean {
  if (after.length >= before.length) return false;
  const leftWords = wordsOf(context.left.slice(-120)).map(lower);
  const rightWords = wordsOf(context.right.slice(0, 120)).map(lower);
  const full = [...leftWords, ...before.map(lower), ...rightWords];
  const kept = [...leftWords, ...after.map(lower), ...rightWords];
  const removed = full.length - kept.length;
  for (let start = 0; start + 2 * removed <= full.length; start += 1) {
    let same = true;
    for (let index = 0; index < removed; index += 1)
      if (full[start + index] !== full[start + removed + index]) same = false;
    if (same && [...full.slice(0, start), ...full.slice(start + removed)].join(' ') === kept.join(' ')) return true;
  }
  return false;
}

/** What is left of both lists without their common start and end. */
function difference(before: string[], after: string[]): [string[], string[]] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  while (
    tail < before.length - head &&
    tail < after.length - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  )
    tail += 1;
  return [before.slice(head, before.length - tail), after.slice(head, after.length - tail)];
}
