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
 * @param before content tokens that precede these without a query
 */
export function causalTwoStreamMask(count: number, before = 0): Uint8Array {
  const content = before + count;
  const length = content + count;
  const mask = new Uint8Array(length * length);
  for (let row = 0; row < length; row++) {
    mask.fill(1, row * length, row * length + (row < content ? row : row - count) + 1);
    mask[row * length + row] = 1;
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
  for (let row = 0; row < length; row++)
    mask.fill(1, row * length, row * length + (row < sourceLength ? sourceLength : length));
  return mask;
}

/**
 * Relaxed causal mask of one block (SAT, Wang 2018): `content` tokens of the block before see each other, `queries` see
 * them and each other. Earlier blocks lie in the cache, which everybody sees.
 */
export function relaxedCausalMask(content: number, queries: number): Uint8Array {
  return mistMask(content, queries);
}

/**
 * The same where all blocks so far come at once: `<begin>`, which is a block of its own, and `count` tokens in blocks
 * of `blockSize`. A token sees its block and what comes before it, a query all content and the other queries.
 */
export function blockwiseCausalMask(count: number, blockSize: number, queries: number): Uint8Array {
  const content = 1 + count;
  const mask = relaxedCausalMask(content, queries);
  for (let row = 0; row < content; row++) {
    const seen = row === 0 ? 1 : Math.min(content, 1 + blockSize * Math.ceil(row / blockSize));
    mask.fill(0, row * (content + queries) + seen, row * (content + queries) + content);
  }
  return mask;
}
