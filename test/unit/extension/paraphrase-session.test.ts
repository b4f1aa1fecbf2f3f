import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../src/extension/shell/checked-edits';
import {
  extendsText,
  ghostLine,
  sessionEdits,
  singleLine,
  turned,
  usefulCandidates,
  type ParaphraseSession,
} from '../../../src/extension/paraphrase/paraphrase-session';

const session = (original: string, candidates: string[], start = 0): ParaphraseSession => ({
  version: 1,
  start,
  end: start + original.length,
  original,
  mode: 'rephrase',
  candidates,
  index: 0,
});

describe('a paraphrase session', () => {
  it('turns through its candidates in both directions', () => {
    const first = session('a', ['b', 'c', 'd']);
    expect(turned(first, -1).index).toBe(2);
    expect(turned(turned(turned(first, 1), 1), 1).index).toBe(0);
  });

  it('replaces only the words that differ', () => {
    const edits = sessionEdits(session('We utilize the `cache` here.', ['We use the `cache` here.'], 10));
    expect(edits).toEqual([{ start: 13, end: 20, text: 'use' }]);
  });

  it('gives exactly the candidate when it is applied', () => {
    const words = fc
      .array(fc.constantFrom('the', 'cache', 'é', '😀', ' ', '\n', '.', 'a'), { maxLength: 20 })
      .map((list) => list.join(''));
    fc.assert(
      fc.property(words, words, fc.nat(5), (original, candidate, start) => {
        const before = 'x'.repeat(start);
        expect(applyEdits(before + original + 'tail', sessionEdits(session(original, [candidate], start)))).toBe(
          `${before}${candidate}tail`,
        );
      }),
    );
  });

  it('drops candidates that repeat each other, are blank or change nothing', () => {
    expect(usefulCandidates('same', [{ text: 'same' }, { text: 'new' }, { text: ' ' }, { text: 'new' }])).toEqual([
      'new',
    ]);
  });
});

describe('what an inline suggestion can show', () => {
  it('are only insertions', () => {
    expect(extendsText('We use it.', 'We often use it here.')).toBe(true);
    expect(extendsText('We utilize it.', 'We use it.')).toBe(false);
    expect(extendsText('same', 'same')).toBe(false);
  });
});

describe('ghost text', () => {
  it('is one line', () => {
    expect(ghostLine(' two\r\n  lines\t ')).toBe('two lines');
    expect(singleLine(' two\r\n  lines\t ')).toBe('two lines');
  });

  it('is cut at a word when it is long, since it cannot wrap', () => {
    expect(ghostLine('before the server has written the last of all its messages to the disk')).toBe(
      'before the server has written the last of all …',
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (text) => {
        const ghost = ghostLine(text);
        expect(ghost.length).toBeLessThanOrEqual(48);
        expect(
          singleLine(text).startsWith(ghost.endsWith(' …') && singleLine(text) !== ghost ? ghost.slice(0, -2) : ghost),
        ).toBe(true);
        expect(() => encodeURIComponent(ghost)).not.toThrow(); // no half of a character
      }),
    );
  });
});
