import { describe, expect, it } from 'vitest';
import { grammarSlips } from '../../../src/english/prior/grammar-slips';

const mended = (text: string): string =>
  grammarSlips(text)
    .reverse()
    .reduce((result, { start, end, candidates }) => result.slice(0, start) + candidates[0]! + result.slice(end), text);

describe('slips of plain sentences', () => {
  it.each([
    ['This allow us to find it.', 'This allows us to find it.'],
    ['The servers is down since yesterday.', 'The servers are down since yesterday.'],
    ["The tests doesn't run here.", "The tests don't run here."],
    ['One of the tests are slow.', 'One of the tests is slow.'],
    ['Each of the tests run in its own container.', 'Each of the tests runs in its own container.'],
    ['The error never occur on Linux.', 'The error never occurs on Linux.'],
    ['It stops when I clicks on the button.', 'It stops when I click on the button.'],
    ['Open the folder were you saved it.', 'Open the folder where you saved it.'],
    ['It is nice, accept that it is slow.', 'It is nice, except that it is slow.'],
    ['It costs to much.', 'It costs too much.'],
    ['This is a log witch shows the error.', 'This is a log which shows the error.'],
    ['Please insure that the file exists.', 'Please ensure that the file exists.'],
    ["He didn't found anything.", "He didn't find anything."],
    ['I seen this error before.', 'I saw this error before.'],
    ['It needs a path and a the name of a file.', 'It needs a path and the name of a file.'],
    ['This is more easy than before.', 'This is easier than before.'],
    ['The amount of users is small.', 'The number of users is small.'],
    ['The lock breaked twice.', 'The lock broke twice.'],
    ['The lock was breaked twice.', 'The lock was broken twice.'],
    ['The servers is up and it has two workers.', 'The server is up and it has two workers.'],
    ['One of the test fail.', 'One of the tests fails.'],
    ['It is so small that you can runs one here.', 'It is so small that you can run one here.'],
    ['The two file are different.', 'The two files are different.'],
  ])('%s', (wrong, right) => {
    expect(mended(wrong)).toBe(right);
  });

  it.each([
    'This call the client makes is slow.',
    'It put them there yesterday.',
    'The settings is where you find it.',
    'The Contributors is a page.',
    'Which file were you editing?',
    'What were you doing?',
    'Does the error still occur on Linux?',
    'Make sure that the error never occur.',
    'The options set by this command only apply here.',
    'It is the same a the alias.',
    'You can access the file.',
    'It will process one file.',
    'Do they accept that it is slow?',
    'It applies to many files.',
    'Have I seen this error before?',
    'They want more easy tasks.',
    'The amount of tokens is small.',
    'The amount of information is small.',
    'The issue is Closed.',
    'Plant the seed there.',
    'I want to insure my house.',
  ])('leaves alone: %s', (text) => {
    expect(mended(text)).toBe(text);
  });
});
