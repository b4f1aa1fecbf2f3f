/** Attention masks, row-major [length, length], 1 where the row may attend to the column. */

/** Every row sees the first `valid` columns; rows beyond them (padding) too, so that no softmax is empty. */
export function fullMask(length: number, valid = length): Uint8Array {
  const mask = new Uint8Array(length * length);
  for (let row = 0; row < length; row++) mask.fill(1, row * length, row * length + valid);
  return mask;
}

/**
 * Two-stream mask of JANUS §3.1 for teacher forcing, `count` content tokens followed by as many queries. Content row i
 * sees content 0..i; query i predicts the token after content i: it sees content 0..i and itself, no other query.
 */
export function causalTwoStreamMask(count: number): Uint8Array {
  const length = 2 * count;
  const mask = new Uint8Array(length * length);
  for (let row = 0; row < count; row++) {
    mask.fill(1, row * length, row * length + row + 1);
    const query = (count + row) * length;
    mask.fill(1, query, query + row + 1);
    mask[query + count + row] = 1;
  }
  return mask;
}

/**
 * MIST's mask over one row `source ; target`: everybody sees the source, only target rows see the target. So the source
 * never depends on the target, and encode-then-refine with cached keys gives the same numbers.
 */
export function mistMask(sourceLength: number, targetLength: number): Uint8Array {
  const length = sourceLength + targetLength;
  const mask = new Uint8Array(length * length);
  for (let row = 0; row < length; row++) mask.fill(1, row * length, row * length + (row < sourceLength ? sourceLength : length));
  return mask;
}

/**
 * Relaxed causal mask of one block (SAT, Wang 2018): `content` tokens of the block before see each other, `queries` see
 * them and each other. Earlier blocks lie in the cache, which everybody sees.
 */
export function relaxedCausalMask(content: number, queries: number): Uint8Array {
  return mistMask(content, queries);
}
