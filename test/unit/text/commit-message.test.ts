import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkedText } from '../../../src/text/commit-message';

describe('the checked part of a commit message', () => {
  it('blanks comments and what is below the scissors', () => {
    const message =
      'Fix teh bug\n# Please enter\nBody\n# ------------------------ >8 ------------------------\ndiff --git';
    expect(
      checkedText(message, 'git-commit')
        .split('\n')
        .map((line) => line.trimEnd()),
    ).toEqual(['Fix teh bug', '', 'Body', '', '']);
  });

  it('keeps the length and every line break; other languages stay as they are', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const checked = checkedText(text, 'git-commit');
        expect(checked.length).toBe(text.length);
        expect(checked.replace(/[^\r\n]/g, '')).toBe(text.replace(/[^\r\n]/g, ''));
        expect(checkedText(text, 'markdown')).toBe(text);
      }),
    );
  });
});
