/** A network of seeded random logits that checks every request: decoders must cope with any answer it may give. */
import type { DecoderContext, DecoderSource, ModelTables } from '../../../src/decode/decoder';
import { decoders } from '../../../src/decode/index';
import type { DecodeResult } from '../../../src/decode/decoder';
import type { ForwardRequest, ForwardResult, Network } from '../../../src/decode/network';
import type { GraphShape, SpecialTokens } from '../../../src/protocol/manifest';
import { tasks } from '../../../src/protocol/tasks';
import type { DecodeOptions, DecoderName, Step, Task } from '../../../src/protocol/trace';

export const specialTokens: SpecialTokens = {
  pad: 0,
  mask: 1,
  begin: 2,
  end: 3,
  blank: 4,
  copy: 5,
  openDeleted: 6,
  closeDeleted: 7,
  drop: 8,
  ...(Object.fromEntries(tasks.map((task, index) => [task, 9 + index])) as Record<Task, number>),
};

export const graph: GraphShape = {
  layers: 1,
  heads: 2,
  headSize: 2,
  width: 4,
  vocabulary: 64,
  maximumPositions: 64,
  candidates: 8,
  maximumInsertion: 7,
  lengthOffset: 64,
};

/** Mulberry32 over a sequence of numbers: the same inputs give the same value in [0, 1). */
export function hash(...values: number[]): number {
  let state = 0x9e3779b9;
  for (const value of values) {
    state = Math.imul(state ^ (value + 0x7f4a7c15), 0x85ebca6b);
    state ^= state >>> 13;
    state = Math.imul(state, 0xc2b2ae35);
    state ^= state >>> 16;
  }
  return (state >>> 0) / 2 ** 32;
}

export interface FakeOptions {
  seed: number;
  /** Answers change with every call, so that no fixpoint is ever reached. */
  restless?: boolean;
  /** Added to the logits of keep, delete, generate. */
  operation?: [number, number, number];
  /** Added to the logit of "no insertion". */
  noInsertion?: number;
  /** Best token of a slot; undefined: random. */
  fill?: (request: ForwardRequest, row: number) => number | undefined;
  maximumPositions?: number;
  /** Called before each answer. */
  onForward?: (request: ForwardRequest) => void;
}

export function fakeNetwork({
  seed,
  restless,
  operation = [0, 0, 0],
  noInsertion = 0,
  fill,
  maximumPositions = graph.maximumPositions,
  onForward,
}: FakeOptions): Network & { calls: ForwardRequest[] } {
  const shape = { ...graph, maximumPositions };
  const calls: ForwardRequest[] = [];
  return {
    graph: shape,
    specialTokens,
    calls,
    capabilities: ['ctc'],
    async forward(request: ForwardRequest): Promise<ForwardResult> {
      check(request, shape);
      onForward?.(request);
      calls.push(request);
      const { batch, length } = request;
      const turn = restless ? calls.length : 0;
      const at = (row: number, head: number, index: number): number =>
        8 * hash(seed, turn, head, index, request.tokenIds[row]!, request.positions[row]!, request.segments[row]!) - 4;
      const slots = (request.logitPositions?.length ?? 0) / batch;
      const fillWith = (rowLength: number, values: (index: number) => number): Float32Array =>
        Float32Array.from({ length: rowLength }, (_, index) => values(index));
      const candidateIds = new Int32Array(batch * slots * 8);
      const candidateLogProbs = new Float32Array(batch * slots * 8);
      for (let slot = 0; slot < batch * slots; slot++) {
        const row = Math.floor(slot / slots) * length + request.logitPositions![slot]!;
        const best = fill?.(request, row);
        const weights = Array.from(
          { length: 8 },
          (_, rank) => 0.1 + hash(seed, turn, row, rank, request.positions[row]!),
        ).sort((a, b) => b - a);
        const total = weights.reduce((sum, weight) => sum + weight, 0) * 1.2;
        for (let rank = 0; rank < 8; rank++) {
          // Any of <end>, <drop> and 32.. may come out, as in the real head; distinct ids.
          const drawn = (Math.floor(hash(seed, turn, row, request.positions[row]!) * 34) + rank * 5) % 34;
          candidateIds[slot * 8 + rank] =
            rank === 0 && best !== undefined
              ? best
              : drawn === 0
                ? specialTokens.end
                : drawn === 1
                  ? specialTokens.drop
                  : 30 + drawn;
          candidateLogProbs[slot * 8 + rank] = Math.log(weights[rank]! / total);
        }
      }
      const cache = new Float32Array(shape.layers * batch * shape.heads * length * shape.headSize);
      return {
        batch,
        length,
        slots,
        cache: { batch, length, keys: cache, values: cache.slice() },
        operationLogits: fillWith(
          batch * length * 3,
          (index) => at(Math.floor(index / 3), 1, index % 3) + operation[index % 3]!,
        ),
        insertionLogits: fillWith(batch * (length - 1) * 8, (index) => {
          const row = Math.floor(index / 8 / (length - 1)) * length + (Math.floor(index / 8) % (length - 1));
          return at(row, 2, index % 8) + (index % 8 === 0 ? noInsertion : 0);
        }),
        lengthLogits: fillWith(batch * 129, (index) => at(0, 3, index) - Math.abs((index % 129) - 64) / 4),
        salienceLogits: new Float32Array(batch * length),
        candidateIds,
        candidateLogProbs,
        entropy: fillWith(batch * slots, (index) => 2 * hash(seed, index)),
        scoreLogProbs: fillWith(batch * slots, (index) => -6 * hash(seed, index, 7)),
        milliseconds: 0,
      };
    },
  };
}

function check(request: ForwardRequest, shape: GraphShape): void {
  const { batch, length, tokenIds, positions, segments, attentionMask, past, pastMask, logitPositions, scoreIds } =
    request;
  const fail = (what: string): never => {
    throw new Error(`The request is wrong: ${what}`);
  };
  // What src/engine/model/onnx-network.ts refuses (fake-network.test.ts holds the two against each other) …
  if (batch < 1 || length < 2) fail(`batch ${batch}, length ${length}`);
  if (length > shape.maximumPositions) fail(`${length} tokens, the model takes ${shape.maximumPositions}`);
  if (pastMask && pastMask.length !== batch * (past?.length ?? 0)) fail('pastMask has the wrong size');
  // … and what the graph would read as something else.
  for (const [name, values, most] of [
    ['tokenIds', tokenIds, shape.vocabulary],
    ['positions', positions, shape.maximumPositions],
    ['segments', segments, 4],
  ] as const) {
    if (values.length !== batch * length) fail(`${name} has ${values.length} values for [${batch}, ${length}]`);
    for (let index = 0; index < values.length; index++)
      if (!Number.isInteger(values[index]) || values[index]! < 0 || values[index]! >= most)
        fail(`${name}[${index}] = ${values[index]}`);
  }
  if (attentionMask) {
    if (attentionMask.length !== batch * length * length) fail('attentionMask has the wrong size');
    for (let row = 0; row < batch * length; row++)
      if (!attentionMask.subarray(row * length, (row + 1) * length).includes(1))
        fail(`row ${row} of attentionMask is empty`);
  }
  if (past) {
    const size = shape.layers * batch * shape.heads * past.length * shape.headSize;
    if (past.batch !== batch || past.keys.length !== size || past.values.length !== size)
      fail('past has the wrong shape');
  }
  if (logitPositions) {
    if (logitPositions.length % batch !== 0) fail('slots differ between the rows of the batch');
    for (let index = 0; index < logitPositions.length; index++)
      if (logitPositions[index]! < 0 || logitPositions[index]! >= length)
        fail(`logitPositions[${index}] = ${logitPositions[index]}`);
  }
  if (scoreIds && scoreIds.length !== (logitPositions?.length ?? 0)) fail('scoreIds and logitPositions differ in size');
}

/** Every token is a word of its own: " a", " b" … */
export const text = (id: number): string => ` w${id}`;

/** Tables that score any tokens. */
export const tables: ModelTables = {
  transitions: { vocabulary: 64, rank: 1, score: (left, right) => 4 * hash(left, right, 5) - 2 },
  links: {
    upsampling: 3,
    logProbabilities: (values, vertices) =>
      Float64Array.from({ length: vertices * vertices }, (_, at) => {
        const [from, to] = [Math.floor(at / vertices), at % vertices];
        return to > from && to - from < vertices - 1 ? -5 * hash(from, to, values.length) - 0.1 : -Infinity;
      }),
  },
  ngrams: {
    vocabulary: 64,
    count: (tokens) => (hash(...tokens) < 0.5 ? 0 : 3),
    logScore: (before, next) => -6 * hash(...before.slice(-2), next),
  },
};

export function context(network: Network, more: Partial<DecoderContext> = {}): DecoderContext {
  let clock = 0;
  return { network, tables, text, now: () => clock++, ...more };
}

export function source(ids: number[], more: Partial<DecoderSource> = {}): DecoderSource {
  return { task: 'fix', ids, protected: new Uint8Array(ids.length), ...more };
}

export async function run(
  name: DecoderName,
  network: Network,
  from: DecoderSource,
  options: DecodeOptions = {},
  more: Partial<DecoderContext> = {},
): Promise<{ steps: Step[]; result: DecodeResult }> {
  const steps: Step[] = [];
  const generator = decoders[name](context(network, more), from, options);
  for (;;) {
    const next = await generator.next();
    if (next.done) return { steps, result: next.value };
    steps.push(next.value);
  }
}
