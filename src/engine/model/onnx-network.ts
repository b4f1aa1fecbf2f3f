/**
 * The decoders' `Network` over one ONNX Runtime session (docs/model-format.md, "Graph"): flat
 * arrays become tensors and back.
 *
 * What this costs beyond the bare `session.run` is measured in bench/; buffers that are the same in most calls
 * (all-ones masks, positions 0..n) are therefore made once for each length.
 */
import type { Cache, ForwardRequest, ForwardResult, Network } from '../../decode/network';
import type { Capability, GraphShape, SpecialTokens } from '../../protocol/manifest';
import { ModelError, RuntimeError, messageOf } from '../errors';
import type { FlatTensor, RuntimeSession } from './runtime';

export const graphInputs = [
  'token_ids',
  'positions',
  'segments',
  'attention_mask',
  'past_mask',
  'past_keys',
  'past_values',
  'logit_positions',
  'score_ids',
] as const;
export const graphOutputs = [
  'keys',
  'values',
  'operation_logits',
  'insertion_logits',
  'length_logits',
  'salience_logits',
  'candidate_ids',
  'candidate_log_probs',
  'entropy',
  'score_log_probs',
] as const;
type OutputName = (typeof graphOutputs)[number];

const headOutputs: readonly OutputName[] = graphOutputs.slice(0, 6);
const noFloats = new Float32Array(0);
const noIntegers = new Int32Array(0);

export class SessionNetwork implements Network {
  /** Milliseconds spent inside session.run, and in `forward` as a whole. */
  readonly time = { run: 0, forward: 0, passes: 0 };
  private readonly ones = new Map<number, Uint8Array>();

  constructor(
    private readonly session: RuntimeSession,
    readonly graph: GraphShape,
    readonly specialTokens: SpecialTokens,
    readonly capabilities: readonly Capability[] = [],
  ) {}

  /** @throws RangeError for a request whose arrays do not fit its sizes; RuntimeError when ONNX Runtime fails. */
  async forward(request: ForwardRequest): Promise<ForwardResult> {
    const started = performance.now();
    const { batch, length, past } = request;
    const pastLength = past?.length ?? 0;
    const slots = request.logitPositions ? request.logitPositions.length / batch : 0;
    check(request, this.graph, slots);
    const { layers, heads, headSize, candidates, maximumInsertion, lengthOffset } = this.graph;
    const session = this.session;
    // onnxruntime-node 1.30 dies of a division by zero when no row reaches the token head: where the graph cannot leave
    // the head out, one row is sent and its results are not read.
    const rows = slots > 0 || this.capabilities.includes('idle-head') ? slots : 1;
    const logitPositions = slots > 0 ? integers(request.logitPositions!) : new BigInt64Array(batch * rows);
    const scoreIds = slots > 0 && request.scoreIds ? integers(request.scoreIds) : new BigInt64Array(batch * rows);
    const cacheDims = [layers, batch, heads, pastLength, headSize];
    const feeds: Record<string, FlatTensor> = {
      token_ids: session.tensor('int64', integers(request.tokenIds), [batch, length]),
      positions: session.tensor('int64', integers(request.positions), [batch, length]),
      segments: session.tensor('int64', integers(request.segments), [batch, length]),
      attention_mask: session.tensor('bool', request.attentionMask ?? this.allOnes(batch * length * length), [
        batch,
        length,
        length,
      ]),
      past_mask: session.tensor('bool', request.pastMask ?? this.allOnes(batch * pastLength), [batch, pastLength]),
      past_keys: session.tensor('float32', past?.keys ?? noFloats, cacheDims),
      past_values: session.tensor('float32', past?.values ?? noFloats, cacheDims),
      logit_positions: session.tensor('int64', logitPositions, [batch, rows]),
      score_ids: session.tensor('int64', scoreIds, [batch, rows]),
    };
    const runStarted = performance.now();
    let outputs: Record<string, FlatTensor>;
    try {
      outputs = await session.run(feeds, slots > 0 ? graphOutputs : headOutputs);
    } catch (error) {
      throw new RuntimeError(
        `The model could not be run on ${session.device}: ${messageOf(error).split('\n')[0]!.slice(0, 300)}`,
      );
    }
    const runEnded = performance.now();
    const floats = (name: OutputName, size: number): Float32Array => {
      const data = outputs[name]?.data;
      if (!(data instanceof Float32Array) || data.length !== size) throw wrongShape(name, outputs[name], size);
      return data;
    };
    const cacheSize = layers * batch * heads * length * headSize;
    const cache: Cache = { batch, length, keys: floats('keys', cacheSize), values: floats('values', cacheSize) };
    const candidateCount = batch * slots * candidates;
    const result: ForwardResult = {
      batch,
      length,
      slots,
      cache,
      operationLogits: floats('operation_logits', batch * length * 3),
      insertionLogits: floats('insertion_logits', batch * (length - 1) * (maximumInsertion + 1)),
      lengthLogits: floats('length_logits', batch * (2 * lengthOffset + 1)),
      salienceLogits: floats('salience_logits', batch * length),
      candidateIds: slots > 0 ? narrow(outputs['candidate_ids'], candidateCount) : noIntegers,
      candidateLogProbs: slots > 0 ? floats('candidate_log_probs', candidateCount) : noFloats,
      entropy: slots > 0 ? floats('entropy', batch * slots) : noFloats,
      scoreLogProbs: slots > 0 ? floats('score_log_probs', batch * slots) : noFloats,
      milliseconds: 0,
    };
    const ended = performance.now();
    result.milliseconds = ended - started;
    this.time.run += runEnded - runStarted;
    this.time.forward += ended - started;
    this.time.passes++;
    return result;
  }

  private allOnes(size: number): Uint8Array {
    let mask = this.ones.get(size);
    if (!mask) {
      mask = new Uint8Array(size).fill(1);
      if (this.ones.size > 256) this.ones.clear();
      this.ones.set(size, mask);
    }
    return mask;
  }
}

function integers(values: ArrayLike<number>): BigInt64Array {
  const result = new BigInt64Array(values.length);
  for (let index = 0; index < values.length; index++) result[index] = BigInt(values[index]!);
  return result;
}

/** int64 to int32: token ids fit, and a BigInt per candidate would cost decoders more than this copy. */
function narrow(tensor: FlatTensor | undefined, size: number): Int32Array {
  const data = tensor?.data;
  if (!(data instanceof BigInt64Array) || data.length !== size) throw wrongShape('candidate_ids', tensor, size);
  // Little-endian everywhere that Node runs: the low half of each value is every second 32-bit word.
  const halves = new Int32Array(data.buffer, data.byteOffset, size * 2);
  const result = new Int32Array(size);
  for (let index = 0; index < size; index++) result[index] = halves[2 * index]!;
  return result;
}

function wrongShape(name: string, tensor: FlatTensor | undefined, size: number): ModelError {
  const found = tensor ? `${tensor.type} [${tensor.dims.join(', ')}]` : 'nothing';
  return new ModelError(
    `The model's output "${name}" has the wrong shape: expected ${size} values, found ${found}. The files do not belong together; install the model again.`,
  );
}

function check(request: ForwardRequest, graph: GraphShape, slots: number): void {
  const { batch, length, past } = request;
  const pastLength = past?.length ?? 0;
  const expect = (name: string, array: ArrayLike<unknown> | undefined, size: number): void => {
    if (array && array.length !== size)
      throw new RangeError(`forward: ${name} has ${array.length} values, expected ${size}`);
  };
  if (batch < 1 || length < 2) throw new RangeError(`forward: batch ${batch}, length ${length}; at least 1 and 2`);
  if (length > graph.maximumPositions)
    throw new RangeError(`forward: ${length} tokens, the model takes ${graph.maximumPositions}`);
  if (!Number.isInteger(slots))
    throw new RangeError('forward: logitPositions must hold the same number of rows for each batch row');
  expect('tokenIds', request.tokenIds, batch * length);
  expect('positions', request.positions, batch * length);
  expect('segments', request.segments, batch * length);
  expect('attentionMask', request.attentionMask, batch * length * length);
  expect('pastMask', request.pastMask, batch * pastLength);
  expect('scoreIds', request.scoreIds, batch * slots);
  if (past) {
    const size = graph.layers * batch * graph.heads * pastLength * graph.headSize;
    expect('past.keys', past.keys, size);
    expect('past.values', past.values, size);
  }
}
