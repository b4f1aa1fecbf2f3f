import { expect, it } from 'vitest';
import { proseSentences } from '../../../src/text/prose';

it('leaves filler text alone', () => {
  expect(proseSentences('Vivamus varius libero at ipsum mattis efficitur.', 'plain')).toEqual([]);
  expect(proseSentences('Nulla facilisi', 'plain')).toEqual([]);
});

it('reads what speaks of filler, and Latin words of English', () => {
  expect(proseSentences('The page shows “lorem ipsum” until its text is there.', 'plain')).toHaveLength(1);
  expect(proseSentences('The maximum dose is given ante cibum, as libero of the unit.', 'plain')).toHaveLength(1);
});
