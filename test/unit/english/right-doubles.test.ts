import { describe, expect, it } from 'vitest';
import { deletesRightDouble } from '../../../src/english/judge/right-doubles';

/** Whether the second copy of the first doubled word may go. */
function keeps(view: string): boolean {
  const { 0: both, 1: word, index } = /(?<![\p{L}\p{N}'’])([\p{L}\p{N}'’]+)\s+\1(?![\p{L}\p{N}'’])/iu.exec(view)!;
  const second = { start: index + word!.length, end: index + both.length, text: '' };
  const first = { start: index, end: index + both.length - word!.length, text: '' };
  expect(deletesRightDouble(view, first)).toBe(deletesRightDouble(view, second));
  return deletesRightDouble(view, second);
}

describe('words that stand twice and are right', () => {
  it.each([
    'What this is is a queue of jobs.',
    'All it does does not matter here.',
    'The point is that what the cache was was never clear.',
    'The team had had no time for it.',
    'I know that that works on every system.',
    'It ran for a long long time.',
    'There were many many reasons.',
    'Users who logged in in March see it.',
    'It stays turned on on Mondays.',
    'The values are 1 1 2 3.',
    'Write x x y to it.',
  ])('%s', (view) => expect(keeps(view)).toBe(true));
  it.each([
    'The queue is is empty.',
    'It was was read by the client.',
    'Check that that the port is open.',
    'Put the file in in the folder.',
    'Read the the log.',
    'Ask for a a key.',
    'It is on on the list.',
  ])('not so: %s', (view) => expect(keeps(view)).toBe(false));
});
