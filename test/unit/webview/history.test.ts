import { describe, expect, it } from 'vitest';
import { historyAt } from '../../../src/webview/logic/history';
import { levelOfAge, levelOfChanges, markOf } from '../../../src/webview/logic/measures';
import { slot, step, token } from './tokens';

const fresh = (text: string) => token(text, { state: 'new', logProbability: -1 });
const predict = (...tokens: ReturnType<typeof token>[]) => step(tokens, { system: 'mask-predict', action: 'predict' });
const steps = [
  step([token('In', { state: 'given', sourceIndex: 0 })], { action: 'encode', system: 'mask-predict' }),
  predict(fresh('a'), fresh(' b'), slot()),
  predict(fresh('a'), slot(), fresh(' c')),
  predict(fresh('x'), fresh(' b'), fresh(' c')),
  predict(fresh('y'), fresh(' d'), fresh(' c')),
];

describe('the history of tokens', () => {
  it('counts the changes and the steps since', () => {
    const told = (index: number) => historyAt(steps, index).map(({ changes, age }) => [changes, age]);
    expect(told(0)).toEqual([[0, undefined]]);
    expect(told(1)).toEqual([
      [0, 0],
      [0, 0],
      [0, undefined],
    ]);
    expect(told(2)).toEqual([
      [0, 1],
      [0, 1],
      [0, 0],
    ]);
    expect(told(3)).toEqual([
      [1, 0],
      [0, 2],
      [0, 1],
    ]);
    expect(told(4)).toEqual([
      [2, 0],
      [1, 0],
      [0, 2],
    ]);
  });
  it('is the same whichever step is looked at first, and follows a token that moves', () => {
    const moved = [
      step([token('a', { state: 'kept' }), token(' c', { state: 'inserted' })]),
      step([token('a', { state: 'kept' }), token(' b', { state: 'inserted' }), token(' c')]),
    ];
    expect(historyAt(moved, 1).map(({ age }) => age)).toEqual([undefined, 0, 1]);
    expect(historyAt([...steps], 4)).toEqual(historyAt(steps, 4));
    expect(historyAt(steps, 9)).toHaveLength(3);
    expect(historyAt([], 0)).toEqual([]);
  });
});

describe('what the colour shows', () => {
  it('has words and a digit for every measure', () => {
    const one = token('a', { state: 'new', logProbability: Math.log(0.64), entropy: 1 });
    expect(markOf(one, 'confidence', undefined, 3)).toEqual({ level: 6, digit: '6', told: '64 % sure' });
    expect(markOf(one, 'entropy', undefined, 3)).toMatchObject({ level: 3 });
    expect(markOf(one, 'changes', { changes: 2, age: 1 }, 3)).toEqual({
      level: 3,
      digit: '2',
      told: 'changed 2 times',
    });
    expect(markOf(one, 'age', { changes: 2, age: 3 }, 3)).toEqual({
      level: 9,
      digit: '3',
      told: 'written 3 steps ago',
    });
    expect(markOf(one, 'age', { changes: 0 }, 3), 'the run never wrote it').toBeUndefined();
    expect(markOf(slot(), 'changes', { changes: 1, age: 0 }, 3)).toBeUndefined();
  });
  it('gets calmer with age and with fewer changes', () => {
    for (let at = 0; at < 20; at++) {
      expect(levelOfChanges(at)).toBeGreaterThanOrEqual(levelOfChanges(at + 1));
      expect(levelOfAge(at, 19)).toBeLessThanOrEqual(levelOfAge(at + 1, 19));
    }
    expect([levelOfChanges(0), levelOfAge(0, 0), levelOfAge(5, 2)]).toEqual([9, 0, 9]);
  });
});
