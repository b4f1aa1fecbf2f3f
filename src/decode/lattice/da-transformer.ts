/**
 * Directed acyclic transformer (DA-Transformer, Huang 2022): one pass over L = λ N vertices says for each of them which
 * token may stand there and where the text goes on; the output is one path from `<begin>` to `<end>`. No length is
 * predicted, and vertices off the path cost nothing: several wordings have room in one graph.
 *
 *   P(Y, A | X) = Π_k E[a_{k−1}, a_k] · p(y_k | a_k),   0 = a_0 < a_1 < … < a_T < a_{T+1} = L + 1
 *
 * Cost: encode + 1 pass over L vertices, and L² r multiply-adds for the links. Stop: always fixed.
 */
import type { DecodeOptions, TraceToken, VertexLink } from '../../protocol/trace';
import { findPath, leadThrough, pathScore, type AcyclicGraph } from './acyclic-paths';
import { passBudget } from '../budget';
import { slotReading, type SlotReading } from './ctc-alignment';
import type { Decoder, DecoderContext, DecoderSource } from '../decoder';
import { draftRequest, sourceRequest } from '../layout';
import { lastValues, type LinkTable } from './link-table';
import { lockedIndices } from '../locked-draft';
import { finishOutput } from '../output';
import { plainToken, predictedToken, Run } from '../step';

const shownLinks = 3;

export const daTransformer: Decoder = async function* (context, source, options) {
  const run = new Run(context, 'da-transformer', passBudget(options.passes, 1));
  const nothing = run.nothingToDo(source);
  if (nothing) return nothing;
  const { network } = context;
  const { mask } = network.specialTokens;
  const table = tableOf(context);
  const { pathSearch = 'lookahead', lengthPenalty = 1 } = options;
  const encoded = await run.forward(sourceRequest(network, source));
  yield run.step(
    'encode',
    source.ids.map((id, index) => plainToken(context, id, 'given', { sourceIndex: index })),
  );
  if (run.cancelled) return run.result([], 'cancelled', 0);

  const { owners, fixed } = openVertices(context, source, options, table);
  const open = fixed.flatMap((id, index) => (id < 0 ? [index] : []));
  const result = await run.forward(
    draftRequest(
      network,
      encoded.cache,
      fixed.map((id) => (id < 0 ? mask : id)),
      open,
    ),
  );
  const queryOf = new Map(open.map((index, query) => [index, query]));
  const readings = fixed.map(
    (id, index): SlotReading =>
      id < 0 ? slotReading(network, result, queryOf.get(index)!) : { ids: [id], logProbabilities: [0] },
  );
  const ids = readings.map((reading) => reading.ids[0] ?? mask);
  const certain = readings.map(({ logProbabilities }) => logProbabilities[0] ?? 0);

  const vertices = owners.length + 2; // the draft's `<begin>` and `<end>` are the ends of every path
  const own = table.logProbabilities(lastValues(network.graph, result.cache), vertices);
  const graph: AcyclicGraph = { vertices, links: own.slice(), emissions: Float64Array.of(0, ...certain, 0) };
  leadThrough(
    graph,
    fixed.flatMap((id, index) => (id < 0 ? [] : [index + 1])),
  );
  const path = findPath(graph, pathSearch, lengthPenalty);
  const following = new Map(path.map((vertex, at) => [vertex, path[at + 1] ?? vertices - 1]));
  const tokens = ids.map((id, index): TraceToken => {
    const next = following.get(index + 1);
    const more = {
      sourceIndex: owners[index]!,
      links: linksOf(own.subarray((index + 1) * vertices, (index + 2) * vertices), next),
    };
    const query = queryOf.get(index);
    if (query === undefined) return plainToken(context, id, 'given', { ...more, locked: true });
    return predictedToken(context, result, 0, query, id, certain[index]!, next === undefined ? 'deleted' : 'new', more);
  });
  yield run.step('predict', tokens, { stop: 'fixed' });
  const output = path.map((vertex) => ids[vertex - 1]!);
  return run.result(
    finishOutput(
      output,
      network.specialTokens,
      options,
      fixed.filter((id) => id >= 0),
    ),
    'fixed',
    pathScore(graph, path) / Math.max(1, path.length),
  );
};

/**
 * Per vertex its source token, and the locked or protected token that it holds (−1: the network decides). A fixed token
 * is one vertex, so that nothing can come between two of them.
 * @throws RangeError for an upsampling that is no whole number of at least 1
 */
export function openVertices(
  { network }: DecoderContext,
  source: DecoderSource,
  options: DecodeOptions,
  { upsampling }: LinkTable,
): { owners: number[]; fixed: number[] } {
  const wanted = options.upsampling ?? upsampling;
  if (!Number.isInteger(wanted) || wanted < 1)
    throw new RangeError(`"upsampling" is ${wanted}: give a whole number of vertices for each token, 1 or more.`);
  const rate = Math.max(1, Math.min(wanted, Math.floor((network.graph.maximumPositions - 2) / source.ids.length)));
  const locked = new Set(lockedIndices(source, options));
  const isFixed = source.ids.map((_, index) => Boolean(source.protected[index]) || locked.has(index));
  const owners = source.ids.flatMap((_, index) => new Array<number>(isFixed[index] ? 1 : rate).fill(index));
  return { owners, fixed: owners.map((index) => (isFixed[index] ? source.ids[index]! : -1)) };
}

/**
 * The most probable next vertices, and the one that the path takes. Positions count tokens; the
 * number of tokens is the end.
 */
function linksOf(row: Float64Array, next: number | undefined): VertexLink[] {
  const ranked: number[] = [];
  row.forEach((link, vertex) => {
    if (link === -Infinity || (ranked.length === shownLinks && link <= row[ranked[shownLinks - 1]!]!)) return;
    const at = ranked.findIndex((other) => link > row[other]!);
    ranked.splice(at < 0 ? ranked.length : at, 0, vertex);
    ranked.length = Math.min(ranked.length, shownLinks);
  });
  if (next !== undefined && !ranked.includes(next)) ranked.push(next);
  return ranked.map((vertex) => ({ position: vertex - 1, probability: Math.exp(row[vertex]!) }));
}

/** @throws RangeError for a model without one; the message says what to do */
function tableOf({ tables }: DecoderContext): LinkTable {
  if (tables?.links) return tables.links;
  throw new RangeError(
    'This decoder needs a model with links between vertices (dag.bin in its folder), and this one has none. Choose another decoder.',
  );
}
