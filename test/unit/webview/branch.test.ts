import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decoderRecords } from '../../../src/protocol/decoders';
import type { RunRequest } from '../../../src/protocol/panel';
import { branchRequest, draftToRefine } from '../../../src/webview/logic/branch';
import { reduce, requestToRun, type PanelEvent } from '../../../src/webview/logic/reduce';
import { initialState, type PanelState } from '../../../src/webview/logic/state';
import { slot, step, token, trace } from './tokens';

const sure = (text: string, probability: number) => token(text, { logProbability: Math.log(probability) });
const play = (state: PanelState, ...events: PanelEvent[]) => events.reduce(reduce, state);

describe('a draft to refine', () => {
  const tokens = [
    token('Given'),
    sure(' sure', 0.95),
    sure(' chosen', 0.1),
    sure(' unsure', 0.5),
    slot(),
    { ...sure(' gone', 0.2), state: 'deleted' as const },
  ];
  const ids = tokens.map(({ id }) => id);
  it('with slots opens what the network was unsure of, and keeps the choice, what was given and what was sure', () => {
    expect(draftToRefine(tokens, new Set([2]), 'slots')).toEqual({
      draft: [ids[0], ids[1], ids[2], 1, 1],
      lockedDraft: [2],
    });
  });
  it('with slots opens the neighbours of the choice where everything is sure, and everything where nothing was chosen', () => {
    const four = ['a', ' b', ' c', ' d'].map((text) => sure(text, 0.99));
    expect(draftToRefine(four, new Set([1]), 'slots').draft).toEqual([1, four[1]!.id, 1, four[3]!.id]);
    expect(draftToRefine(four, new Set(), 'slots').draft).toEqual([1, 1, 1, 1]);
  });
  it('as a whole leaves slots out and says which tokens are locked', () => {
    expect(
      draftToRefine([token('a', { state: 'deleted' }), slot(), token(' b'), token(' c')], new Set([3]), 'whole'),
    ).toEqual({ draft: [token(' b').id, token(' c').id], lockedDraft: [1] });
  });
  it('as edits takes changes back that nobody decided on, and keeps the others', () => {
    const draft = [
      token('It', { state: 'kept' }),
      token(' a', { state: 'deleted' }),
      token(' x', { state: 'changed' }),
      token(' y', { state: 'kept' }),
      token(' b', { state: 'deleted' }),
      token('', { state: 'deleted' }),
      token(' z', { state: 'changed' }),
      token(' too', { state: 'inserted' }),
      token('.', { state: 'kept' }),
    ];
    const ids = (...texts: string[]) => texts.map((text) => token(text).id);
    expect(draftToRefine(draft, new Set(), 'edits').draft).toEqual(ids('It', ' a', ' y', ' b', '.'));
    expect(draftToRefine(draft, new Set([2]), 'edits')).toEqual({
      draft: ids('It', ' x', ' y', ' b', '.'),
      lockedDraft: [1],
    });
    expect(draftToRefine(draft, new Set([7]), 'edits')).toEqual({
      draft: ids('It', ' a', ' y', ' z', ' too', '.'),
      lockedDraft: [4],
    });
  });
  it('as a prefix ends behind the last kept token, or before the first that was unsure', () => {
    expect(draftToRefine(tokens, new Set([2]), 'prefix')).toEqual({
      draft: [ids[0], ids[1], ids[2], 1, 1],
      lockedDraft: [2],
    });
    expect(draftToRefine(tokens.slice(1), new Set(), 'prefix').draft).toEqual([ids[1], 1, 1, 1]);
  });
  it('never opens or loses what was kept', () => {
    const any = fc.array(
      fc.record({
        probability: fc.float({ min: Math.fround(0.01), max: 1, noNaN: true }),
        kind: fc.constantFrom('kept', 'masked', 'deleted', 'new'),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(
        any,
        fc.uniqueArray(fc.nat(11)),
        fc.constantFrom('slots', 'edits', 'whole', 'prefix'),
        (list, places, use) => {
          const draft = list.map(({ probability, kind }, index) =>
            kind === 'masked' ? slot() : { ...sure(` w${index}`, probability), state: kind as 'new' },
          );
          const kept = new Set(
            places.filter(
              (place) => place < draft.length && draft[place]!.state !== 'deleted' && draft[place]!.state !== 'masked',
            ),
          );
          const result = draftToRefine(draft, kept, use as 'slots');
          expect(result.lockedDraft.map((position) => result.draft[position])).toEqual(
            [...kept].sort((left, right) => left - right).map((position) => draft[position]!.id),
          );
        },
      ),
    );
  });
});

describe('decoders that go on from a draft', () => {
  it('keep it in their own ways', () => {
    expect(decoderRecords.autoregressive.draft).toBe('prefix');
    for (const name of ['janus', 'crf', 'ngram-fusion'] as const) expect(decoderRecords[name].draft).toBe('slots');
  });
});

describe('a branch', () => {
  const request: RunRequest = {
    text: 'It work.',
    task: 'rephrase',
    format: 'plain',
    decoder: 'mask-predict',
    options: { passes: 2, lockedTokens: [0] },
  };
  const steps = [
    step([token('It', { state: 'given', sourceIndex: 0 })], { action: 'encode', system: 'mask-predict' }),
    step([sure('It', 0.99), sure(' ran', 0.4)], { system: 'mask-predict', action: 'predict' }),
  ];
  const done = play(
    initialState,
    { type: 'runStarted', runId: 'r', request },
    { type: 'runFinished', runId: 'r', trace: trace({ steps, system: 'mask-predict' }) },
  );
  const ask = (state: PanelState, links: (number | undefined)[] = [0, undefined]) =>
    branchRequest(state, state.steps[state.stepIndex]!.tokens, links);

  it('keeps locked and chosen tokens of its own step, and locks of the source that the draft still holds', () => {
    const state = play(
      done,
      { type: 'lock', index: 0 },
      { type: 'lock', index: 1 },
      { type: 'lockDraft', position: 1 },
    );
    expect(ask(state)!.options).toEqual({ passes: 2, draft: [1, steps[1]!.tokens[1]!.id], lockedDraft: [1] });
    const editing = { ...state, steps: state.steps.map((one) => ({ ...one, system: 'levenshtein-draft' as const })) };
    expect(ask(editing)!.options, 'a decoder that keeps locks').toMatchObject({ lockedTokens: [0] });
    expect(play(state, { type: 'lockDraft', position: 1 }).draftLocks).toEqual([]);
  });
  it('leaves out a lock on a word that the draft no longer holds, which the decoder would refuse', () => {
    const edits = [
      step([
        token('It', { state: 'kept', sourceIndex: 0 }),
        token(' work', { state: 'deleted', sourceIndex: 1 }),
        token(' works', { state: 'changed', sourceIndex: 1 }),
        token('.', { sourceIndex: 2 }),
      ]),
    ];
    const state = play(
      initialState,
      { type: 'runStarted', runId: 'r', request: { ...request, decoder: 'levenshtein' } },
      { type: 'runFinished', runId: 'r', trace: trace({ steps: edits }) },
      { type: 'lock', index: 1 },
      { type: 'lock', index: 2 },
    );
    expect(ask(state, [0, 1, 1, 2])!.options.lockedTokens, 'the change is taken back').toEqual([1, 2]);
    expect(
      ask(play(state, { type: 'lockDraft', position: 2 }), [0, 1, 1, 2])!.options.lockedTokens,
      'the change stays',
    ).toEqual([2]);
  });
  it('is not offered where there is no draft, for a file, or for a decoder that cannot', () => {
    expect(ask(play(done, { type: 'move', by: -1 }))).toBeUndefined();
    expect(ask({ ...done, file: 'a.json' })).toBeUndefined();
    expect(decoderRecords.mist.draft).toBeUndefined();
    expect(ask({ ...done, steps: steps.map((one) => ({ ...one, system: 'mist' as const })) })).toBeUndefined();
  });
  it('leads back to where it left, and a plain run forgets the way', () => {
    const branch = ask(play(done, { type: 'lockDraft', position: 1 }))!;
    const running = play(done, { type: 'runStarted', runId: 's', request: branch });
    expect(running.ancestors).toMatchObject([{ trace: done.trace, stepIndex: 1 }]);
    expect(reduce(running, { type: 'back' }), 'not while it runs').toBe(running);
    const finished = play(running, { type: 'runFinished', runId: 's', trace: trace({ output: 'It runs.' }) });
    const again = play(finished, { type: 'back' });
    expect(again).toMatchObject({ trace: done.trace, shown: request, stepIndex: 1, phase: 'done', ancestors: [] });
    expect(reduce(again, { type: 'back' })).toBe(again);
    expect(requestToRun(finished).options.draft).toBeUndefined();
    expect(play(finished, { type: 'runStarted', runId: 't', request }).ancestors).toEqual([]);
  });
});
