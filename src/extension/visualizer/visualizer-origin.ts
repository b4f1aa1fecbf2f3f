/** Where the panel's text came from, and whether the same words still stand there. Pure. */

/**
 * Offset at which `original` stands in the document now: at its old place, else at its only occurrence; undefined when
 * it is gone or cannot be told apart from a copy. UTF-16 units.
 */
export function locateUnchanged(document: string, start: number, original: string): number | undefined {
  if (original === '') return undefined;
  if (document.startsWith(original, start)) return start;
  const first = document.indexOf(original);
  return first >= 0 && document.indexOf(original, first + 1) < 0 ? first : undefined;
}

/** Longest text that is traced at once, in UTF-16 units: about what fits into the network's 512 positions. */
export const longestTrace = 1500;

/** The leading sentences that fit into `longestTrace`, at least one; offsets of the whole run of them. */
export function leadingSentences(
  sentences: readonly { start: number; end: number }[],
): { start: number; end: number; complete: boolean } | undefined {
  const first = sentences[0];
  if (!first) return undefined;
  let { end } = first;
  let taken = 1;
  for (const sentence of sentences.slice(1)) {
    if (sentence.end - first.start > longestTrace) break;
    end = sentence.end;
    taken += 1;
  }
  return { start: first.start, end, complete: taken === sentences.length };
}
