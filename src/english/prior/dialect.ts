/**
 * Spellings that one dialect has and the other has not ("colour", "color"): models/lexicon/dialects.tsv, made by
 * training/nar_training/prior/dialects.py. A writer who chose a dialect is told of the other's; nobody else is.
 */
import type { Dialect } from '../../protocol/requests';
import type { SentenceEdit } from '../sentence-edit';
import type { LexiconOptions } from './lexicon';
import { isPartOfName, openRanges } from './look-up-guards';

/** How a word is spelt in the dialect that does not have it. */
export interface OtherSpelling {
  dialect: Dialect;
  spelling: string;
}

/** A list, not a judge: the word is of the other dialect, if it is no name. */
const listedConfidence = 0.95;
const word = /(?<![\p{L}\p{M}\p{N}_'’-])\p{Lu}?\p{Ll}{3,}(?![\p{L}\p{M}\p{N}_-])/gu;

/** @param text lines `word<TAB>dialect<TAB>its spelling there` */
export function readDialects(text: string): Map<string, OtherSpelling> {
  const spellings = new Map<string, OtherSpelling>();
  for (const line of text.split(/\r?\n/)) {
    const [key, dialect, spelling] = line.split('\t');
    if (spelling && (dialect === 'american' || dialect === 'british')) spellings.set(key!, { dialect, spelling });
  }
  return spellings;
}

/**
 * The edits with those of words that the dialect spells otherwise. What an edit writes is spelt in the dialect too;
 * where none was chosen, or the other one, an edit that only changes the dialect is none.
 */
export function inDialect(
  view: string,
  edits: readonly SentenceEdit[],
  spellings: ReadonlyMap<string, OtherSpelling>,
  dialect: Dialect | 'either',
  options: LexiconOptions,
): SentenceEdit[] {
  const isVariant = (before: string, after: string): boolean => {
    const other = spellings.get(before) ?? spellings.get(after);
    return other !== undefined && (other.spelling === after || other.spelling === before);
  };
  const kept = edits
    .filter(({ start, end, text }) => !isVariant(view.slice(start, end).toLowerCase(), text.toLowerCase()))
    .map((edit) => (dialect === 'either' ? edit : { ...edit, text: respelled(view, edit, spellings, dialect) }));
  if (dialect === 'either') return kept;
  const dictionary = new Set([...(options.dictionary ?? [])].map((entry) => entry.toLowerCase()));
  const isOpen = openRanges(options.protected);
  const found: SentenceEdit[] = [];
  for (const match of view.matchAll(word)) {
    const start = match.index;
    const end = start + match[0].length;
    const other = spellings.get(match[0].toLowerCase());
    if (other?.dialect !== dialect || dictionary.has(match[0].toLowerCase())) continue;
    // "the Labour Party", "Centre Pompidou": a capital inside a sentence is a name's.
    if (/^\p{Lu}/u.test(match[0]) && view.slice(0, start).trim() !== '') continue;
    if (isPartOfName(view, start, end) || !isOpen(start, end)) continue;
    if (kept.some((edit) => edit.start < end && start < edit.end)) continue;
    found.push({
      start,
      end,
      text: withCapital(match[0], other.spelling),
      confidence: listedConfidence,
      raw: listedConfidence,
      lexicon: true,
      type: 'spelling',
      names: ['dialect'],
      settled: true,
      dialect,
    });
  }
  return [...kept, ...found].sort((left, right) => left.start - right.start || left.end - right.end);
}

/** The text of an edit without words of the other dialect that the writer did not write. */
function respelled(
  view: string,
  { start, end, text }: SentenceEdit,
  spellings: ReadonlyMap<string, OtherSpelling>,
  dialect: Dialect,
): string {
  const before = view.slice(start, end);
  return text.replace(word, (written) => {
    const other = spellings.get(written.toLowerCase());
    return other?.dialect === dialect && !before.includes(written) ? withCapital(written, other.spelling) : written;
  });
}

function withCapital(pattern: string, spelling: string): string {
  return /^\p{Lu}/u.test(pattern) ? spelling[0]!.toUpperCase() + spelling.slice(1) : spelling;
}
