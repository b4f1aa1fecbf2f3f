/** How well a candidate fits, by the same network: the changed tokens' log-probability, and what the corrector thinks of the result. */
import type { Cache, Network } from '../decode/network';
import type { DecoderSource } from '../decode/decoder';
import type { Task } from '../protocol/trace';

/** Source tokens in the encode layout of docs/model-format.md: <begin> <task> x_1 … x_N <end>. */
export function encodeLayout(network: Network, source: DecoderSource): { tokenIds: number[]; positions: number[]; segments: number[] } {
  const { begin, end } = network.specialTokens;
  const tokenIds = [begin, network.specialTokens[source.task as Task], ...source.ids, end];
  const segments = [0, 0, ...Array.from(source.protected, (flag) => (flag ? 3 : 0)), 0];
  for (const entry of source.lexicon ?? []) for (let index = entry.start; index < entry.end; index++) if (segments[index + 2] === 0) segments[index + 2] = 2;
  return { tokenIds, positions: tokenIds.map((_, index) => index), segments };
}

/** Keys and values of a source, to score several candidates against it. */
export async function encodeSource(network: Network, source: DecoderSource): Promise<Cache> {
  const layout = encodeLayout(network, source);
  return (await network.forward({ batch: 1, length: layout.tokenIds.length, ...layout })).cache;
}

/** Index ranges [start, end) of `after` that are not in `before`: what stands between a common head and tail is aligned by longest common subsequence. */
export function changedTokens(before: readonly number[], after: readonly number[]): number[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < before.length - head && tail < after.length - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const rows = before.length - head - tail;
  const columns = after.length - head - tail;
  const common = new Uint16Array((rows + 1) * (columns + 1)); // [rows + 1, columns + 1]
  const width = columns + 1;
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns - 1; column >= 0; column--) {
      common[row * width + column] = before[head + row] === after[head + column]
        ? common[(row + 1) * width + column + 1]! + 1
        : Math.max(common[(row + 1) * width + column]!, common[row * width + column + 1]!);
    }
  }
  const changed: number[] = [];
  for (let row = 0, column = 0; column < columns;) {
    if (row < rows && before[head + row] === after[head + column]) {
      row++;
      column++;
    } else if (row < rows && common[(row + 1) * width + column]! >= common[row * width + column + 1]!) row++;
    else changed.push(head + column++);
  }
  return changed;
}

/**
 * Mean log-probability of the tokens of `ids` at `places`, all of them masked at once, given the encoded source.
 * One forward pass. 0 when there are no places.
 */
export async function scoreMasked(network: Network, past: Cache, ids: readonly number[], places: readonly number[]): Promise<number> {
  if (places.length === 0) return 0;
  const { begin, end, mask } = network.specialTokens;
  const masked = [...ids];
  for (const place of places) masked[place] = mask;
  const tokenIds = [begin, ...masked, end];
  const result = await network.forward({
    batch: 1, length: tokenIds.length, tokenIds, positions: tokenIds.map((_, index) => index), segments: tokenIds.map(() => 1), past,
    logitPositions: places.map((place) => place + 1), scoreIds: places.map((place) => ids[place]!),
  });
  return result.scoreLogProbs.reduce((sum, value) => sum + value, 0) / places.length;
}

/**
 * The largest probability with which the corrector would change something in an unprotected place, 0..1: low for
 * grammatical text. One forward pass.
 */
export async function editPressure(network: Network, source: DecoderSource): Promise<number> {
  const fix: DecoderSource = { ...source, task: 'fix' };
  const layout = encodeLayout(network, fix);
  const length = layout.tokenIds.length;
  const { operationLogits, insertionLogits } = await network.forward({ batch: 1, length, ...layout });
  const classes = network.graph.maximumInsertion + 1;
  let most = 0;
  for (let index = 0; index < source.ids.length; index++) {
    if (source.protected[index]) continue;
    most = Math.max(most, 1 - softmaxAt(operationLogits, (index + 2) * 3, 3, 0));
    if (!source.protected[index + 1]) most = Math.max(most, 1 - softmaxAt(insertionLogits, (index + 2) * classes, classes, 0));
  }
  return most;
}

/** Softmax of `size` logits from `offset`, at class `index`. */
export function softmaxAt(logits: ArrayLike<number>, offset: number, size: number, index: number): number {
  let largest = -Infinity;
  for (let entry = 0; entry < size; entry++) largest = Math.max(largest, logits[offset + entry]!);
  let sum = 0;
  for (let entry = 0; entry < size; entry++) sum += Math.exp(logits[offset + entry]! - largest);
  return Math.exp(logits[offset + index]! - largest) / sum;
}
