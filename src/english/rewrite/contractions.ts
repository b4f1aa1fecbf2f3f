/** Contractions: whether a text has them, and the same text with or without. */
import { replacePhrase } from './replace-phrase';

const contracted: readonly [RegExp, string][] = [
  [/\b(do|does|did|is|are|was|were|has|have|had|would|should|could|must|need)n['’]t\b/gi, '$1 not'],
  [/\bcan['’]t\b/gi, 'cannot'],
  [/\bwon['’]t\b/gi, 'will not'],
  [/\b(you|we|they)['’]re\b/gi, '$1 are'],
  [/\b(you|we|they|it|this|that)['’]ll\b/gi, '$1 will'],
  [/\b(you|we|they)['’]ve\b/gi, '$1 have'],
];
const contractions: readonly [RegExp, string][] = [
  [/\b(do|does|did|is|are|was|were|has|have|had|would|should|could) not\b/gi, "$1n't"],
  [/\bcannot\b/gi, "can't"],
  [/\bwill not\b/gi, "won't"],
  [/\b(you|we|they) are\b/gi, "$1're"],
  [/\b(you|we|they) will\b/gi, "$1'll"],
  [/\b(it|that) is(?= \p{L}+)(?! [^.]{0,40}\bthat\b)/giu, "$1's"],
  [/\b(there) is(?= (?:a|an|no|only|nothing|something)\b)/giu, "$1's"],
];

/** Whether a text uses contractions; undefined where it gives no sign. */
export function manner(text: string): 'contracted' | 'written out' | undefined {
  if (contract(text, contracted) !== text) return 'contracted';
  return contract(text, contractions) === text ? undefined : 'written out';
}

/**
 * The sentence with contractions, or without; undefined where nothing changes. Writers who reword documentation
 * contract far more often than they write out.
 */
export const withContractions = (view: string): string | undefined => changed(view, contract(view, contractions));
export const writtenOut = (view: string): string | undefined => changed(view, contract(view, contracted));

const changed = (view: string, text: string): string | undefined => (text === view ? undefined : text);

const contract = (view: string, pairs: typeof contractions): string =>
  pairs.reduce((text, [from, to]) => replacePhrase(text, from, (...groups) => to.replace('$1', groups[1] ?? '')), view);
