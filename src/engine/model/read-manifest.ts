/**
 * Reads and checks manifest.json (docs/model-format.md). A wrong manifest is told field by field, not as a later crash.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Manifest } from '../../protocol/manifest';
import { correctionLevels, tasks } from '../../protocol/tasks';
import { ModelError } from '../errors';

export const manifestName = 'manifest.json';
const graphFields = [
  'layers',
  'heads',
  'headSize',
  'width',
  'vocabulary',
  'maximumPositions',
  'candidates',
  'maximumInsertion',
  'lengthOffset',
];
/** Every model has these; it has the tokens of the tasks that it serves as well. */
const tokenFields = ['pad', 'mask', 'begin', 'end', 'blank', 'copy', 'openDeleted', 'closeDeleted', 'drop', 'fix'];

/** @throws ModelError when the file is missing, is no JSON, or lacks a field */
export async function readManifest(folder: string): Promise<Manifest> {
  const file = path.join(folder, manifestName);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new ModelError(`No model in ${folder}: ${manifestName} is missing. Choose a folder that holds a model.`);
    }
    throw new ModelError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)}).`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ModelError(`${file} is not valid JSON. Install the model again.`);
  }
  const problem = problemOf(value);
  if (problem)
    throw new ModelError(`${file}: ${problem}. Install the model again, or a version of it that this program reads.`);
  return withoutAbsentGraphs(value as Manifest, folder);
}

const isGraph = (name: string): boolean => /^onnx\/.*\.onnx$/.test(name);

/**
 * A package may leave out graphs, such as those for graphics cards: what is not there is not offered. Without any,
 * the manifest stays as it is.
 */
function withoutAbsentGraphs(manifest: Manifest, folder: string): Manifest {
  const names = Object.keys(manifest.files);
  const absent = new Set(names.filter((name) => isGraph(name) && !existsSync(path.join(folder, name))));
  if (absent.size === 0 || names.every((name) => !isGraph(name) || absent.has(name))) return manifest;
  return {
    ...manifest,
    files: Object.fromEntries(Object.entries(manifest.files).filter(([name]) => !absent.has(name))),
  };
}

type Fields = Record<string, unknown>;
const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isProbability = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value <= 1;

/** The first thing that is wrong with a manifest, or undefined. */
export function problemOf(value: unknown): string | undefined {
  if (!isObject(value)) return 'it is not an object';
  if (value['formatVersion'] !== 1)
    return `formatVersion is ${JSON.stringify(value['formatVersion'])}, this program reads 1`;
  for (const name of ['name', 'version', 'license', 'description'])
    if (typeof value[name] !== 'string') return `"${name}" is missing`;
  if (!Array.isArray(value['tasks']) || value['tasks'].some((task) => !(tasks as readonly unknown[]).includes(task)))
    return `"tasks" must list some of ${tasks.join(', ')}`;
  const extra = value['capabilities'];
  if (extra !== undefined && !(Array.isArray(extra) && extra.every((entry) => typeof entry === 'string')))
    return '"capabilities" must be a list of names';
  const digest = value['vocabularySha256'];
  if (digest !== undefined && !/^[0-9a-f]{64}$/.test(String(digest))) return '"vocabularySha256" must be a SHA-256';
  return (
    problemOfFiles(value['files']) ??
    problemOfIntegers('graph', value['graph'], graphFields, 1) ??
    problemOfIntegers('specialTokens', value['specialTokens'], [...tokenFields, ...(value['tasks'] as string[])], 0) ??
    problemOfTokens(value['specialTokens'] as Record<string, number>, value['graph'] as { vocabulary: number }) ??
    problemOfNumbers(value['temperatures'], value['thresholds']) ??
    problemOfConfidence(value['confidence'])
  );
}

function problemOfFiles(files: unknown): string | undefined {
  if (!isObject(files) || Object.keys(files).length === 0) return '"files" is missing';
  for (const [name, entry] of Object.entries(files)) {
    // A manifest is data from elsewhere: it must not make the program read outside its own folder.
    if (path.isAbsolute(name) || /^[a-z]:/i.test(name) || name.split(/[\\/]/).includes('..'))
      return `the file name "${name}" leaves the model's folder`;
    if (!isObject(entry) || !/^[0-9a-f]{64}$/i.test(String(entry['sha256'])) || !Number.isInteger(entry['bytes']))
      return `"files" has no sha256 and bytes for "${name}"`;
  }
  return undefined;
}

function problemOfIntegers(name: string, value: unknown, fields: string[], least: number): string | undefined {
  if (!isObject(value)) return `"${name}" is missing`;
  const bad = fields.find((field) => !Number.isInteger(value[field]) || (value[field] as number) < least);
  return bad ? `"${name}.${bad}" must be a whole number of at least ${least}` : undefined;
}

/** Two special tokens with one id, or one that the vocabulary does not have, would be read as another's. */
function problemOfTokens(tokens: Record<string, number>, { vocabulary }: { vocabulary: number }): string | undefined {
  const names = [...new Set([...tokenFields, ...tasks])].filter((name) => tokens[name] !== undefined);
  const outside = names.find((name) => tokens[name]! >= vocabulary);
  if (outside) return `"specialTokens.${outside}" is beyond the vocabulary of ${vocabulary}`;
  const twice = names.find((name, index) => names.slice(0, index).some((other) => tokens[other] === tokens[name]));
  return twice ? `"specialTokens.${twice}" has the id of another one` : undefined;
}

function problemOfConfidence(confidence: unknown): string | undefined {
  if (confidence === undefined) return undefined;
  const isLogOdds = (value: unknown): value is Fields =>
    isObject(value) && Number(value['scale']) > 0 && Number.isFinite(value['offset']);
  if (!isLogOdds(confidence)) return '"confidence" needs a "scale" above 0 and an "offset"';
  const byType = confidence['byType'];
  if (byType === undefined || (isObject(byType) && Object.values(byType).every(isLogOdds))) return undefined;
  return '"confidence.byType" must hold a "scale" above 0 and an "offset" for each kind';
}

function problemOfNumbers(temperatures: unknown, thresholds: unknown): string | undefined {
  if (!isObject(temperatures) || ['operation', 'insertion', 'fill'].some((name) => !(Number(temperatures[name]) > 0)))
    return '"temperatures" needs operation, insertion and fill above 0';
  const correct = isObject(thresholds) ? thresholds['correct'] : undefined;
  if (!isObject(correct)) return '"thresholds.correct" is missing';
  for (const name of ['default', 'lexicon', 'highConfidence'])
    if (!isProbability(correct[name])) return `"thresholds.correct.${name}" must lie between 0 and 1`;
  if (!isObject(correct['byType']) || Object.values(correct['byType']).some((entry) => !isProbability(entry)))
    return '"thresholds.correct.byType" must hold numbers between 0 and 1';
  return problemOfLevels(correct['levels']);
}

function problemOfLevels(levels: unknown): string | undefined {
  if (levels === undefined) return undefined;
  const isTable = (value: unknown): boolean =>
    isObject(value) &&
    isProbability(value['default']) &&
    isObject(value['byType']) &&
    Object.values(value['byType']).every(isProbability);
  const missing = correctionLevels.find((name) => !isObject(levels) || !isTable(levels[name]));
  return missing && `"thresholds.correct.levels.${missing}" needs "default" and "byType" with numbers between 0 and 1`;
}

/** dtype -> file, in Transformers.js' naming; only files that the manifest lists. */
export function dtypesOf(manifest: Manifest): Map<string, string> {
  const found = new Map<string, string>();
  for (const name of Object.keys(manifest.files)) {
    const match = /^onnx\/model(?:_([a-z0-9]+))?\.onnx$/.exec(name);
    if (match) found.set(match[1] === undefined ? 'fp32' : match[1] === 'quantized' ? 'q8' : match[1], name);
  }
  return found;
}

/**
 * Which of the model's files to load.
 * @param dtype a name of `dtypesOf`, or "auto": int8 on a CPU (the fastest there), fp16 on a GPU
 * @throws ModelError when the model has no such file
 */
export function chooseDtype(manifest: Manifest, dtype: string, device: string): { dtype: string; file: string } {
  const found = dtypesOf(manifest);
  const wishes =
    dtype !== 'auto'
      ? [dtype]
      : device === 'cpu' || device === 'wasm'
        ? ['int8', 'q8', 'uint8', 'fp32', 'fp16']
        : ['fp16', 'fp32', 'int8', 'q8'];
  for (const wish of dtype === 'auto' ? [...wishes, ...found.keys()] : wishes) {
    const file = found.get(wish);
    if (file) return { dtype: wish, file };
  }
  if (found.size === 0) throw new ModelError(`The model "${manifest.name}" lists no ONNX file. Install it again.`);
  throw new ModelError(
    `The model "${manifest.name}" has no dtype "${dtype}" (it has ${[...found.keys()].join(', ')}). Choose one of these or "auto".`,
  );
}
