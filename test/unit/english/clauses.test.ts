import { describe, expect, it } from 'vitest';
import { otherClauses } from '../../../src/english/rewrite/clauses';
import { withEqualPhrases } from '../../../src/english/rewrite/equal-phrases';
import { fitsAnywhere } from '../../../src/english/rewrite/synonyms';

describe('clauses in another form', () => {
  it.each([
    ['Guidance for agents working on this project.', 'Guidance for agents that work on this project.'],
    ['Open a file containing the list.', 'Open a file that contains the list.'],
    ['Open a file that contains the list.', 'Open a file containing the list.'],
    ['It reads the files that are used by the server.', 'It reads the files used by the server.'],
    ['It prints the name of the option.', "It prints the option's name."],
    ["It prints the option's name.", 'It prints the name of the option.'],
    ['There are some examples on the project site.', 'The project site has some examples.'],
    ['Combining two lists is an error.', 'It is an error to combine two lists.'],
    ['It is a mistake to combine them.', 'Combining them is a mistake.'],
    ['The flag causes all files to be read.', 'With the flag, all files are read.'],
    ['Recipe arguments will be passed to it.', 'Recipe arguments are passed to it.'],
    ['If it is set, `foo` will be true.', 'If it is set, `foo` is true.'],
    ['The recipes in the file will be available.', 'The recipes in the file are available.'],
  ])('%s', (view, other) => {
    expect(otherClauses(view)).toContain(other);
  });

  it.each([
    'Spend a lot of time parsing it.',
    'Before using the tool, read this.',
    'It keeps the server running on the port.',
    'The option that you set is right.',
    'It changes the name of the folder to which it belongs.',
    'There are people who live in the house.',
    'The next version will be faster than this.',
    'The library will fetch it and store it.',
  ])('leaves alone: %s', (view) => {
    expect(otherClauses(view)).toEqual([]);
  });

  it('says one of several', () => {
    expect(withEqualPhrases('It needs one or more files.')).toContain('It needs at least one file.');
    expect(withEqualPhrases('It needs one or more of the files.')).toContain('It needs at least one of the files.');
    expect(withEqualPhrases('See the above list.')).toContain('See the list above.');
  });

  it('knows words that fit anywhere in all their forms', () => {
    expect(fitsAnywhere('provides', 'offers')).toBe(true);
    expect(fitsAnywhere('For example', 'For instance')).toBe(true);
    expect(fitsAnywhere('provides', 'supplies')).toBe(false);
  });
});
