import { describe, expect, it } from 'vitest';
import { grammarSlips } from '../../../src/english/prior/grammar-slips';

const mended = (text: string): string =>
  grammarSlips(text)
    .reverse()
    .reduce((result, { start, end, candidates }) => result.slice(0, start) + candidates[0]! + result.slice(end), text);

describe('slips of papers', () => {
  it.each([
    ['In this paper we proposes a new method.', 'In this paper we propose a new method.'],
    ['Figure 2 show the architecture.', 'Figure 2 shows the architecture.'],
    ['As shown on Figure 3, it is small.', 'As shown in Figure 3, it is small.'],
    ['It is similar with the one of Smith.', 'It is similar to the one of Smith.'],
    ['The accuracy increased of 5%.', 'The accuracy increased by 5%.'],
    ['On the contrast, it fails.', 'In contrast, it fails.'],
    ['There has been many attempts.', 'There have been many attempts.'],
    ['Most of existing methods are slow.', 'Most existing methods are slow.'],
    ['It is know that this is hard.', 'It is known that this is hard.'],
    ['The remaining of the paper is short.', 'The remainder of the paper is short.'],
    ['We compared it to others methods.', 'We compared it to other methods.'],
    ['The algorithm converge quickly.', 'The algorithm converges quickly.'],
    ['The model was train for ten epochs.', 'The model was trained for ten epochs.'],
    ['We show that the server accept the key.', 'We show that the server accepts the key.'],
    ['What is the different between the two?', 'What is the difference between the two?'],
    ['This types of errors are rare.', 'These types of errors are rare.'],
    ['She have a repository.', 'She has a repository.'],
    ['This allow to reduce the cost.', 'This allows you to reduce the cost.'],
  ])('%s', (wrong, right) => {
    expect(mended(wrong)).toBe(right);
  });

  it.each([
    'Figures 1 and 2 show the architecture.',
    'Notes on Figure 3 are short.',
    'It is similar with respect to time.',
    'An increase of 5% was seen.',
    'The contrast is high.',
    'There has been much work.',
    'Most of these methods are slow.',
    'We do not know that it works.',
    'They might not know whether it works.',
    'The remaining pages are short.',
    'We require that the user restart the server.',
    'The train for London is late.',
    'A different method is used.',
    'This type of error is rare.',
  ])('leaves alone: %s', (text) => {
    expect(mended(text)).toBe(text);
  });
});
