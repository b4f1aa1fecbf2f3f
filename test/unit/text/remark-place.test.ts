import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leastChange, placeOfRemark, withoutPlaces, type ProposedChange } from '../../../src/protocol/remark-place';

const text = 'A relay sends teh mail.\nAnother relay sends teh mail, too.\n';
const correction = (startIndex: number, from: string, to: string): Parameters<typeof withoutPlaces>[1][number] => ({
  startIndex,
  endIndex: startIndex + from.length,
  correction: to,
});
const applied = (whole: string, { start, end, text: inserted }: ProposedChange): string =>
  whole.slice(0, start) + inserted + whole.slice(end);

describe('the place of a remark', () => {
  const [first, second] = [text.indexOf('teh'), text.lastIndexOf('teh')];
  const found = [correction(first, 'teh', 'the'), correction(second, 'teh', 'the')];
  const place = placeOfRemark(text, { start: first, end: first + 3, text: 'the' });

  it('is one occurrence and no other', () => {
    expect(withoutPlaces(text, found, [place])).toEqual([found[1]]);
    expect(withoutPlaces(text, found, [])).toEqual(found);
  });

  it('is found after an edit elsewhere, with other line breaks too, and not after one of its own words', () => {
    const longer = `# A title that was not there\n\n${text}`.replaceAll('\n', '\r\n');
    const moved = correction(longer.indexOf('teh'), 'teh', 'the');
    expect(withoutPlaces(longer, [moved], [place])).toEqual([]);
    const edited = text.replace('sends teh mail.', 'sent teh mail.');
    const again = correction(edited.indexOf('teh'), 'teh', 'the');
    expect(withoutPlaces(edited, [again], [place])).toEqual([again]);
  });

  it('is the same for an insertion that is shown with the word beside it', () => {
    const short = 'It is end of the line.';
    const bare = placeOfRemark(short, { start: 5, end: 5, text: ' the' });
    const shown = placeOfRemark(short, { start: 3, end: 5, text: 'is the' });
    expect(shown).toEqual(bare);
    expect(placeOfRemark('of of it', { start: 2, end: 5, text: '' })).toEqual(
      placeOfRemark('of of it', { start: 0, end: 3, text: '' }),
    );
  });

  it('gives the same text as the change that it stands for, and is its own least change', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', ' '), maxLength: 12 });
    fc.assert(
      fc.property(letters, letters, fc.nat(12), fc.nat(12), (whole, inserted, one, other) => {
        const [start, end] = [Math.min(one, other, whole.length), Math.min(Math.max(one, other), whole.length)];
        const change = { start, end, text: inserted };
        const least = leastChange(whole, change);
        expect(applied(whole, least)).toBe(applied(whole, change));
        expect(leastChange(whole, least)).toEqual(least);
      }),
    );
  });
});
