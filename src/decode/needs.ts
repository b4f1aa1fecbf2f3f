/** Decoders that not every model can run: what they need beyond the graph (docs/model-format.md). */
import { decoderNames, type DecoderName } from '../protocol/trace';
import type { ModelTables } from './decoder';
import type { Network } from './network';

type Needed = (network: Pick<Network, 'capabilities'>, tables: ModelTables) => boolean;

const trainedForCtc: Needed = ({ capabilities }) => capabilities?.includes('ctc') ?? false;
const needs: Partial<Record<DecoderName, Needed>> = {
  ctc: trainedForCtc,
  imputer: trainedForCtc,
  crf: (_, { transitions }) => transitions !== undefined,
  'da-transformer': (_, { links }) => links !== undefined,
  'ngram-fusion': (_, { ngrams }) => ngrams !== undefined,
};

/** What a model can run; the others end with an error that says what is missing. */
export function runnableDecoders(network: Pick<Network, 'capabilities'>, tables: ModelTables = {}): DecoderName[] {
  return decoderNames.filter((name) => needs[name]?.(network, tables) ?? true);
}
