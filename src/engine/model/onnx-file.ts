/**
 * Looks into an ONNX file before ONNX Runtime does: which other files it would read ("external data"), and whether its
 * weights are numbers. Reads the protocol buffers of onnx.proto3 as far as tensors can
 * stand in them, and keeps nothing.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Manifest } from '../../protocol/manifest';
import { ModelError } from '../errors';
import { checkFiles, sha256 } from './checksum';

export interface OnnxContents {
  /** Files that the graph reads its tensors from, as the file names them. */
  external: string[];
  /**
   * Name of the first tensor that holds NaN, or of the first larger one with a number beyond all measure: infinite, or
   * above 2^40 where its type reaches so far.
   */
  notWeights: string | undefined;
}

/** Fields of onnx.proto3 that lead to tensors, by message. */
const inside: Record<string, Record<number, string>> = {
  model: { 7: 'graph', 25: 'function' },
  graph: { 1: 'node', 5: 'tensor', 15: 'sparse' },
  function: { 7: 'node' },
  node: { 5: 'attribute' },
  attribute: { 5: 'tensor', 6: 'graph', 10: 'tensor', 11: 'graph', 22: 'sparse' },
  sparse: { 1: 'tensor', 2: 'tensor' },
};
const tensorField = { type: 2, floats: 4, name: 8, raw: 9, doubles: 10, external: 13 };
/**
 * Of `TensorProto.DataType`: bytes of one number, the bits that are all set in NaN and infinity, and those of 2^40,
 * which no weight of a trained network comes near.
 */
const floatTypes: Record<number, { bytes: 2 | 4 | 8; exponent: number; fraction: number; huge: number }> = {
  1: { bytes: 4, exponent: 0x7f800000, fraction: 0x007fffff, huge: 0x53800000 },
  10: { bytes: 2, exponent: 0x7c00, fraction: 0x03ff, huge: 0x7c00 },
  11: { bytes: 8, exponent: 0x7ff00000, fraction: 0x000fffff, huge: 0x42700000 },
  16: { bytes: 2, exponent: 0x7f80, fraction: 0x007f, huge: 0x5380 },
};
/** Masks have a minus infinity of their own; weights have more numbers than that. */
const mostOfConstant = 64;
const deepest = 64;

/** @throws RangeError for bytes that are no protocol buffer */
export function readOnnx(bytes: Uint8Array): OnnxContents {
  const contents: OnnxContents = { external: [], notWeights: undefined };
  walk(bytes, 'model', contents, 0);
  return contents;
}

function walk(bytes: Uint8Array, message: string, contents: OnnxContents, depth: number): void {
  if (depth > deepest) throw new RangeError('graphs in graphs without end');
  const ways = inside[message]!;
  for (const [field, value] of fieldsOf(bytes)) {
    const next = ways[field];
    if (next === undefined || typeof value === 'number') continue;
    if (next === 'tensor') readTensor(value, contents);
    else walk(value, next, contents, depth + 1);
  }
}

function readTensor(bytes: Uint8Array, contents: OnnxContents): void {
  let type = 0;
  let name = '';
  const numbers: [data: Uint8Array, type: number][] = [];
  for (const [field, value] of fieldsOf(bytes)) {
    if (typeof value === 'number') type = field === tensorField.type ? value : type;
    else if (field === tensorField.name) name = Buffer.from(value).toString('utf8');
    else if (field === tensorField.raw) numbers.push([value, -1]);
    else if (field === tensorField.floats) numbers.push([value, 1]);
    else if (field === tensorField.doubles) numbers.push([value, 11]);
    else if (field === tensorField.external) {
      const entry = new Map(
        [...fieldsOf(value)].map(([key, text]) => [key, Buffer.from(text as Uint8Array).toString('utf8')]),
      );
      if (entry.get(1) === 'location') contents.external.push(entry.get(2) ?? '');
    }
  }
  for (const [data, own] of numbers) {
    const format = floatTypes[own < 0 ? type : own];
    if (format && contents.notWeights === undefined && holdsNoWeight(data, format))
      contents.notWeights = name || 'a constant';
  }
}

function holdsNoWeight(data: Uint8Array, { bytes, exponent, fraction, huge }: (typeof floatTypes)[number]): boolean {
  const count = Math.floor(data.length / bytes);
  // A copy begins at a multiple of every number's size.
  const copy = new Uint8Array(data.subarray(0, count * bytes)).buffer;
  const words = bytes === 2 ? new Uint16Array(copy) : new Uint32Array(copy);
  const [step, high] = bytes === 8 ? [2, 1] : [1, 0];
  for (let at = high; at < words.length; at += step) {
    const word = words[at]! & (exponent | fraction);
    if (word < huge) continue;
    const isNaN = word > exponent || (word === exponent && bytes === 8 && words[at - 1] !== 0);
    if (isNaN || count > mostOfConstant) return true;
  }
  return false;
}

/** The fields of one message: numbers for the wire types of numbers, bytes for the others. */
function* fieldsOf(bytes: Uint8Array): Generator<[field: number, value: number | Uint8Array]> {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      if (at >= bytes.length || shift > 63) throw new RangeError('a number without an end');
      const byte = bytes[at++]!;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    const key = varint();
    const [field, wire] = [Math.floor(key / 8), key % 8];
    if (wire === 0) yield [field, varint()];
    else {
      const length = wire === 2 ? varint() : wire === 1 ? 8 : wire === 5 ? 4 : -1;
      if (length < 0 || at + length > bytes.length) throw new RangeError('a field that ends behind its message');
      yield [field, bytes.subarray(at, at + length)];
      at += length;
    }
  }
}

/** SHA-256 of graphs that were found in order: a model that is loaded again is not read again. */
const inOrder = new Set<string>();

/**
 * @param name of a graph in `manifest.files` whose checksum was found right
 * @throws ModelError for external data that the manifest does not list with its SHA-256, and
 * for weights that are no numbers, or beyond all measure
 */
export async function checkGraph(folder: string, manifest: Manifest, name: string): Promise<void> {
  const file = path.join(folder, name);
  const digest = await sha256(file);
  if (inOrder.has(`${folder}:${digest}`)) return;
  const again = `Install the model "${manifest.name}" again.`;
  let contents: OnnxContents;
  try {
    contents = readOnnx(await readFile(file));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return; // ONNX Runtime does not take it either, and says so.
  }
  const locations = [...new Set(contents.external)].map((location) =>
    path.posix.join(path.posix.dirname(name), location.replaceAll('\\', '/')),
  );
  const unknown = locations.find((location) => manifest.files[location] === undefined);
  if (unknown !== undefined)
    throw new ModelError(
      `${file} reads weights from ${unknown}, which the manifest does not list with its SHA-256. ${again}`,
    );
  await checkFiles(folder, manifest, locations);
  if (contents.notWeights !== undefined)
    throw new ModelError(
      `${file} holds weights that are no numbers, or beyond all measure (${contents.notWeights}). ${again}`,
    );
  inOrder.add(`${folder}:${digest}`);
}
