/** What two lists have in common that differ in one place, as parts of a text before and after a keystroke. */

export interface Alike {
  /** So many elements at the beginning are the same. */
  first: number;
  /** From this index on the elements of the old list are those of the new one from `last` on. */
  oldLast: number;
  last: number;
}

/** Elements are compared from both ends, once each. */
export function alike<Old, New>(
  old: readonly Old[],
  list: readonly New[],
  isSame: (one: Old, other: New) => boolean,
): Alike {
  const shorter = Math.min(old.length, list.length);
  let first = 0;
  while (first < shorter && isSame(old[first]!, list[first]!)) first += 1;
  let same = 0;
  while (same < shorter - first && isSame(old[old.length - 1 - same]!, list[list.length - 1 - same]!)) same += 1;
  return { first, oldLast: old.length - same, last: list.length - same };
}

/** Index in the old list of what stands at `index` in the new one; undefined where the lists differ. */
export function oldIndex({ first, last, oldLast }: Alike, index: number): number | undefined {
  if (index < first) return index;
  return index < last ? undefined : index - last + oldLast;
}
