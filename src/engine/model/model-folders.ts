/** Which model folder serves a setting and a task, and which there are (docs/model-format.md). */
import { readdir, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Manifest } from '../../protocol/manifest';
import type { ModelDescription } from '../../protocol/requests';
import type { Task } from '../../protocol/trace';
import { ModelError } from '../errors';
import { dtypesOf, manifestName, readManifest } from './read-manifest';

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
export async function withPresentGraphs(folder: string, manifest: Manifest): Promise<Manifest> {
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
