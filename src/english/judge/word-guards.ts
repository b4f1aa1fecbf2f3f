/**
 * Words that are no slip: real ones that a dictionary has, names of people beside names, parts of compounds, words with
 * a digit or a hidden character. Each guard stands for a kind of false alarm that was seen on public documents.
 */
import type { Lexicon } from '../prior/lexicon';
import { distance } from './distance';
import { isBaseForm } from '../prior/word-classes';
import type { SentenceEdit } from '../sentence-edit';

/** Kinds that put another word in the place of one. */
const wordKinds = new Set(['spelling', 'spacing', 'confusable', 'other']);
/** From this count in the training prose on a word is one that people use every day, and may be the wrong one. */
const common = 50;
const partOfCompound = { letters: 4, count: 100 };
/** Operators of programming languages that are two words in English. */
const operators = new Set(['instanceof', 'typeof', 'sizeof', 'alignof', 'keyof', 'nameof', 'offsetof']);
const plain = /^\p{L}[\p{L}\p{M}'’-]*$/u;

/** Whether the edit is a false alarm by the word that it changes. */
export function changesRightWord(view: string, edit: SentenceEdit, lexicon: Lexicon): boolean {
  const { start, end, text, type } = edit;
  const before = view.slice(start, end);
  if (holdsHiddenCharacter(view, start, end) || changesWordWithDigit(view, edit)) return true;
  if (edit.lexicon && !standsAlone(before)) return false;
  const old = before.trim();
  if (
    wordKinds.has(type) &&
    plain.test(old) &&
    isAmongNames(view, start + before.indexOf(old), start + before.indexOf(old) + old.length, lexicon) &&
    keepsCapital(old, text.trim())
  )
    return true;
  if (isFormOfTerm(old, text.trim(), lexicon) || (type === 'spacing' && operators.has(old))) return true;
  if (edit.lexicon) return false;
  if (isInBracketsBehindNumber(view, start, end)) return true;
  if (!wordKinds.has(type) || !plain.test(old)) return false;
  return (
    changesPartOfCompound(old, text.trim()) ||
    isNameInCapitals(view, old) ||
    changesIrregularNumber(old, text.trim()) ||
    changesEnding(old.toLowerCase(), text.trim().toLowerCase()) ||
    isRare(old, lexicon) ||
    isOtherWord(old, text.trim(), type, lexicon) ||
    isMadeOfTwo(old, text.trim(), lexicon) ||
    isMadeOfVerb(old, text.trim(), lexicon)
  );
}

const standsAlone = (before: string): boolean => plain.test(before.trim());
const keepsCapital = (before: string, after: string): boolean => /^\p{Lu}/u.test(before) && after !== '';

/**
 * A character that is not seen (a joiner, a NUL) inside of the word or at its edge: what the reader
 * sees is not what stands there.
 */
function holdsHiddenCharacter(view: string, start: number, end: number): boolean {
  const hidden = /[\p{Cf}\u0000-\u0008\u000e-\u001f\u007f]/u;
  let [left, right] = [start, end];
  const isInside = (at: number): boolean => /[\p{L}\p{M}\p{N}]/u.test(view[at] ?? '') || hidden.test(view[at] ?? '');
  while (left > 0 && isInside(left - 1)) left--;
  while (right < view.length && isInside(right)) right++;
  // A soft hyphen or a mark of direction between words touches none of them.
  return hidden.test(view.slice(left, right).replace(/^\ufeff/, ''));
}

/** "Diane998's": letters and digits in one are a name or a key. */
function changesWordWithDigit(view: string, { start, end, text }: SentenceEdit): boolean {
  const before = view.slice(start, end);
  const removed = [...before.matchAll(/[\p{L}\p{N}'’]+/gu)]
    .map(([word]) => word)
    .filter((word) => /\p{L}/u.test(word) && /\d/.test(word));
  const kept: string[] = text.match(/[\p{L}\p{N}'’]+/gu) ?? [];
  return removed.some((word) => !/^\d+(?:st|nd|rd|th|s)$/i.test(word) && !kept.includes(word));
}

/**
 * "Tom Nealy", "found by Entroy C": a capital inside a sentence beside a name or an initial. Beside a common word with
 * a capital ("Recieve Messages") it is a title.
 */
export function isAmongNames(view: string, start: number, end: number, lexicon: Lexicon): boolean {
  if (!/^\p{Lu}/u.test(view.slice(start, end))) return false;
  const left = /(?<![\p{L}\p{N}])(\p{Lu}[\p{L}\p{M}'’.-]*),? $/u.exec(view.slice(Math.max(0, start - 40), start))?.[1];
  const right = /^,? (\p{Lu}[\p{L}\p{M}'’.-]*)/u.exec(view.slice(end, end + 40))?.[1];
  const kinds = [left, right].map((word) => {
    if (word === undefined) return 'none';
    const letters = word.replace(/(?<![.'’-])[.'’-]+$/u, '');
    if (/^\p{Lu}$/u.test(letters)) return letters === 'A' || letters === 'I' ? 'none' : 'name';
    if (letters === letters.toUpperCase()) return 'none';
    const usual = lexicon.usualCase(letters);
    const isCommon = usual === undefined ? lexicon.known.has(letters.toLowerCase()) : /^\p{Ll}/u.test(usual);
    return isCommon ? 'common' : 'name';
  });
  return kinds.includes('name') && !kinds.includes('common');
}

/** "todo-markers", "lsp-textdocument", "beamer-style": one part of a compound that somebody coined. */
function changesPartOfCompound(before: string, after: string): boolean {
  const [old, new_] = [before.split('-'), after.split('-')];
  return old.length > 1 && old.length === new_.length && old.filter((part, index) => part !== new_[index]).length === 1;
}

/** "the law PUTPUT": no word is called so. A text that is all in capitals is another matter. */
function isNameInCapitals(view: string, word: string): boolean {
  return /^\p{Lu}{3,}$/u.test(word) && /\p{Ll}/u.test(view);
}

/** "a missing parenthesis", "two analyses": how many there are. */
function changesIrregularNumber(before: string, after: string): boolean {
  const [old, new_] = [before.toLowerCase(), after.toLowerCase()];
  return /\p{L}{3}[ei]s$/u.test(old) && old.slice(0, -2) === new_.slice(0, -2) && /[ei]s$/.test(new_);
}

/** "a prefetcher", "a groupoid", "tetrahedra", "subsubsections", "firewalld": made as such words are. */
function changesEnding(before: string, after: string): boolean {
  const agent = /^(\p{L}{4,})ers?$/u.exec(before)?.[1];
  if (agent !== undefined && (after === `${agent}ed` || after === `${agent}d`)) return true;
  // "firewalld", "networkd": a service that is called by what it serves.
  if (before === `${after}d` && /[^aeiouyd]$/.test(after)) return true;
  return (
    (/\p{L}{3}oids?$/u.test(before) && !/oids?$/.test(after)) ||
    (/hedra$/.test(before) && after === `${before}l`) ||
    (before.startsWith('subsub') && after === before.slice(3))
  );
}

/** In the dictionary, or beside it in the words that prose hardly uses. */
function isRare(word: string, lexicon: Lexicon): boolean {
  const lower = word.toLowerCase();
  // "quintiles", "a quintile's"
  const isKnown = [lower, lower.replace(/(?:['’]s|s)$/, '')].some((form) => lexicon.known.has(form));
  return isKnown && lexicon.wordCount(lower) < common;
}

/** "exemption" is no slip for "exception": two words that people write, with more than one letter between them. */
function isOtherWord(before: string, after: string, type: string, lexicon: Lexicon): boolean {
  if (type !== 'spelling' || !plain.test(after)) return false;
  const [old, new_] = [before.toLowerCase(), after.toLowerCase()];
  return lexicon.wordCount(old) >= common && lexicon.wordCount(new_) > 0 && distance(old, new_) > 1;
}

/** "testframe" is a test frame and no "textframe"; in two words it may be written. */
function isMadeOfTwo(before: string, after: string, lexicon: Lexicon): boolean {
  const word = before.toLowerCase();
  if (after.includes(' ') || lexicon.wordCount(word) > 0 || !/^[a-z]+$/.test(word)) return false;
  const { letters, count } = partOfCompound;
  for (let at = letters; at <= word.length - letters; at++) {
    if (lexicon.wordCount(word.slice(0, at)) >= count && lexicon.wordCount(word.slice(at)) >= count) return true;
  }
  return false;
}

/** "gitignored" beside "gitignore": a term with an ending that nobody has listed. */
function isFormOfTerm(before: string, after: string, lexicon: Lexicon): boolean {
  // "the configurables": things that can be configured.
  if (/[ai]bles$/.test(before) && before === `${after}s`) return true;
  return (
    after.length >= 5 &&
    before.startsWith(after) &&
    /^(?:e?d|e?s|ing|er|able)$/.test(before.slice(after.length)) &&
    lexicon.wordCount(before) === 0 &&
    lexicon.wordCount(after) < common
  );
}

/** "the depender", "a dependee": whom or what a verb speaks of, in a word that somebody made of it. */
function isMadeOfVerb(before: string, after: string, lexicon: Lexicon): boolean {
  const stem = /^([a-z]{4,})(?:ers?|ees?|able)$/.exec(before.toLowerCase())?.[1];
  if (stem === undefined || lexicon.wordCount(before.toLowerCase()) > 0) return false;
  return (
    [stem, `${stem}e`].some((verb) => isBaseForm(verb)) && !/(?:ers?|ees?|[ai]ble|ors?)$/.test(after.toLowerCase())
  );
}

/** "12 (pcs)": what a number is counted in. */
function isInBracketsBehindNumber(view: string, start: number, end: number): boolean {
  return /\d\s?\(\s?$/.test(view.slice(0, start)) && /^\s?\)/.test(view.slice(end)) && start < end;
}
