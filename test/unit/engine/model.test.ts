import { cpSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ModelError } from '../../../src/engine/errors';
import { chooseDtype, readManifest } from '../../../src/engine/model/read-manifest';
import { loadModel } from '../../../src/engine/model/model';
import { findModel, listModels } from '../../../src/engine/model/model-folders';
import type { Task } from '../../../src/protocol/trace';
import { changeManifest, copyTiny, onnxFile, readJson, sealManifest, temporaryFolder } from './model-folder';

let parent: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  parent = temporaryFolder();
});
afterEach(() => parent.remove());

const load = (folder: string, dtype = 'auto'): ReturnType<typeof loadModel> =>
  loadModel({ bundled: parent.folder, path: folder, device: 'cpu', dtype, threads: 1 });

async function messageOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ModelError);
  return (error as Error).message;
}

describe('loadModel', () => {
  it('loads a whole model and answers with it', async () => {
    const model = await load(copyTiny(parent.folder));
    const { begin, fix, end, mask } = model.network.specialTokens;
    const ids = [begin, fix, ...model.tokenizer.encode('a b').ids, end];
    const positions = ids.map((_, index) => index);
    const result = await model.network.forward({
      batch: 1,
      length: ids.length,
      tokenIds: ids,
      positions,
      segments: ids.map(() => 0),
      logitPositions: [1, 2],
    });
    expect(result.candidateIds).toHaveLength(2 * model.manifest.graph.candidates);
    expect(result.operationLogits).toHaveLength(ids.length * 3);
    // Eight different candidates, best first, and none of them a special token besides <drop> and <end>.
    for (const row of [0, 1]) {
      const best = [...result.candidateIds.subarray(row * 8, row * 8 + 8)];
      expect(new Set(best).size).toBe(8);
      expect(best.every((id) => id >= 32 || id === model.network.specialTokens.drop || id === end)).toBe(true);
      const scores = [...result.candidateLogProbs.subarray(row * 8, row * 8 + 8)];
      expect(scores).toEqual([...scores].sort((a, b) => b - a));
    }
    // The score of the best candidate, asked for by its id, is its log-probability.
    const again = await model.network.forward({
      batch: 1,
      length: ids.length,
      tokenIds: ids,
      positions,
      segments: ids.map(() => 0),
      logitPositions: [1],
      scoreIds: [result.candidateIds[0]!],
    });
    expect(again.scoreLogProbs[0]).toBeCloseTo(result.candidateLogProbs[0]!, 4);
    expect(mask).toBe(1);
    await model.release();
  });

  it('names a missing folder, and a folder without a model', async () => {
    expect(await messageOf(load(path.join(parent.folder, 'nowhere')))).toMatch(
      /nowhere does not exist\. Choose another one/,
    );
    expect(await messageOf(load(parent.folder))).toMatch(/manifest\.json is missing\. Choose a folder/);
    expect(await messageOf(load(''))).toMatch(/No model is installed/);
  });

  it('names a missing file', async () => {
    const folder = copyTiny(parent.folder);
    rmSync(onnxFile(folder));
    expect(await messageOf(load(folder))).toMatch(/is incomplete: .*\.onnx is missing\. Install it again/);
  });

  it('names a truncated file with its sizes', async () => {
    const folder = copyTiny(parent.folder);
    truncateSync(onnxFile(folder), 1000);
    expect(await messageOf(load(folder))).toMatch(/is truncated: .* has 1000 of \d+ bytes/);
  });

  it('names a file with one changed byte', async () => {
    const folder = copyTiny(parent.folder);
    const bytes = readFileSync(onnxFile(folder));
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(onnxFile(folder), bytes);
    expect(await messageOf(load(folder))).toMatch(/corrupt or was changed: the SHA-256/);
  });

  it('names a changed tokenizer', async () => {
    const folder = copyTiny(parent.folder);
    const file = path.join(folder, 'tokenizer.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^\{/, '{ '));
    expect(await messageOf(load(folder))).toMatch(
      /was changed: .*tokenizer\.json has \d+ bytes, its manifest says \d+/,
    );
  });

  it('refuses a file that is no ONNX model, however well its checksum fits', async () => {
    const folder = copyTiny(parent.folder);
    writeFileSync(onnxFile(folder), 'this is no model');
    sealManifest(folder);
    expect(await messageOf(load(folder))).toMatch(/ONNX Runtime does not accept/);
  });

  it.each<
    [
      string,
      (graph: {
        layers: number;
        heads: number;
        headSize: number;
        maximumPositions: number;
        vocabulary: number;
      }) => void,
    ]
  >([
    ['layers', (graph) => graph.layers++],
    [
      'heads and their size',
      (graph) => {
        graph.heads *= 2;
      },
    ],
    ['positions', (graph) => (graph.maximumPositions += 100)],
    ['vocabulary', (graph) => (graph.vocabulary += 100)],
  ])('finds a graph that does not have the shape of its manifest: %s', async (_name, change) => {
    const folder = copyTiny(parent.folder);
    changeManifest(folder, (manifest) => void change(manifest.graph));
    expect(await messageOf(load(folder))).toMatch(/shape/);
  });

  it('takes the dtype of the device that is really used', async () => {
    const folder = copyTiny(parent.folder);
    cpSync(onnxFile(folder), path.join(folder, 'onnx/model_int8.onnx'));
    cpSync(onnxFile(folder), path.join(folder, 'onnx/model_fp16.onnx'));
    changeManifest(folder, (manifest) => {
      for (const name of ['onnx/model_int8.onnx', 'onnx/model_fp16.onnx'])
        manifest.files[name] = manifest.files['onnx/model.onnx']!;
    });
    const messages: string[] = [];
    // None of these providers works everywhere; one that is missing or fails ends on the CPU.
    const device = process.platform === 'win32' ? 'coreml' : 'dml';
    const model = await loadModel({
      bundled: parent.folder,
      path: folder,
      device,
      dtype: 'auto',
      threads: 1,
      onFallback: (message) => messages.push(message),
    });
    expect([model.device, model.dtype, messages.length]).toEqual(['cpu', 'int8', 1]);
    await model.release();
  });

  it('offers the graphs that are there: a package may leave some out', async () => {
    const folder = copyTiny(parent.folder);
    changeManifest(folder, (manifest) => {
      manifest.files['onnx/model_fp16.onnx'] = manifest.files['onnx/model.onnx']!;
    });
    const model = await load(folder);
    expect(model.dtype).toBe('fp32');
    await model.release();
    expect(Object.keys((await readManifest(folder)).files)).not.toContain('onnx/model_fp16.onnx');
    expect(await messageOf(load(folder, 'fp16'))).toMatch(/no dtype "fp16" \(it has fp32\)/);
  });

  it('refuses a vocabulary with the same tokens in another order, however well its checksum fits', async () => {
    const folder = copyTiny(parent.folder);
    const file = path.join(folder, 'tokenizer.json');
    const tokenizer = readJson<{ model: { vocab: Record<string, number> } }>(file);
    const { vocab } = tokenizer.model;
    [vocab['a'], vocab['b']] = [vocab['b']!, vocab['a']!];
    writeFileSync(file, JSON.stringify(tokenizer));
    sealManifest(folder);
    expect(await messageOf(load(folder))).toMatch(
      /was trained with another vocabulary than that of .*tokenizer\.json\. Install the model again\.$/,
    );
  });

  it('refuses a tokenizer that is none', async () => {
    const folder = copyTiny(parent.folder);
    writeFileSync(path.join(folder, 'tokenizer.json'), '{"model":');
    sealManifest(folder);
    expect(await messageOf(load(folder))).toMatch(/tokenizer of the model .* cannot be read/);
  });
});

describe('manifest', () => {
  it.each([
    ['not JSON', () => '{', /not valid JSON/],
    [
      'another format',
      (text: string) => text.replace(/"formatVersion":\s*1/, '"formatVersion": 9'),
      /formatVersion is 9, this program reads 1/,
    ],
    ['a list', () => '[]', /not an object/],
    ['a number that is none', (text: string) => text.replace(/"layers":\s*\d+/, '"layers": "two"'), /graph\.layers/],
    [
      'a file outside the folder',
      (text: string) => text.replace('"tokenizer.json"', '"../tokenizer.json"'),
      /leaves the model's folder/,
    ],
    [
      'an impossible threshold',
      (text: string) => text.replace(/"highConfidence":\s*[\d.]+/, '"highConfidence": 7'),
      /highConfidence/,
    ],
  ])('tells what is wrong: %s', async (_name, change, expected) => {
    const folder = copyTiny(parent.folder);
    const file = path.join(folder, 'manifest.json');
    const before = readFileSync(file, 'utf8');
    const after = change(before);
    expect(after).not.toBe(before);
    writeFileSync(file, after);
    expect(await messageOf(readManifest(folder))).toMatch(expected);
  });

  it('chooses int8 on a CPU, fp16 on a GPU, and says which dtypes there are', async () => {
    const manifest = await readManifest(copyTiny(parent.folder));
    const entry = { sha256: '0'.repeat(64), bytes: 1 };
    manifest.files = {
      'onnx/model.onnx': entry,
      'onnx/model_fp16.onnx': entry,
      'onnx/model_int8.onnx': entry,
      'tokenizer.json': entry,
    };
    expect(chooseDtype(manifest, 'auto', 'cpu').file).toBe('onnx/model_int8.onnx');
    expect(chooseDtype(manifest, 'auto', 'webgpu').file).toBe('onnx/model_fp16.onnx');
    expect(chooseDtype(manifest, 'fp32', 'cpu')).toEqual({ dtype: 'fp32', file: 'onnx/model.onnx' });
    expect(() => chooseDtype(manifest, 'q4', 'cpu')).toThrow(/no dtype "q4" \(it has fp32, fp16, int8\)/);
  });
});

describe('finding models', () => {
  it('takes for a task the model that serves fewest, and a bundled one where the chosen one does not serve it', async () => {
    const only = (folder: string, ...tasks: Task[]): string => {
      changeManifest(folder, (manifest) => (manifest.tasks = tasks));
      return folder;
    };
    copyTiny(parent.folder, 'nar-base');
    only(copyTiny(parent.folder, 'nar-correct'), 'fix');
    const nameFor = async (setting: string, task: Task, told: string[] = []): Promise<string> =>
      path.basename(await findModel(parent.folder, setting, task, (message) => told.push(message)));
    expect(await nameFor('', 'fix')).toBe('nar-correct');
    expect(await nameFor('', 'summarize')).toBe('nar-base');
    const told: string[] = [];
    expect(await nameFor(path.join(parent.folder, 'nar-base'), 'fix', told)).toBe('nar-base');
    expect(told).toEqual([]);
    expect(await nameFor(path.join(parent.folder, 'nar-correct'), 'shorten', told)).toBe('nar-base');
    expect(told).toEqual(['The chosen model (nar-correct) does not serve "shorten"; the bundled nar-base does it.']);
    only(path.join(parent.folder, 'nar-base'), 'rephrase');
    expect(await messageOf(findModel(parent.folder, '', 'summarize'))).toMatch(/No model in .* serves "summarize"/);
    // A manifest that cannot be read is told only where nothing else serves the task.
    writeFileSync(path.join(parent.folder, 'nar-correct', 'manifest.json'), '{');
    expect(await nameFor('', 'rephrase')).toBe('nar-base');
    expect(await messageOf(findModel(parent.folder, '', 'fix'))).toContain('is not valid JSON');
    // One model alone is asked as well.
    rmSync(path.join(parent.folder, 'nar-correct'), { recursive: true });
    expect(await messageOf(findModel(parent.folder, '', 'fix'))).toMatch(/No model in .* serves "fix"/);
  });

  it('does without a graph that the package left out', async () => {
    const folder = copyTiny(parent.folder);
    changeManifest(folder, (manifest) => {
      manifest.files['onnx/model_int8.onnx'] = { sha256: '0'.repeat(64), bytes: 1 };
    });
    const model = await load(folder);
    expect(model.dtype).toBe('fp32');
    await model.release();
    expect((await listModels(parent.folder, ''))[0]!.dtypes).toEqual(['fp32']);
    expect(await messageOf(load(folder, 'int8'))).toContain('has no dtype "int8" (it has fp32)');
  });

  it('takes nar-base first, else the first one; lists whole ones only', async () => {
    copyTiny(parent.folder, 'alpha');
    expect(path.basename(await findModel(parent.folder, ''))).toBe('alpha');
    copyTiny(parent.folder, 'nar-base');
    expect(path.basename(await findModel(parent.folder, ''))).toBe('nar-base');
    writeFileSync(path.join(copyTiny(parent.folder, 'broken'), 'manifest.json'), '{}');
    const models = await listModels(parent.folder, '');
    expect(models.map((model) => path.basename(model.folder))).toEqual(['alpha', 'nar-base']);
    expect(models[0]!.bytes).toBeGreaterThan(1000);
  });
});
