import { describe, expect, it } from 'vitest';
import { proseSentences, unreadableReason } from '../../../src/text/prose';
import { editToSource } from '../../../src/protocol/source-map';
import { applyEdits } from '../../../src/protocol/word-edits';

const notebook = (lines: string[]): string =>
  JSON.stringify({ cells: [{ cell_type: 'markdown', source: lines }], nbformat: 4 }, undefined, 1);

/** The notebook after the first `before` of its first sentence has become `after`. */
function edited(source: string, before: string, after: string): string | undefined {
  const [sentence] = proseSentences(source, 'jupyter');
  const at = sentence!.text.indexOf(before);
  const edit = editToSource(sentence!, at, at + before.length, after);
  return edit === undefined ? undefined : applyEdits(source, [edit]);
}

describe('notebooks', () => {
  const source = notebook(['A "new" adress\n', 'wich is café.\n']);

  it('changes words, also beside escapes, and nothing else of the JSON', () => {
    expect(edited(source, 'adress', 'address')).toBe(source.replace('adress', 'address'));
    expect(edited(source, 'wich', 'which')).toBe(source.replace('wich', 'which'));
  });

  it('refuses what an escape stands for, and marks that would end the string', () => {
    expect(edited(source, '"new"', 'new')).toBeUndefined();
    expect(edited(source, 'adress', 'address"')).toBeUndefined();
    expect(edited(source, 'adress', 'address\\')).toBeUndefined();
  });

  it('says what is wrong with a file that is no notebook', () => {
    expect(unreadableReason(source, 'jupyter')).toBeUndefined();
    expect(unreadableReason(source.slice(0, -5), 'jupyter')).toMatch(/not valid JSON .* left alone\. Open it/);
    expect(unreadableReason('[1, 2]', 'jupyter')).toMatch(/no notebook/);
    expect(unreadableReason('{"cells": {}}', 'jupyter')).toMatch(/no notebook/);
    expect(proseSentences(source.slice(0, -5), 'jupyter')).toEqual([]);
  });
});
