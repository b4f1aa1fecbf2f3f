/** SHA-256 of model files: streamed, and remembered while size and modification time stay the same. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Manifest } from '../../protocol/manifest';
import { ModelError } from '../errors';

const remembered = new Map<string, { size: number; modified: number; sha256: string }>();

export async function sha256(file: string): Promise<string> {
  const { size, mtimeMs } = await stat(file);
  const known = remembered.get(file);
  if (known && known.size === size && known.modified === mtimeMs) return known.sha256;
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  const digest = hash.digest('hex');
  remembered.set(file, { size, modified: mtimeMs, sha256: digest });
  return digest;
}

/**
 * What a vocabulary is told by, as `vocabulary_sha256` of training/nar_training/package/folder.py writes it: SHA-256 of
 * its tokens in the order of their ids, U+0000 between them.
 * @param tokenizerJson content of tokenizer.json, which a tokenizer was made from
 */
export function vocabularySha256(tokenizerJson: unknown): string {
  const { vocab } = (tokenizerJson as { model: { vocab: Record<string, number> } }).model;
  const tokens = Object.keys(vocab).sort((left, right) => vocab[left]! - vocab[right]!);
  return createHash('sha256').update(tokens.join('\0')).digest('hex');
}

/**
 * Compares files of a model folder with its manifest. Sizes come first: they cost nothing and name the
 * usual fault, a cut download.
 * @param names files of `manifest.files` that are about to be used
 * @throws ModelError that names the file and what to do
 */
export async function checkFiles(folder: string, manifest: Manifest, names: string[]): Promise<void> {
  for (const name of names) {
    const file = path.join(folder, name);
    const expected = manifest.files[name];
    if (!expected)
      throw new ModelError(
        `The manifest in ${folder} does not list ${name}. Install the model "${manifest.name}" again.`,
      );
    const found = await stat(file).catch(() => undefined);
    if (!found?.isFile())
      throw new ModelError(`The model "${manifest.name}" is incomplete: ${file} is missing. Install it again.`);
    if (found.size < expected.bytes)
      throw new ModelError(
        `The model "${manifest.name}" is truncated: ${file} has ${found.size} of ${expected.bytes} bytes. Install it again.`,
      );
    if (found.size !== expected.bytes)
      throw new ModelError(
        `The model "${manifest.name}" was changed: ${file} has ${found.size} bytes, its manifest says ${expected.bytes}. Install it again.`,
      );
  }
  for (const name of names) {
    const file = path.join(folder, name);
    if ((await sha256(file)) !== manifest.files[name]!.sha256.toLowerCase()) {
      throw new ModelError(
        `The model "${manifest.name}" is corrupt or was changed: the SHA-256 of ${file} is not the one in its manifest. Install it again.`,
      );
    }
  }
}
