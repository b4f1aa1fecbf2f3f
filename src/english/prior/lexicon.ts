/**
 * The lexical prior (docs/model-format.md): misspellings with their corrections, phrases with plainer ones, known
 * words. Each file stays one string; a search halves it by its lines, so that loading takes no time and little memory.
 */
import { KnownWords } from './known-words';
import { isPartOfName, openRanges } from './look-up-guards';
import { readDialects, type OtherSpelling } from './dialect';
import { readNames } from './names';
import { NearWords } from './near-words';
import type { Range } from '../../text/protect';
import { Collocations } from '../rewrite/collocations';

export interface LexiconMatch {
  start: number;
  end: number;
  /** Best first, in the case of the matched text; "" means "leave out". */
  candidates: string[];
}

export interface LexiconOptions {
  /** Ranges (sorted, not overlapping) of `text` in which nothing is looked up. */
  protected?: readonly Range[];
  /** Ranges (sorted, not overlapping) of names of people and products: their case may change and nothing else. */
  names?: readonly Range[];
  /** Words, any case, that are never called misspelled. */
  dictionary?: ReadonlySet<string> | readonly string[];
}

/** Most words of a phrase that is looked up. */
const maximumPhraseWords = 8;

export class Lexicon {
  /** Unknown words one slip away from a known one: for the model to judge, never corrected by the list alone. */
  readonly near = new NearWords(this);

  private constructor(
    private readonly misspellingTable: SortedTable,
    private readonly phraseTable: SortedTable,
    private readonly wordTable: WordTable,
    private readonly phraseHeads: Set<string>,
    readonly names: ReadonlyMap<string, string>,
    /** Rare words that are right, for the judge's guards; the network has not been told of them. */
    readonly known: KnownWords,
    readonly dialects: ReadonlyMap<string, OtherSpelling>,
    /** Words that do not go together where a synonym would be put. */
    readonly collocations: Collocations,
  ) {}

  /** Text of the seven files; a missing one may be ''. Lines without a tab and comment lines ("#") are passed over. */
  static fromText(files: {
    misspellings: string;
    phrases: string;
    words: string;
    names?: string;
    known?: string;
    dialects?: string;
    collocations?: string;
  }): Lexicon {
    const phrases = new SortedTable(files.phrases);
    return new Lexicon(
      new SortedTable(files.misspellings),
      phrases,
      new WordTable(files.words),
      phrases.heads(),
      readNames(files.names ?? ''),
      new KnownWords(files.known ?? ''),
      readDialects(files.dialects ?? ''),
      new Collocations(files.collocations ?? ''),
    );
  }

  /**
   * Words of `text` that the list calls misspelled. Passed over: words with digits, underscores or inner capitals,
   * words of the dictionary, protected ranges, and parts of hyphenated or dotted names.
   */
  misspellings(text: string, options: LexiconOptions = {}): LexiconMatch[] {
    const matches: LexiconMatch[] = [];
    const dictionary = lowerCased(options.dictionary);
    const isOpen = openRanges(options.protected);
    for (const match of text.matchAll(/[\p{L}\p{M}\p{N}_]+(?:['’][\p{L}\p{M}]+)*/gu)) {
      const word = match[0];
      const start = match.index;
      const end = start + word.length;
      if (word.length < 2 || word.length > 40 || /[\p{N}_]/u.test(word) || hasInnerCapitals(word)) continue;
      if (isPartOfName(text, start, end) || !isOpen(start, end)) continue;
      const key = word.toLowerCase().replaceAll('’', "'");
      if (dictionary.has(key)) continue;
      let right = this.misspellingTable.get(key);
      let ending = '';
      if (right === undefined && /'s$/.test(key)) {
        ending = word.slice(-2);
        if (dictionary.has(key.slice(0, -2))) continue;
        right = this.misspellingTable.get(key.slice(0, -2));
      }
      if (right === undefined || right === '') continue;
      const wrong = ending === '' ? word : word.slice(0, -2);
      // "javscript" is "JavaScript", in whatever case it was written.
      const candidates = right
        .split(',')
        .map((candidate) => (this.names.get(candidate.trim()) ?? withCaseOf(wrong, candidate.trim())) + ending)
        .filter((candidate) => candidate !== ending && candidate !== word);
      if (candidates.length > 0) matches.push({ start, end, candidates });
    }
    return matches;
  }

  /** Phrases of `text` for which the list has a plainer one; the longest phrase at each place, none overlapping. */
  phrases(text: string, options: LexiconOptions = {}): LexiconMatch[] {
    if (this.phraseHeads.size === 0) return [];
    const words = [...text.matchAll(/[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*/gu)];
    const isOpen = openRanges(options.protected);
    const dictionary = lowerCased(options.dictionary);
    const matches: LexiconMatch[] = [];
    for (let first = 0; first < words.length; first += 1) {
      if (!this.phraseHeads.has(words[first]![0].toLowerCase())) continue;
      for (let last = Math.min(words.length, first + maximumPhraseWords) - 1; last >= first; last -= 1) {
        const start = words[first]!.index;
        const end = words[last]!.index + words[last]![0].length;
        const slice = text.slice(start, end);
        const key = slice.toLowerCase().replaceAll('’', "'").replace(/\s+/g, ' ');
        const right = dictionary.has(key) ? undefined : this.phraseTable.get(key);
        if (
          right === undefined ||
          !isOpen(start, end) ||
          isPartOfName(text, start, end) ||
          (first === last && hasInnerCapitals(slice))
        )
          continue;
        const candidates = right
          .split('|')
          .map((candidate) => withCaseOf(slice, candidate.trim()))
          .filter((candidate) => candidate !== slice);
        if (candidates.length === 0) continue;
        matches.push({ start, end, candidates });
        first = last;
        break;
      }
    }
    return matches;
  }

  /** Words of the training prose that begin with these letters, with their occurrences. Any case of `start`. */
  wordsFrom(start: string): ReadonlyMap<string, number> {
    return this.wordTable.from(start.toLowerCase());
  }

  /** Occurrences of the word in the training prose; 0 when it is not in the list. Any case. */
  wordCount(word: string): number {
    return this.wordTable.count(word.toLowerCase());
  }

  /**
   * The word in the case in which it is seen most often ("github" -> "GitHub"); undefined when it is not in the list.
   */
  usualCase(word: string): string | undefined {
    return this.wordTable.usualCase(word.toLowerCase());
  }
}

/** Lines `key<TAB>value` of one string, sorted by key in code-unit order. */
class SortedTable {
  private readonly text: string;
  /** Latest answers: a document repeats its words. */
  private readonly known = new Map<string, string | undefined>();

  constructor(text: string) {
    const unified = text.includes('\r') ? text.replaceAll('\r\n', '\n') : text;
    this.text = isSorted(unified) ? unified : sorted(unified);
  }

  /** Right side of the key's line; undefined when there is none. O(log n). */
  get(key: string): string | undefined {
    if (this.known.has(key)) return this.known.get(key);
    const value = this.search(key);
    if (this.known.size >= 5000) this.known.clear();
    this.known.set(key, value);
    return value;
  }

  private search(key: string): string | undefined {
    let low = 0; // start of a line
    let high = this.text.length; // start of a line, or the end
    while (low < high) {
      let line = this.text.lastIndexOf('\n', (low + high) >> 1) + 1;
      if (line < low) line = low;
      let lineEnd = this.text.indexOf('\n', line);
      if (lineEnd < 0) lineEnd = this.text.length;
      const tab = this.text.indexOf('\t', line);
      const keyEnd = tab < 0 || tab > lineEnd ? lineEnd : tab;
      const here = this.text.slice(line, keyEnd);
      if (here === key) return keyEnd === lineEnd ? undefined : this.text.slice(keyEnd + 1, lineEnd);
      if (here < key) low = lineEnd + 1;
      else high = line;
    }
    return undefined;
  }

  /** First words of all keys. */
  heads(): Set<string> {
    const heads = new Set<string>();
    for (const line of this.text.split('\n')) {
      const head = /^[^\s]+/.exec(line)?.[0];
      if (head !== undefined && line.includes('\t')) heads.add(head);
    }
    return heads;
  }
}

function keyOf(line: string): string {
  const tab = line.indexOf('\t');
  return tab < 0 ? line : line.slice(0, tab);
}

function isSorted(text: string): boolean {
  let previous = '';
  for (let start = 0; start < text.length; ) {
    let end = text.indexOf('\n', start);
    if (end < 0) end = text.length;
    const key = keyOf(text.slice(start, end));
    if (end === start || key.startsWith('#') || key < previous) return false;
    previous = key;
    start = end + 1;
  }
  return true;
}

function sorted(text: string): string {
  const lines = text.split('\n').filter((line) => line.includes('\t') && !line.startsWith('#'));
  const keyed = lines.map((line) => [keyOf(line), line] as const);
  keyed.sort((left, right) => (left[0] < right[0] ? -1 : left[0] > right[0] ? 1 : 0));
  return keyed.map(([, line]) => line).join('\n');
}

/** `word<TAB>count`, case as seen; looked up in lower case. Built at the first look-up. */
class WordTable {
  private table: Map<string, [spelling: string, count: number]> | undefined;
  private latest: { start: string; found: ReadonlyMap<string, number> } | undefined;

  constructor(private readonly text: string) {}

  count(key: string): number {
    return this.entry(key)?.[1] ?? 0;
  }

  usualCase(key: string): string | undefined {
    return this.entry(key)?.[0];
  }

  /** In lower case; linear in the list, remembered for the latest start. */
  from(start: string): ReadonlyMap<string, number> {
    if (this.latest?.start !== start) {
      this.entry('');
      const found = new Map<string, number>();
      for (const [word, [, count]] of this.table!) if (word.startsWith(start)) found.set(word, count);
      this.latest = { start, found };
    }
    return this.latest.found;
  }

  private entry(key: string): [spelling: string, count: number] | undefined {
    if (this.table === undefined) {
      this.table = new Map();
      for (const line of this.text.split('\n')) {
        const tab = line.indexOf('\t');
        if (tab <= 0) continue;
        const word = line.slice(0, tab);
        const count = Number.parseInt(line.slice(tab + 1), 10) || 0;
        const lower = word.toLowerCase();
        const present = this.table.get(lower);
        if (present === undefined) this.table.set(lower, [word, count]);
        else if (count > present[1]) {
          present[0] = word;
          present[1] += count;
        } else present[1] += count;
      }
    }
    return this.table.get(key);
  }
}

function lowerCased(words: LexiconOptions['dictionary']): Set<string> {
  const set = new Set<string>();
  for (const word of words ?? []) set.add(word.toLowerCase().replaceAll('’', "'"));
  return set;
}

function hasInnerCapitals(word: string): boolean {
  return /\p{Ll}\p{Lu}/u.test(word) || /\p{Lu}{2}\p{Ll}/u.test(word);
}

/** Teh -> The, TEH -> THE; a candidate with capitals of its own ("GitHub") keeps them. */
export function withCaseOf(model: string, candidate: string): string {
  if (candidate === '' || candidate !== candidate.toLowerCase()) return candidate;
  const letters = model.replace(/[^\p{L}]/gu, '');
  if (letters.length > 1 && letters === letters.toUpperCase()) return candidate.toUpperCase();
  const first = /\p{L}/u.exec(model)?.[0] ?? '';
  if (first !== '' && first === first.toUpperCase() && first !== first.toLowerCase()) {
    return candidate.replace(/\p{L}/u, (letter) => letter.toUpperCase());
  }
  return candidate;
}
