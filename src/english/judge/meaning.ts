/**
 * Guards that need no model: may a rewritten text stand for its source? They look for what a small model gets wrong
 * most harmfully: a number, a name, code or a "not" that was lost, changed or made up.
 */
import { contentless, negations, wordsOf } from '../words';
import { stem } from './stem';
import { isIdentifier } from '../../text/protect';

export interface MeaningVerdict {
  ok: boolean;
  /** For a person, one sentence each; empty when ok. */
  reasons: string[];
}

export interface MeaningOptions {
  /** Names, numbers and code may be left out (summaries), never added. */
  partial?: boolean;
  /** Least share of the candidate's content words that the source has (by stem); default 0.4, in summaries 0.6. */
  leastSupport?: number;
}

/** Whether `candidate` says nothing but what `source` says, as far as marks on the surface tell. */
export function keepsMeaning(source: string, candidate: string, options: MeaningOptions = {}): MeaningVerdict {
  const reasons: string[] = [];
  const partial = options.partial === true;
  if (candidate.trim() === '') return { ok: false, reasons: ['The new text is empty.'] };
  const compare = (what: string, left: string[], right: string[]): void => {
    const missing = without(left, right);
    const added = partial ? [...new Set(right)].filter((item) => !left.includes(item)) : without(right, left);
    if (missing.length > 0 && !partial) reasons.push(`${what} “${missing[0]}” is lost.`);
    if (added.length > 0) reasons.push(`${what} “${added[0]}” is not in the source.`);
  };
  const sourceCode = codeOf(source);
  const candidateCode = codeOf(candidate);
  compare('The code or address', sourceCode.found, candidateCode.found);
  compare('The number', numbersOf(sourceCode.rest), numbersOf(candidateCode.rest));
  const sourceNames = namesOf(sourceCode.rest);
  const candidateNames = namesOf(candidateCode.rest);
  const sourceWords = nameable(sourceCode.rest);
  const candidateWords = nameable(candidateCode.rest);
  if (!partial)
    for (const name of sourceNames)
      if (!candidateWords.has(name.toLowerCase())) {
        reasons.push(`The name “${name}” is lost.`);
        break;
      }
  for (const name of candidateNames)
    if (!sourceWords.has(name.toLowerCase())) {
      reasons.push(`The name “${name}” is not in the source.`);
      break;
    }
  const sourceNegations = negationCount(sourceCode.rest);
  const candidateNegations = negationCount(candidateCode.rest);
  if (
    partial
      ? candidateNegations > sourceNegations
      : sourceNegations % 2 !== candidateNegations % 2 || (sourceNegations === 0) !== (candidateNegations === 0)
  ) {
    reasons.push(candidateNegations > sourceNegations ? 'A negation was added.' : 'A negation was lost.');
  }
  if (swaps(sourceCode.rest, candidateCode.rest, obligations, permissions))
    reasons.push('What one should do became what one can do.');
  if (swaps(sourceCode.rest, candidateCode.rest, permissions, obligations))
    reasons.push('What one can do became what one has to do.');
  const unbalanced = firstUnbalanced(candidateCode.rest);
  if (unbalanced !== undefined && firstUnbalanced(sourceCode.rest) === undefined)
    reasons.push(`The mark “${unbalanced}” has no partner.`);
  const support = contentSupport(sourceCode.rest, candidateCode.rest);
  if (support < (options.leastSupport ?? (partial ? 0.6 : 0.4))) reasons.push('Too many words are not in the source.');
  return { ok: reasons.length === 0, reasons };
}

const obligations =
  /\b(?:must|should|shall|ought|(?:need|needs|have|has) to|required?|requires|mandatory|recommend(?:s|ed)?|advised?|advises)\b/giu;
const permissions = /\b(?:can|could|may|might|option|optional|optionally|possible|allowed|permitted)\b/giu;

/** Neither: "is not allowed to" and "must not" say the same. */
const prohibitions = /\b(?:must not|may not|not (?:allowed|permitted)(?: to)?|required not to)\b/giu;

/** Words of one force are gone and words of another came in: a recommendation is no option, an option no duty. */
function swaps(source: string, candidate: string, lost: RegExp, found: RegExp): boolean {
  const count = (text: string, words: RegExp): number => text.replace(prohibitions, ' ').match(words)?.length ?? 0;
  return count(candidate, lost) < count(source, lost) && count(candidate, found) > count(source, found);
}

/** Share of the candidate's content words (by stem) that stand in the source; 1 when it has none. */
export function contentSupport(source: string, candidate: string): number {
  const known = new Set(contentStems(source));
  const stems = contentStems(candidate);
  if (stems.length === 0) return 1;
  return stems.filter((word) => known.has(word)).length / stems.length;
}

/** Stems of the words that carry meaning, in order, with repeats. */
export function contentStems(text: string): string[] {
  return wordsOf(text)
    .map((word) => word.toLowerCase())
    .filter((word) => word.length > 1 && !contentless.has(word))
    .map(stem);
}

/** Items of `left` that `right` does not have, counted. */
function without(left: string[], right: string[]): string[] {
  const counts = new Map<string, number>();
  for (const item of right) counts.set(item, (counts.get(item) ?? 0) + 1);
  return left.filter((item) => {
    const count = counts.get(item) ?? 0;
    counts.set(item, count - 1);
    return count <= 0;
  });
}

/** Code spans, addresses and identifiers, and the text without them. */
function codeOf(text: string): { found: string[]; rest: string } {
  const found: string[] = [];
  let rest = text.replace(/(?<!`)(`+)(?!`)[^`]{1,2000}\1(?!`)/g, (span) => {
    found.push(span);
    return ' ';
  });
  rest = rest.replace(/[a-z][a-z0-9+.-]{1,15}:\/\/[^\s<>"'`]+[^\s<>"'`.,;:!?)\]}]/gi, (url) => {
    found.push(url);
    return ' ';
  });
  rest = rest.replace(
    /[\w.+-]{1,64}@[\w-]{1,100}(?:\.[\w-]{1,100})+|\$[^$\n]{1,200}\$|\{\{[^{}]{0,200}\}\}/g,
    (span) => {
      found.push(span);
      return ' ';
    },
  );
  rest = rest.replace(/\S+/g, (word) => {
    const bare = word.replace(/^[("'“‘[]+|(?<![)"'”’\].,;:!?…])[)"'”’\].,;:!?…]+$/g, '');
    if (!isIdentifier(bare) && !/^(?:--?[A-Za-z]|[@#]\w)/.test(bare)) return word;
    found.push(bare);
    return word.replace(bare, () => ' ');
  });
  return { found, rest };
}

const numberWords = new Map(
  'zero:0 one:1 two:2 three:3 four:4 five:5 six:6 seven:7 eight:8 nine:9 ten:10 eleven:11 twelve:12 twenty:20 hundred:100 thousand:1000 million:1000000'
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]),
);

/**
 * Numbers in one spelling: "1,000" and "1000", "two" and "2" are the same. "one" is a
 * pronoun too often and is left out.
 */
function numbersOf(text: string): string[] {
  const digits = (text.match(/[+\-−]?\d+(?:[.,]\d+)*\s?%?/g) ?? []).map((number) =>
    number
      .replace(/^[+\-−](?=\d)/, (sign) => (sign === '+' ? '' : '-'))
      .replace(/,(?=\d{3})/g, '')
      .replace(/\s/g, ''),
  );
  // A hyphen in "3-5" or "utf-8" is no sign.
  const unsigned = digits.map((number) => number.replace(/^-/, ''));
  const words = wordsOf(text)
    .map((word) => word.toLowerCase())
    .filter((word) => word !== 'one')
    .flatMap((word) => numberWords.get(word) ?? []);
  return [...unsigned, ...words].sort();
}

/** Words in small letters, those with "'s" also without: "Git's" names Git. */
function nameable(text: string): Set<string> {
  return new Set(wordsOf(text).flatMap((word) => [word.toLowerCase(), word.toLowerCase().replace(/['’]s$/, '')]));
}

/** Capitalised words that do not start a sentence, and words in capitals. */
function namesOf(text: string): string[] {
  const names: string[] = [];
  for (const match of text.matchAll(/\p{Lu}[\p{L}\p{M}\p{N}]*/gu)) {
    const word = match[0];
    const before = text.slice(Math.max(0, match.index - 3), match.index);
    if (/[\p{L}\p{M}\p{N}'’]$/u.test(before) || word === 'I' || contentless.has(word.toLowerCase())) continue;
    const starts = /^$|[.!?:;]["'”’)\]]?\s+["'“‘(]?$|^["'“‘(\s]*$/u.test(
      match.index <= 3 ? text.slice(0, match.index) : before,
    );
    const allCapitals = word.length > 1 && word === word.toUpperCase();
    if (!starts || allCapitals) names.push(word);
  }
  return names;
}

function negationCount(text: string): number {
  let count = 0;
  for (const word of wordsOf(text)) {
    const lowerCase = word.toLowerCase();
    if (negations.has(lowerCase) || lowerCase.endsWith("n't")) count += 1;
  }
  return count;
}

/** The first bracket or double quote without a partner. */
function firstUnbalanced(text: string): string | undefined {
  const partners = new Map([
    [')', '('],
    [']', '['],
    ['}', '{'],
    ['”', '“'],
    ['»', '«'],
  ]);
  const open: string[] = [];
  let quotes = 0;
  for (const character of text) {
    if ('([{“«'.includes(character)) open.push(character);
    else if (partners.has(character)) {
      if (open.pop() !== partners.get(character)) return character;
    } else if (character === '"') quotes += 1;
  }
  return open[0] ?? (quotes % 2 === 1 ? '"' : undefined);
}
