/**
 * Checks and opens a model folder (docs/model-format.md). Whatever is wrong ends in one
 * ModelError that says what to do.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ModelTables } from '../../decode/decoder';
import type { Network } from '../../decode/network';
import type { Manifest } from '../../protocol/manifest';
import type { Device } from '../../protocol/requests';
import { tokenizerFromJson, type Tokenizer } from '../../text/tokenizer';
import { checkFiles, vocabularySha256 } from './checksum';
import { ModelError, RuntimeError, messageOf } from '../errors';
import { checkGraph } from './onnx-file';
import { chooseDtype, readManifest } from './read-manifest';
import { findModel, withPresentGraphs } from './model-folders';
import { SessionNetwork, graphInputs, graphOutputs } from './onnx-network';
import { loadTables } from './decoder-tables';
import { createSession, preferredDevice, type RuntimeSession } from './runtime';

export interface Model {
  folder: string;
  manifest: Manifest;
  device: string;
  dtype: string;
  network: SessionNetwork;
  tokenizer: Tokenizer;
  /** What the folder holds beyond the graph. */
  tables?: ModelTables;
  release(): Promise<void>;
}

export interface ModelRequest {
  /** Folder that holds the bundled models, one folder each. */
  bundled: string;
  /** A model folder, a folder of models, or "" for the bundled one; "~" is the home folder. */
  path: string;
  device: Device;
  dtype: string;
  threads: number;
  onFallback?(message: string): void;
}

/** @throws ModelError, or RuntimeError when ONNX Runtime itself is not there */
export async function loadModel(request: ModelRequest): Promise<Model> {
  const folder = await findModel(request.bundled, request.path);
  const manifest = await withPresentGraphs(folder, await readManifest(folder));
  const choose = (device: string): { dtype: string; file: string } => chooseDtype(manifest, request.dtype, device);
  const small = Object.keys(manifest.files).filter((name) => !name.endsWith('.onnx') && !name.endsWith('.md'));
  for (const name of ['tokenizer.json']) if (!small.includes(name)) small.push(name);
  // A GPU that fails falls back to the CPU, which may take another file: both are checked before either is opened.
  const graphs = [...new Set([choose(preferredDevice(request.device)).file, choose('cpu').file])];
  await checkFiles(folder, manifest, [...graphs, ...small]);
  for (const name of graphs) await checkGraph(folder, manifest, name);
  const tokenizer = await loadTokenizer(folder, manifest);
  const { session, network } = await openNetwork(folder, (device) => choose(device).file, manifest, request);
  try {
    const tables = await loadTables(folder, manifest);
    return {
      folder,
      manifest,
      device: session.device,
      dtype: choose(session.device).dtype,
      network,
      tokenizer,
      tables,
      release: () => session.release(),
    };
  } catch (error) {
    await session.release().catch(() => undefined);
    throw error;
  }
}

/**
 * A session that has answered. A GPU that takes the graph may still not run it (WebGPU without f16): the CPU then
 * stands in for it, as where it does not take the graph.
 */
async function openNetwork(
  folder: string,
  fileFor: (device: string) => string,
  manifest: Manifest,
  request: ModelRequest,
): Promise<{ session: RuntimeSession; network: SessionNetwork }> {
  const session = await openSession(folder, fileFor, manifest, request);
  try {
    checkNames(session, manifest);
    const network = new SessionNetwork(session, manifest.graph, manifest.specialTokens, manifest.capabilities);
    await probe(network, manifest);
    return { session, network };
  } catch (error) {
    await session.release().catch(() => undefined);
    if (session.device === 'cpu' || session.device === 'wasm') throw error;
    request.onFallback?.(
      `The model does not run on ${session.device} here (${messageOf(error).split('\n')[0]!.slice(0, 200)}); the CPU is used instead.`,
    );
    return openNetwork(folder, fileFor, manifest, { ...request, device: 'cpu' });
  }
}

async function loadTokenizer(folder: string, manifest: Manifest): Promise<Tokenizer> {
  let json: unknown;
  let tokenizer: Tokenizer;
  try {
    json = JSON.parse(await readFile(path.join(folder, 'tokenizer.json'), 'utf8'));
    // What the manifest does not list was not checked, so it is not read.
    const isListed = manifest.files['tokenizer_config.json'] !== undefined;
    const config: unknown = isListed
      ? JSON.parse(await readFile(path.join(folder, 'tokenizer_config.json'), 'utf8'))
      : {};
    tokenizer = tokenizerFromJson(json, config);
  } catch (error) {
    throw new ModelError(
      `The tokenizer of the model "${manifest.name}" cannot be read (${messageOf(error)}). Install the model again.`,
    );
  }
  // A list of the same tokens in another order gives texts that look like texts, and every one of them is wrong.
  if (manifest.vocabularySha256 !== undefined && manifest.vocabularySha256 !== vocabularySha256(json))
    throw new ModelError(
      `The model "${manifest.name}" was trained with another vocabulary than that of ${path.join(folder, 'tokenizer.json')}. Install the model again.`,
    );
  return tokenizer;
}

async function openSession(
  folder: string,
  fileFor: (device: string) => string,
  manifest: Manifest,
  request: ModelRequest,
): Promise<RuntimeSession> {
  try {
    return await createSession({
      file: (device) => path.join(folder, fileFor(device)),
      device: request.device,
      threads: request.threads,
      ...(request.onFallback ? { onFallback: request.onFallback } : {}),
    });
  } catch (error) {
    if (error instanceof RuntimeError) throw error;
    throw new ModelError(
      `The model "${manifest.name}" cannot be loaded: ONNX Runtime does not accept its file in ${folder} (${messageOf(error).split('\n')[0]!.slice(0, 200)}). Install it again.`,
    );
  }
}

function checkNames(session: RuntimeSession, manifest: Manifest): void {
  const missing = [
    ...graphInputs.filter((name) => !session.inputNames.includes(name)).map((name) => `input ${name}`),
    ...graphOutputs.filter((name) => !session.outputNames.includes(name)).map((name) => `output ${name}`),
  ];
  if (missing.length > 0)
    throw new ModelError(
      `The model "${manifest.name}" is not of the kind that this program runs: ${missing.join(', ')} missing. Choose another model.`,
    );
}

/** Logits of a trained network are below a hundred; masks are far below zero. */
const mostLogit = 1e5;
const isBeyondMeasure = (value: number): boolean => Number.isNaN(value) || value > mostLogit;

/**
 * One encode and one refine of two tokens: finds a graph that does not have the manifest's
 * shape, or that computes no numbers, before a text meets it.
 * @throws ModelError
 */
export async function probe(network: Network, manifest: Manifest): Promise<void> {
  const { begin, end, mask } = network.specialTokens;
  try {
    const source = await network.forward({
      batch: 1,
      length: 2,
      tokenIds: [begin, end],
      positions: [0, 1],
      segments: [0, 0],
    });
    const draft = await network.forward({
      batch: 1,
      length: 2,
      tokenIds: [begin, mask],
      positions: [0, 1],
      segments: [1, 1],
      past: source.cache,
      logitPositions: [1],
    });
    const last = manifest.graph.maximumPositions - 1;
    await network.forward({
      batch: 1,
      length: 2,
      tokenIds: [begin, manifest.graph.vocabulary - 1],
      positions: [0, last],
      segments: [2, 3],
    });
    // Weights beyond all measure, or a GPU that computes wrongly: nothing that is made of such answers is right.
    if (
      [source.operationLogits, draft.operationLogits, draft.candidateLogProbs].some((each) =>
        each.some(isBeyondMeasure),
      )
    )
      throw new ModelError(
        `The model "${manifest.name}" answers with values that are no numbers, or beyond all measure. Install the model again.`,
      );
  } catch (error) {
    if (error instanceof ModelError) throw error;
    throw new ModelError(
      `The model "${manifest.name}" does not have the shape that its manifest gives (${messageOf(error)}). Install it again.`,
    );
  }
}
