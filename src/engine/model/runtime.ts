/**
 * The one door to ONNX Runtime: nothing else imports onnxruntime-node or onnxruntime-web.
 *
 * The native package is preferred; where its binary does not load (no darwin-x64 since 1.24, a VSIX of another
 * platform) the WebAssembly build runs the same graph, which takes longer. A GPU provider that fails falls back to the
 * CPU. Runs are never concurrent: the native `run` blocks the event loop, and the queue above is serial anyway.
 */
import { readFile } from 'node:fs/promises';
import type * as Ort from 'onnxruntime-common';
import type { Device } from '../../protocol/requests';
import { RuntimeError, messageOf } from '../errors';
import { isExact, probeGraph, probeInputs } from './integer-products';

export type TensorType = 'int64' | 'float32' | 'bool';
export interface FlatTensor {
  readonly type: string;
  readonly data: BigInt64Array | Float32Array | Uint8Array;
  readonly dims: readonly number[];
}

export interface RuntimeSession {
  /** Where it really runs. */
  readonly device: Exclude<Device, 'auto'>;
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  tensor(type: TensorType, data: BigInt64Array | Float32Array | Uint8Array, dims: number[]): FlatTensor;
  run(feeds: Record<string, FlatTensor>, fetches: readonly string[]): Promise<Record<string, FlatTensor>>;
  release(): Promise<void>;
}

export interface SessionRequest {
  /** Model file for the device that is really used: a CPU that stands in for a GPU wants another dtype. */
  file(device: Exclude<Device, 'auto'>): string;
  device: Device;
  /** Threads inside one operator; more than one only helps on an idle machine. */
  threads: number;
  /** Told once for each fallback, in words for a person. */
  onFallback?(message: string): void;
}

interface Runtime {
  kind: 'native' | 'wasm';
  ort: typeof Ort;
  /** Execution providers that this build offers. */
  providers: string[];
}

type NativeModule = typeof Ort & { listSupportedBackends(): { name: string }[] };

let native: Promise<Runtime> | undefined;
let wasm: Promise<Runtime> | undefined;
/** Of this processor, asked once. */
let exactProducts: Promise<boolean> | undefined;

/** A package loaded with import() from CommonJS may sit under `default`. */
function unwrap<M>(module: M & { default?: M }): M {
  return module.default !== undefined && 'InferenceSession' in (module.default as object) ? module.default : module;
}

function loadNative(): Promise<Runtime> {
  native ??= (async () => {
    // Set by tests and by people who have to work around a broken binary.
    if (process.env['NAR_TEXT_NO_NATIVE'] === '1') throw new RuntimeError('switched off by NAR_TEXT_NO_NATIVE');
    const ort = unwrap((await import('onnxruntime-node')) as unknown as NativeModule);
    // Failures arrive as exceptions; the library's own lines would only repeat them in the user's terminal.
    ort.env.logLevel = 'fatal';
    return { kind: 'native' as const, ort, providers: ort.listSupportedBackends().map((backend) => backend.name) };
  })();
  return native;
}

function loadWasm(): Promise<Runtime> {
  wasm ??= (async () => {
    const ort = unwrap((await import('onnxruntime-web')) as unknown as typeof Ort);
    ort.env.logLevel = 'error';
    // Threads of the WebAssembly build are workers that outlive the session and keep the process from ending.
    ort.env.wasm.numThreads = 1;
    return { kind: 'wasm' as const, ort, providers: ['wasm'] };
  })();
  return wasm;
}

/** The GPU that "auto" may take on this platform; CPU everywhere else, because int8 on a CPU is the tested path. */
const gpuDevices: readonly Device[] = ['webgpu', 'dml', 'coreml', 'cuda'];

/** Devices that can be chosen here, "cpu" first. `wasm` is always there; never throws. */
export async function availableDevices(): Promise<Exclude<Device, 'auto'>[]> {
  try {
    const { providers } = await loadNative();
    return ['cpu', ...gpuDevices.filter((device) => providers.includes(device)), 'wasm'] as Exclude<Device, 'auto'>[];
  } catch {
    return ['wasm'];
  }
}

/**
 * Device for a setting before anything is loaded; "auto" is the CPU.
 * A sentence takes less time on a CPU than moving it to most GPUs would.
 */
export function preferredDevice(device: Device): Exclude<Device, 'auto'> {
  return device === 'auto' ? 'cpu' : device;
}

function sessionOptions(
  provider: string,
  threads: number,
  exactProducts: boolean,
): Ort.InferenceSession.SessionOptions {
  return {
    executionProviders: provider === 'cpu' ? ['cpu'] : provider === 'wasm' ? ['wasm'] : [provider, 'cpu'],
    intraOpNumThreads: Math.max(1, Math.floor(threads)),
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    logSeverityLevel: 4,
    extra: {
      // On a processor ONNX Runtime's one kernel for "add, then normalize" is slower than the two that it
      // replaces (docs/results/speed.md).
      ...(provider === 'cpu' || provider === 'wasm'
        ? { optimization: { disable_specified_optimizers: 'SkipLayerNormFusion' } }
        : {}),
      // Where int8 products would saturate, slower arithmetic that does not (integer-products.ts).
      ...(exactProducts ? {} : { session: { x64quantprecision: '1' } }),
    },
  };
}

/** Whether this processor adds int8 products exactly; false, which is slow and right, when it cannot be asked. */
export async function addsProductsExactly(ort: typeof Ort): Promise<boolean> {
  const { a, b } = probeInputs;
  try {
    const session = await ort.InferenceSession.create(probeGraph, {
      executionProviders: ['cpu'],
      intraOpNumThreads: 1,
      logSeverityLevel: 4,
    });
    const { y } = await session.run({
      a: new ort.Tensor(a.type, a.data, a.dims),
      b: new ort.Tensor(b.type, b.data, b.dims),
    });
    await session.release();
    return isExact(y?.data);
  } catch {
    return false;
  }
}

class OrtSession implements RuntimeSession {
  constructor(
    private readonly ort: typeof Ort,
    private readonly session: Ort.InferenceSession,
    readonly device: Exclude<Device, 'auto'>,
  ) {}
  get inputNames(): readonly string[] {
    return this.session.inputNames;
  }
  get outputNames(): readonly string[] {
    return this.session.outputNames;
  }
  tensor(type: TensorType, data: BigInt64Array | Float32Array | Uint8Array, dims: number[]): FlatTensor {
    return new this.ort.Tensor(type, data as never, dims) as unknown as FlatTensor;
  }
  async run(feeds: Record<string, FlatTensor>, fetches: readonly string[]): Promise<Record<string, FlatTensor>> {
    return (await this.session.run(feeds as never, fetches as string[])) as unknown as Record<string, FlatTensor>;
  }
  async release(): Promise<void> {
    await this.session.release();
  }
}

async function createNative(
  runtime: Runtime,
  request: SessionRequest,
  device: Exclude<Device, 'auto'>,
): Promise<RuntimeSession> {
  exactProducts ??= addsProductsExactly(runtime.ort);
  const session = await runtime.ort.InferenceSession.create(
    request.file(device),
    sessionOptions(device, request.threads, await exactProducts),
  );
  return new OrtSession(runtime.ort, session, device);
}

async function createWasm(request: SessionRequest): Promise<RuntimeSession> {
  let runtime: Runtime;
  try {
    runtime = await loadWasm();
  } catch (error) {
    throw new RuntimeError(
      `ONNX Runtime could not be loaded, neither the native build nor WebAssembly (${messageOf(error)}). Reinstall the extension for this platform.`,
    );
  }
  const session = await runtime.ort.InferenceSession.create(
    await readFile(request.file('wasm')),
    sessionOptions('wasm', 1, false),
  );
  return new OrtSession(runtime.ort, session, 'wasm');
}

/**
 * Opens a model file.
 * @throws RuntimeError when no runtime loads, or the error of ONNX Runtime when the file is no model that it can run.
 */
export async function createSession(request: SessionRequest): Promise<RuntimeSession> {
  const device = preferredDevice(request.device);
  if (device === 'wasm') return createWasm(request);
  let runtime: Runtime;
  try {
    runtime = await loadNative();
  } catch (error) {
    request.onFallback?.(
      `The native ONNX Runtime does not load here (${firstLine(error)}). WebAssembly is used instead, which is slower.`,
    );
    return createWasm(request);
  }
  if (device === 'cpu') return createNative(runtime, request, 'cpu');
  if (!runtime.providers.includes(device)) {
    request.onFallback?.(
      `The device "${device}" is not available on this machine (available: ${['cpu', ...runtime.providers.filter((name) => name !== 'cpu'), 'wasm'].join(', ')}). The CPU is used instead.`,
    );
    return createNative(runtime, request, 'cpu');
  }
  try {
    return await createNative(runtime, request, device);
  } catch (error) {
    request.onFallback?.(`The device "${device}" could not be used (${firstLine(error)}). The CPU is used instead.`);
    return createNative(runtime, request, 'cpu');
  }
}

function firstLine(error: unknown): string {
  return messageOf(error).split('\n')[0]!.slice(0, 200);
}
