/**
 * Words that may stand for another one, in its form: "contains" -> "includes", "chosen" -> "selected". The table
 * (synonyms.json) was read by people and says only what is possible; which of them fits a place, and whether any does,
 * is the network's to say (engine/tasks/paraphrase/word-choices.ts).
 */
import { continuousOf, participleOfBase, pastOfBase } from '../prior/word-classes';
import { thirdPerson } from '../prior/verb-forms';
import table from './synonyms.json';

/** A place in a sentence's view and what could stand there instead; the first letter's case is the place's. */
export interface WordChoice {
  start: number;
  end: number;
  alternatives: string[];
}

const forms: readonly ((base: string) => string)[] = [
  (base) => base,
  (base) => (base === 'have' ? 'has' : thirdPerson(base)),
  continuousOf,
  pastOfBase,
  participleOfBase,
];

/** "look at" -> "looked at". */
function inflected(verb: string, form: (base: string) => string): string {
  const [base, ...particle] = verb.split(' ');
  return [form(base!), ...particle].join(' ');
}

const alternatives = new Map<string, Set<string>>();
const put = (word: string, others: readonly string[]): void => {
  const known = alternatives.get(word) ?? new Set();
  for (const other of others) if (other !== word) known.add(other);
  alternatives.set(word, known);
};
for (const [word, others] of Object.entries(table.words)) put(word, others);
for (const [verb, others] of Object.entries(table.verbs))
  for (const form of forms)
    put(
      inflected(verb, form),
      others.map((other) => inflected(other, form)),
    );

/** Every word and phrase of the table, in all forms and in small letters, and what may stand for it. */
export const substitutes: ReadonlyMap<string, ReadonlySet<string>> = alternatives;

const anywhere = new Set<string>();
for (const [word, others] of Object.entries(table.anywhere.words))
  for (const other of others) anywhere.add(`${word} ${other}`);
for (const [verb, others] of Object.entries(table.anywhere.verbs))
  for (const form of forms)
    for (const other of others) anywhere.add(`${inflected(verb, form)} ${inflected(other, form)}`);

/** Whether `other` says the same as `word` wherever the table allows it, so that hardly a place can make it wrong. */
export const fitsAnywhere = (word: string, other: string): boolean =>
  anywhere.has(`${word.toLowerCase()} ${other.toLowerCase()}`);

/** Where a word of the table has another sense or another part: beside these words, or anywhere else. */
interface Guard {
  next?: readonly string[];
  previous?: readonly string[];
  /** How the word before it ends. */
  previousEnd?: string;
  /** It has the table's sense before these words alone, or at the sentence's start alone. */
  only?: readonly string[];
  /** One of these words has to come among the next four: what is done to it tells the sense. */
  within?: readonly string[];
  start?: boolean;
}
/** So many words behind one are looked at. */
const reach = 4;
/** Forms of the table's verbs that may be nouns ("an interrupt", "the limits") where an article stands before them. */
const alsoNouns = new Set(
  Object.keys(table.verbs).flatMap((verb) => (verb.includes(' ') ? [] : [verb, thirdPerson(verb)])),
);
const nounBefore = /^(?:an?|the|this|that|these|those|your|our|its|their|each|every|any|no|some|another)$/i;
const unless = new Map<string, Guard>(Object.entries(table.unless));
for (const [word, guard] of Object.entries<Guard>(table.unless))
  if (word in table.verbs) for (const form of forms) unless.set(inflected(word, form), guard);
const mostWords = Math.max(...[...alternatives.keys()].map((phrase) => phrase.split(' ').length));

/**
 * Places of `view` with words of the table, the longest phrase first, none of them twice; names (a capital inside a
 * sentence), parts of compounds and what `closed` covers are left alone.
 */
export function wordChoices(view: string, closed: readonly (readonly [number, number])[]): WordChoice[] {
  const words = [...view.matchAll(/[\p{L}\p{N}_'’-]+/gu)].map(({ 0: text, index }) => ({ text, index }));
  const found: WordChoice[] = [];
  for (let at = 0; at < words.length; ) {
    const match = longestAt(view, words, at);
    at += match?.words ?? 1;
    if (match === undefined) continue;
    const { start, end, others } = match;
    if (closed.some(([from, to]) => from < end && to > start)) continue;
    const capital = /^\p{Lu}/u.test(view.slice(start));
    found.push({
      start,
      end,
      alternatives: [...others].map((other) => (capital ? other[0]!.toUpperCase() + other.slice(1) : other)),
    });
  }
  return found;
}

function longestAt(
  view: string,
  words: readonly { text: string; index: number }[],
  at: number,
): { start: number; end: number; words: number; others: ReadonlySet<string> } | undefined {
  const start = words[at]!.index;
  for (let count = Math.min(mostWords, words.length - at); count > 0; count--) {
    const last = words[at + count - 1]!;
    const end = last.index + last.text.length;
    const text = view.slice(start, end);
    // A capital is the sentence's own at its start, and a name's elsewhere.
    const phrase = at === 0 ? text[0]!.toLowerCase() + text.slice(1) : text;
    const others = alternatives.get(phrase);
    if (others === undefined) continue;
    if (alsoNouns.has(phrase) && nounBefore.test(words[at - 1]?.text ?? '')) continue;
    const guard = unless.get(phrase) ?? unless.get(phrase.split(' ')[0]!);
    const behind = words.slice(at + count, at + count + reach).map((word) => word.text.toLowerCase());
    if (guard !== undefined && isElsewhere(guard, words[at - 1]?.text, behind)) continue;
    return { start, end, words: count, others };
  }
  return undefined;
}

/** Whether a word with this guard says something else between these two words. */
function isElsewhere(guard: Guard, previous: string | undefined, behind: readonly string[]): boolean {
  const [next = ''] = behind;
  if (guard.start === true && previous !== undefined) return true;
  if (guard.only !== undefined && !guard.only.includes(next)) return true;
  if (guard.within !== undefined && !guard.within.some((word) => behind.includes(word))) return true;
  if (guard.next?.includes(next) === true) return true;
  if (guard.previousEnd !== undefined && previous?.endsWith(guard.previousEnd) === true) return true;
  return guard.previous?.includes(previous?.toLowerCase() ?? '') === true;
}
