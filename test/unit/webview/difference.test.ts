import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceOf, draftBefore, pairTokens, stepDifference } from '../../../src/webview/logic/difference';
import { slot, step, token } from './tokens';

const kinds = (previous: Parameters<typeof differenceOf>[0], current: Parameters<typeof differenceOf>[1]) =>
  differenceOf(previous, current).changes.map(({ kind }) => kind);

describe('the difference between two steps', () => {
  it('finds a filled slot, a replaced and an unchanged token at the same places', () => {
    const before = [token('The'), slot(), token(' cat')];
    const after = [token('The'), token(' old', { state: 'new' }), token(' dog', { state: 'changed' })];
    expect(kinds(before, after)).toEqual(['same', 'filled', 'replaced']);
    expect(differenceOf(before, after).changes[2]!.previous!.text).toBe(' cat');
    expect(differenceOf(before, after).changed).toBe(2);
  });

  it('keeps the place as identity in drafts of fixed length, even when a word moves by one', () => {
    const before = [token('a'), slot()],
      after = [token('b'), token('a')];
    expect(kinds(before, after)).toEqual(['replaced', 'filled']);
  });

  it('follows tokens over a deletion and an insertion', () => {
    const before = ['Use', ' the', ' the', ' cache'].map((text, sourceIndex) => token(text, { sourceIndex }));
    const after = [
      token('Use', { sourceIndex: 0 }),
      token(' the', { sourceIndex: 1 }),
      token(' the', { sourceIndex: 2, state: 'deleted' }),
      token(' new', { state: 'inserted' }),
      token(' cache', { sourceIndex: 3 }),
    ];
    expect(kinds(before, after)).toEqual(['same', 'same', 'removed', 'added', 'same']);
    expect(differenceOf(before, after)).toMatchObject({ vanished: 0, changed: 2 });
  });

  it('counts a token that disappeared', () => {
    expect(differenceOf([token('a'), token('b')], [token('a')])).toMatchObject({ vanished: 1, changed: 1 });
  });

  it('does not count a token that is opened again as changed', () => {
    const difference = differenceOf([token('a'), token('b')], [token('a'), slot()]);
    expect(difference.changes[1]).toMatchObject({ kind: 'emptied', previous: { text: 'b' } });
    expect(difference.changed).toBe(0);
  });

  it('is empty between equal drafts, and pairs in order without using a token twice', () => {
    const drafts = fc.array(fc.constantFrom('a', ' b', ' c', ' d'), { maxLength: 12 });
    fc.assert(
      fc.property(drafts, drafts, (one, other) => {
        const left = one.map((text) => token(text)),
          right = other.map((text) => token(text, { state: 'new' }));
        expect(differenceOf(left, left).changed).toBe(0);
        const pairs = pairTokens(left, right).filter((index) => index >= 0);
        expect(pairs.every((index, at) => index < left.length && (at === 0 || index > pairs[at - 1]!))).toBe(true);
      }),
    );
  });

  it('compares a new text with nothing, but an edited one with the source that was read', () => {
    const read = step([token('Long', { sourceIndex: 0 }), token(' text', { sourceIndex: 1 })], { action: 'encode' });
    const predicted = step([token('Short', { state: 'new' })], { action: 'predict' });
    const edited = step([token('Long', { sourceIndex: 0, state: 'deleted' }), token(' text', { sourceIndex: 1 })], {
      action: 'delete',
    });
    expect(draftBefore([read, predicted], 1)).toBeUndefined();
    expect(draftBefore([read, edited], 1)).toBe(read.tokens);
    expect(stepDifference([read, predicted], 1)).toMatchObject({ changed: 1, vanished: 0 });
    expect(stepDifference([read, edited], 1).changed).toBe(1);
    expect(stepDifference([read], 7).changed).toBe(0);
    // MIST reads its own draft again between two predictions.
    const again = step(predicted.tokens, { action: 'encode' });
    expect(draftBefore([read, predicted, again, predicted], 3)).toBe(again.tokens);
  });
});
