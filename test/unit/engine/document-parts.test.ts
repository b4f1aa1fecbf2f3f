import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DocumentReader, partStarts } from '../../../src/engine/document/document-parts';
import { proseSentences } from '../../../src/text/prose';

const filler = (topic: string): string =>
  `${topic} is read first. The value goes to \`the log\` and *then* to [the page](https://example.org/a). It stays there for a while, e.g. until v1.2 of file.ts is out. `.repeat(
    3,
  );

/** Blocks of every kind that parts may begin or end with. */
const blocks = [
  '# A heading',
  'Setext heading\n===',
  '- one item here\n- another item\n\n  with a second paragraph',
  '1. first\n\n2. second',
  '> a quotation that goes on\nlazily',
  '```js\n\n# not a heading\n\nLetters in code\n```',
  '~~~\n\nLetters\n\n```\n\n~~~',
  '<div>\n\nLetters in a div\n\n</div>',
  '| a | b |\n| - | - |\n| cell one | cell two |',
  'See [ref] and ``` a ` b.',
  '    indented code\n\n    more of it',
  '---',
  'Ends here.\r\n\r\nBegins there.',
  '\ttab',
  'é begins with an accent.',
  '',
  '  two blanks before a text',
  '* * *',
  '**Bold** begins here',
  '1. item\n\n   ```ts\n   code\n\n   more code\n   ```\n\n   text in it',
  '- item\n  ```\n\n  # no heading\n\n  ```',
  '    ```\n\n    code\n\n    ```',
  'text\n    ```\n    text\n    ```',
  'A line that ends\\',
];
/** Blocks after which cutting has to stop, or that reach through the whole document. */
const traps = [
  '```',
  '~~~~',
  '- item\n\n  ```\n\n  Code in a list\n\n# Heading in code?\n\n  ```',
  '<!-- a comment\n\nLetters in it\n\n-->',
  '<pre>\n\nLetters in pre\n\n</pre>',
  '[ref]: https://example.org',
  '$$\n\nx = y\n\n$$',
  '<!-- nar-disable -->',
  '[^1]: a note',
  '> ```\n> code',
  '- ```\n\n  code\n\n  ```',
  '1. item\n\n   ```\n\nLetters\n\n   ```',
  '- a\n\n  ```\n\n      ```\n\n  ```',
  '\t```\n\n\tcode',
  'text <!-- open\n\nLetters',
  '```\n\nLetters\n\n  ```',
  '<b>\n```\n</b>',
];

const withoutBlocks = (list: ReturnType<typeof proseSentences>): unknown =>
  list.map(({ blockIndex: _blockIndex, ...rest }) => rest);
/** Block numbers may skip, but must change where blocks change. */
const changes = (list: ReturnType<typeof proseSentences>): boolean[] =>
  list.map((sentence, index) => sentence.blockIndex !== list[index - 1]?.blockIndex);

describe('DocumentReader', () => {
  it.each(['markdown', 'plain'] as const)(
    'reads every document as if it were read as a whole: %s',
    (format) => {
      const reader = new DocumentReader();
      let cut = 0;
      fc.assert(
        fc.property(
          fc.array(
            fc.oneof(
              { weight: 20, arbitrary: fc.constantFrom(filler('A text'), filler('Some text')) },
              { weight: 20, arbitrary: fc.constantFrom(...blocks) },
              { weight: 1, arbitrary: fc.constantFrom(...traps) },
            ),
            { minLength: 6, maxLength: 20 },
          ),
          fc.constantFrom('\n\n', '\r\n\r\n', '\n', '\n \n'),
          (parts, separator) => {
            const text = parts.join(separator);
            const whole = proseSentences(text, format);
            const read = reader.read(text, format);
            if (partStarts(text, format).length > 1) cut++;
            expect(withoutBlocks(read)).toEqual(withoutBlocks(whole));
            expect(changes(read)).toEqual(changes(whole));
          },
        ),
        { numRuns: 80 },
      );
      // Otherwise this test would prove nothing.
      expect(cut).toBeGreaterThan(15);
    },
    60_000,
  );

  it('analyses only the changed part again', () => {
    const reader = new DocumentReader();
    const text = Array.from(
      { length: 60 },
      (_, index) => `## Part ${index}\n\n${filler(`Topic ${index}`).repeat(3)}`,
    ).join('\n\n');
    expect(partStarts(text, 'markdown').length).toBeGreaterThan(20);
    reader.read(text, 'markdown');
    const place = text.indexOf('Topic 30');
    const changed = `${text.slice(0, place)}A new word and ${text.slice(place)}`;
    const before = reader.analysed;
    const read = reader.read(changed, 'markdown');
    expect(reader.analysed - before).toBe(1);
    const whole = proseSentences(changed, 'markdown');
    expect(withoutBlocks(read)).toEqual(withoutBlocks(whole));
  });
});
