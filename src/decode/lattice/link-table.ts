/**
 * The links of a directed acyclic transformer (Huang 2022, §3): how likely vertex j follows vertex i.
 *
 *   E[i, j] = softmax over j > i of ( (v_i W_Q) · (v_j W_K) / √r + b[min(j − i, D)] )
 *
 * v_i are the values of the network's last layer, which the graph gives out for every token. File dag.bin
 * (docs/model-format.md): "NARDAG1" and a zero byte, uint32 width, rank r, distances D and vertices for each source
 * token, then W_Q and W_K as float32 [width, r] and b as float32 [D], little-endian.
 */
import type { GraphShape } from '../../protocol/manifest';
import type { Cache } from '../network';

const magic = 'NARDAG1\0';
const headerBytes = 24;

export interface LinkTable {
  /** Vertices for each source token that it was trained with. */
  upsampling: number;
  /**
   * log E [vertices, vertices], −Infinity where no link is. The first and the last vertex are the ends of the text;
   * they are not linked, for an empty text is no answer.
   */
  logProbabilities(values: Float64Array, vertices: number): Float64Array;
}

/** @throws RangeError when the bytes are no such table, or one for a network of another width */
export function readLinkTable(bytes: Uint8Array, width: number): LinkTable {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const name = bytes.length < headerBytes ? '' : String.fromCharCode(...bytes.subarray(0, magic.length));
  if (name !== magic) throw new RangeError('it holds no links ("NARDAG1" is missing at its beginning)');
  const [found, rank, distances, upsampling] = [8, 12, 16, 20].map((at) => view.getUint32(at, true)) as [
    number,
    number,
    number,
    number,
  ];
  if (found !== width) throw new RangeError(`it is for a network of width ${found}, the model has ${width}`);
  if (
    rank < 1 ||
    distances < 1 ||
    upsampling < 1 ||
    bytes.length !== headerBytes + 4 * (2 * width * rank + distances)
  ) {
    throw new RangeError(`it has ${bytes.length} bytes, which is wrong for rank ${rank} and ${distances} distances`);
  }
  const read = (start: number, count: number): Float64Array =>
    Float64Array.from({ length: count }, (_, index) => view.getFloat32(headerBytes + 4 * (start + index), true));
  const query = read(0, width * rank);
  const key = read(width * rank, width * rank);
  const distance = read(2 * width * rank, distances);
  return {
    upsampling,
    logProbabilities(values, vertices) {
      const queries = project(values, query, vertices, width, rank);
      const keys = project(values, key, vertices, width, rank);
      const links = new Float64Array(vertices * vertices).fill(-Infinity);
      for (let from = 0; from < vertices - 1; from++) {
        const row = links.subarray(from * vertices, (from + 1) * vertices);
        const end = from === 0 ? vertices - 1 : vertices;
        let highest = -Infinity;
        for (let to = from + 1; to < end; to++) {
          let dot = 0;
          for (let index = 0; index < rank; index++) dot += queries[from * rank + index]! * keys[to * rank + index]!;
          row[to] = dot / Math.sqrt(rank) + distance[Math.min(to - from, distances) - 1]!;
          highest = Math.max(highest, row[to]!);
        }
        let sum = 0;
        for (let to = from + 1; to < end; to++) sum += Math.exp(row[to]! - highest);
        for (let to = from + 1; to < end; to++) row[to]! -= highest + Math.log(sum);
      }
      return links;
    },
  };
}

/** [vertices, width] times [width, rank]. */
function project(
  values: Float64Array,
  matrix: Float64Array,
  vertices: number,
  width: number,
  rank: number,
): Float64Array {
  const result = new Float64Array(vertices * rank);
  for (let vertex = 0; vertex < vertices; vertex++) {
    const row = result.subarray(vertex * rank, (vertex + 1) * rank);
    for (let column = 0, at = 0; column < width; column++) {
      const value = values[vertex * width + column]!;
      for (let index = 0; index < rank; index++) row[index]! += value * matrix[at++]!;
    }
  }
  return result;
}

/** The last layer's values of the first batch row, heads side by side: [length, width]. */
export function lastValues({ layers, heads, headSize }: GraphShape, { batch, length, values }: Cache): Float64Array {
  const result = new Float64Array(length * heads * headSize);
  for (let head = 0; head < heads; head++) {
    const start = ((layers - 1) * batch * heads + head) * length * headSize;
    for (let token = 0; token < length; token++) {
      for (let index = 0; index < headSize; index++)
        result[(token * heads + head) * headSize + index] = values[start + token * headSize + index]!;
    }
  }
  return result;
}
