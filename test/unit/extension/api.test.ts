/** What other extensions get, against an engine that only notes what it is asked. */
import { describe, expect, it, vi } from 'vitest';

vi.mock('vscode', () => ({
  CancellationTokenSource: class {
    readonly token = { isCancellationRequested: false, cancelled: (): void => undefined };
    cancel(): void {
      this.token.isCancellationRequested = true;
      this.token.cancelled();
    }
    dispose(): void {}
  },
}));

import { extensionApi } from '../../../src/extension/api/api';
import { defaultSettings } from '../../../src/protocol/settings';

type Engine = Parameters<typeof extensionApi>[0];
interface Asked {
  text: string;
  [name: string]: unknown;
}

function started(tasks: string[] = ['fix', 'rephrase', 'summarize']) {
  const asked: Asked[] = [];
  const engine = {
    start: async () => void asked.push({ text: 'start' }),
    models: async () => [{ tasks }],
    correct: async (params: Asked) => {
      asked.push(params);
      const correction = {
        startIndex: 0,
        endIndex: 1,
        correction: 'b',
        type: 'spelling',
        explanation: 'x',
        confidence: 1,
      };
      return { output: 'b', corrections: [{ ...correction, lexicon: true, raw: 0.5, keys: [] }] };
    },
    paraphrase: async (params: Asked) => {
      asked.push(params);
      return params.text === 'none'
        ? { candidates: [], startIndex: 0, endIndex: 4 }
        : { candidates: [{ text: 'NEW' }], startIndex: 2, endIndex: 4 };
    },
    // Never answers, unless it is cancelled.
    summarize: (params: Asked, token: { cancelled: () => void }) => {
      asked.push(params);
      return new Promise((_, reject) => (token.cancelled = () => reject(new Error('Canceled'))));
    },
  };
  const settings = { ...defaultSettings, dictionary: ['teh'] };
  const api = extensionApi(engine as unknown as Engine, { settingsOf: async () => settings });
  return { api, asked };
}

describe('the interface for other extensions', () => {
  it('proofreads in the browser’s shape, under the settings of the person', async () => {
    const { api, asked } = started();
    expect(api.apiVersion).toBe(1);
    const proofreader = await api.Proofreader.create({ inputFormat: 'plain' });
    expect(await proofreader.proofread('a')).toEqual({
      correctedInput: 'b',
      corrections: [{ startIndex: 0, endIndex: 1, correction: 'b', type: 'spelling', explanation: 'x', confidence: 1 }],
    });
    expect(asked.map(({ text }) => text)).toEqual(['start', 'a']);
    expect(asked[1]).toMatchObject({ format: 'plain', dictionary: ['teh'], level: 'balanced' });
  });

  it('rewrites the sentences and keeps what stands around them', async () => {
    const { api, asked } = started();
    const rewriter = await api.Rewriter.create({ length: 'shorter' });
    expect(await rewriter.rewrite('a bb c')).toBe('a NEW c');
    expect(asked.at(-1)).toMatchObject({ mode: 'shorter', format: 'markdown' });
    expect(await rewriter.rewrite('none')).toBe('none');
  });

  it.each([
    [{}, 'sentence'],
    [{ length: 'long' }, 'short'],
    [{ type: 'headline', length: 'long' }, 'headline'],
    [{ type: 'key-points' }, 'key-sentences'],
  ] as const)('summarizes with %j as %s, and is aborted with the reason of its signal', async (options, length) => {
    const { api, asked } = started();
    const summarizer = await api.Summarizer.create(options);
    const controller = new AbortController();
    const run = summarizer.summarize('text', { signal: controller.signal });
    await vi.waitFor(() => expect(asked.at(-1)).toMatchObject({ length }));
    controller.abort(new Error('enough'));
    await expect(run).rejects.toThrow('enough');
  });

  it('ends with its signal of creation and when it is destroyed', async () => {
    const { api } = started();
    const controller = new AbortController();
    const proofreader = await api.Proofreader.create({ signal: controller.signal });
    controller.abort();
    await expect(proofreader.proofread('a')).rejects.toMatchObject({ name: 'AbortError' });
    await expect(api.Proofreader.create({ signal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' });
    const summarizer = await api.Summarizer.create();
    const run = summarizer.summarize('text');
    summarizer.destroy();
    await expect(run).rejects.toMatchObject({ name: 'InvalidStateError' });
    await expect(summarizer.summarize('text')).rejects.toMatchObject({ name: 'InvalidStateError' });
  });

  it('says what it cannot do', async () => {
    const { api } = started(['fix']);
    const all = async (): Promise<string[]> => [
      await api.Proofreader.availability(),
      await api.Rewriter.availability(),
      await api.Summarizer.availability(),
    ];
    expect(await all()).toEqual(['available', 'unavailable', 'unavailable']);
    const odd = { tone: 'more-formal' } as never;
    expect(await started().api.Rewriter.availability(odd)).toBe('unavailable');
    await expect(api.Rewriter.create(odd)).rejects.toMatchObject({ name: 'NotSupportedError' });
    await expect(api.Rewriter.create({ tone: 'simpler', length: 'shorter' })).rejects.toThrow(/shorter or simpler/);
    await expect(api.Summarizer.create({ type: 'teaser' as never })).rejects.toThrow(/"type" must be one of tldr/);
  });
});
