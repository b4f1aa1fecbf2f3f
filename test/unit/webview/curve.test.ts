import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunRequest } from '../../../src/protocol/panel';
import { agreement, curveOf } from '../../../src/webview/logic/curve';
import { initialState, type PanelState } from '../../../src/webview/logic/state';
import { step, trace } from './tokens';

const shown: RunRequest = {
  text: 'It work.',
  task: 'fix',
  format: 'plain',
  decoder: 'levenshtein',
  options: { passes: 2 },
};
const run = (passes: number, score: number, output: string) =>
  trace({
    passes: passes + 1,
    milliseconds: passes * 3,
    output,
    steps: [step([], { score, repetitionRatio: passes / 10 })],
  });
const state: PanelState = {
  ...initialState,
  shown,
  phase: 'done',
  trace: run(2, -1, 'It works.'),
  sides: {
    'levenshtein/1': { request: shown, trace: run(1, -2, 'It work.') },
    'levenshtein/5': { request: shown, failure: 'No model.' },
    'mask-predict/11': { request: shown, trace: run(11, -1, 'x') },
  },
};

describe('the curve', () => {
  it('has a point for every budget whose run is there, the shown one among them', () => {
    const { points, waiting, failures } = curveOf(state);
    expect(points).toEqual([
      { budget: 1, passes: 2, milliseconds: 3, repetition: 0.1, output: 'It work.', changed: 0, quality: Math.exp(-2) },
      {
        budget: 2,
        passes: 3,
        milliseconds: 6,
        repetition: 0.2,
        output: 'It works.',
        changed: 2,
        quality: Math.exp(-1),
      },
    ]);
    expect(waiting).toEqual([11]);
    expect(failures).toEqual([{ budget: 5, message: 'No model.' }]);
  });
  it('measures against the expected text where there is one', () => {
    expect(curveOf({ ...state, expected: 'It works.' }).points.map(({ quality }) => quality)).toEqual([0.5, 1]);
  });
  it('adds the budget of the shown run, and does not take a branch for a run of its budget', () => {
    const own = { ...shown, options: { passes: 3 } };
    expect(curveOf({ ...state, shown: own }).points.map(({ budget }) => budget)).toEqual([1, 3]);
    expect(
      curveOf({ ...state, shown: { ...shown, options: { passes: 2, draft: [5] } } }).points.map(({ budget }) => budget),
    ).toEqual([1]);
    const ofDecoder = (decoder: RunRequest['decoder']) =>
      curveOf({ ...state, shown: { ...shown, decoder, options: {} }, sides: {} });
    expect(ofDecoder('autoregressive'), 'a cut-off text is no point').toEqual({
      points: [],
      waiting: [],
      failures: [],
    });
    expect(ofDecoder('janus')).toMatchObject({ points: [{ budget: 'end' }], waiting: [1, 2, 5, 11] });
    expect(curveOf(initialState)).toEqual({ points: [], waiting: [], failures: [] });
  });
});

describe('agreement of two texts', () => {
  it('is the F1 of their words in order', () => {
    expect(agreement('a b c', 'a c')).toBeCloseTo(0.8);
    expect(agreement('', '  ')).toBe(1);
    const text = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 8 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(text, text, (one, other) => {
        expect(agreement(one, other)).toBe(agreement(other, one));
        expect(agreement(one, other) === 1).toBe(one === other);
      }),
    );
  });
});
