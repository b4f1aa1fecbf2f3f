/**
 * Golden traces: the reference decoders of the training package and these must agree token for
 * token over the real runtime.
 */
import { decoderNames, decoderRecords } from '../../../src/protocol/decoders';
import { decodersThat } from '../../../src/protocol/decoder-facts';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DecodeResult, DecoderSource, ModelTables } from '../../../src/decode/decoder';
import { decoders } from '../../../src/decode/index';
import type { Network } from '../../../src/decode/network';
import { SessionNetwork } from '../../../src/engine/model/onnx-network';
import { loadTables } from '../../../src/engine/model/decoder-tables';
import { createSession, type RuntimeSession } from '../../../src/engine/model/runtime';
import type { Manifest } from '../../../src/protocol/manifest';
import type { Step, Trace } from '../../../src/protocol/trace';
import { ByteLevelTokenizer } from '../../../src/text/byte-level';

interface Golden {
  trace: Trace;
  lexicon: NonNullable<DecoderSource['lexicon']>;
  result: DecodeResult;
  /** Fewer positions than the model has, so that a short text meets their limit. */
  positions?: number;
}

const folder = path.join(__dirname, '../../fixtures/tiny');
const names = readdirSync(path.join(folder, 'traces'))
  .filter((name) => name.endsWith('.json'))
  .sort();
const read = (name: string): Golden => JSON.parse(readFileSync(path.join(folder, 'traces', name), 'utf8')) as Golden;
const readJson = (name: string): never => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as never;
const manifest: Manifest = readJson('manifest.json');
/** By `trace.model.name`: "tiny-ctc" is the one whose head gives the blank. */
const networks = new Map<string, SessionNetwork>();
const sessions: RuntimeSession[] = [];
let tables: ModelTables;
let tokenizer: ByteLevelTokenizer;

beforeAll(async () => {
  for (const name of ['tiny', 'tiny-ctc']) {
    const own: Manifest = readJson(`../${name}/manifest.json`);
    const session = await createSession({
      file: () => path.join(folder, `../${name}/onnx/model.onnx`),
      device: 'cpu',
      threads: 1,
    });
    sessions.push(session);
    networks.set(name, new SessionNetwork(session, own.graph, own.specialTokens, own.capabilities));
  }
  tables = await loadTables(folder, manifest);
  tokenizer = ByteLevelTokenizer.fromJson(readJson('tokenizer.json'), readJson('tokenizer_config.json'));
});
afterAll(async () => {
  for (const session of sessions) await session.release();
});

/** Numbers within `tolerance`, everything else equal; names the first place that differs. */
function expectClose(actual: unknown, expected: unknown, where: string, tolerance = 1e-4): void {
  if (typeof expected === 'number' && typeof actual === 'number') {
    if (!(Math.abs(actual - expected) <= tolerance))
      throw new Error(`${where}: ${actual}, the reference has ${expected}`);
  } else if (Array.isArray(expected) && Array.isArray(actual)) {
    if (actual.length !== expected.length)
      throw new Error(`${where}: ${actual.length} entries, the reference has ${expected.length}`);
    expected.forEach((value, index) => expectClose(actual[index], value, `${where}[${index}]`, tolerance));
  } else if (typeof expected === 'object' && expected !== null && typeof actual === 'object' && actual !== null) {
    const keys = new Set([...Object.keys(expected), ...Object.keys(actual)]);
    for (const key of keys)
      expectClose(
        (actual as Record<string, unknown>)[key],
        (expected as Record<string, unknown>)[key],
        `${where}.${key}`,
        tolerance,
      );
  } else if (actual !== expected) {
    throw new Error(`${where}: ${JSON.stringify(actual)}, the reference has ${JSON.stringify(expected)}`);
  }
}

describe('golden traces', () => {
  it.each(names)('%s', async (name) => {
    const { trace, lexicon, result, positions } = read(name);
    const whole = networks.get(trace.model.name)!;
    const network: Network = {
      graph: { ...whole.graph, maximumPositions: positions ?? whole.graph.maximumPositions },
      specialTokens: whole.specialTokens,
      capabilities: whole.capabilities,
      forward: (request) => whole.forward(request),
    };
    expect(tokenizer.encode(trace.sourceText).ids).toEqual(trace.source.map(({ id }) => id));
    const source: DecoderSource = {
      task: trace.task,
      ids: trace.source.map(({ id }) => id),
      protected: Uint8Array.from(trace.source, (token) => (token.protected ? 1 : 0)),
      lexicon,
    };
    const steps: Step[] = [];
    const generator = decoders[trace.system](
      { network, tables, text: (id) => tokenizer.tokenText(id), now: () => 0 },
      source,
      trace.options,
    );
    let next = await generator.next();
    for (; !next.done; next = await generator.next()) steps.push(next.value);
    expectClose(steps, trace.steps, 'steps');
    expectClose(next.value, result, 'result');
    expect(tokenizer.decode(next.value.ids)).toBe(trace.output);
  });

  it('cover every decoder and everything that a correction can do', () => {
    const all = names.map(read);
    expect(new Set(all.map(({ trace }) => trace.system))).toEqual(
      new Set(decodersThat(({ reference }) => reference !== false)),
    );
    const corrections = all.filter(({ trace }) => trace.system === 'edit-tags' || trace.system === 'levenshtein');
    const steps = corrections.flatMap(({ trace }) => trace.steps);
    const fills = steps.filter(({ action }) => action === 'fill').flatMap(({ tokens }) => tokens);
    for (const state of ['kept', 'deleted', 'changed', 'inserted'] as const)
      expect(
        fills.some((token) => token.state === state),
        state,
      ).toBe(true);
    expect(fills.some((token) => token.id === manifest.specialTokens.drop)).toBe(true);
    expect(steps.some(({ tokens }) => tokens.some(({ gap }) => gap && gap.count > 1))).toBe(true);
    expect(steps.some(({ leadingGap }) => leadingGap)).toBe(true);
    expect(corrections.some(({ trace }) => trace.passes > 5)).toBe(true);
    expect(corrections.some(({ result }) => result.edits!.some((edit) => edit.lexicon))).toBe(true);
    const passesOf = (name: string) =>
      all
        .filter(({ trace }) => trace.system === name)
        .map(({ trace }) => trace.steps.filter(({ action }) => action === 'predict').length);
    for (const name of ['mist', 'mist-cached']) expect(passesOf(name), name).toEqual(expect.arrayContaining([1, 3, 6])); // iterations
    for (const name of ['mask-predict', 'janus', 'noisy-parallel']) {
      expect(
        all.some(
          ({ trace }) => trace.system === name && trace.steps.filter(({ action }) => action === 'rerank').length === 2,
        ),
        name,
      ).toBe(true);
    }
    expect(all.some(({ trace }) => trace.options.exact === false)).toBe(true);
    for (const name of decoderNames.filter((one) => decoderRecords[one].draft === 'prefix'))
      expect(
        all.some(({ trace }) => trace.system === name && trace.options.draft),
        name,
      ).toBe(true);
    const stops = new Set(all.map(({ result }) => result.stop));
    for (const stop of ['fixed', 'stable', 'budget'] as const) expect(stops, stop).toContain(stop);
  });
});
