/** Keys and values of earlier tokens: float32 [layers, batch, heads, length, headSize] each. */
import type { GraphShape } from '../protocol/manifest';
import type { Cache } from './network';

/** Copies `count` positions of every (layer, batch, head) block from one cache into another of the same blocks. */
function copyPositions(
  graph: GraphShape,
  from: Cache,
  fromStart: number,
  to: Cache,
  toStart: number,
  count: number,
): void {
  const blocks = graph.layers * from.batch * graph.heads;
  const size = graph.headSize;
  for (let block = 0; block < blocks; block++) {
    const source = (block * from.length + fromStart) * size;
    const target = (block * to.length + toStart) * size;
    to.keys.set(from.keys.subarray(source, source + count * size), target);
    to.values.set(from.values.subarray(source, source + count * size), target);
  }
}

export function emptyCache(graph: GraphShape, batch: number, length: number): Cache {
  const size = graph.layers * batch * graph.heads * length * graph.headSize;
  return { batch, length, keys: new Float32Array(size), values: new Float32Array(size) };
}

/** Positions of `left`, then those of `right`. @throws RangeError for different batch sizes */
export function concatCaches(graph: GraphShape, left: Cache, right: Cache): Cache {
  if (left.batch !== right.batch)
    throw new RangeError(`Caches of batch ${left.batch} and ${right.batch} cannot be joined.`);
  const joined = emptyCache(graph, left.batch, left.length + right.length);
  copyPositions(graph, left, 0, joined, 0, left.length);
  copyPositions(graph, right, 0, joined, left.length, right.length);
  return joined;
}

/**
 * Overwrites single positions: the k-th position of batch row r of `from` goes to `positions[r][k]` of `to`. What lies
 * in `from` behind the end of a row's list is padding.
 */
export function scatterPositions(
  graph: GraphShape,
  from: Cache,
  to: Cache,
  positions: readonly (readonly number[])[],
): void {
  const { layers, heads, headSize: size } = graph;
  for (let block = 0; block < layers * to.batch * heads; block++) {
    positions[Math.floor(block / heads) % to.batch]!.forEach((position, index) => {
      const source = (block * from.length + index) * size;
      const target = (block * to.length + position) * size;
      to.keys.set(from.keys.subarray(source, source + size), target);
      to.values.set(from.values.subarray(source, source + size), target);
    });
  }
}

/** A cache of one row for every row of a batch (length beam: encode once, decode many). */
export function repeatCache(graph: GraphShape, cache: Cache, batch: number): Cache {
  if (cache.batch !== 1) throw new RangeError(`Only a cache of one row can be repeated, this one has ${cache.batch}.`);
  if (batch === 1) return cache;
  const repeated = emptyCache(graph, batch, cache.length);
  const row = graph.heads * cache.length * graph.headSize;
  for (let layer = 0; layer < graph.layers; layer++) {
    for (let index = 0; index < batch; index++) {
      const target = (layer * batch + index) * row;
      repeated.keys.set(cache.keys.subarray(layer * row, (layer + 1) * row), target);
      repeated.values.set(cache.values.subarray(layer * row, (layer + 1) * row), target);
    }
  }
  return repeated;
}

/**
 * A cache that grows: room is made for many positions at once and `mask` hides what is not filled, so that an appended
 * token costs its own size, not a copy of everything before it. All rows of a batch grow together.
 */
export class GrowingCache {
  cache: Cache;
  /** pastMask [batch, capacity]. */
  mask: Uint8Array;
  length: number;

  constructor(
    private readonly graph: GraphShape,
    start: Cache,
    private readonly room = 32,
  ) {
    this.cache = start;
    this.length = start.length;
    this.mask = new Uint8Array(start.batch * start.length).fill(1);
  }

  /** Appends the first `count` positions of `added`. */
  append(added: Cache, count: number): void {
    if (this.length + count > this.cache.length) {
      const larger = emptyCache(this.graph, this.cache.batch, this.length + Math.max(this.room, count));
      copyPositions(this.graph, this.cache, 0, larger, 0, this.length);
      this.cache = larger;
      this.mask = new Uint8Array(larger.batch * larger.length);
      this.show(0, this.length);
    }
    copyPositions(this.graph, added, 0, this.cache, this.length, count);
    this.show(this.length, this.length + count);
    this.length += count;
  }

  private show(start: number, end: number): void {
    for (let row = 0; row < this.cache.batch; row++)
      this.mask.fill(1, row * this.cache.length + start, row * this.cache.length + end);
  }
}
