/**
 * Sliced queries (the dual cache of Fast-dLLM, Wu 2025, §3.2): the first pass computes every token of the drafts; later
 * ones compute only the open slots and the tokens whose input changed since their keys and values were made. What stays
 * is seen through the cache, beside the source.
 *
 * An approximation: a kept token's keys and values are those of an older context. Every third pass computes all again.
 * Exact for a network of one layer, where keys and values do not depend on the context.
 */
import { batchRequest, type Drafts } from './batch';
import { concatCaches, scatterPositions } from '../cache';
import { range } from '../layout';
import { fullMask } from '../attention-mask';
import type { Cache, ForwardRequest, ForwardResult, Network } from '../network';
import type { Candidate } from './candidate';

const passesBetweenRefreshes = 3;

export class SlicedDrafts implements Drafts {
  private passes = 0;
  /** Source, then the draft's positions of every candidate. */
  private cache: Cache | undefined;
  /** What the network read at each draft position when its keys and values were made, by candidate. */
  private read: number[][] = [];

  constructor(
    private readonly network: Network,
    private readonly source: Cache,
    private readonly open: boolean,
  ) {}

  async forward(
    send: (request: ForwardRequest) => Promise<ForwardResult>,
    candidates: readonly Candidate[],
    slots: number,
  ): Promise<ForwardResult> {
    const inputs = candidates.map((candidate) => this.inputsOf(candidate));
    if (!this.cache || this.passes++ % passesBetweenRefreshes === 0) {
      const result = await send(batchRequest(this.network, this.source, candidates, slots, this.open));
      this.cache = concatCaches(this.network.graph, this.source, result.cache);
      this.read = inputs;
      this.passes = 1;
      return result;
    }
    const queries = inputs.map((ids, row) => {
      const changed = range(ids.length).filter(
        (position) => ids[position] !== this.read[row]![position] || candidates[row]!.masked.includes(position - 1),
      );
      return changed.length > 0 ? changed : [0]; // a row of the batch cannot be empty
    });
    const result = await send(this.request(this.cache, inputs, queries, candidates, slots));
    scatterPositions(
      this.network.graph,
      result.cache,
      this.cache,
      queries.map((positions) => positions.map((position) => this.source.length + position)),
    );
    this.read = inputs;
    return result;
  }

  private inputsOf({ inputs }: Candidate): number[] {
    const { begin, end } = this.network.specialTokens;
    return [begin, ...inputs, ...(this.open ? [] : [end])];
  }

  private request(
    cache: Cache,
    inputs: readonly number[][],
    queries: readonly number[][],
    candidates: readonly Candidate[],
    slots: number,
  ): ForwardRequest {
    const { pad } = this.network.specialTokens;
    const batch = inputs.length;
    const length = Math.max(2, ...queries.map((positions) => positions.length));
    const pastMask = new Uint8Array(batch * cache.length);
    const attentionMask = new Uint8Array(batch * length * length);
    const tokenIds: number[] = [];
    const positions: number[] = [];
    const logitPositions: number[] = [];
    queries.forEach((asked, row) => {
      const ids = inputs[row]!;
      // Everybody sees the source, the tokens that stay, and the queries; not the padding, and no token twice.
      pastMask.fill(1, row * cache.length, row * cache.length + this.source.length + ids.length);
      for (const position of asked) pastMask[row * cache.length + this.source.length + position] = 0;
      attentionMask.set(fullMask(length, asked.length), row * length * length);
      tokenIds.push(...asked.map((position) => ids[position]!), ...new Array<number>(length - asked.length).fill(pad));
      positions.push(...asked, ...new Array<number>(length - asked.length).fill(0));
      const { masked } = candidates[row]!;
      for (let slot = 0; slot < slots; slot++)
        logitPositions.push(slot < masked.length ? asked.indexOf(masked[slot]! + 1) : 0);
    });
    return {
      batch,
      length,
      tokenIds,
      positions,
      segments: new Uint8Array(batch * length).fill(1),
      past: cache,
      pastMask,
      attentionMask,
      logitPositions,
    };
  }
}
