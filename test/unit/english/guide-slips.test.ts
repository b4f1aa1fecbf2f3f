import { describe, expect, it } from 'vitest';
import { grammarSlips } from '../../../src/english/prior/grammar-slips';

const mended = (text: string): string =>
  grammarSlips(text)
    .reverse()
    .reduce((result, { start, end, candidates }) => result.slice(0, start) + candidates[0]! + result.slice(end), text);

describe('slips of guides and READMEs', () => {
  it.each([
    ['Here is some examples of its use.', 'Here are some examples of its use.'],
    ['These are the step to reproduce.', 'These are the steps to reproduce.'],
    ['Note that this options is deprecated.', 'Note that this option is deprecated.'],
    ['Contributions is welcome.', 'Contributions are welcome.'],
    ['This PR add a new option.', 'This PR adds a new option.'],
    ['The following table show the options.', 'The following table shows the options.'],
    ['By default the server listen on port 80.', 'By default the server listens on port 80.'],
    ['Currently it only work on Linux.', 'Currently it only works on Linux.'],
    ["It's possible that it take some minutes.", "It's possible that it takes some minutes."],
    ['It fixes a bug where the cache were not cleared.', 'It fixes a bug where the cache was not cleared.'],
    ['Return the first element that match.', 'Return the first element that matches.'],
    ['There is no difference between this two methods.', 'There is no difference between these two methods.'],
    ['It supports multiples databases.', 'It supports multiple databases.'],
    ['A simple tool who helps you.', 'A simple tool that helps you.'],
    ['There a lot of options to set.', 'There are a lot of options to set.'],
    ['It is licensed under MIT License.', 'It is licensed under the MIT License.'],
    ['It is available in port 3000.', 'It is available on port 3000.'],
    ['It is compatible to Python 3.', 'It is compatible with Python 3.'],
  ])('%s', (wrong, right) => {
    expect(mended(wrong)).toBe(right);
  });

  it.each([
    'Here is some advice.',
    'These are the result of a test.',
    'This means is right.',
    'Settings is where you find it.',
    'Windows is available in two editions.',
    'The UI design the team made is good.',
    'The client call the server makes is slow.',
    'Make sure it only work here.',
    'We require that it take two minutes.',
    'If the cache were empty, it would be slow.',
    'The elements in the list that match are returned.',
    'It takes up to this many seconds.',
    'Multiples of two are even.',
    'The developer of the tool who left wrote it.',
    'There, many people live.',
    'It is licensed under MIT.',
    'It is in port 3 of the switch.',
    'We are compatible to a point.',
  ])('leaves alone: %s', (text) => {
    expect(mended(text)).toBe(text);
  });
});
