import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inert } from '../../../src/extension/shell/inert';

/** How VS Code finds links in a notification (linkedText.ts). */
const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;

describe('inert', () => {
  it('leaves no link and no picture, and every letter in its place', () => {
    const name = '“[open](command:workbench.action.quit).md” $(sync~spin) [a](https://example.org "b")';
    expect(link.test(name)).toBe(true);
    expect(link.test(inert(name))).toBe(false);
    expect(inert(name)).toBe('“[open] (command:workbench.action.quit).md” $ (sync~spin) [a] (https://example.org "b")');
  });
  it('takes out what would turn the order of letters, or end the line', () => {
    expect(inert('gpj.\u202edm\u0007.md')).toBe('gpj.dm.md');
    expect(inert('two\nlines, (brackets) [and] $5')).toBe('two\nlines, (brackets) [and] $5');
  });
  it('holds whatever the name is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('[', ']', '(', ')', 'a', ' ', 'command:', 'https://', '"', '\u202e', '$'), {
          maxLength: 20,
        }),
        (parts) => {
          expect(link.test(inert(parts.join('')))).toBe(false);
        },
      ),
    );
  });
});
