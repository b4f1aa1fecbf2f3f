import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../src/extension/shell/checked-edits';
import { editAt } from '../../../src/extension/shell/edit-at';

describe('editAt', () => {
  const text = 'One teh two the the.\nNothing here.\nteh end';
  const edits = [
    { start: 4, end: 7, text: 'the' },
    { start: 15, end: 19, text: '' },
    { start: 35, end: 38, text: 'The long' },
  ];
  const proposed = applyEdits(text, edits);

  it.each([
    ['on the words', 'the two', 1, 0],
    ['at their end', 'the two', 3, 0],
    ['nearer to a deletion', 'two the.', 7, 1],
    ['at the start of the line', 'One', 0, 0],
    ['on a line without one', 'Nothing', 3, undefined],
    ['after edits that changed lengths', 'long end', 2, 2],
    ['behind them', ' end', 4, 2],
  ])('finds the edit with the cursor %s', (_place, words, into, index) => {
    expect(editAt(edits, proposed, proposed.indexOf(words) + into)).toBe(index);
  });
  it('finds none without edits', () => expect(editAt([], 'text', 2)).toBeUndefined());
});
