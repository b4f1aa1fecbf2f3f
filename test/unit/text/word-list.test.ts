import { describe, expect, it } from 'vitest';
import { missingWords, withoutWords, withWords, wordsOf } from '../../../src/project/word-list';

describe('a dictionary as a text file', () => {
  const written = '# Names of our products\r\nZephyrix  # the broker\r\n\r\nC#\r\nZephyrix\r\nno end';

  it('has a word a line, with comments and empty lines between', () => {
    expect(wordsOf(`\ufeff${written}`)).toEqual(['Zephyrix', 'C#', 'no end']);
    expect(wordsOf('')).toEqual([]);
  });

  it('gets words behind its last line, in its own line breaks, and none twice', () => {
    expect(withWords(written, ['C#', 'Plomb', 'Plomb'])).toBe(`${written}\r\nPlomb\r\n`);
    expect(withWords('', ['Plomb'])).toBe('Plomb\n');
    expect(withWords(written, ['C#'])).toBe(written);
    expect(missingWords(written, ['C#', 'Plomb'])).toEqual(['Plomb']);
  });

  it('loses the lines of a word and keeps everything else as it was written', () => {
    expect(withoutWords(written, ['Zephyrix'])).toBe('# Names of our products\r\n\r\nC#\r\nno end');
    expect(withoutWords(withWords(written, ['Plomb']), ['Plomb'])).toBe(`${written}\r\n`);
    expect(withoutWords('# Plomb\n', ['Plomb'])).toBe('# Plomb\n');
  });
});
