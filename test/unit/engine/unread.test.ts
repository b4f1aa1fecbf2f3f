/** Passages that are too hard to read are told, wherever a request is about them. */
import { describe, expect, it } from 'vitest';
import { DocumentReader } from '../../../src/engine/document/document-parts';
import { requestedProse } from '../../../src/engine/document/requested-sentences';
import { unreadMessage } from '../../../src/protocol/unread';

const hard = '> '.repeat(60).trimEnd();
const text = `First it is read.\n\n${hard}\n\nThen it is written.\n\n  ${hard} word  \n\nAt last it ends.\n`;
const [first, second] = [text.indexOf(hard), text.lastIndexOf(hard)];
const unreadOf = (range?: { start: number; end: number }): unknown =>
  requestedProse(new DocumentReader(), { text, format: 'markdown', ...(range ? { range } : {}) }).unread;

describe('unread passages', () => {
  const all = [
    { startIndex: first, endIndex: first + hard.length },
    { startIndex: second, endIndex: second + hard.length + ' word'.length },
  ];
  it('of the whole text come without the white space around them', () => {
    expect(unreadOf()).toEqual(all);
    expect(requestedProse(new DocumentReader(), { text: 'All of it is read.\n', format: 'markdown' }).unread).toEqual(
      [],
    );
  });
  it('that only white space parts are one', () => {
    const both = `First it is read.\n\n${hard}\r\n${hard}\n \n${hard}\n\nAt last it ends.\n`;
    const { unread } = requestedProse(new DocumentReader(), { text: both, format: 'markdown' });
    expect(unread).toEqual([{ startIndex: both.indexOf(hard), endIndex: both.lastIndexOf(hard) + hard.length }]);
  });
  it('of a range are those that it touches', () => {
    expect(unreadOf({ start: 0, end: 10 })).toEqual([]);
    expect(unreadOf({ start: 0, end: first + 5 })).toEqual([all[0]]);
    expect(unreadOf({ start: second + 1, end: second + 1 })).toEqual([all[1]]);
  });
  it('are told by their lines, three at most', () => {
    expect(unreadMessage([[7, 7]])).toMatch(/^Line 7 was not checked, since reading it would/);
    expect(unreadMessage([[3, 9]])).toMatch(/^Lines 3 to 9 were not checked, since reading them would/);
    const many = [1, 5, 9, 12, 20].map((line) => [line, line + 1] as const);
    expect(unreadMessage(many.slice(0, 4))).toMatch(/^Lines 1 to 2, 5 to 6, 9 to 10 and 1 more passage were/);
    expect(unreadMessage(many)).toMatch(/9 to 10 and 2 more passages were/);
  });
});
