/**
 * Collapse runs of equal tokens to one. Published NAR scores often hide this stage (MIST's `remove_repeat`, BANG's
 * post-processing); here it has a name, is off unless asked for, and never runs before the repetition ratio is taken.
 * @param stays tokens that the caller locked or gave, in their order: each keeps a token of its own
 */
export function collapseRepeats(ids: readonly number[], stays: readonly number[] = []): number[] {
  let next = 0;
  return ids.filter((id, index) => {
    const wanted = id === stays[next];
    if (wanted) next++;
    return wanted || index === 0 || id !== ids[index - 1];
  });
}
