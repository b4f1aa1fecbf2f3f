/**
 * Collapse runs of equal tokens to one. Published NAR scores often hide this stage (MIST's `remove_repeat`, BANG's
 * post-processing); here it has a name, is off unless asked for, and never runs before the repetition ratio is taken.
 */
export function collapseRepeats(ids: readonly number[]): number[] {
  return ids.filter((id, index) => index === 0 || id !== ids[index - 1]);
}
