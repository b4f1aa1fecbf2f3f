/**
 * Two words that lost the blank between them: "exportto", "thefocus" (docs/model-format.md, "Near words").
 *
 * Only with a word at the seam that prose is full of: "filesystem" and "typecheck" are two words as well, and people
 * mean them so. Twin of training/nar_training/prior/run_together.py.
 */
const seams = new Set(
  'the and for from with our your that this these using of to in by is are or as on can will not be it an'.split(' '),
);
const leastLetters = 6;
const leastCount = 100;
const mostSplits = 2;

/** @param wordCount occurrences of a word of small letters; 0 when it is unknown */
export function splits(word: string, wordCount: (word: string) => number): string[] {
  const found: { count: number; text: string }[] = [];
  for (let at = 2; word.length >= leastLetters && at <= word.length - 2; at++) {
    const left = word.slice(0, at),
      right = word.slice(at);
    if (!seams.has(left) && !seams.has(right)) continue;
    if (Math.max(left.length, right.length) < 3) continue;
    const count = Math.min(wordCount(left), wordCount(right));
    if (count >= leastCount) found.push({ count, text: `${left} ${right}` });
  }
  return found
    .sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1))
    .slice(0, mostSplits)
    .map(({ text }) => text);
}
