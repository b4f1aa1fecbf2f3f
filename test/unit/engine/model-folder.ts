/** Model folders for tests: a copy of the tiny fixture that a test may damage. */
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { vocabularySha256 } from '../../../src/engine/model/checksum';
import type { Manifest } from '../../../src/protocol/manifest';

export const tinyFolder = path.join(__dirname, '../../fixtures/tiny');

export function temporaryFolder(): { folder: string; remove(): void } {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'nar-text-test-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export function copyTiny(parent: string, name = 'tiny'): string {
  const folder = path.join(parent, name);
  cpSync(tinyFolder, folder, { recursive: true });
  return folder;
}

export function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}

export function changeManifest(folder: string, change: (manifest: Manifest) => void): void {
  const file = path.join(folder, 'manifest.json');
  const manifest = readJson<Manifest>(file);
  change(manifest);
  writeFileSync(file, JSON.stringify(manifest));
}

/** Makes the manifest agree with the files again, after one was changed on purpose. */
export function sealManifest(folder: string): void {
  changeManifest(folder, (manifest) => {
    for (const name of Object.keys(manifest.files)) {
      const file = path.join(folder, name);
      manifest.files[name] = {
        sha256: createHash('sha256').update(readFileSync(file)).digest('hex'),
        bytes: statSync(file).size,
      };
    }
  });
}

export function onnxFile(folder: string): string {
  const name = readdirSync(path.join(folder, 'onnx')).find((entry) => entry.endsWith('.onnx'))!;
  return path.join(folder, 'onnx', name);
}

/**
 * The tiny model with a vocabulary of words: its tokens that are single bytes of longer characters, which alone form no
 * text, become words. So its random edits are edits that a text can have. For texts of ASCII letters only.
 */
export function copyWordy(parent: string, name = 'wordy'): string {
  const folder = copyTiny(parent, name);
  const file = path.join(folder, 'tokenizer.json');
  const tokenizer = readJson<{ model: { vocab: Record<string, number> } }>(file);
  tokenizer.model.vocab = Object.fromEntries(
    Object.entries(tokenizer.model.vocab).map(([token, id]) => [
      id >= 32 && /[^!-~Ġ]/.test(token)
        ? `Ġword${String.fromCharCode(97 + (id % 26), 97 + (Math.floor(id / 26) % 26))}`
        : token,
      id,
    ]),
  );
  writeFileSync(file, JSON.stringify(tokenizer));
  changeManifest(folder, (manifest) => void (manifest.vocabularySha256 = vocabularySha256(tokenizer)));
  sealManifest(folder);
  return folder;
}
