import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunRequest } from '../../../src/protocol/panel';
import { reduce, requestToRun, type PanelEvent } from '../../../src/webview/logic/reduce';
import { restore, save } from '../../../src/webview/logic/saved-state';
import { initialState, sourceOf, type PanelState } from '../../../src/webview/logic/state';
import { checkTrace } from '../../../src/webview/logic/validate-trace';
import { step, token, trace } from './tokens';

const request: RunRequest = {
  text: 'It work.',
  task: 'fix',
  format: 'plain',
  decoder: 'levenshtein',
  options: { passes: 2 },
};
const play = (state: PanelState, ...events: PanelEvent[]) => events.reduce(reduce, state);
const steps = [step([token('It')], { action: 'encode' }), step([token('It'), token(' works')])];
const finished = { type: 'runFinished', runId: 'r', trace: trace({ steps }) } as const;
const started = { type: 'runStarted', runId: 'r', request } as const;

describe('a live run', () => {
  it('follows the newest step until the person chooses one', () => {
    let state = play(initialState, started, { type: 'steps', runId: 'r', steps });
    expect(state).toMatchObject({ phase: 'running', stepIndex: 1, follow: true });
    state = play(state, { type: 'move', by: -1 }, { type: 'steps', runId: 'r', steps: [step([])] });
    expect(state).toMatchObject({ stepIndex: 0, follow: false });
    expect(reduce(state, finished)).toMatchObject({ phase: 'done', stepIndex: 0 });
  });
  it('ignores steps and ends of another run', () => {
    const state = play(initialState, started);
    expect(reduce(state, { type: 'steps', runId: 'old', steps })).toBe(state);
    expect(reduce(state, { ...finished, runId: 'old' })).toBe(state);
    expect(reduce(state, { type: 'runFailed', runId: 'old', message: 'x', cancelled: false })).toBe(state);
  });
  it('keeps the steps that were done when it is cancelled, and tells why it failed', () => {
    const state = play(initialState, started, { type: 'steps', runId: 'r', steps });
    expect(reduce(state, { type: 'runFailed', runId: 'r', message: '', cancelled: true })).toMatchObject({
      phase: 'cancelled',
      steps,
    });
    expect(reduce(state, { type: 'runFailed', runId: 'r', message: 'No model.', cancelled: false })).toMatchObject({
      phase: 'failed',
      failure: 'No model.',
    });
    expect(reduce(state, { ...finished, trace: trace({ steps, stop: 'cancelled' }) }).phase).toBe('cancelled');
  });
  it('forgets the run before', () => {
    const before = play(
      initialState,
      started,
      finished,
      { type: 'substituted', substitution: { step: 1, position: 0, id: 5, text: 'x' } },
      { type: 'lock', index: 0 },
    );
    const state = reduce(before, { ...started, runId: 's' });
    expect(state).toMatchObject({ steps: [], substitutions: [], locked: [0] });
    expect(state.trace).toBeUndefined();
  });
});

describe('steps', () => {
  const done = play(initialState, started, finished);
  it('stays within the run whatever is asked', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 5 })), (moves) => {
        const state = play(done, ...moves.map((by) => ({ type: 'move', by }) as const));
        expect(state.stepIndex).toBeGreaterThanOrEqual(0);
        expect(state.stepIndex).toBeLessThan(steps.length);
      }),
    );
  });
  it('plays from the start when it stands at the end, and stops there', () => {
    let state = reduce(done, { type: 'play', playing: true });
    expect(state).toMatchObject({ playing: true, stepIndex: 0 });
    state = reduce(state, { type: 'tick' });
    expect(state).toMatchObject({ playing: false, stepIndex: 1 });
    expect(reduce(state, { type: 'tick' })).toBe(state);
    expect(play(done, { type: 'play', playing: true }, { type: 'select', index: 1 }).playing).toBe(false);
  });
});

describe('the form', () => {
  it('sends locks, drops them with the text, and never sends an old draft', () => {
    const state = play(
      { ...initialState, request: { ...request, options: { passes: 2, draft: [1] } } },
      { type: 'lock', index: 3 },
      { type: 'lock', index: 1 },
    );
    expect(requestToRun(state).options).toEqual({ passes: 2, lockedTokens: [1, 3] });
    expect(requestToRun(reduce(state, { type: 'lock', index: 3 })).options).toEqual({ passes: 2, lockedTokens: [1] });
    expect(requestToRun(reduce(state, { type: 'edit', change: { text: 'Other' } })).options).toEqual({ passes: 2 });
    const elsewhere = reduce(state, { type: 'edit', change: { decoder: 'mist' } });
    expect(requestToRun(elsewhere).options, 'a decoder that keeps no locks').toEqual({ passes: 2 });
    expect(
      requestToRun(reduce(elsewhere, { type: 'edit', change: { decoder: 'voting' } })).options.lockedTokens,
      'they are not forgotten',
    ).toEqual([1, 3]);
  });
  it('leaves the passes of a decoder that writes from left to right out, unless a number was chosen for it', () => {
    const choose = (state: PanelState, decoder: RunRequest['decoder']) =>
      reduce(state, { type: 'edit', change: { decoder } });
    const options = (state: PanelState) => requestToRun(state).options;
    const parallel = { ...initialState, request: { ...request, options: { passes: 3 } } };
    expect(options(choose(parallel, 'autoregressive'))).toEqual({});
    const chosen = reduce(choose(parallel, 'autoregressive'), { type: 'passes', passes: 11 });
    expect(options(chosen)).toEqual({ passes: 11 });
    expect(options(choose(chosen, 'janus'))).toEqual({ passes: 11 });
    expect(options(reduce(chosen, { type: 'passes', passes: 'end' }))).toEqual({});
    expect(options(choose(choose(parallel, 'autoregressive'), 'mist')), 'back: the usual number').toEqual({
      passes: 5,
    });
  });
  it('replaces a choice at the same place and takes back those of the current step', () => {
    const done = play(initialState, started, finished);
    const choose = (at: number, id: number) =>
      ({ type: 'substituted', substitution: { step: at, position: 0, id, text: 'x' } }) as const;
    const state = play(done, choose(1, 7), choose(1, 8), choose(0, 9));
    expect(state.substitutions.map(({ id }) => id)).toEqual([8, 9]);
    expect(reduce(state, { type: 'restoreTokens' }).substitutions.map(({ id }) => id)).toEqual([9]);
  });
});

describe('opening a file', () => {
  it('shows the trace and takes its task, decoder and text into the form, without a place in the editor', () => {
    const file = trace({
      steps,
      options: { passes: 3, draft: [4], lockedTokens: [1] },
      system: 'mist',
      task: 'shorten',
    });
    const state = reduce(
      { ...initialState, origin: { uri: 'file:///a', start: 0, end: 1, text: 'a', label: 'a' } },
      { type: 'imported', name: 'a.json', json: JSON.stringify(file) },
    );
    expect(state).toMatchObject({
      phase: 'done',
      file: 'a.json',
      locked: [1],
      request: { text: 'It work.', task: 'shorten', decoder: 'mist', options: { passes: 3 } },
    });
    expect(state.origin).toBeUndefined();
    expect(state.request.options.draft).toBeUndefined();
  });
  it('keeps what is shown when the file is no trace', () => {
    const done = play(initialState, started, finished);
    const state = reduce(done, { type: 'imported', name: 'b.json', json: '{"version":3}' });
    expect(state.notice).toMatchObject({
      level: 'error',
      message: expect.stringMatching(/^b\.json was not opened\. This trace has version 3/),
    });
    expect(state.trace).toBe(done.trace);
    expect(reduce(state, { type: 'dismiss' }).notice).toBeUndefined();
  });
});

describe('saved state', () => {
  it('comes back with trace, step and switches', () => {
    const state = play(
      initialState,
      { type: 'init', request, run: true },
      started,
      finished,
      { type: 'move', by: -1 },
      { type: 'measure', measure: 'entropy' },
      { type: 'lock', index: 1 },
    );
    const again = restore(JSON.parse(JSON.stringify(save(state))), checkTrace);
    expect(again).toMatchObject({
      phase: 'done',
      stepIndex: 0,
      measure: 'entropy',
      locked: [1],
      runId: 'r',
      request,
      shown: request,
      trace: state.trace,
    });
  });
  it('leaves out a trace that is too large, and then starts from the text', () => {
    const large = trace({ steps, output: 'x'.repeat(4_100_000) });
    const state = play(initialState, { type: 'init', request, run: true }, started, { ...finished, trace: large });
    const again = restore(save(state), checkTrace);
    expect(again).toMatchObject({ phase: 'empty', request, steps: [] });
  });
  it('survives a saved state that is damaged or from another version', () => {
    for (const saved of [undefined, null, 3, {}, { version: 2 }]) expect(restore(saved, checkTrace)).toBe(initialState);
    const damaged = { ...save(play(initialState, started, finished)), trace: { version: 1 } };
    expect(restore(damaged, checkTrace)).toMatchObject({ phase: 'empty', steps: [] });
  });
});

describe('the source while a run goes on', () => {
  it('is what the first step read', () => {
    const read = step(
      [token('It', { state: 'given', sourceIndex: 0 }), token(' work', { state: 'given', sourceIndex: 1 })],
      { action: 'encode' },
    );
    const state = play(initialState, started, { type: 'steps', runId: 'r', steps: [read] });
    expect(sourceOf(state).map(({ text }) => text)).toEqual(['It', ' work']);
    expect(sourceOf(reduce(state, finished))).toHaveLength(3);
  });
});
