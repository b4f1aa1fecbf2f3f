import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../src/extension/shell/checked-edits';
import {
  descriptionEdit,
  relocate,
  renderSummary,
  type SummaryTexts,
} from '../../../src/extension/summarize/summary-markdown';
import type { SummarizeResult } from '../../../src/protocol/requests';

const texts: SummaryTexts = {
  length: 'One sentence',
  sources: 'Where it comes from',
  from: 'from',
  method: (method, corrections) => `${method}, ${corrections} corrected`,
  sure: (percent) => `${percent} % sure`,
  lines: (first, last) => (first === last ? `line ${first}` : `lines ${first}–${last}`),
};

const result: SummarizeResult = {
  output: 'The tool checks text.',
  milliseconds: 1,
  passes: 1,
  sentences: [
    {
      text: 'The tool\nchecks text.',
      sources: [
        { startIndex: 10, endIndex: 40 },
        { startIndex: 50, endIndex: 51 },
      ],
      method: 'compressed',
      confidence: 0.934,
    },
  ],
};

describe('the page of a summary', () => {
  it('links every source by its lines', () => {
    const page = renderSummary(result, 'Summary of guide.md', texts, (offset) => Math.floor(offset / 10) + 1);
    expect(page.text).toContain(
      'The tool checks text.\n   (compressed, 0 corrected, 93 % sure; from lines 2–4, line 6)',
    );
    expect(page.links.map(({ start, end }) => page.text.slice(start, end))).toEqual(['lines 2–4', 'line 6']);
    expect(page.links.map(({ source }) => source)).toEqual([
      { start: 10, end: 40 },
      { start: 50, end: 51 },
    ]);
  });
});

it.each([
  [undefined, '(extracted, 0 corrected, 93 % sure'],
  [2, '(extracted, 2 corrected, 93 % sure'],
])('the page tells of %s corrections', (corrections, told) => {
  const [sentence] = result.sentences;
  const sentences = [
    { ...sentence!, method: 'extracted' as const, ...(corrections === undefined ? {} : { corrections }) },
  ];
  expect(renderSummary({ ...result, sentences }, 'Summary', texts, () => 1).text).toContain(told);
});

const apply = (text: string, edit: { start: number; end: number; text: string }): string => applyEdits(text, [edit]);

describe('front matter description', () => {
  it('is added, replaced or made anew', () => {
    expect(apply('---\ntitle: x\n---\nBody', descriptionEdit('---\ntitle: x\n---\nBody', 'Say "hi"', '\n')!)).toBe(
      '---\ntitle: x\ndescription: "Say \\"hi\\""\n---\nBody',
    );
    const old = '---\r\ndescription: old\r\ntitle: x\r\n---\r\n';
    expect(apply(old, descriptionEdit(old, 'New', '\r\n')!)).toBe('---\r\ndescription: "New"\r\ntitle: x\r\n---\r\n');
    expect(apply('Body', descriptionEdit('Body', 'a\nb', '\n')!)).toBe('---\ndescription: "a b"\n---\n\nBody');
    expect(apply('---\n---\n', descriptionEdit('---\n---\n', 'N', '\n')!)).toBe('---\ndescription: "N"\n---\n');
  });

  it('leaves one of several lines alone', () => {
    expect(descriptionEdit('---\ndescription: >\n  long\n---\n', 'New', '\n')).toBeUndefined();
    expect(descriptionEdit('---\ndescription: long\n  goes on\n---\n', 'New', '\n')).toBeUndefined();
  });

  it('takes a rule in the text for no front matter', () => {
    expect(descriptionEdit('Text\n\n---\nmore\n---\n', 'New', '\n')).toEqual({
      start: 0,
      end: 0,
      text: '---\ndescription: "New"\n---\n\n',
    });
  });

  it('keeps every line of the document', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('---', 'a: 1', 'text', '', 'description: x'), { maxLength: 10 }),
        (lines) => {
          const text = lines.join('\n');
          const edit = descriptionEdit(text, 'New', '\n');
          if (!edit) return;
          const removed = text.slice(edit.start, edit.end);
          expect(removed === '' || removed.startsWith('description:')).toBe(true);
        },
      ),
    );
  });
});

describe('a text that moved', () => {
  it('is found when it stands at one place only', () => {
    expect(relocate('new start. The text.', 'The text.', 0)).toBe(11);
    expect(relocate('The text. The text.', 'The text.', 3)).toBeUndefined();
    expect(relocate('gone', 'The text.', 0)).toBeUndefined();
    expect(relocate('x', '', 0)).toBe(0);
  });
});
