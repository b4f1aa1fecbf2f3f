import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  changesOf,
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
  candidates: candidates.map((text) => ({ text, edits: [{ start: 0, end: original.length, text }] })),
  index: 0,
});

describe('a paraphrase session', () => {
  it('turns through its candidates in both directions', () => {
    const first = session('a', ['b', 'c', 'd']);
    expect(turned(first, -1).index).toBe(2);
    expect(turned(turned(turned(first, 1), 1), 1).index).toBe(0);
  });

  it('makes the edits of the engine, where the text stands in the document', () => {
    const shown = session('We utilize the `cache` here.', [], 10);
    const wording = { text: 'We use the `cache` here.', edits: [{ start: 3, end: 10, text: 'use' }] };
    expect(sessionEdits({ ...shown, candidates: [wording] })).toEqual([{ start: 13, end: 20, text: 'use' }]);
  });

  it('drops candidates that repeat each other, are blank, change nothing, or are not what their edits give', () => {
    const candidate = (text: string, edit: string) => ({
      text,
      edits: [{ start: 7, end: 11, text: edit }],
      score: 0,
      origin: 'phrase' as const,
    });
    const candidates = [
      candidate('same', 'same'),
      candidate('new', 'new'),
      candidate(' ', ' '),
      candidate('new', 'new'),
      candidate('other', 'else'),
    ];
    expect(usefulCandidates('same', { startIndex: 7, candidates })).toEqual([
      { text: 'new', edits: [{ start: 0, end: 4, text: 'new' }] },
    ]);
  });
});

describe('what a candidate changes', () => {
  const original = 'In order to utilize an editor, you need to restart it.';
  const shown = (...edits: [start: number, end: number, text: string][]): ParaphraseSession => ({
    ...session(original, []),
    candidates: [{ text: '', edits: edits.map(([start, end, text]) => ({ start, end, text })) }],
  });

  it('is each change with whole words, what only goes or comes told apart', () => {
    const at = (part: string): [number, number] => [original.indexOf(part), original.indexOf(part) + part.length];
    expect(changesOf(shown([0, 11, 'To'], [...at('tilize'), 'se']), 0)).toBe('In order to → To · utilize → use');
    expect(changesOf(shown([0, 12, ''], [...at(' to restart'), ' restarting']), 0)).toBe(
      '− In order to · to restart → restarting',
    );
    const end = original.length - 1;
    expect(changesOf(shown([end, end, ' again']), 0)).toBe('+ again');
    expect(changesOf(shown([21, 22, '']), 0)).toBe('an → a');
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
