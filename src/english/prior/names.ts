/**
 * Fourth part of the lexical prior (docs/model-format.md): names whose case is settled, "github" -> "GitHub".
 *
 * models/lexicon/names.tsv holds words that documentation writes with capitals nine times in ten and that are no
 * English word in small letters. Twin of training/nar_training/prior/names.py.
 */
import type { LexiconMatch, LexiconOptions } from './lexicon';
import { isPartOfName, openRanges } from './look-up-guards';

/** @param text lines `small letters<TAB>settled form` */
export function readNames(text: string): Map<string, string> {
  const names = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const tab = line.indexOf('\t');
    if (tab > 0) names.set(line.slice(0, tab), line.slice(tab + 1));
  }
  return names;
}

/**
 * Names of `text` in another case than the settled one, in the order of the text. Parts of
 * hyphenated words stay as they are.
 */
export function nameMatches(
  text: string,
  names: ReadonlyMap<string, string>,
  options: LexiconOptions = {},
): LexiconMatch[] {
  if (names.size === 0) return [];
  const isOpen = openRanges(options.protected);
  const dictionary = new Set([...(options.dictionary ?? [])].map((word) => word.toLowerCase()));
  const found: LexiconMatch[] = [];
  for (const match of text.matchAll(/(?<![\p{L}\p{M}\p{N}_'’-])([A-Za-z]{2,30})(['’]s)?(?![\p{L}\p{M}\p{N}_'’-])/gu)) {
    const { 1: word, 2: ending = '', index: start } = match as RegExpExecArray & { 1: string };
    const settled = names.get(word.toLowerCase());
    // Only plain words, small letters but for the first: "gitHub" or "API" is somebody's choice.
    if (
      settled === undefined ||
      settled === word ||
      word.slice(1) !== word.slice(1).toLowerCase() ||
      dictionary.has(word.toLowerCase())
    )
      continue;
    const end = start + match[0].length;
    if (!isPartOfName(text, start, end) && isOpen(start, end))
      found.push({ start, end, candidates: [settled + ending] });
  }
  return found;
}
