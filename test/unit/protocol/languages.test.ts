import { describe, expect, it } from 'vitest';
import { readSettings } from '../../../src/protocol/read-settings';
import { checksLanguage } from '../../../src/protocol/settings';

const checks = (languages: unknown, language: string): boolean => checksLanguage(readSettings({ languages }), language);

describe('the switch of languages', () => {
  it('is on for what nobody named, and off for what no format has', () => {
    for (const value of [undefined, {}, null, 5, ['python'], { python: 'no' }]) {
      expect(checks(value, 'markdown')).toBe(true);
      expect(checks(value, 'python')).toBe(true);
      expect(checks(value, 'zig')).toBe(false);
    }
    expect(checks({ zig: true }, 'zig')).toBe(false);
  });
  it('takes the language before its group', () => {
    const languages = { code: false, python: true, latex: false };
    expect(['python', 'go', 'css', 'latex', 'markdown'].map((language) => checks(languages, language))).toEqual([
      true,
      false,
      false,
      false,
      true,
    ]);
    expect(['go', 'markdown', 'plaintext'].map((each) => checks({ markup: false, plaintext: true }, each))).toEqual([
      true,
      false,
      true,
    ]);
  });
});
