/** The attention picture against the masks that the decoders send: same rows, same ones. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { blockwiseCausalMask, causalTwoStreamMask, relaxedCausalMask } from '../../../src/decode/attention-mask';
import type { Trace } from '../../../src/protocol/trace';
import { attentionOf, drawnStreams, mostDrawn } from '../../../src/webview/logic/attention';
import { step, token } from './tokens';

const folder = path.resolve(__dirname, '../../fixtures/tiny/traces');
const names = readdirSync(folder).filter((name) => /^(autoregressive|semi-auto|blockwise|janus)/.test(name));
const flat = (sees: boolean[][]) => sees.flat().map(Number);

describe.each(names)('who sees whom in %s', (name) => {
  const { trace } = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as { trace: Trace };
  it('is what went through the network', () => {
    let shown = 0;
    trace.steps.forEach((one, index) => {
      const attention = attentionOf(trace.steps, index, trace.options);
      if (!attention) return;
      shown++;
      const content = attention.streams.filter(({ kind }) => kind === 'content').length,
        queries = attention.streams.length - content;
      expect(attention.streams).toHaveLength(one.queryTokens);
      expect(attention.source).toBe(trace.source.length);
      const given = one.tokens.filter(({ state }) => state === 'given').length;
      const first = attention.earlier === 0;
      const blockSize = trace.system === 'semi-autoregressive' ? (trace.options.blockSize ?? 4) : 1;
      const mask =
        attention.mode === 'verify'
          ? causalTwoStreamMask(queries, content - queries)
          : first
            ? blockwiseCausalMask(given, blockSize, queries)
            : relaxedCausalMask(content, queries);
      expect(flat(attention.sees)).toEqual([...mask]);
    });
    if (trace.system !== 'janus' && trace.steps.length > 1) expect(shown).toBeGreaterThan(0);
  });
});

describe('the attention picture', () => {
  const encode = step([token('a', { sourceIndex: 0 })], { system: 'autoregressive', action: 'encode' });
  const fresh = (text: string) => token(text, { state: 'new' });
  it('counts what lies in the cache, and names each row', () => {
    const steps = [
      encode,
      step([fresh('X')], { system: 'autoregressive', action: 'predict', queryTokens: 2 }),
      step([token('X'), fresh(' y')], { system: 'autoregressive', action: 'predict', queryTokens: 2 }),
      step([token('X'), token(' y'), fresh('.')], { system: 'autoregressive', action: 'predict', queryTokens: 2 }),
    ];
    expect(attentionOf(steps, 1, {})).toMatchObject({
      source: 1,
      earlier: 0,
      streams: [
        { kind: 'content', text: '‹begin›' },
        { kind: 'query', text: 'X' },
      ],
    });
    expect(attentionOf(steps, 3, {})).toMatchObject({
      earlier: 2,
      streams: [
        { kind: 'content', text: ' y' },
        { kind: 'query', text: '.' },
      ],
      sees: [
        [true, false],
        [true, true],
      ],
    });
  });
  it('is not there for passes that see everything at once', () => {
    expect(attentionOf([encode], 0, {})).toBeUndefined();
    expect(
      attentionOf([encode, step([fresh('a')], { system: 'mask-predict', action: 'predict', queryTokens: 5 })], 1, {}),
    ).toBeUndefined();
    expect(
      attentionOf([encode, step([fresh('a')], { system: 'janus', action: 'predict', queryTokens: 3 })], 1, {}),
    ).toBeUndefined();
    expect(attentionOf([], 0, {})).toBeUndefined();
  });
  it('draws a long block where content and queries meet', () => {
    const block = Array.from({ length: 40 }, (_, index) => fresh(` w${index}`));
    const steps = [
      encode,
      step(block, { system: 'semi-autoregressive', action: 'predict', queryTokens: 41 }),
      step([...block.map((one) => token(one.text)), ...block], {
        system: 'semi-autoregressive',
        action: 'predict',
        queryTokens: 80,
      }),
    ];
    const attention = attentionOf(steps, 2, { blockSize: 40 })!;
    expect(attention.streams).toHaveLength(80);
    expect(drawnStreams(attention)).toEqual(
      Array.from({ length: 2 * mostDrawn }, (_, index) => 40 - mostDrawn + index),
    );
  });
});
