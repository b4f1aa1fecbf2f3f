import { describe, expect, it } from 'vitest';
import { grammarSlips } from '../../../src/english/prior/grammar-slips';

const mended = (text: string): string =>
  grammarSlips(text)
    .reverse()
    .reduce((result, { start, end, candidates }) => result.slice(0, start) + candidates[0]! + result.slice(end), text);

describe('slips of issues and reports', () => {
  it.each([
    ['Nobody of us has seen it.', 'None of us has seen it.'],
    ['I tried to reproduced it without success.', 'I tried to reproduce it without success.'],
    ['It helps you to understood the concept.', 'It helps you to understand the concept.'],
    ['The module which handle the errors is small.', 'The module which handles the errors is small.'],
    ['A few month ago we changed it.', 'A few months ago we changed it.'],
    ['It will be fix soon.', 'It will be fixed soon.'],
    ['The page has been redesign.', 'The page has been redesigned.'],
    ['The program crash when I press it.', 'The program crashes when I press it.'],
    ['All our test are written in Python.', 'All our tests are written in Python.'],
    ['You need an access to it.', 'You need access to it.'],
    ['If you have none you can created one.', 'If you have none you can create one.'],
    ['We could not found the reason.', 'We could not find the reason.'],
    ['The first argument is an object who holds them.', 'The first argument is an object that holds them.'],
    ['These are the most commonly error messages.', 'These are the most common error messages.'],
    ['My english is not very good.', 'My English is not very good.'],
    ['We are planing to support it.', 'We are planning to support it.'],
    ['Take in account that it is slow.', 'Take into account that it is slow.'],
    ['The file was not founded.', 'The file was not found.'],
    ['Here we discuss about testing.', 'Here we discuss testing.'],
    ["I'm agree with you.", 'I agree with you.'],
    ['This is cause by a race.', 'This is caused by a race.'],
    ['Thanks to everyone who help us.', 'Thanks to everyone who helps us.'],
    ['It has many advantage over the old one.', 'It has many advantages over the old one.'],
    ['The most of the users like it.', 'Most of the users like it.'],
    ['It depends if it is enabled.', 'It depends on whether it is enabled.'],
    ['There was too many requests.', 'There were too many requests.'],
    ['There are less bugs than before.', 'There are fewer bugs than before.'],
    ['I found a informations about it.', 'I found information about it.'],
    ['We like your feedbacks.', 'We like your feedback.'],
    ['Make sure your server accept the key.', 'Make sure your server accepts the key.'],
    ['The new client look much better.', 'The new client looks much better.'],
    ['Both version are supported.', 'Both versions are supported.'],
    ['The following options describes the task.', 'The following options describe the task.'],
    ['This problem happen only on Linux.', 'This problem happens only on Linux.'],
    ['It is more easy to read.', 'It is easier to read.'],
    ["It's name is not important.", 'Its name is not important.'],
    ['The page was write for beginners.', 'The page was written for beginners.'],
    ["It was slow, and it's price had doubled.", 'It was slow, and its price had doubled.'],
    ['There was forty-two of them.', 'There were forty-two of them.'],
    ['We heard from everybody accept two.', 'We heard from everybody except two.'],
    ['It was done in three step.', 'It was done in three steps.'],
    ['It is double: each client send its logs.', 'It is double: each client sends its logs.'],
    ['Then we turned of the old store.', 'Then we turned off the old store.'],
    ['It took longer then expected.', 'It took longer than expected.'],
    ['Not everything went good.', 'Not everything went well.'],
    ['Make sure everybody know what happens.', 'Make sure everybody knows what happens.'],
    ['I want to explain how did we do it.', 'I want to explain how we did it.'],
    ['Next time we would do it different.', 'Next time we would do it differently.'],
    ['It is not recommend to edit it.', 'It is not recommended to edit it.'],
  ])('%s', (wrong, right) => {
    expect(mended(wrong)).toBe(right);
  });

  it.each([
    'Nobody knows it.',
    'The goal of these patches is clear.',
    'A few hours and it is done.',
    'There will be test coverage.',
    'All the way it was slow.',
    'All the code is there.',
    'You can feed one.',
    'The company was founded in 2010.',
    'The most commonly used options are there.',
    'These are most commonly headings.',
    'Open english.json and read it.',
    'This is work by the team.',
    'The most of it is there.',
    'It took much time.',
    'This is as much as it takes.',
    'The server crash was bad.',
    'We lost to them.',
    'How did we do it? I know how.',
    'Do you know how did it work?',
    'All accept that.',
    'The turn of the century was near.',
    'It was longer, then expected values came.',
    'Let each client send its logs.',
    'It looks different from the other.',
  ])('leaves alone: %s', (text) => {
    expect(mended(text)).toBe(text);
  });
});
