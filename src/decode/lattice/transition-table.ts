/**
 * The low-rank transition matrix of a CRF output layer (Sun 2019, §3.2): transition(a, b) = E1[a] · E2[b].
 * File crf.bin (docs/model-format.md): "NARCRF1" and a zero byte, uint32 vocabulary, uint32 rank, then E1 and E2 as
 * float32 [vocabulary, rank], little-endian.
 */
const magic = 'NARCRF1\0';
const headerBytes = 16;

export interface TransitionTable {
  vocabulary: number;
  rank: number;
  /** E1[left] · E2[right]. */
  score(left: number, right: number): number;
}

/** @throws RangeError when the bytes are no such table, or one of another vocabulary */
export function readTransitionTable(bytes: Uint8Array, vocabulary: number): TransitionTable {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const name = bytes.length < headerBytes ? '' : String.fromCharCode(...bytes.subarray(0, magic.length));
  if (name !== magic) throw new RangeError('it is no transition table ("NARCRF1" is missing at its beginning)');
  const found = view.getUint32(8, true);
  const rank = view.getUint32(12, true);
  if (found !== vocabulary) throw new RangeError(`it has ${found} tokens, the model has ${vocabulary}`);
  if (rank < 1 || bytes.length !== headerBytes + 2 * found * rank * 4)
    throw new RangeError(`it has ${bytes.length} bytes, which is wrong for rank ${rank}`);
  const values = new Float32Array(2 * found * rank);
  for (let index = 0; index < values.length; index++) values[index] = view.getFloat32(headerBytes + 4 * index, true);
  return {
    vocabulary,
    rank,
    score(left, right) {
      let sum = 0;
      for (let index = 0; index < rank; index++)
        sum += values[left * rank + index]! * values[(found + right) * rank + index]!;
      return sum;
    },
  };
}
