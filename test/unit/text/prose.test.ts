import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { maximumSourceLength, proseSentences, tooLargeReason } from '../../../src/text/prose';
import { show } from './show';
import { processorTime } from '../processor-time';

const corpus = path.join(__dirname, '../../fixtures/corpus');

const texts = (source: string, format: 'markdown' | 'plain' = 'markdown'): string[] =>
  proseSentences(source, format).map(({ text }) => text);
const shown = (source: string, format: 'markdown' | 'plain' = 'markdown'): string[] =>
  proseSentences(source, format).map((sentence) => show(sentence).replace(/^[^:]*: /, ''));

describe('the corpus', () => {
  for (const name of ['inline.md', 'blocks.md', 'sentences.txt', 'dialects.mdx']) {
    // Every line of the snapshots was read by a person; `vitest run -u` writes them anew.
    it(`${name} gives the reviewed sentences`, async () => {
      const source = fs.readFileSync(path.join(corpus, name), 'utf8');
      const lines = proseSentences(source, name.endsWith('.txt') ? 'plain' : 'markdown').map(show);
      await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(path.join(corpus, `${name}.sentences`));
    });
    it(`${name} gives the same sentences with CRLF line ends`, () => {
      const source = fs.readFileSync(path.join(corpus, name), 'utf8');
      const format = name.endsWith('.txt') ? 'plain' : 'markdown';
      expect(proseSentences(source.replaceAll('\n', '\r\n'), format).map(show)).toEqual(
        proseSentences(source, format).map(show),
      );
    });
  }
});

describe('Markdown', () => {
  it('leaves out front matter, code, HTML, math blocks, definitions and comments', () => {
    expect(
      texts(
        '---\na: Teh\n---\n\nKept.\n\n```\nteh\n```\n\n    teh\n\n<div>\nteh\n</div>\n\n$$\nteh\n$$\n\n[teh]: http://teh "teh"\n\n<!-- teh -->\n',
      ),
    ).toEqual(['Kept.']);
    expect(texts('+++\ntitle = "Teh"\n+++\n\nKept.')).toEqual(['Kept.']);
  });

  it('keeps the text of emphasis and links, without marks and targets', () => {
    expect(texts('A **bold _nested_** and [link *text*](http://x.y "Title") and ~~struck~~ word.')).toEqual([
      'A bold nested and link text and struck word.',
    ]);
  });

  it('counts a byte order mark', () => {
    const [sentence] = proseSentences('\ufeffHello *there*.', 'markdown');
    expect(sentence!.text).toBe('Hello there.');
    expect(sentence!.pieces.map((piece) => piece.sourceStart)).toEqual([1, 8, 14]);
  });

  it('shows line breaks in quotes and lists as one blank that no piece covers', () => {
    const source = '> - one\n>   two\n> - three';
    const [first] = proseSentences(source, 'markdown');
    expect(first!.text).toBe('one two');
    expect(first!.pieces.map(({ viewStart, sourceStart, length }) => [viewStart, sourceStart, length])).toEqual([
      [0, 4, 3],
      [4, 12, 3],
    ]);
  });

  it('shows character references and escapes as their characters, out of reach', () => {
    expect(shown('Tom &amp; Jerry 2 \\* 3 &#x41;&nbsp;b')).toEqual([
      'Tom ⟦&⟧ Jerry 2 ⟦*⟧ 3 ⟦A⟧⟦\u00a0⟧b'.replace('⟧⟦', ''),
    ]);
  });

  it('takes money for text and math for math', () => {
    expect(texts('It costs $5 or $ 6 of them.')).toEqual(['It costs $5 or $ 6 of them.']);
    expect(shown('Let $x$ be $y + z$ now.')).toEqual(['Let ‹$x$› be ‹$y + z$› now.']);
  });

  it('protects what HTML code elements hold', () => {
    expect(shown('Press <kbd>Enter</kbd> or type <code>teh</code> now.')).toEqual([
      'Press ‹<kbd>Enter</kbd>› or type ‹<code>teh</code>› now.',
    ]);
  });

  it("reads the sentence range with its own markup, without its neighbour's", () => {
    const source = '**One is bold.** [Two](http://a.b "t t") *is.* Three.';
    expect(proseSentences(source, 'markdown').map(({ start, end }) => source.slice(start, end))).toEqual([
      '**One is bold.**',
      '[Two](http://a.b "t t") *is.*',
      'Three.',
    ]);
  });

  it('honours the ignore comments', () => {
    const source =
      'On.\n\n<!-- nar-disable -->\n\nOff.\n\n- Off.\n\n<!-- nar-enable -->\n\nOn again.\n\nOff here. <!-- nar-disable-line -->\n\n<!-- nar-disable-next-line -->\nOff too.\n\nOn at last.\n\n```\n<!-- nar-disable -->\n```\n\nStill on.';
    expect(texts(source)).toEqual(['On.', 'On again.', 'On at last.', 'Still on.']);
  });
});

describe('plain text', () => {
  it('joins hard-wrapped lines and ends paragraphs at blank lines', () => {
    expect(texts('One line\nand another.\r\nThird line.\n\nNext\rpart', 'plain')).toEqual([
      'One line and another.',
      'Third line.',
      'Next part',
    ]);
  });

  it('protects backtick code, tags and addresses, and reads list marks as markup', () => {
    expect(shown('- Use `teh code` and <b>tags</b>, see http://a.b/c.\n- Next', 'plain')).toEqual([
      'Use ‹`teh code`› and ‹<b>›tags‹</b>›, see ‹http://a.b/c›.',
      'Next',
    ]);
  });

  it('honours ignore lines', () => {
    expect(texts('On.\nnar-disable\nOff.\nnar-enable\nOn again.\n# nar-disable-next-line\nOff.', 'plain')).toEqual([
      'On.',
      'On again.',
    ]);
  });
});

describe('size', () => {
  it('says why a document is too large', () => {
    expect(tooLargeReason('x'.repeat(maximumSourceLength))).toBeUndefined();
    expect(tooLargeReason('x'.repeat(maximumSourceLength + 1))).toMatch(/at most 2 million are read/);
    expect(proseSentences('x '.repeat(maximumSourceLength / 2 + 1), 'plain')).toEqual([]);
  });

  it('reads one long line and binary bytes without effort', () => {
    const spent = processorTime(() => {
      expect(proseSentences('word '.repeat(40_000), 'markdown').length).toBe(334); // windows of 120 words
      proseSentences('x'.repeat(300_000), 'plain');
      proseSentences('{'.repeat(100_000), 'plain');
      proseSentences('a_'.repeat(60_000), 'markdown');
      proseSentences('http://'.repeat(30_000), 'plain');
      proseSentences(
        Array.from({ length: 100_000 }, (_, index) => String.fromCharCode((index * 7919) % 256)).join(''),
        'plain',
      );
    });
    expect(spent).toBeLessThan(8000);
  });
});
