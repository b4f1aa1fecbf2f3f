import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Collocations, keyOf, neighboursOf } from '../../../src/english/rewrite/collocations';

const at = (view: string, word: string) => {
  const start = view.indexOf(word);
  return neighboursOf(view, start, start + word.length);
};

describe('words that go together', () => {
  it('the neighbours are the next word and, behind one that links, the next one too', () => {
    expect(at('We remove the other limits of it.', 'remove')).toEqual([
      { side: 'left', word: 'we' },
      { side: 'right', word: 'limit' },
    ]);
    expect(at('Functions operate on raw strings.', 'operate')).toEqual([
      { side: 'left', word: 'Functions'.toLowerCase().replace(/s$/, '') },
      { side: 'right', word: 'on' },
      { side: 'right', word: 'raw' },
    ]);
  });
  it('a mark, code and the edge of the text end what belongs together', () => {
    expect(at('If so, remove `it`.', 'remove')).toEqual([]);
    expect(at('remove', 'remove')).toEqual([]);
    expect(at('(remove)', 'remove')).toEqual([]);
  });
  it('refuses what was written and hardly anything else', () => {
    const limit = { side: 'right', word: 'limit' } as const;
    const keys = Array.from({ length: 500 }, (_, index) =>
      keyOf('remove', 'delete', { side: 'right', word: `w${index}` }),
    );
    const filter = new Collocations(Collocations.write([...keys, keyOf('remove', 'delete', limit)]));
    expect(filter.refuse('remove', 'delete', [limit])).toBe(true);
    const others = Array.from({ length: 1000 }, (_, index) => ({ side: 'left', word: `v${index}` }) as const);
    expect(others.filter((other) => filter.refuse('remove', 'delete', [other])).length).toBeLessThan(30);
  });
  it('an empty list refuses nothing', () => {
    expect(new Collocations('').refuse('remove', 'delete', [{ side: 'right', word: 'limit' }])).toBe(false);
  });
  it('the shipped list knows what prose says', () => {
    const filter = new Collocations(readFileSync('models/lexicon/collocations.txt', 'utf8'));
    const refused = (view: string, word: string, other: string) => filter.refuse(word, other, at(view, word));
    expect(refused('You can accept an invitation.', 'accept', 'take')).toBe(true);
    expect(refused('It is a missed opportunity.', 'opportunity', 'chance')).toBe(true);
    expect(refused('Please accept the risk.', 'accept', 'take')).toBe(false);
    expect(refused('It is an opportunity.', 'opportunity', 'chance')).toBe(false);
  });
});
