import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DocumentReader } from '../../../src/engine/document/document-parts';
import type { TextFormat } from '../../../src/protocol/formats';
import type { Block } from '../../../src/text/block';
import { markdownBlocks } from '../../../src/text/markdown';
import { type MarkdownPart, markdownParts } from '../../../src/text/markdown-parts';
import { masked } from '../../../src/text/opaque/mask';
import { type Dialect, scanOpaque } from '../../../src/text/opaque/opaque';
import { plainBlocks, plainParts } from '../../../src/text/plain';
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

const movedBy =
  (offset: number) =>
  (block: Block): Block => ({
    ...block,
    start: block.start + offset,
    end: block.end + offset,
    runs: block.runs.map((run) => ({
      ...run,
      sourceStart: run.sourceStart + offset,
      sourceEnd: run.sourceEnd + offset,
    })),
  });

/** Blocks of a document read in parts, and of the same read as one part; how many parts there were. */
function bothWays(text: string, format: TextFormat): { parts: number; cut: Block[]; whole: Block[] } {
  if (format === 'plain') {
    const parts = plainParts(text);
    const cut = parts.flatMap((part) => plainBlocks(part.text).blocks.map(movedBy(part.start)));
    return { parts: parts.length, cut, whole: plainBlocks(text).blocks };
  }
  const dialect: Dialect = format === 'mdx' ? 'mdx' : 'markdown';
  const { parts, labels } = markdownParts(text, dialect);
  const { ranges } = scanOpaque(text, dialect);
  const all: MarkdownPart = { start: 0, source: text, masked: masked(text, ranges), opaque: ranges };
  return {
    parts: parts.length,
    cut: parts.flatMap((part) => markdownBlocks(part, dialect, labels).blocks.map(movedBy(part.start))),
    whole: markdownBlocks(all, dialect, labels).blocks,
  };
}

describe('a document in parts', () => {
  it.each(['markdown', 'mdx', 'plain'] as const)(
    'has the blocks that it has as a whole: %s',
    (format) => {
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
          (list, separator) => {
            const read = bothWays(list.join(separator), format);
            if (read.parts > 1) cut++;
            expect(read.cut).toEqual(read.whole);
          },
        ),
        { numRuns: 150 },
      );
      // Otherwise this test would prove nothing.
      expect(cut).toBeGreaterThan(15);
    },
    60_000,
  );
});

describe('DocumentReader', () => {
  it('analyses only the changed part again', () => {
    const reader = new DocumentReader();
    const text = Array.from(
      { length: 60 },
      (_, index) => `## Part ${index}\n\n${filler(`Topic ${index}`).repeat(3)}`,
    ).join('\n\n');
    reader.read(text, 'markdown');
    expect(reader.analysed).toBeGreaterThan(20);
    const place = text.indexOf('Topic 30');
    const changed = `${text.slice(0, place)}A new word and ${text.slice(place)}`;
    const before = reader.analysed;
    const read = reader.read(changed, 'markdown');
    expect(reader.analysed - before).toBe(1);
    expect(read).toEqual(proseSentences(changed, 'markdown'));
  });

  it('reads definitions and comments that act on the whole document', () => {
    const long = `${filler('A text')}\n\n`.repeat(20);
    const text = `See [the page][label].\n\n${long}[label]: https://example.org\n\n<!-- nar-disable -->\n\n${long}`;
    const sentences = new DocumentReader().read(text, 'markdown');
    expect(sentences[0]!.text).toBe('See the page.');
    expect(sentences.at(-1)!.start).toBeLessThan(text.indexOf('[label]: '));
  });
});
