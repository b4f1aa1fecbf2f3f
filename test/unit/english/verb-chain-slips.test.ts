import { describe, expect, it } from 'vitest';
import { grammarSlips } from '../../../src/english/prior/grammar-slips';

const mended = (text: string): string =>
  grammarSlips(text)
    .reverse()
    .reduce((result, { start, end, candidates }) => result.slice(0, start) + candidates[0]! + result.slice(end), text);

describe('slips behind auxiliaries and prepositions', () => {
  it.each([
    ['The script will asks for your password.', 'The script will ask for your password.'],
    ['As you can seen, it is right.', 'As you can see, it is right.'],
    ['You can also using Docker.', 'You can also use Docker.'],
    ['It works if you have install Docker.', 'It works if you have installed Docker.'],
    ['Once you have create the account, log in.', 'Once you have created the account, log in.'],
    ['It has been test on Ubuntu.', 'It has been tested on Ubuntu.'],
    ['You need to have Node install on your machine.', 'You need to have Node installed on your machine.'],
    ['A helper to converts strings into numbers.', 'A helper to convert strings into numbers.'],
    ['Please make sure to updates tests.', 'Please make sure to update tests.'],
    ['Feel free to opening an issue.', 'Feel free to open an issue.'],
    ["Don't hesitate to contacting us.", "Don't hesitate to contact us."],
    ['Before to start, read this.', 'Before starting, read this.'],
    ['Thus, we have have the parts.', 'Thus, we have the parts.'],
    ['A lot a features have been added.', 'A lot of features have been added.'],
    ['It is allow to change it.', 'It is allowed to change it.'],
    ['Choose which ever you prefer.', 'Choose whichever you prefer.'],
    ['Use it where ever you can.', 'Use it wherever you can.'],
  ])('%s', (wrong, right) => {
    expect(mended(wrong)).toBe(right);
  });

  it.each([
    'Her own free will asks for it.',
    'You can bring it.',
    'Follow the same steps as before to flash it.',
    'What we have have the same form.',
    'You have access to it.',
    'You have a lot of it.',
    'Do you have install scripts?',
    'There has been work on it.',
    'There has been test coverage.',
    'We have Node install scripts.',
    'It takes a while to start.',
    'It refers to changes in tests.',
    'See the notes to understand it.',
    'I need to.',
    'The day before, to be sure, I read it.',
    'Which ever since then is true.',
    'A broken file must be read.',
  ])('leaves alone: %s', (text) => {
    expect(mended(text)).toBe(text);
  });
});
