/**
 * Does this processor add int8 products exactly? Without VNNI an x64 processor adds pairs of them in 16 bits
 * and saturates (onnxruntime#5849); `session.x64quantprecision` avoids that with slower arithmetic, and it is
 * slower on processors that do not need it, too. So it is asked first (runtime.ts).
 */

const rows = 8;
const inner = 64;
const columns = 64;
/**
 * An ONNX graph of one node, MatMulInteger of uint8 [8, 64] and int8 [64, 64] to int32 [8, 64]:
 * onnx.helper.make_model(make_graph([make_node('MatMulInteger', ['a', 'b'], ['y'])], …), opset 13, IR 8), as base64.
 */
export const probeGraph: Uint8Array = Buffer.from(
  'CAg6YAoYCgFhCgFiEgF5Ig1NYXRNdWxJbnRlZ2VyEgVwcm9iZVoTCgFhEg4KDAgCEggKAggICgIIQFoTCgFiEg4KDAgDEggKAghACgIIQGITCgF5Eg4KDAgGEggKAggICgIIQEIECgAQDQ==',
  'base64',
);

/** The largest values, which is where saturation shows. */
export const probeInputs = {
  a: { type: 'uint8', data: new Uint8Array(rows * inner).fill(255), dims: [rows, inner] },
  b: { type: 'int8', data: new Int8Array(inner * columns).fill(127), dims: [inner, columns] },
} as const;

/** Every sum is 64 · 255 · 127; saturated ones are about half of it. */
export function isExact(sums: unknown): boolean {
  return sums instanceof Int32Array && sums.length === rows * columns && sums.every((sum) => sum === inner * 255 * 127);
}
