import { decoderNames } from '../../../src/protocol/decoders';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkOptions } from '../../../src/protocol/decoder-options';
import type { RunRequest } from '../../../src/protocol/panel';
import { figuresOf } from '../../../src/webview/logic/figures';
import { reduce, type PanelEvent } from '../../../src/webview/logic/reduce';
import { restore, save } from '../../../src/webview/logic/saved-state';
import {
  contenderOf,
  firstContender,
  keyOf,
  missingSideRuns,
  requestFor,
  sameRequest,
  stepBeside,
} from '../../../src/webview/logic/side-runs';
import { initialState, type PanelState } from '../../../src/webview/logic/state';
import { checkTrace } from '../../../src/webview/logic/validate-trace';
import { wordDifference, wordsOf } from '../../../src/webview/logic/word-difference';
import { step, token, trace } from './tokens';

const request: RunRequest = {
  text: 'It work.',
  task: 'fix',
  format: 'plain',
  decoder: 'levenshtein',
  options: { passes: 2, lockedTokens: [0] },
};
const play = (state: PanelState, ...events: PanelEvent[]) => events.reduce(reduce, state);
const started = { type: 'runStarted', runId: 'r', request } as const;
const finished = { type: 'runFinished', runId: 'r', trace: trace() } as const;
const other = { decoder: 'mask-predict', passes: 5 } as const;

describe('side runs', () => {
  it('are asked for once, when the run is over', () => {
    let state = play(initialState, started, { type: 'compare', contender: other });
    expect(missingSideRuns(state)).toEqual([]);
    state = reduce(state, finished);
    const runs = missingSideRuns(state);
    expect(runs).toEqual([
      { key: 'mask-predict/5', request: { ...request, decoder: 'mask-predict', options: { passes: 5 } } },
    ]);
    expect(missingSideRuns(reduce(state, { type: 'sidesAsked', runs }))).toEqual([]);
  });
  it('of the curve and of the comparison share what they have in common', () => {
    const state = play(
      initialState,
      started,
      finished,
      { type: 'curve', curve: true },
      { type: 'compare', contender: { decoder: 'levenshtein', passes: 11 } },
    );
    expect(
      missingSideRuns(state)
        .map(({ key }) => key)
        .sort(),
    ).toEqual(['levenshtein/1', 'levenshtein/11', 'levenshtein/5']);
  });
  it('are forgotten with the text, kept on another run of the same input, and an answer to an old question is dropped', () => {
    const done = play(initialState, started, finished, { type: 'compare', contender: other });
    const runs = missingSideRuns(done);
    const answer = { type: 'sideRun', ...runs[0]!, trace: trace({ system: 'mask-predict' }) } as const;
    expect(reduce(done, answer)).toBe(done);
    const answered = play(done, { type: 'sidesAsked', runs }, answer);
    expect(answered.sides[keyOf(other)]?.trace).toBeDefined();
    expect(reduce(answered, { ...started, runId: 's' }).sides).toEqual(answered.sides);
    expect(reduce(answered, { ...started, request: { ...request, text: 'Other' } }).sides).toEqual({});
    const asked = reduce(done, { type: 'sidesAsked', runs });
    expect(reduce(asked, { ...started, runId: 's' }).sides, 'the host gave the unanswered one up').toEqual({});
    expect(reduce(asked, { ...answer, request: { ...answer.request, text: 'Other' } })).toBe(asked);
  });
  it('change places with the shown run and back', () => {
    const done = play(initialState, started, finished, { type: 'compare', contender: other });
    const runs = missingSideRuns(done);
    const side = trace({ system: 'mask-predict', output: 'It worked.' });
    const state = play(done, { type: 'sidesAsked', runs }, { type: 'sideRun', ...runs[0]!, trace: side });
    const swapped = reduce(state, { type: 'swap' });
    expect(swapped).toMatchObject({
      trace: side,
      shown: { decoder: 'mask-predict' },
      request: { decoder: 'mask-predict', options: { passes: 5 } },
      comparison: contenderOf(request),
    });
    const back = reduce(swapped, { type: 'swap' });
    expect(back).toMatchObject({ trace: done.trace, shown: request, comparison: other });
    expect(missingSideRuns(back)).toEqual([]);
    expect(reduce(done, { type: 'swap' }), 'nothing to swap with').toBe(done);
  });
  it('are wanted again after a reload', () => {
    const state = play(initialState, started, finished, { type: 'compare', contender: other });
    const again = restore(JSON.parse(JSON.stringify(save(state))), checkTrace);
    expect(again.comparison).toEqual(other);
    expect(missingSideRuns(again)).toHaveLength(1);
  });
  it('leave a draft behind', () => {
    const branch = { ...request, options: { ...request.options, draft: [1, 2], lockedDraft: [0] } };
    expect(requestFor(branch, { decoder: 'levenshtein', passes: 5 }).options).toEqual({ passes: 5, lockedTokens: [0] });
  });
  it('keep what the other decoder reads, and no more', () => {
    const shown: RunRequest = {
      ...request,
      decoder: 'janus',
      options: { rerankWeight: 0.3, fallbackProbability: 0.2, lengthBeam: 2, targetLength: 9 },
    };
    expect(requestFor(shown, other).options).toEqual({ passes: 5, rerankWeight: 0.3, lengthBeam: 2, targetLength: 9 });
    expect(requestFor(shown, { decoder: 'autoregressive', passes: 'end' }).options).toEqual({ targetLength: 9 });
    for (const decoder of decoderNames)
      expect(
        checkOptions(
          decoder,
          requestFor({ ...shown, options: { ...shown.options, ...request.options } }, { decoder, passes: 5 }).options,
        ),
      ).toBeUndefined();
  });
  it('of a decoder that writes from left to right go to the end of the text unless a number was chosen', () => {
    const shown: RunRequest = { ...request, decoder: 'autoregressive', options: {} };
    const done = play(
      initialState,
      { ...started, request: shown },
      { ...finished, trace: trace({ system: 'autoregressive' }) },
    );
    expect(contenderOf(shown)).toEqual({ decoder: 'autoregressive', passes: 'end' });
    expect(
      missingSideRuns(reduce(done, { type: 'compare', contender: { decoder: 'blockwise-parallel', passes: 'end' } })),
    ).toEqual([{ key: 'blockwise-parallel/end', request: { ...shown, decoder: 'blockwise-parallel', options: {} } }]);
    expect(
      missingSideRuns(reduce(done, { type: 'compare', contender: { decoder: 'janus', passes: 2 } }))[0]!.request
        .options,
    ).toEqual({ passes: 2 });
    expect(missingSideRuns(reduce(done, { type: 'curve', curve: true })), 'no curve of cut-off texts').toEqual([]);
  });
  it('are run again where the options that they take from the shown run changed', () => {
    const shown: RunRequest = { ...request, decoder: 'mask-predict', options: { passes: 2, lengthBeam: 2 } };
    const asked = { ...other, decoder: 'janus', passes: 'end' } as const;
    const done = play(
      initialState,
      { ...started, request: shown },
      { ...finished, trace: trace({ system: 'mask-predict' }) },
      { type: 'compare', contender: asked },
    );
    const runs = missingSideRuns(done);
    const answered = play(
      done,
      { type: 'sidesAsked', runs },
      { type: 'sideRun', ...runs[0]!, trace: trace({ system: 'janus' }) },
    );
    const again = (options: RunRequest['options']) =>
      Object.keys(reduce(answered, { ...started, request: { ...shown, options } }).sides);
    expect(again({ lengthBeam: 2, passes: 11 })).toEqual(['janus/end']);
    expect(again({ lengthBeam: 3, passes: 2 })).toEqual([]);
    expect(sameRequest({ ...shown, options: { lengthBeam: 2, passes: 2 } }, shown)).toBe(true);
    expect(sameRequest({ ...shown, task: 'shorten' }, shown)).toBe(false);
  });
});

describe('the step beside', () => {
  const run = (...passes: number[]) => passes.map((spent) => step([token('a')], { passes: spent }));
  it('has spent no more passes, and the ends stand side by side', () => {
    expect(stepBeside(run(1, 2, 3, 4), 1, run(1, 1, 2, 2, 3))).toBe(3);
    expect(stepBeside(run(1, 2), 1, run(1, 2, 3, 4, 5))).toBe(4);
    expect(stepBeside(run(2, 3), 0, run(5))).toBe(0);
    expect(stepBeside([], 0, [])).toBe(0);
  });
});

describe('the figures of a run', () => {
  it('take the confidence of the last step that predicted', () => {
    const steps = [
      step([], { score: -2, queryTokens: 3 }),
      step([], { score: -0.5, queryTokens: 4 }),
      step([], { score: 0, repetitionRatio: 0.25 }),
    ];
    expect(figuresOf(trace({ steps, passes: 3 }))).toEqual({
      passes: 3,
      steps: 3,
      milliseconds: 2,
      queryTokens: 7,
      confidence: Math.exp(-0.5),
      repetition: 0.25,
    });
    expect(figuresOf(trace({ steps: [step([])] })).confidence).toBeUndefined();
  });
});

describe('words that differ', () => {
  it('are those without a counterpart in order', () => {
    expect(wordDifference(['a', 'b', 'c'], ['a', 'x', 'c', 'd'])).toEqual({
      one: [false, true, false],
      other: [false, true, false, true],
      count: 3,
    });
    expect(wordsOf(' a b\nc ')).toEqual([' a', ' b', '\nc', ' ']);
  });
  it('are none between equal texts, and the rest is the same on both sides', () => {
    const words = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 });
    fc.assert(
      fc.property(words, words, (one, another) => {
        const marks = wordDifference(one, another);
        expect(one.filter((_, index) => !marks.one[index])).toEqual(another.filter((_, index) => !marks.other[index]));
        expect(marks.count === 0).toBe(one.join(' ') === another.join(' '));
      }),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(wordsOf(text).join('')).toBe(text);
      }),
    );
  });
});

describe('the first thing to compare with', () => {
  it('is another run than the shown one, of a decoder that the model has', () => {
    for (const task of ['fix', 'rephrase'] as const)
      for (const decoder of decoderNames)
        for (const passes of [1, 5, 11, undefined]) {
          const shown: RunRequest = { ...request, task, decoder, options: passes === undefined ? {} : { passes } };
          const contender = firstContender(shown);
          expect(keyOf(contender), keyOf(contenderOf(shown))).not.toBe(keyOf(contenderOf(shown)));
          expect(firstContender(shown, [decoder]).decoder).toBe(decoder);
        }
  });

  it('refines where the shown run has one round only', () => {
    const shown: RunRequest = { ...request, decoder: 'edit-tags', options: { passes: 1 } };
    expect(firstContender(shown)).toEqual({ decoder: 'levenshtein', passes: 5 });
    expect(firstContender({ ...shown, decoder: 'levenshtein' })).toEqual({ decoder: 'edit-tags', passes: 1 });
    expect(firstContender({ ...shown, task: 'rephrase', decoder: 'single-pass' }).decoder).toBe('mask-predict');
  });
});
