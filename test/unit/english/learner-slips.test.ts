import { describe, expect, it } from 'vitest';
import { grammarSlips } from '../../../src/english/prior/grammar-slips';

const mended = (text: string): string =>
  grammarSlips(text)
    .reverse()
    .reduce((result, { start, end, candidates }) => result.slice(0, start) + candidates[0]! + result.slice(end), text);

describe('slips of people who learn English', () => {
  it.each([
    ['This library is write in C.', 'This library is written in C.'],
    ['I am use this tool.', 'I am using this tool.'],
    ['I am work on it.', 'I am working on it.'],
    ['Most of users are happy.', 'Most users are happy.'],
    ['Any of user can do it.', 'Any users can do it.'],
    ['The page is available on English.', 'The page is available in English.'],
    ['We should be carefully with it.', 'We should be careful with it.'],
    ['It is very importantly to close it.', 'It is very important to close it.'],
    ['Thanks for all contributors!', 'Thanks to all contributors!'],
    ['He is the responsible for it.', 'He is responsible for it.'],
    ['The main reason of this error is known.', 'The main reason for this error is known.'],
    ['It does not do nothing.', 'It does not do anything.'],
    ['There is a lot of people who use it.', 'There are a lot of people who use it.'],
    ['Please, see the page.', 'Please see the page.'],
    ['Could you give me an advice?', 'Could you give me advice?'],
    ['Log in as soon as you will receive it.', 'Log in as soon as you receive it.'],
    ['It is same like the other one.', 'It is the same as the other one.'],
    ['This function do nothing.', 'This function does nothing.'],
    ['These data is right.', 'These data are right.'],
    ['For more details see at the manual.', 'For more details see the manual.'],
    ["We've been develop this for two years.", "We've been developing this for two years."],
    ['The guide assumes you has it.', 'The guide assumes you have it.'],
    ['Every time you runs the test, it is new.', 'Every time you run the test, it is new.'],
    ['After upgrade the database, restart it.', 'After upgrading the database, restart it.'],
    ['We use this library for parse dates.', 'We use this library for parsing dates.'],
    ['The process of install the driver is simple.', 'The process of installing the driver is simple.'],
    ['If it not work, open an issue.', 'If it does not work, open an issue.'],
    ["You shouldn't never share it.", 'You should never share it.'],
    ["You can't use neither of them.", "You can't use either of them."],
    ['Documentation for the older version are here.', 'Documentation for the older version is here.'],
    ['We plan to updating it next month.', 'We plan to update it next month.'],
    ['The team is consisted of five people.', 'The team consists of five people.'],
    ['There should be no any difference.', 'There should be no difference.'],
    ['Neither of them work.', 'Neither of them works.'],
    ['Each of us have a task.', 'Each of us has a task.'],
    ['He told that it is ready.', 'He said that it is ready.'],
    ['I am using it since a month.', 'I am using it for a month.'],
    ['Both the client and the server is affected.', 'Both the client and the server are affected.'],
    ['Not every users know this.', 'Not every user know this.'],
    ['It should not being used.', 'It should not be used.'],
    ['To use it you have install the plugin.', 'To use it you have to install the plugin.'],
    ['The test fail sometimes.', 'The test fails sometimes.'],
  ])('%s', (wrong, right) => {
    expect(mended(wrong)).toBe(right);
  });

  it.each([
    'What it does is write in the file.',
    'All you need to do is run in the shell.',
    'The file is present in the folder.',
    'The database is corrupt, and it is old.',
    'Most of the users are happy.',
    'Some of Python is old.',
    'It is available on German servers.',
    'Read it very carefully.',
    'It works very differently from the other.',
    'Thanks for the report.',
    'For reasons of this kind we stopped.',
    'It does nothing.',
    'The size of these data is small.',
    'There is a lot of code that is old.',
    'Please, no pictures.',
    'An information page is there.',
    'A software company made it.',
    'If you have used it before you will notice it.',
    'See at the end of the page.',
    'Can the function do this?',
    'One of you has it.',
    'It is used for update operations.',
    'Information about the policies that are set is here.',
    'Whether or not it works, read it.',
    'The human being used it.',
    'We told them that it is ready.',
  ])('leaves alone: %s', (text) => {
    expect(mended(text)).toBe(text);
  });
});
