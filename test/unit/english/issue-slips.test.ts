import { describe, expect, it } from 'vitest';
import { grammarSlips } from '../../../src/english/prior/grammar-slips';

const mended = (text: string): string =>
  grammarSlips(text)
    .reverse()
    .reduce((result, { start, end, candidates }) => result.slice(0, start) + candidates[0]! + result.slice(end), text);

describe('slips of bug reports', () => {
  it.each([
    ['I try to explain how works this module.', 'I try to explain how this module works.'],
    ['A talk that I seen last year.', 'A talk that I saw last year.'],
    ['For more details see in the documentation.', 'For more details see the documentation.'],
    ['In order to can use it, you need a key.', 'In order to be able to use it, you need a key.'],
    ['I would like to contributing to it.', 'I would like to contribute to it.'],
    ["I don't know where begin.", "I don't know where to begin."],
    ['It helps other peoples.', 'It helps other people.'],
    ['It is annoying and it occur randomly.', 'It is annoying and it occurs randomly.'],
    ['Sorry by my English.', 'Sorry for my English.'],
    ['It is worth to mention.', 'It is worth mentioning.'],
    ['Feel free to open issue.', 'Feel free to open an issue.'],
    ['You can also to pass an array.', 'You can also pass an array.'],
    ['If you have any question, ask.', 'If you have any questions, ask.'],
    ['The features are preserves.', 'The features are preserved.'],
    ['The list can be sort by name.', 'The list can be sorted by name.'],
    ['As far I know, it works.', 'As far as I know, it works.'],
    ['Everything is work fine.', 'Everything is working fine.'],
    ['Check that everything are tested.', 'Check that everything is tested.'],
    ["I don't have no idea.", "I don't have any idea."],
    ['Specially on mobile it breaks.', 'Especially on mobile it breaks.'],
    ['On the last years it grew.', 'In the last years it grew.'],
    ['It is easy than you think.', 'It is easier than you think.'],
    ['The lastest version works.', 'The latest version works.'],
    ['It is inspired from a talk.', 'It is inspired by a talk.'],
    ['Open it on a other device.', 'Open it on another device.'],
  ])('%s', (wrong, right) => {
    expect(mended(wrong)).toBe(right);
  });

  it.each([
    'Have you seen the talk that I have seen?',
    'The indigenous peoples of the north.',
    'Let it work and it work will.',
    'The tests are passes of their own kind of proof.',
    'We demand that everyone have a key.',
    'It is as easy as you think.',
    'Open issues are listed here.',
    'You want to string it up.',
    'It can be split by name.',
  ])('keeps %s', (right) => {
    expect(mended(right)).toBe(right);
  });
});
