/** One pass over all candidates of a beam: the request, and what each of its slots was given. */
import type { ForwardRequest, ForwardResult, Network, Cache } from '../network';
import { checkLength } from '../budget';
import { range } from '../layout';
import { fullMask } from '../attention-mask';
import type { Candidate } from './candidate';
import type { Guess } from './reveal';

/**
 * Rows of different length in one batch: short ones are padded at the end, and nobody sees the padding. An `open` draft
 * has no `<end>` behind its last slot: the text says by itself where it ends (BANG).
 */
export function batchRequest(
  network: Network,
  past: Cache,
  candidates: readonly Candidate[],
  slots: number,
  open: boolean,
): ForwardRequest {
  const { begin, end, pad } = network.specialTokens;
  const frame = open ? 1 : 2;
  const length = Math.max(...candidates.map(({ ids }) => ids.length)) + frame;
  checkLength(length, network.graph.maximumPositions, 'draft');
  const tokenIds: number[] = [];
  const attentionMask = new Uint8Array(candidates.length * length * length);
  const logitPositions: number[] = [];
  candidates.forEach(({ inputs, masked }, row) => {
    tokenIds.push(
      begin,
      ...inputs,
      ...(open ? [] : [end]),
      ...new Array<number>(length - inputs.length - frame).fill(pad),
    );
    attentionMask.set(fullMask(length, inputs.length + frame), row * length * length);
    // row 0 stands in where this candidate has fewer slots
    for (let slot = 0; slot < slots; slot++) logitPositions.push((masked[slot] ?? -1) + 1);
  });
  return {
    batch: candidates.length,
    length,
    tokenIds,
    attentionMask,
    past,
    logitPositions,
    positions: candidates.flatMap(() => range(length)),
    segments: new Uint8Array(candidates.length * length).fill(1),
  };
}

/** Sends all candidates of a beam through the network, pass after pass. */
export interface Drafts {
  /** `slots`: most masked slots of a candidate. */
  forward(
    send: (request: ForwardRequest) => Promise<ForwardResult>,
    candidates: readonly Candidate[],
    slots: number,
  ): Promise<ForwardResult>;
}

/** Every pass computes every token of every draft: exact. */
export class WholeDrafts implements Drafts {
  constructor(
    private readonly network: Network,
    private readonly past: Cache,
    private readonly open: boolean,
  ) {}

  forward(
    send: (request: ForwardRequest) => Promise<ForwardResult>,
    candidates: readonly Candidate[],
    slots: number,
  ): Promise<ForwardResult> {
    return send(batchRequest(this.network, this.past, candidates, slots, this.open));
  }
}

/** The best token at each masked slot of batch row `row`, in the order of `masked`. */
export function readGuesses(network: Network, result: ForwardResult, row: number, masked: readonly number[]): Guess[] {
  const count = network.graph.candidates;
  return masked.map((slot, index) => {
    const query = row * result.slots + index;
    const logProbability = result.candidateLogProbs[query * count]!;
    const second = count > 1 ? Math.exp(result.candidateLogProbs[query * count + 1]!) : 0;
    return {
      slot,
      id: result.candidateIds[query * count]!,
      logProbability,
      margin: Math.exp(logProbability) - second,
      entropy: result.entropy[query]!,
    };
  });
}
