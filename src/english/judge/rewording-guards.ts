/**
 * Guards of a rewording by its words alone: is it another wording at all, does it lose or repeat words, and are its new
 * words words.
 */
import { wordEdits } from '../../protocol/word-edits';
import { plainWords } from '../words';
import { contentStems } from './meaning';

/** Nothing but case, blanks and marks differs. */
export function sameWords(left: string, right: string): boolean {
  return plainWords(left).join(' ') === plainWords(right).join(' ');
}

/** Words that may go without a trace. */
const filler =
  /^(?:then|please|actually|simply|really|basically|essentially|obviously|clearly|literally|certainly|definitely|truly|indeed|that)$/i;

/**
 * What is only removed has no new word by which the network could judge it, and a sentence that lost a word of weight
 * often still reads well. So of the network's own deletions only fillers pass; the phrase list and the rules know what
 * else can go.
 */
export function removesOnlyFillers(view: string, text: string): boolean {
  return wordEdits(view, text).every(
    (edit) =>
      contentStems(edit.text).length > 0 ||
      // An article or "and" in the place of a verb vouches for nothing either ("fetch & build the" -> "fetch and the").
      (edit.text.trim() !== ''
        ? contentStems(view.slice(edit.start, edit.end)).every((word) => filler.test(word))
        : plainWords(view.slice(edit.start, edit.end)).every((word) => filler.test(word))),
  );
}

/**
 * What the network writes must be words that exist, and no word of weight that the sentence has already: "use a
 * connection for this connection".
 */
export function bringsOnlyNewWords(view: string, text: string, isKnown: (word: string) => boolean): boolean {
  const before = new Set(plainWords(view));
  if (!plainWords(text).every((word) => before.has(word) || isKnown(word) || !/^[a-z]+$/.test(word))) return false;
  const stems = new Set(contentStems(view));
  const count = (stem: string, of: string): number => contentStems(of).filter((other) => other === stem).length;
  return [...stems].every((stem) => count(stem, text) <= count(stem, view));
}

/**
 * A word was replaced here and stands there as it was, or what came in is there already: "untagged repositories and
 * repos not at a tag", "be turned off by turning it off". What only changed its place stands as often as before.
 */
export function mixesWords(view: string, text: string): boolean {
  const [before, after] = [countsOf(contentStems(view)), countsOf(contentStems(text))];
  const isOdd = (less: Map<string, number>, more: Map<string, number>): boolean =>
    [...less].some(([word, count]) => count < (more.get(word) ?? 0));
  if (isOdd(after, before) || isOdd(before, after)) return true;
  // "It happens before it takes place" -> "It occurs before it occurs".
  const gone = [...before].filter(([word]) => !after.has(word)).map(([, count]) => count);
  return [...after].some(([word, count]) => count > 1 && !before.has(word) && !gone.some((old) => old >= count));
}

function countsOf(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** Another article or preposition alone is no other way to say something. */
export function changesContent(left: string, right: string): boolean {
  return (
    contentStems(left).join(' ') !== contentStems(right).join(' ') ||
    Math.abs(plainWords(left).length - plainWords(right).length) > 1
  );
}

/**
 * A word or a pair of words stands twice in a row where the source has no such repetition: the typical fault of
 * parallel decoding.
 */
export function repeatsItself(text: string, before: string): boolean {
  const repeats = (words: string[]): number =>
    words.filter(
      (word, index) =>
        word === words[index - 1] || (index > 2 && word === words[index - 2] && words[index - 1] === words[index - 3]),
    ).length;
  return repeats(plainWords(text)) > repeats(plainWords(before));
}
