/**
 * Optional extra files of a model folder: the CRF layer's transition table, the directed acyclic transformer's links
 * and the n-gram table (docs/model-format.md).
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ModelTables } from '../../decode/decoder';
import { readLinkTable } from '../../decode/lattice/link-table';
import { readNgramTable } from '../../decode/lattice/ngram-table';
import { readTransitionTable } from '../../decode/lattice/transition-table';
import type { Manifest } from '../../protocol/manifest';
import { ModelError, messageOf } from '../errors';

export const transitionsName = 'crf.bin';
export const linksName = 'dag.bin';
export const ngramsName = 'ngrams.bin';

/** @throws ModelError that names the file when one that the manifest lists cannot be used */
export async function loadTables(folder: string, manifest: Manifest): Promise<ModelTables> {
  const { vocabulary, width } = manifest.graph;
  const read = async <Table>(
    name: string,
    size: number,
    parse: (bytes: Uint8Array, size: number) => Table,
  ): Promise<Table | undefined> => {
    if (!manifest.files[name]) return undefined;
    try {
      return parse(await readFile(path.join(folder, name)), size);
    } catch (error) {
      throw new ModelError(
        `${path.join(folder, name)} cannot be used: ${messageOf(error)}. Install the model "${manifest.name}" again.`,
      );
    }
  };
  const transitions = await read(transitionsName, vocabulary, readTransitionTable);
  const links = await read(linksName, width, readLinkTable);
  const ngrams = await read(ngramsName, vocabulary, readNgramTable);
  return { ...(transitions ? { transitions } : {}), ...(links ? { links } : {}), ...(ngrams ? { ngrams } : {}) };
}
