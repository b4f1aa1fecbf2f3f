/**
 * How well a candidate fits, by the same network: the changed tokens' log-probability, and what the
 * corrector thinks of the result.
 */
import type { Cache, Network } from '../decode/network';
import type { DecoderSource } from '../decode/decoder';
import { findEdits } from '../decode/edit/token-edits';
import { draftRequest, sourceOffset, sourceRequest } from '../decode/layout';
import { softmax } from '../decode/softmax';

/** Keys and values of a source, to score several candidates against it. */
export async function encodeSource(network: Network, source: DecoderSource): Promise<Cache> {
  return (await network.forward(sourceRequest(network, source))).cache;
}

/** Indices of the tokens of `after` that are not kept from `before` (longest common subsequence). */
export function changedTokens(before: readonly number[], after: readonly number[]): number[] {
  const places: number[] = [];
  let shift = 0;
  for (const { start, end, ids } of findEdits(before, after)) {
    ids.forEach((_, index) => places.push(start + shift + index));
    shift += ids.length - (end - start);
  }
  return places;
}

/** Tokens of `after` within two of a change, the tokens around a removal among them. */
export function changedNeighbourhood(before: readonly number[], after: readonly number[]): Set<number> {
  const reach = 2;
  const places = new Set<number>();
  let shift = 0;
  for (const { start, end, ids } of findEdits(before, after)) {
    for (
      let index = Math.max(0, start + shift - reach);
      index < Math.min(after.length, start + shift + ids.length + reach);
      index++
    )
      places.add(index);
    shift += ids.length - (end - start);
  }
  return places;
}

/**
 * Mean log-probability of the tokens of `ids` at `places`, all of them masked at once, given the encoded source.
 * One forward pass. 0 when there are no places.
 */
export async function scoreMasked(
  network: Network,
  past: Cache,
  ids: readonly number[],
  places: readonly number[],
): Promise<number> {
  if (places.length === 0) return 0;
  const masked = [...ids];
  for (const place of places) masked[place] = network.specialTokens.mask;
  const result = await network.forward(
    draftRequest(
      network,
      past,
      masked,
      places,
      places.map((place) => ids[place]!),
    ),
  );
  return result.scoreLogProbs.reduce((sum, value) => sum + value, 0) / places.length;
}

/**
 * The largest probability with which the corrector would change something in an unprotected place, 0..1: low for
 * grammatical text. One forward pass.
 * @param places only these tokens and the gaps after them count; default: all
 */
export async function editPressure(
  network: Network,
  source: DecoderSource,
  places?: ReadonlySet<number>,
): Promise<number> {
  const { operationLogits, insertionLogits } = await network.forward(
    sourceRequest(network, { ...source, task: 'fix' }),
  );
  const classes = network.graph.maximumInsertion + 1;
  let most = 0;
  for (let index = 0; index < source.ids.length; index++) {
    if (source.protected[index] || places?.has(index) === false) continue;
    most = Math.max(most, 1 - softmax(operationLogits, (index + sourceOffset) * 3, 3)[0]!);
    if (!source.protected[index + 1])
      most = Math.max(most, 1 - softmax(insertionLogits, (index + sourceOffset) * classes, classes)[0]!);
  }
  return most;
}
