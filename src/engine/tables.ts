/** Optional extra files of a model folder: the CRF layer's transition table and the n-gram table (docs/model-format.md). */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ModelTables } from '../decode/decoder';
import { readNgramTable } from '../decode/ngram-table';
import { readTransitionTable } from '../decode/transition-table';
import type { Manifest } from '../protocol/manifest';
import { ModelError, messageOf } from './errors';

export const transitionsName = 'crf.bin';
export const ngramsName = 'ngrams.bin';

/** @throws ModelError that names the file when one that the manifest lists cannot be used */
export async function loadTables(folder: string, manifest: Manifest): Promise<ModelTables> {
  const { vocabulary } = manifest.graph;
  const read = async <Table>(name: string, parse: (bytes: Uint8Array, vocabulary: number) => Table): Promise<Table | undefined> => {
    if (!manifest.files[name]) return undefined;
    try {
      return parse(await readFile(path.join(folder, name)), vocabulary);
    } catch (error) {
      throw new ModelError(`${path.join(folder, name)} cannot be used: ${messageOf(error)}. Install the model "${manifest.name}" again.`);
    }
  };
  const transitions = await read(transitionsName, readTransitionTable);
  const ngrams = await read(ngramsName, readNgramTable);
  return { ...(transitions ? { transitions } : {}), ...(ngrams ? { ngrams } : {}) };
}
