import { decoderNames } from '../../../src/protocol/decoders';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkOptions,
  decoderOptionNames,
  decoderOptions,
  optionsOf,
  usualValue,
} from '../../../src/protocol/decoder-options';
import type { RunRequest } from '../../../src/protocol/panel';
import { budgetChoices, budgetFor, budgetOf } from '../../../src/webview/logic/budgets';
import { fieldsOf, optionsFor, withOption } from '../../../src/webview/logic/options';
import { reduce, requestToRun, type PanelEvent } from '../../../src/webview/logic/reduce';
import { restore, save } from '../../../src/webview/logic/saved-state';
import { initialState, type PanelState } from '../../../src/webview/logic/state';
import { checkTrace } from '../../../src/webview/logic/validate-trace';

const play = (state: PanelState, ...events: PanelEvent[]) => events.reduce(reduce, state);
const request: RunRequest = {
  text: 'It work.',
  task: 'rephrase',
  format: 'plain',
  decoder: 'mask-predict',
  options: { passes: 2 },
};
const start: PanelState = { ...initialState, request };
const enter = (name: (typeof decoderOptionNames)[number], entered: string | boolean) =>
  ({ type: 'option', name, entered }) as const;
const fieldOf = ({ request: { decoder, options }, typed }: PanelState, name: string) =>
  fieldsOf(decoder, options, typed).find((field) => field.name === name)!;

describe('the fields of the options', () => {
  it.each(decoderNames)('of %s are those that it reads, all as usual and none wrong', (decoder) => {
    const fields = fieldsOf(decoder, {}, {});
    expect(fields.map(({ name }) => name)).toEqual(optionsOf(decoder));
    for (const { name, usual, problem, differs } of fields)
      expect([usual, problem, differs]).toEqual([usualValue(name, decoder), undefined, false]);
  });
  it('keep what was typed, and tell what is wrong with it', () => {
    const state = play(start, enter('lengthBeam', '12'));
    expect(state.request.options).toEqual({ passes: 2 });
    expect(fieldOf(state, 'lengthBeam')).toMatchObject({
      shown: '12',
      problem: 'must be a whole number from 1 to 9',
      differs: false,
    });
    const corrected = play(state, enter('lengthBeam', '1'));
    expect(corrected.request.options).toEqual({ passes: 2, lengthBeam: 1 });
    expect(fieldOf(corrected, 'lengthBeam')).toMatchObject({ shown: '1', differs: true });
    expect(fieldOf(play(corrected, enter('lengthBeam', '')), 'lengthBeam')).toMatchObject({
      shown: '',
      differs: false,
    });
  });
  it.each([
    ['0,5', 0.5],
    ['0.', 0],
    [' .25 ', 0.25],
    ['1e-1', 0.1],
  ])('read %j as %d and leave the text alone', (text, value) => {
    const state = play(start, enter('rerankWeight', text));
    expect(state.request.options.rerankWeight).toBe(value);
    expect(fieldOf(state, 'rerankWeight')).toMatchObject({ shown: text });
  });
  it.each(['x', '-', '1,5', '--1', 'Infinity', '0x'])('take %j for no number from 0 to 1', (text) => {
    expect(fieldOf(play(start, enter('rerankWeight', text)), 'rerankWeight').problem).toBe(
      'must be a number from 0 to 1',
    );
  });
  it('leave out what is as usual, and name what is not', () => {
    const state = play(start, enter('exact', false), enter('sourceCopy', true));
    expect(state.request.options).toEqual({ passes: 2, exact: false, sourceCopy: true });
    expect(play(state, enter('exact', true), enter('sourceCopy', false)).request.options).toEqual({ passes: 2 });
    const dream = play(start, { type: 'edit', change: { decoder: 'dream' } }, enter('order', 'margin'));
    expect(fieldOf(dream, 'order')).toMatchObject({ shown: 'margin', differs: true });
    expect(play(dream, enter('order', 'entropy')).request.options).toEqual({ passes: 2 });
  });
  it('start again with "Reset", the passes aside', () => {
    expect(play(start, enter('lengthBeam', '12'), enter('rerankWeight', '1'), { type: 'resetOptions' })).toMatchObject({
      request,
      typed: {},
    });
  });
});

describe('the options of another decoder', () => {
  it('are those that both read, typed faults among them', () => {
    const state = play(start, enter('rerankWeight', '0.5'), enter('targetLength', '900'), enter('sourceCopy', true), {
      type: 'edit',
      change: { decoder: 'noisy-parallel' },
    });
    expect(state.request.options).toEqual({ passes: 2, rerankWeight: 0.5 });
    expect(state.typed).toEqual({ rerankWeight: '0.5', targetLength: '900' });
    expect(play(state, { type: 'edit', change: { decoder: 'mist' } }).request.options).toEqual({ passes: 2 });
  });
  it('never hold what the engine would refuse', () => {
    const values = fc.record(
      Object.fromEntries(
        decoderOptionNames.map((name) => {
          const option = decoderOptions[name];
          const value =
            option.kind === 'flag'
              ? fc.boolean()
              : option.kind === 'choice'
                ? fc.constantFrom(...option.choices)
                : option.whole
                  ? fc.integer({ min: option.least, max: option.most })
                  : fc.double({ min: option.least, max: option.most, noNaN: true });
          return [name, value];
        }),
      ),
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        values,
        fc.constantFrom(...decoderNames),
        fc.constantFrom(...decoderNames),
        (options, first, second) => {
          const state: PanelState = {
            ...start,
            request: { ...request, decoder: first, options: optionsFor(first, options) },
            locked: [0],
          };
          expect(checkOptions(first, requestToRun(state).options)).toBeUndefined();
          const { options: sent, decoder } = requestToRun(reduce(state, { type: 'edit', change: { decoder: second } }));
          expect(checkOptions(decoder, sent)).toBeUndefined();
        },
      ),
    );
  });
  it('come back with the saved state', () => {
    const state = play(start, enter('rerankWeight', '0.5'), enter('exact', false));
    const again = restore(JSON.parse(JSON.stringify(save(state))), checkTrace);
    expect(requestToRun(again)).toEqual(requestToRun(state));
    expect(fieldOf(again, 'rerankWeight')).toMatchObject({ shown: '0.5', differs: true });
    expect(withOption({}, {}, 'mask-predict', 'lengthBeam', '0')).toEqual({ options: {}, typed: { lengthBeam: '0' } });
  });
});

describe('the passes', () => {
  it('offer the end of the text first where a decoder can run to it', () => {
    expect(budgetChoices('autoregressive', 'end')).toEqual(['end', 1, 2, 5, 11]);
    expect(budgetChoices('janus', 7)).toEqual(['end', 1, 2, 5, 7, 11]);
    expect(budgetChoices('mask-predict', 5)).toEqual([1, 2, 5, 11]);
    expect([budgetOf('autoregressive', {}), budgetOf('mist', {}), budgetOf('autoregressive', { passes: 3 })]).toEqual([
      'end',
      5,
      3,
    ]);
    expect([budgetFor('mist', 'end'), budgetFor('janus', 'end'), budgetFor('mist', 2)]).toEqual([5, 'end', 2]);
  });
});
