import { describe, expect, it } from 'vitest';
import { grammarSlips } from '../../../src/english/prior/grammar-slips';

const mended = (text: string): string =>
  grammarSlips(text)
    .reverse()
    .reduce((result, { start, end, candidates }) => result.slice(0, start) + candidates[0]! + result.slice(end), text);

describe('slips of talk about software', () => {
  it.each([
    ['It fails, so it get ignored.', 'It fails, so it gets ignored.'],
    ['Do you know why this happen?', 'Do you know why this happens?'],
    ['Is there a way for do this?', 'Is there a way to do this?'],
    ['The button is not longer visible.', 'The button is no longer visible.'],
    ['It depends on how much data do you have.', 'It depends on how much data you have.'],
    ['In my opinion is a good idea.', 'In my opinion it is a good idea.'],
    ['The file is created automatic.', 'The file is created automatically.'],
    ['There where some problems.', 'There were some problems.'],
    ['It is important that to save the file.', 'It is important to save the file.'],
    ['Thank you for helping me to solving this.', 'Thank you for helping me to solve this.'],
    ['Please update to the last version.', 'Please update to the latest version.'],
    ['If you have a different opinions, say so.', 'If you have a different opinion, say so.'],
    ['He gave me a good advices.', 'He gave me good advice.'],
    ['The page is loading very slow.', 'The page is loading very slowly.'],
    ['I do not know how does this work.', 'I do not know how this works.'],
    ['We decided to not using it.', 'We decided to not use it.'],
    ['There is lot of work.', 'There is a lot of work.'],
    ['It works like expected.', 'It works as expected.'],
    ['I think is better to wait.', 'I think it is better to wait.'],
    ['Thanks you for the answer.', 'Thank you for the answer.'],
    ['It consists in three parts.', 'It consists of three parts.'],
    ['Every body can help.', 'Everybody can help.'],
    ['The file is too big for upload it.', 'The file is too big to upload it.'],
    ['Im not sure.', "I'm not sure."],
    ["If I would know it, I wouldn't ask.", "If I knew it, I wouldn't ask."],
    ['Wait, because of the password is not encrypted.', 'Wait, because the password is not encrypted.'],
    ['You need no database for use it.', 'You need no database to use it.'],
    ['Do it like it is described here.', 'Do it as it is described here.'],
    ['I was tired to search for them.', 'I was tired of searching for them.'],
    ['It stores every thing in one file.', 'It stores everything in one file.'],
    ['Thanks to all, specially to Anna.', 'Thanks to all, especially to Anna.'],
    ['Only few people know that.', 'Only a few people know that.'],
    ['Fun wasn;t it, and youd like it.', "Fun wasn't it, and you'd like it."],
  ])('%s', (wrong, right) => {
    expect(mended(wrong)).toBe(right);
  });

  it.each([
    'Make it start and it run the rest.',
    'Ask for help with this.',
    'It failed because of the password.',
    'It was specially made.',
    'It is not longer than a line.',
    'How much data do you have?',
    'This, in my opinion, is a mistake.',
    'It was marked complete.',
    'We ran a few different experiments.',
    'The engine is very slow.',
    'It looks like expected losses rise.',
    'The direction which I suppose is a step to the left.',
    'If you would like to know more, read on.',
  ])('keeps %s', (right) => {
    expect(mended(right)).toBe(right);
  });
});
