/** What changed from one step's draft to the next, token by token. Pure; the view and the timeline both read it. */
import type { Step, TraceToken } from '../../protocol/trace';

export type ChangeKind =
  | 'same'
  | 'added' // no token stood here
  | 'filled' // a slot got a token
  | 'replaced' // another token stood here
  | 'emptied' // a token became a slot again (remasked)
  | 'removed'; // now struck through

export interface TokenChange {
  kind: ChangeKind;
  /** The token that stood here in the step before. */
  previous?: TraceToken;
}

export interface StepDifference {
  /** One for each token of the later step. */
  changes: TokenChange[];
  /** For each token of the later step the index of its earlier form, or -1. */
  pairs: number[];
  /** Tokens of the earlier step that have no counterpart. */
  vanished: number;
  /** Everything but "same" and "emptied", and the vanished ones: what a reader would call changed. */
  changed: number;
}

/** Above this many cells the alignment falls back to positions, so that a step of 3,000 tokens stays quick. */
const mostCells = 1_000_000;

function pairCost(previous: TraceToken, current: TraceToken): number {
  const sameSource = previous.sourceIndex !== undefined && previous.sourceIndex === current.sourceIndex;
  if (previous.id === current.id)
    return sameSource || (previous.sourceIndex ?? current.sourceIndex) === undefined ? 0 : 0.1;
  // A deleted token stays what it is: it is never the earlier form of another token.
  if (previous.state === 'deleted' || current.state === 'deleted') return 2;
  if (previous.state === 'masked' || current.state === 'masked') return sameSource ? 0.3 : 0.4;
  return sameSource ? 0.5 : 0.9;
}
const gapCost = 0.6;

/** For each current token the index of its earlier form, or -1. Needleman and Wunsch (1970) with the costs above. */
export function pairTokens(previous: readonly TraceToken[], current: readonly TraceToken[]): number[] {
  const rows = previous.length,
    columns = current.length;
  const plain = (token: TraceToken) => token.state !== 'deleted';
  // Decoders of fixed length refill the same slots: position is identity, even when a word moved by one.
  if (rows === columns && previous.every(plain) && current.every(plain)) return current.map((_, position) => position);
  if ((rows + 1) * (columns + 1) > mostCells) return current.map((_, position) => (position < rows ? position : -1));

  const width = columns + 1;
  const cost = new Float64Array((rows + 1) * width);
  for (let row = 1; row <= rows; row++) cost[row * width] = row * gapCost;
  for (let column = 1; column <= columns; column++) cost[column] = column * gapCost;
  for (let row = 1; row <= rows; row++) {
    for (let column = 1; column <= columns; column++) {
      cost[row * width + column] = Math.min(
        cost[(row - 1) * width + column - 1]! + pairCost(previous[row - 1]!, current[column - 1]!),
        cost[(row - 1) * width + column]! + gapCost,
        cost[row * width + column - 1]! + gapCost,
      );
    }
  }
  const pairs = new Array<number>(columns).fill(-1);
  for (let row = rows, column = columns; row > 0 && column > 0; ) {
    const here = cost[row * width + column]!;
    if (
      Math.abs(here - cost[(row - 1) * width + column - 1]! - pairCost(previous[row - 1]!, current[column - 1]!)) < 1e-9
    ) {
      pairs[--column] = --row;
    } else if (Math.abs(here - cost[(row - 1) * width + column]! - gapCost) < 1e-9) row--;
    else column--;
  }
  return pairs;
}

function changeOf(previous: TraceToken | undefined, current: TraceToken): TokenChange {
  if (!previous) {
    const unchanged = current.state === 'given' || current.state === 'kept' || current.state === 'masked';
    return { kind: current.state === 'deleted' ? 'removed' : unchanged ? 'same' : 'added' };
  }
  if (current.state === 'deleted') return { kind: previous.state === 'deleted' ? 'same' : 'removed', previous };
  if (current.state === 'masked') return { kind: previous.state === 'masked' ? 'same' : 'emptied', previous };
  if (previous.state === 'masked') return { kind: 'filled', previous };
  return { kind: previous.id === current.id ? 'same' : 'replaced', previous };
}

export function differenceOf(
  previous: readonly TraceToken[] | undefined,
  current: readonly TraceToken[],
): StepDifference {
  const pairs = previous ? pairTokens(previous, current) : current.map(() => -1);
  const changes = current.map((token, position) => changeOf(previous?.[pairs[position]!], token));
  const paired = new Set(pairs);
  const vanished = previous
    ? previous.filter((token, index) => token.state !== 'deleted' && !paired.has(index)).length
    : 0;
  const changed = changes.filter(({ kind }) => kind !== 'same' && kind !== 'emptied').length + vanished;
  return { changes, pairs, vanished, changed };
}

/**
 * The draft that a step started from. Decoders that write a new text do not start from the source that "encode" shows.
 */
export function draftBefore(steps: readonly Step[], index: number): readonly TraceToken[] | undefined {
  const previous = steps[index - 1],
    current = steps[index];
  if (!previous || !current) return undefined;
  const refersToSource = (step: Step) => step.tokens.some((token) => token.sourceIndex !== undefined);
  const reads = previous.action === 'encode' || previous.action === 'length';
  return reads && refersToSource(previous) && !refersToSource(current) ? undefined : previous.tokens;
}

const remembered = new WeakMap<Step, { before: readonly TraceToken[] | undefined; difference: StepDifference }>();

/** Steps never change once they are made, so each difference is worked out once. */
export function stepDifference(steps: readonly Step[], index: number): StepDifference {
  const step = steps[index];
  if (!step) return { changes: [], pairs: [], vanished: 0, changed: 0 };
  const before = draftBefore(steps, index);
  const known = remembered.get(step);
  if (known && known.before === before) return known.difference;
  const difference = differenceOf(before, step.tokens);
  remembered.set(step, { before, difference });
  return difference;
}
