/** Steps and their tokens. The probabilities in them are the network's own: no temperature, bias or threshold. */
import type { Alternative, DecoderName, Step, StepAction, StopReason, TokenState, TraceToken } from '../protocol/trace';
import type { DecodeResult, DecoderContext, DecoderSource } from './decoder';
import type { ForwardRequest, ForwardResult } from './network';
import { repetitionRatio } from './repetition';

/** Bookkeeping of one decoding run: passes, clock and the numbering of steps. */
export class Run {
  /** Forward passes so far; the first one is the encode and does not count against the budget. */
  passes = 0;
  private steps = 0;
  private started = 0;
  private queryTokens = 0;

  constructor(
    readonly context: DecoderContext,
    readonly system: DecoderName,
    readonly budget: number,
  ) {}

  /** Passes that may still be spent after the encode. */
  get left(): number {
    return this.budget - Math.max(0, this.passes - 1);
  }

  get cancelled(): boolean {
    return this.context.signal?.aborted ?? false;
  }

  async forward(request: ForwardRequest): Promise<ForwardResult> {
    this.started = this.context.now();
    this.passes++;
    this.queryTokens = request.batch * request.length;
    return this.context.network.forward(request);
  }

  /**
   * The step of the latest forward pass. `output` are the ids whose repetition is counted; default: all
   * tokens that are not deleted.
   */
  step(
    action: StepAction,
    tokens: TraceToken[],
    more: Partial<Pick<Step, 'lengths' | 'leadingGap' | 'beam' | 'accepted' | 'stop'>> = {},
  ): Step {
    const predicted = tokens.filter((token) => token.alternatives.length > 0);
    return {
      index: this.steps++,
      system: this.system,
      action,
      tokens,
      score: mean(predicted.map((token) => token.logProbability)),
      passes: this.passes,
      queryTokens: this.queryTokens,
      milliseconds: Math.max(0, this.context.now() - this.started),
      repetitionRatio: repetitionRatio(
        tokens.filter((token) => token.state !== 'deleted' && token.state !== 'masked').map((token) => token.id),
      ),
      ...more,
    };
  }

  /**
   * What a generating decoder gives back before its first pass: nothing, from an empty source or after a
   * cancellation. Undefined: go on.
   */
  nothingToDo(source: DecoderSource): DecodeResult | undefined {
    const stop = source.ids.length === 0 ? 'empty' : this.cancelled ? 'cancelled' : undefined;
    return stop && this.result([], stop, 0);
  }

  result(
    ids: number[],
    stop: StopReason,
    score: number,
    more: Partial<Pick<DecodeResult, 'edits' | 'candidates'>> = {},
  ): DecodeResult {
    return { ids, stop, passes: this.passes, score, ...more };
  }
}

/** 0 for an empty list, as the trace format has it. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

const specialIds = new WeakMap<object, Set<number>>();

/** Special tokens have no text: a mask is shown as an empty slot. */
export function tokenText(context: DecoderContext, id: number): string {
  const { specialTokens } = context.network;
  let ids = specialIds.get(specialTokens);
  if (!ids) specialIds.set(specialTokens, (ids = new Set(Object.values(specialTokens) as number[])));
  return ids.has(id) ? '' : context.text(id);
}

/** A token that this step did not predict. */
export function plainToken(
  context: DecoderContext,
  id: number,
  state: TokenState,
  more: Partial<TraceToken> = {},
): TraceToken {
  return { id, text: tokenText(context, id), state, logProbability: 0, entropy: 0, alternatives: [], ...more };
}

/** A token that this step predicted at `slot` of batch row `row`. */
export function predictedToken(
  context: DecoderContext,
  result: ForwardResult,
  row: number,
  slot: number,
  id: number,
  logProbability: number,
  state: TokenState,
  more: Partial<TraceToken> = {},
): TraceToken {
  return {
    id,
    text: tokenText(context, id),
    state,
    logProbability,
    entropy: result.entropy[row * result.slots + slot]!,
    alternatives: alternatives(context, result, row, slot),
    ...more,
  };
}

function alternatives(context: DecoderContext, result: ForwardResult, row: number, slot: number): Alternative[] {
  const count = context.network.graph.candidates;
  const start = (row * result.slots + slot) * count;
  const list: Alternative[] = [];
  for (let index = start; index < start + Math.min(8, count); index++) {
    const id = result.candidateIds[index]!;
    list.push({ id, text: tokenText(context, id), probability: Math.exp(result.candidateLogProbs[index]!) });
  }
  return list;
}
