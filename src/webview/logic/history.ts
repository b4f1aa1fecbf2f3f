/** How often each token of a draft has changed up to a step, and how many steps ago it was written. Pure. */
import type { Step } from '../../protocol/trace';
import { draftBefore, stepDifference } from './difference';

export interface TokenHistory {
  /** Times that another token came to stand here after the first, a deletion included. */
  changes: number;
  /** Steps since the token that stands here was written, 0 in that step; undefined for what the run never wrote. */
  age?: number;
  /** The token that stands here, or stood here before the slot was opened again. */
  id?: number;
}

const untouched: TokenHistory = { changes: 0 };
const remembered = new WeakMap<Step, { before: readonly TokenHistory[] | undefined; history: TokenHistory[] }>();

/** One for each token of step `index`. Every step is worked out once: a later one goes on from the one before. */
export function historyAt(steps: readonly Step[], index: number): TokenHistory[] {
  let before: TokenHistory[] | undefined;
  let history: TokenHistory[] = [];
  for (let at = 0; at <= index && at < steps.length; at++) {
    before = at > 0 && draftBefore(steps, at) ? history : undefined;
    const known = remembered.get(steps[at]!);
    if (known && known.before === before) history = known.history;
    else remembered.set(steps[at]!, { before, history: (history = next(steps, at, before)) });
  }
  return history;
}

function next(steps: readonly Step[], index: number, before: readonly TokenHistory[] | undefined): TokenHistory[] {
  const { changes, pairs } = stepDifference(steps, index);
  return steps[index]!.tokens.map((token, position) => {
    const earlier = before?.[pairs[position]!] ?? untouched;
    const older: TokenHistory = earlier.age === undefined ? earlier : { ...earlier, age: earlier.age + 1 };
    switch (changes[position]!.kind) {
      case 'same':
      case 'emptied':
        return earlier.id === undefined && token.state !== 'masked' ? { ...older, id: token.id } : older;
      case 'removed':
        return { ...earlier, changes: earlier.changes + 1, age: 0 };
      default:
        // Predicted again with the same result: nothing changed.
        if (earlier.id === token.id) return older;
        return { id: token.id, age: 0, changes: earlier.changes + (earlier.id === undefined ? 0 : 1) };
    }
  });
}

/** Age of the token that has stood longest, 0 without any. */
export const oldestOf = (history: readonly TokenHistory[]): number =>
  history.reduce((most, { age }) => Math.max(most, age ?? 0), 0);
