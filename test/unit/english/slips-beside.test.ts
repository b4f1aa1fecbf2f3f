import { describe, expect, it } from 'vitest';
import { slipsBeside } from '../../../src/english/prior/slips-beside';

const view = 'Recieves teh address and send it.';
const misspelled = [
  { start: 0, end: 8, candidates: ['Receives'] },
  { start: 9, end: 12, candidates: ['the'] },
];

describe('slips that a misspelling hides', () => {
  it('are found in the mended sentence, at their place in the writer’s', () => {
    expect(slipsBeside(view, [])).toEqual([]);
    const [slip, ...others] = slipsBeside(view, misspelled);
    expect(others).toEqual([]);
    expect(view.slice(slip!.start, slip!.end)).toBe('send');
    expect(slip!.candidates).toEqual(['sends']);
  });
  it('are at their place also where a mended word has another length', () => {
    const longer = 'Recives it. These option are set.';
    const [other] = slipsBeside(longer, [{ start: 0, end: 7, candidates: ['Receives'] }]);
    expect(longer.slice(other!.start, other!.end)).toBe('option');
  });
  it('never touch what is protected or mended', () => {
    expect(slipsBeside(view, misspelled, { protected: [[25, 29]] })).toEqual([]);
    const slips = slipsBeside('Teh servers is slow.', [{ start: 0, end: 3, candidates: ['The'] }]);
    expect(slips.every(({ start }) => start > 3)).toBe(true);
  });
});
