/**
 * Decoders that not every model can run: whether a model has what they need beyond the usual (docs/model-format.md).
 */
import { decoderNames, decoderRecords, type DecoderName } from '../protocol/decoders';
import { editsSource } from '../protocol/decoder-facts';
import type { Need } from '../protocol/decoder-record';
import type { ModelTables } from './decoder';
import type { Network } from './network';

type Has = (network: Pick<Network, 'capabilities'>, tables: ModelTables) => boolean;

const has: Record<Need, Has> = {
  ctc: ({ capabilities }) => capabilities?.includes('ctc') ?? false,
  transitions: (_, { transitions }) => transitions !== undefined,
  links: (_, { links }) => links !== undefined,
  ngrams: (_, { ngrams }) => ngrams !== undefined,
};

/** What a model can run; the others end with an error that says what is missing. */
export function runnableDecoders(network: Pick<Network, 'capabilities'>, tables: ModelTables = {}): DecoderName[] {
  const edits = network.capabilities?.includes('edits-only') ?? false;
  return decoderNames.filter((name) => {
    const { needs } = decoderRecords[name];
    return (!edits || editsSource(name)) && (needs === undefined || has[needs](network, tables));
  });
}
