/**
 * Finds, checks and opens a model folder (docs/model-format.md). Whatever is wrong ends in one
 * ModelError that says what to do.
 */
import { readFile, readdir, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { ModelTables } from '../../decode/decoder';
import type { Network } from '../../decode/network';
import type { Manifest } from '../../protocol/manifest';
import type { Device, ModelDescription } from '../../protocol/requests';
import type { Task } from '../../protocol/trace';
import { tokenizerFromJson, type Tokenizer } from '../../text/tokenizer';
import { checkFiles, vocabularySha256 } from './checksum';
import { ModelError, RuntimeError, messageOf } from '../errors';
import { checkGraph } from './onnx-file';
import { chooseDtype, dtypesOf, manifestName, readManifest } from './manifest';
import { SessionNetwork, graphInputs, graphOutputs } from './network';
import { loadTables } from './tables';
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

/** The bundled model that is taken when nothing is set. */
const preferredName = 'nar-base';

async function isModelFolder(folder: string): Promise<boolean> {
  return (await stat(path.join(folder, manifestName)).catch(() => undefined))?.isFile() ?? false;
}

async function modelFolders(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [] as string[]);
  const found: string[] = [];
  for (const name of names.sort())
    if (await isModelFolder(path.join(folder, name))) found.push(path.join(folder, name));
  return found;
}

function expand(folder: string): string {
  return path.resolve(
    folder === '~' || folder.startsWith('~/') || folder.startsWith('~\\')
      ? path.join(os.homedir(), folder.slice(1))
      : folder,
  );
}

/**
 * The model folder for a setting.
 * @param task what it has to serve: of several models the one that serves fewest tasks, because it was made for this
 * one; where the named ones cannot, a bundled model does it, and `onFallback` is told so
 * @param writes it must write texts of its own, not edits alone
 * @throws ModelError when there is no model to take
 */
export async function findModel(
  bundled: string,
  setting: string,
  task?: Task,
  onFallback?: (message: string) => void,
  writes = false,
): Promise<string> {
  const folder = setting === '' ? bundled : expand(setting);
  const named = (await isModelFolder(folder)) ? [folder] : await modelFolders(folder);
  if (named.length === 0) throw await noModel(folder, setting);
  const usual = named.find((entry) => path.basename(entry) === preferredName) ?? named[0]!;
  if (task === undefined) return usual;
  const found = await withTask(named, task, writes);
  if (found.folder !== undefined) return found.folder;
  if (found.error) throw found.error;
  const other = setting === '' ? {} : await withTask(await modelFolders(bundled), task, writes);
  if (other.folder === undefined) {
    throw new ModelError(
      `No model in ${folder} serves "${task}". Choose a folder whose ${manifestName} lists it under "tasks".`,
    );
  }
  onFallback?.(
    `The chosen model (${path.basename(usual)}) does not serve "${task}"; the bundled ${path.basename(other.folder)} does it.`,
  );
  return other.folder;
}

/** Of the folders whose manifest lists the task the most special one, or the first manifest that cannot be read. */
async function withTask(
  folders: readonly string[],
  task: Task,
  writes: boolean,
): Promise<{ folder?: string; error?: unknown }> {
  let best: { folder: string; tasks: number } | undefined;
  let error: unknown;
  for (const folder of folders) {
    const manifest = await readManifest(folder).catch((problem: unknown) => void (error ??= problem));
    if (!manifest?.tasks.includes(task) || (writes && manifest.capabilities?.includes('edits-only'))) continue;
    const tasks = manifest.tasks.length;
    const isUsual = path.basename(folder) === preferredName;
    if (!best || tasks < best.tasks || (tasks === best.tasks && isUsual)) best = { folder, tasks };
  }
  return best ? { folder: best.folder } : error === undefined ? {} : { error };
}

async function noModel(folder: string, setting: string): Promise<ModelError> {
  if (setting === '')
    return new ModelError(
      `No model is installed: ${folder} holds none. Choose a folder that holds a model, or install again.`,
    );
  const exists = await stat(folder).catch(() => undefined);
  return new ModelError(
    exists
      ? `No model in ${folder}: ${manifestName} is missing. Choose a folder that holds a model.`
      : `The model folder ${folder} does not exist. Choose another one, or none to use the bundled model.`,
  );
}

/** Every model that can be chosen; folders with a broken manifest are left out. */
export async function listModels(bundled: string, setting: string): Promise<ModelDescription[]> {
  const folders = new Set(await modelFolders(bundled));
  if (setting !== '') {
    const chosen = await findModel(bundled, setting).catch(() => undefined);
    if (chosen) folders.add(chosen);
    for (const folder of await modelFolders(expand(setting))) folders.add(folder);
  }
  const descriptions: ModelDescription[] = [];
  for (const folder of folders) {
    const listed = await readManifest(folder).catch(() => undefined);
    if (!listed) continue;
    const manifest = await withPresentGraphs(folder, listed);
    const bytes = Object.values(manifest.files).reduce((sum, file) => sum + file.bytes, 0);
    descriptions.push({
      name: manifest.name,
      version: manifest.version,
      folder,
      description: manifest.description,
      tasks: manifest.tasks,
      bytes,
      dtypes: [...dtypesOf(manifest).keys()],
    });
  }
  return descriptions;
}

/** The manifest without graphs that a package left out for their size; with all of them where none is there. */
async function withPresentGraphs(folder: string, manifest: Manifest): Promise<Manifest> {
  const isPresent = async (name: string): Promise<boolean> =>
    (await stat(path.join(folder, name)).catch(() => undefined)) !== undefined;
  const graphs = [...dtypesOf(manifest).values()];
  const absent = (await Promise.all(graphs.map(async (name) => ((await isPresent(name)) ? [] : [name])))).flat();
  if (absent.length === graphs.length) return manifest;
  return {
    ...manifest,
    files: Object.fromEntries(Object.entries(manifest.files).filter(([name]) => !absent.includes(name))),
  };
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

/**
 * One encode and one refine of two tokens: finds a graph that does not have the manifest's
 * shape before a text meets it.
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
    await network.forward({
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
  } catch (error) {
    if (error instanceof ModelError) throw error;
    throw new ModelError(
      `The model "${manifest.name}" does not have the shape that its manifest gives (${messageOf(error)}). Install it again.`,
    );
  }
}
