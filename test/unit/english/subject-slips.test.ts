import { describe, expect, it } from 'vitest';
import { grammarSlips } from '../../../src/english/prior/grammar-slips';

const mended = (text: string): string =>
  grammarSlips(text)
    .reverse()
    .reduce((result, { start, end, candidates }) => result.slice(0, start) + candidates[0]! + result.slice(end), text);

describe('subjects and verbs that do not agree', () => {
  it.each([
    ['It dont works on my machine.', "It doesn't work on my machine."],
    ['Somebody says that it dont help.', "Somebody says that it doesn't help."],
    ['It fails and the installer dont warn you.', "It fails and the installer doesn't warn you."],
    ['It run in a terminal.', 'It runs in a terminal.'],
    ['Each book get a number.', 'Each book gets a number.'],
    ['Overdue books is shown in red.', 'Overdue books are shown in red.'],
    ['Before you opens a request, run it.', 'Before you open a request, run it.'],
    ['It shows what have changed.', 'It shows what has changed.'],
    ['Show only the book that are overdue.', 'Show only the books that are overdue.'],
    ['A good commit message explain why.', 'A good commit message explains why.'],
    ['What are I doing wrong?', 'What am I doing wrong?'],
    ['I is not sure.', 'I am not sure.'],
    ['Can somebody tells me why?', 'Can somebody tell me why?'],
    ['Please reads the guide first.', 'Please read the guide first.'],
    ['If you needs more time, ask.', 'If you need more time, ask.'],
    ['It stops when I starts the app.', 'It stops when I start the app.'],
    ['The documentation say that you need a key.', 'The documentation says that you need a key.'],
    ['The error message say nothing useful.', 'The error message says nothing useful.'],
    ['Nobody knew that the flag exist.', 'Nobody knew that the flag exists.'],
    ['Yesterday I try to install it.', 'Yesterday I tried to install it.'],
    ['Thanks for your helps with this.', 'Thanks for your help with this.'],
    ['Why it is not working?', 'Why is it not working?'],
    ['How can I to change the port?', 'How can I change the port?'],
  ])('%s', (wrong, right) => {
    expect(mended(wrong)).toBe(right);
  });

  it.each([
    'The file handle is closed.',
    'The pipeline create info code is long.',
    'It set the value.',
    'Users of the installer dont care.',
    'Reading books is allowed.',
    'Eight seconds is chosen as a limit.',
    'What have you changed?',
    'What you needs is what the others have.',
    'Only the part of the books that are overdue.',
    'The exit code of the script is 0.',
    'A map compare fails.',
    'They ask that the server provide a key.',
    'Why does the server provide a key?',
    'The server and the client have a key.',
    'You and I are here.',
    'When you are ready, how do you start?',
    'Should it take longer, wait.',
    'What helps you tests the others.',
    'Yesterday I put it on the table.',
  ])('keeps %s', (right) => {
    expect(mended(right)).toBe(right);
  });
});
