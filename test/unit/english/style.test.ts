import { describe, expect, it } from 'vitest';
import { isStyle } from '../../../src/english/judge/style';

/** "In short[|,] it works": the edit between the brackets, old text before the bar. */
function edit(marked: string): [string, { start: number; end: number; text: string }] {
  const [, left, before, text, right] = /^(.*)\[(.*)\|(.*)\](.*)$/.exec(marked)!;
  return [left! + before! + right!, { start: left!.length, end: left!.length + before!.length, text: text! }];
}

describe('matters of style', () => {
  it.each([
    'In most cases[|,] the default is enough.',
    'If the cache is cold[|,] the first request is slow.',
    '[Then|Then,] restart the daemon.',
    'Red, green[|,] and blue are known.',
    'Red, green[,|] and blue are known.',
    'It reads the file[|,] and it prints the sum.',
    'Pass the [id|ID] of the user.',
    'Both [ids|IDs] are kept.',
    "It [don't|do not] matter here.",
    "[It's|It is] off by default.",
    'You [cannot|can not] undo this.'.replace('cannot', "can't"),
  ])('%s', (marked) => {
    expect(isStyle(...edit(marked))).toBe(true);
  });

  it.each([
    'The tool[|,] reads a file.',
    'Hello[|,] world.',
    'The file[,|] is read.',
    'Push it to [github|GitHub].',
    'The [api|API] is small.',
    "The server lost [it's|its] state.",
    "You [dont|don't] need it.",
    'Use [teh|the] option.',
    'In most cases [he|the] default is enough.',
  ])('and no matter of style: %s', (marked) => {
    expect(isStyle(...edit(marked))).toBe(false);
  });
});
