import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../src/extension/shell/checked-edits';
import { insertAboveEdit, type Place } from '../../../src/extension/summarize/insert-above';

const inserted = (text: string, part: string, place: Partial<Place> = {}): string =>
  applyEdits(text, [
    insertAboveEdit(text, 'Short.', {
      start: text.indexOf(part),
      bodyStart: 0,
      format: 'markdown',
      eol: '\n',
      ...place,
    }),
  ]);
const matter = '---\ntitle: x\n---\n';

describe('insert above', () => {
  it.each([
    ['before the paragraph that was summarized', '# A\n\nLong text.\n', 'text', '# A\n\nShort.\n\nLong text.\n'],
    ['under a title', '# A\n\nLong.\n', '# A', '# A\n\nShort.\n\nLong.\n'],
    ['under a title without a blank line behind it', '# A\nLong.\n', '# A', '# A\n\nShort.\n\nLong.\n'],
    ['under a title that is underlined', 'A\n===\n\nLong.\n', 'A', 'A\n===\n\nShort.\n\nLong.\n'],
    ['under one of two lines that is underlined', 'A\nb\n---\nLong.\n', 'A', 'A\nb\n---\n\nShort.\n\nLong.\n'],
    [
      'under a title in HTML',
      '<h1 align="center">\n  A\n</h1>\n\nLong.\n',
      '<h1',
      '<h1 align="center">\n  A\n</h1>\n\nShort.\n\nLong.\n',
    ],
    ['under the heading of a section', 'One.\n\n## B ##\n\nLong.\n', '## B', 'One.\n\n## B ##\n\nShort.\n\nLong.\n'],
    ['under a title behind blank lines', '\n\n# A\nLong.', '\n', '\n\n# A\n\nShort.\n\nLong.'],
    ['under a title that is all', '# A', '# A', '# A\n\nShort.'],
    ['under a title that is all of the line', '# A\n', '# A', '# A\n\nShort.\n'],
    ['above a paragraph, not below its first line', 'One\ntwo.\n\n---\n', 'One', 'Short.\n\nOne\ntwo.\n\n---\n'],
    ['above a hash that is no heading', '#hash\n', '#', 'Short.\n\n#hash\n'],
    ['in the quote', '> Long.\n', 'Long', '> Short.\n>\n> Long.\n'],
    ['in the quote, under its title', '> # A\n> Long.\n', '# A', '> # A\n>\n> Short.\n>\n> Long.\n'],
    ['in the list item', '- a\n\n  Long.\n', 'Long', '- a\n\n  Short.\n\n  Long.\n'],
    ['after a byte order mark', '\ufeffLong.', 'Long', '\ufeffShort.\n\nLong.'],
  ])('puts the summary %s', (_where, text, part, expected) => expect(inserted(text, part)).toBe(expected));

  it('keeps the line breaks of the document', () => {
    expect(inserted('# A\r\nLong.\r\n', '# A', { eol: '\r\n' })).toBe('# A\r\n\r\nShort.\r\n\r\nLong.\r\n');
    expect(inserted('> Long.\r\n', 'Long', { eol: '\r\n' })).toBe('> Short.\r\n>\r\n> Long.\r\n');
  });

  it('never goes into the front matter, and leaves a blank line behind it', () => {
    expect(inserted(`${matter}Long.`, '---', { bodyStart: matter.length })).toBe(`${matter}\nShort.\n\nLong.`);
    expect(inserted(`${matter}\n# A\n\nLong.`, '---', { bodyStart: matter.length })).toBe(
      `${matter}\n# A\n\nShort.\n\nLong.`,
    );
  });

  it('knows no headings in plain text', () => {
    expect(inserted('# A\nLong.\n', '# A', { format: 'plain' })).toBe('Short.\n\n# A\nLong.\n');
  });

  it('writes a summary of several lines as one paragraph', () => {
    const text = '> Long.';
    expect(
      applyEdits(text, [
        insertAboveEdit(text, 'One.\nTwo.\n', { start: 2, bodyStart: 0, format: 'markdown', eol: '\n' }),
      ]),
    ).toBe('> One.\n> Two.\n>\n> Long.');
  });
});
