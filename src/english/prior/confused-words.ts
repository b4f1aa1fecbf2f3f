/**
 * Fifth part of the lexical prior (docs/model-format.md): real words in the place of others, which their neighbours
 * give away ("loaded form the disk", "you can chose", "your can", "trough the proxy"). Those marked `settled` were
 * right nearly wherever they were found and need no judge (docs/decisions/0006); the model judges the others. Twin of
 * training/nar_training/prior/confused_words.py; both read confused-words.json.
 */
import table from './confused-words.json';
import type { LexiconMatch, LexiconOptions } from './lexicon';
import { isPartOfName, openRanges } from './look-up-guards';

export interface ConfusedMatch extends LexiconMatch {
  settled: boolean;
}

interface Entry {
  word: string;
  right: string;
  settled?: boolean;
  start?: boolean;
  before?: string;
  after?: string;
}

/** The word is the first group. Where it may open a sentence it may have a capital. */
function patternOf({ word, start, before, after }: Entry): RegExp {
  const alternatives = (neighbours: string): string => neighbours.replaceAll('{determiner}', table.determiner);
  const leads = [
    ...(before === undefined ? [] : [`(?<![\\w-])(?:${alternatives(before)}) `]),
    ...(start ? ['(?:^|[.!?:] )'] : []),
  ];
  const written = start || before === undefined ? `[${word[0]!.toUpperCase()}${word[0]!}]${word.slice(1)}` : word;
  return new RegExp(
    `${leads.length > 0 ? `(?:${leads.join('|')})` : '(?<![\\w-])'}(${written})\\b${after === undefined ? '' : `(?= (?:${alternatives(after)})\\b)`}`,
    'dg',
  );
}

/** `stem`: the letters that a text must have at least, which is quicker asked than its pattern. */
const patterns = (table.words as Entry[]).map((entry) => ({
  stem: entry.word.replace(/\[.*/, ''),
  pattern: patternOf(entry),
  right: entry.right,
  settled: entry.settled ?? false,
}));
const sameCase = (right: string, written: string): string =>
  /^\p{Lu}/u.test(written) ? right[0]!.toUpperCase() + right.slice(1) : right;

/** In the order of the text, each word once. */
export function confusedMatches(text: string, options: Pick<LexiconOptions, 'protected'> = {}): ConfusedMatch[] {
  const found = new Map<number, ConfusedMatch>();
  const letters = text.toLowerCase();
  for (const { stem, pattern, right, settled } of patterns) {
    if (!letters.includes(stem)) continue;
    for (const match of text.matchAll(pattern)) {
      const [start, end] = match.indices![1]!;
      if (found.has(start) || /[-–—'’\p{L}\p{M}\p{N}]/u.test(text[end] ?? ' ') || isPartOfName(text, start, end))
        continue;
      found.set(start, { start, end, candidates: [sameCase(right, match[1]!)], settled });
    }
  }
  const isOpen = openRanges(options.protected);
  return [...found.values()]
    .sort((left, right) => left.start - right.start)
    .filter(({ start, end }) => isOpen(start, end));
}
