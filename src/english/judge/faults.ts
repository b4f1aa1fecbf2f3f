/**
 * What a correction must not leave behind: faults that can be seen in the letters of a text, without a model. They are
 * no corrections of their own; `soundTogether` asks which of them edits bring in.
 */
import { baseOfThirdPerson, isAlsoNoun, isPlural, isVerb, thirdPerson } from '../prior/verb-forms';
import { beginsWithVowelSound } from '../prior/indefinite-article';
import { auxiliaries, determiners, modals, wordPlaces, type WordPlace } from '../words';
import { uncountable } from '../prior/word-classes';

export interface Fault {
  /** Where it is, with the words around that make it a fault; `end` is behind the last character. */
  start: number;
  end: number;
  /** Kind and words: two faults with the same key are the same fault elsewhere. */
  key: string;
}

const be = new Set(['am', 'is', 'are', 'was', 'were']);
/** Behind these a bare verb is right after a singular subject: "does it run", "let it run". */
const asksBase = new Set([
  ...[
    'do',
    'does',
    'did',
    'let',
    'lets',
    'make',
    'makes',
    'made',
    'have',
    'has',
    'had',
    'help',
    'helps',
    'see',
    'that',
  ],
  ...[
    'require',
    'requires',
    'should',
    'may',
    'can',
    'will',
    'could',
    'would',
    'must',
    'might',
    'to',
    'and',
    'or',
    'if',
  ],
]);
const singularPronouns = new Set(['it', 'he', 'she']);
const pluralPronouns = new Set(['they', 'we', 'you', 'i']);
const openers = new Map([...')]}”»'].map((closer, index) => [closer, '([{“«'[index]!]));

/** Only a blank between the two words. */
const areNeighbours = (text: string, left: WordPlace, right: WordPlace): boolean =>
  /^\s+$/.test(text.slice(left.end, right.start));

/** Linear in the length of the text. */
export function faultsIn(text: string): Fault[] {
  const found: Fault[] = [];
  const words = wordPlaces(text);
  const add = (kind: string, start: number, end: number, from = start, to = end): void => {
    found.push({ start: from, end: to, key: `${kind}: ${text.slice(start, end).toLowerCase()}` });
  };
  words.forEach((word, index) => {
    const next = words[index + 1];
    const before = words[index - 1];
    if (!next || !areNeighbours(text, word, next)) {
      // "of the." "a is": what the article belongs to is gone.
      if (
        determiners.has(word.lower) &&
        !/^(?:a|its|an)$/.test(word.lower) &&
        /^\s*(?:[.!?;]\s|[.!?;]?$)/.test(text.slice(word.end))
      ) {
        if (!/^["'“‘(*]$/.test(text[word.start - 1] ?? '')) add('lost', word.start, word.end);
      }
      return;
    }
    const both = (kind: string, wordsBefore = 0): void =>
      add(
        kind,
        word.start,
        next.end,
        words[Math.max(0, index - wordsBefore)]!.start,
        words[Math.min(words.length - 1, index + 2)]!.end,
      );
    if (word.lower === next.lower && /\p{L}/u.test(word.lower)) both('doubled');
    else if (determiners.has(word.lower) && determiners.has(next.lower)) both('determiners');
    else if (be.has(word.lower) && be.has(next.lower)) both('be');
    else if (['the', 'a', 'an', 'every'].includes(word.lower) && be.has(next.lower)) both('lost');
    if (
      modals.has(word.lower) &&
      baseOfThirdPerson(next.lower) !== undefined &&
      !isAlsoNoun(baseOfThirdPerson(next.lower)!)
    )
      both('verb');
    if (singularPronouns.has(word.lower) && !asksBase.has(before?.lower ?? '') && !modals.has(before?.lower ?? '')) {
      if (
        next.lower === 'have' ||
        next.lower === 'are' ||
        (isVerb(next.lower) && !isAlsoNoun(next.lower) && thirdPerson(next.lower) !== next.lower)
      )
        both('verb', 1);
    }
    if (
      pluralPronouns.has(word.lower) &&
      (next.lower === 'has' || next.lower === 'is' || baseOfThirdPerson(next.lower) !== undefined)
    )
      both('verb');
    if (
      uncountable.has(word.lower) &&
      /^(?:are|were|have|do|aren't|weren't|haven't|don't)$/.test(next.lower) &&
      isSubject(words, index)
    )
      both('number', 3);
    if (word.lower === 'a' || word.lower === 'an') {
      const vowel = /^\p{L}+$/u.test(next.text) ? beginsWithVowelSound(next.text) : undefined;
      if (vowel !== undefined && vowel !== (word.lower === 'an')) both('sound');
    }
    if (/^(?:an?|each|every|another)$/.test(word.lower) && isPlural(next.lower) && next.lower.length > 3) {
      const third = words[index + 2];
      const ends =
        !third ||
        !areNeighbours(text, next, third) ||
        auxiliaries.has(third.lower) ||
        /^(?:of|in|on|to|for|from|with|that|which|and|or|by|at)$/.test(third.lower);
      if (ends) both('number');
    }
  });
  // "each other' repositories": an apostrophe that neither quotes nor stands behind an s.
  for (const { 0: mark, index } of text.matchAll(/(?<=[\p{L}])['’](?=\s|[.,;:!?]|$)/gu)) {
    if (/[sxz]/i.test(text[index - 1]!) || isQuoted(text, index, mark)) continue;
    const start = text.slice(0, index).search(/(?<![\p{L}\p{N}])[\p{L}\p{N}]+$/u);
    add('apostrophe', start < 0 ? index : start, index + 1);
  }
  found.push(...unpaired(text));
  return found;
}

/** Nothing but its article and one adjective stands before the noun in its clause. */
function isSubject(words: readonly WordPlace[], index: number): boolean {
  const before = words.slice(Math.max(0, index - 3), index).map(({ lower }) => lower);
  return !before.some((word) => /^(?:of|in|on|for|with|from|to|and|or|by|at|like|as)$/.test(word));
}

/** A quotation that began with the same kind of mark before `index`. */
function isQuoted(text: string, index: number, mark: string): boolean {
  const left = text.slice(Math.max(0, index - 300), index);
  const last = left.lastIndexOf('’');
  return mark === '’'
    ? left.includes('‘', last + 1) || (last >= 0 && /^[\s(]?$/.test(left.slice(Math.max(0, last - 1), last)))
    : /(?:^|[\s(["])'[^']*(?:\p{L}'\p{L}[^']*)*$/u.test(left);
}

/** Brackets and double quotation marks without their other half. */
function unpaired(text: string): Fault[] {
  const found: Fault[] = [];
  const open: { mark: string; at: number }[] = [];
  const quotes: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const mark = text[at]!;
    if (mark === '"') quotes.push(at);
    else if ('([{“«'.includes(mark)) open.push({ mark, at });
    else if (openers.has(mark)) {
      if (open[open.length - 1]?.mark === openers.get(mark)) open.pop();
      else found.push({ start: at, end: at + 1, key: `unpaired: ${mark}` });
    }
  }
  for (const { mark, at } of open) found.push({ start: at, end: at + 1, key: `unpaired: ${mark}` });
  if (quotes.length % 2 === 1)
    found.push({ start: quotes[quotes.length - 1]!, end: quotes[quotes.length - 1]! + 1, key: 'unpaired: "' });
  return found;
}
