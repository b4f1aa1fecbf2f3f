/**
 * Pure: the walk through the sentences of a selection that are rewritten one by one. Offsets are UTF-16
 * units of the text as it is now.
 */

export interface Walk {
  /** Sentences that are still to come, in the order of the text. */
  readonly left: readonly { start: number; end: number }[];
  readonly total: number;
  /** Sentences that were looked at, the present one included. */
  readonly seen: number;
  readonly rewritten: number;
}

export function walkThrough(sentences: readonly { start: number; end: number }[]): Walk {
  return { left: sentences.map(({ start, end }) => ({ start, end })), total: sentences.length, seen: 0, rewritten: 0 };
}

/** Goes on to the next sentence; undefined when the walk is over. */
export function nextSentence(walk: Walk): { walk: Walk; sentence: { start: number; end: number } } | undefined {
  const [sentence, ...left] = walk.left;
  return sentence && { walk: { ...walk, left, seen: walk.seen + 1 }, sentence };
}

/** The present sentence was rewritten and became this much longer (shorter: below 0): what follows has moved. */
export function sentenceRewritten(walk: Walk, longer: number): Walk {
  const left = walk.left.map(({ start, end }) => ({ start: start + longer, end: end + longer }));
  return { ...walk, left, rewritten: walk.rewritten + 1 };
}
