/**
 * Second half of the lexical prior (docs/model-format.md, "Near words"): an unknown word
 * one slip away from a known one.
 *
 * The misspelling lists know most real typos. Most of the others are one letter operation away from a common
 * word, and an unknown word of clean prose that has such a neighbour is rare. So the neighbours are
 * offered to the model, and it decides. Twin of training/nar_training/prior/near_words.py: the network has
 * been trained with these marks.
 */
import type { Lexicon, LexiconMatch, LexiconOptions } from './lexicon';
import { isPartOfName, openRanges } from './look-up-guards';
import { splits } from './run-together';

const letters = 'abcdefghijklmnopqrstuvwxyz';
/** A common word behind one of these is a word that people make: "prebuild", "replan". */
export const commonPrefixes =
  're pre un non sub super multi auto de over inter under co anti mis back meta micro semi cross post self mini'.split(
    ' ',
  );
/** Occurrences of a common word. */
export const leastOfPart = 50;
/** The neighbour of a word with a capital is no rare name itself. */
const leastOfCapital = 200;
/** Letters of a word whose first letter may be lost. */
const headless = 5;
/** Occurrences in the training prose that make a word a neighbour worth offering. */
const leastCount = 10;
const mostCandidates = 3;
const rememberedWords = 5000;

/** "spir-v", "todo-markers": parts of compounds are terms and names far more often than slips. */
function isPartOfCompound(text: string, start: number, end: number): boolean {
  return text[start - 1] === '-' || (text[end] === '-' && /[\p{L}\p{N}]/u.test(text[end + 1] ?? ' '));
}

export class NearWords {
  /** Latest answers: a document repeats its words, and a miss costs some 500 look-ups. */
  private readonly known = new Map<string, readonly string[]>();

  constructor(private readonly lexicon: Lexicon) {}

  /**
   * @param listed matches of `lexicon.misspellings` on the same text: those words are already offered
   * @returns the unknown words with neighbours, in the order of the text
   */
  matches(text: string, listed: readonly LexiconMatch[], options: LexiconOptions = {}): LexiconMatch[] {
    const taken = new Set(listed.map((match) => match.start));
    const dictionary = new Set([...(options.dictionary ?? [])].map((word) => word.toLowerCase()));
    const isOpen = openRanges(options.protected);
    const found: LexiconMatch[] = [];
    // Whole words only, with no capital but the first letter: a digit, an underscore or another
    // capital makes an identifier.
    const first = text.search(/[\p{L}\p{N}]/u);
    for (const { 0: word, index: start } of text.matchAll(
      /(?<![\p{L}\p{M}\p{N}_'’])(?:[a-z]{4,30}|[A-Z][a-z]{4,29})(?![\p{L}\p{M}\p{N}_'’])/gu,
    )) {
      const end = start + word.length;
      if (
        taken.has(start) ||
        dictionary.has(word.toLowerCase()) ||
        isPartOfName(text, start, end) ||
        isPartOfCompound(text, start, end) ||
        !isOpen(start, end)
      )
        continue;
      const isSmall = /^[a-z]/.test(word);
      const candidates = isSmall ? this.candidates(word) : this.capitalCandidates(word, start === first);
      // The words around are looked at last: few words have candidates, and many have capitals.
      if (candidates.length > 0 && (isSmall || !this.isBesideName(text, start, end, first)))
        found.push({ start, end, candidates: [...candidates] });
    }
    return found;
  }

  /**
   * "Ada Lovelce", "Azuree Functions", "Jiang 2021": of two words with capitals one may be
   * anything, so neither is doubted.
   */
  private isBesideName(text: string, start: number, end: number, first: number): boolean {
    const before = /(?<![\p{L}\p{M}\p{N}])[A-Z][\p{L}\p{M}.'’]* $/u.exec(text.slice(0, start));
    // The first word has its capital from the sentence, if it is no name.
    const word = before?.[0].trim().toLowerCase() ?? '';
    const opens =
      before?.index === first && this.lexicon.usualCase(word) === word && this.lexicon.wordCount(word) >= leastCount;
    return (
      (before !== null && !opens) ||
      /^(?: [A-Z]| et al|,? \(?[12][0-9]{3}(?![\p{L}\p{N}]))/u.test(text.slice(end, end + 10))
    );
  }

  /**
   * Of a word with a capital, in the case that names have. Two words in one are looked for at the start of a text only.
   */
  private capitalCandidates(word: string, isFirst: boolean): string[] {
    const small = word.toLowerCase(),
      { names } = this.lexicon;
    if (names.has(small)) return [];
    return this.candidates(small)
      .filter((candidate) => (candidate.includes(' ') ? isFirst : this.lexicon.wordCount(candidate) >= leastOfCapital))
      .map((candidate) => {
        const usual = names.get(candidate) ?? this.lexicon.usualCase(candidate) ?? candidate;
        return usual === candidate ? candidate.charAt(0).toUpperCase() + candidate.slice(1) : usual; // "GitHub"
      });
  }

  /** Neighbours of one word of small letters, most frequent first, ties in code-unit order; none for a known word. */
  candidates(word: string): readonly string[] {
    let candidates = this.known.get(word);
    if (!candidates) {
      candidates = this.lexicon.wordCount(word) > 0 || this.isDerived(word) ? [] : this.neighbours(word);
      if (this.known.size >= rememberedWords) this.known.clear();
      this.known.set(word, candidates);
    }
    return candidates;
  }

  private isDerived(word: string): boolean {
    // "virtualised", "serialiser": British, where the list has the other spelling.
    const american = word.replace(/is(e|ed|es|er|ers|ing|ation|ations|able)$/, 'iz$1');
    if (american !== word && this.lexicon.wordCount(american) > 0) return true;
    const rests = commonPrefixes
      .filter((prefix) => word.startsWith(prefix) && word.length - prefix.length >= 4)
      .map((prefix) => word.slice(prefix.length));
    return rests.some((rest) =>
      [rest, rest.replace(/s$/, '')].some((part) => this.lexicon.wordCount(part) >= leastOfPart),
    );
  }

  private neighbours(word: string): string[] {
    const counts = new Map<string, number>();
    const withHead = word.length < headless ? [] : [...letters].map((letter) => letter + word);
    for (const other of [...oneSlipAway(word), ...withHead]) {
      const count = this.lexicon.wordCount(other);
      if (count >= leastCount && !isInflected(word, other)) counts.set(other, count);
    }
    if (counts.size === 0) return splits(word, (part) => this.lexicon.wordCount(part));
    return [...counts]
      .sort(([left, a], [right, b]) => b - a || (left < right ? -1 : 1))
      .slice(0, mostCandidates)
      .map(([other]) => other);
  }
}

/**
 * Insertions, deletions, substitutions and transpositions that keep the first letter: people rarely get that one wrong.
 */
export function oneSlipAway(word: string): Set<string> {
  const near = new Set<string>();
  for (let at = 1; at <= word.length; at++) {
    const head = word.slice(0, at);
    const tail = word.slice(at);
    for (const letter of letters) {
      near.add(head + letter + tail);
      if (tail !== '') near.add(head + letter + tail.slice(1));
    }
    if (tail !== '') near.add(head + tail.slice(1));
    if (tail.length > 1) near.add(head + tail[1]! + tail[0]! + tail.slice(2));
  }
  near.delete(word);
  return near;
}

/** "cargos" of "cargo", or "unreference" beside "unreferenced": a form that people make, not a slip. */
function isInflected(word: string, other: string): boolean {
  return (word === `${other}s` && !other.endsWith('s')) || (other === `${word}d` && word.endsWith('e'));
}
