import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits, type OffsetEdit } from '../../../src/extension/shell/checked-edits';
import {
  currentRemark,
  followed,
  latestIsRefusal,
  moved,
  movedTo,
  openRemarks,
  refusalUndone,
  refused,
  remarkAt,
  reviewOf,
  takingEdits,
  type Review,
} from '../../../src/extension/review/review';
import type { Correction, CorrectionType } from '../../../src/protocol/requests';

const text = 'You can recieve a messages messages in in hour, and teh rest at evening.';
const find = (words: string, correction: string, type: CorrectionType, length = words.length): Correction => {
  const startIndex = text.indexOf(words) + words.length - length;
  return {
    startIndex,
    endIndex: startIndex + length,
    correction,
    type,
    confidence: 0.9,
    explanation: `About ${words}.`,
    lexicon: false,
  };
};
const corrections = [
  find('recieve', 'receive', 'spelling'),
  find(' messages messages', '', 'doubled-word', 9),
  find('in in', 'an', 'article', 2),
  find('teh', 'the', 'spelling'),
  find('at ', 'the ', 'article', 0),
];
const right = 'You can receive a messages in an hour, and the rest at the evening.';

/** Text and review in step, as the editor keeps them. */
class Desk {
  constructor(
    public text: string,
    public review: Review,
  ) {}
  edit(...edits: OffsetEdit[]): this {
    this.text = applyEdits(this.text, edits);
    this.review = followed(this.review, edits, this.text);
    return this;
  }
  take(...ids: number[]): this {
    return this.edit(...takingEdits(this.review.remarks.filter(({ id }) => ids.includes(id))));
  }
  states(): string[] {
    return this.review.remarks.map(({ state }) => state);
  }
}
const desk = (): Desk => new Desk(text, reviewOf(corrections, text));

describe('walking', () => {
  it('starts at the first remark, wraps around both ways and passes what is decided', () => {
    const { review } = desk();
    expect(currentRemark(review)?.original).toBe('recieve');
    expect(moved(review, -1).current).toBe(4);
    expect(moved(moved(review, -1), 1).current).toBe(0);
    expect(moved(refused(review, [1]), 1).current).toBe(2);
    expect(movedTo(review, text.indexOf('rest')).current).toBe(4);
    expect(movedTo(review, text.length).current).toBe(0);
  });
  it('finds the open remark at a place, its end included', () => {
    const { review } = desk();
    expect(remarkAt(review, text.indexOf('recieve') + 7)?.id).toBe(0);
    expect(remarkAt(review, 3)).toBeUndefined();
    expect(remarkAt(refused(review, [0]), text.indexOf('recieve'))).toBeUndefined();
  });
  it('has no current remark without remarks, or when all are decided', () => {
    expect(reviewOf([], text)).toEqual({ remarks: [], current: undefined, decisions: [], text });
    expect(refused(desk().review, [0, 1, 2, 3, 4]).current).toBeUndefined();
    expect(moved(reviewOf([], text), 1).current).toBeUndefined();
  });
});

describe('taking', () => {
  it('goes on to the next remark, in any order, to the corrected text', () => {
    const one = desk();
    for (const id of [2, 0, 4, 1, 3]) {
      one.take(id);
      expect(one.review.remarks[id]!.state).toBe('taken');
    }
    expect(one.text).toBe(right);
    expect(one.review.current).toBeUndefined();
    expect(desk().take(0).review.current).toBe(1);
  });
  it('takes all of a kind in one stroke', () => {
    const one = desk();
    one.take(...openRemarks(one.review, 'spelling').map(({ id }) => id));
    expect(one.states()).toEqual(['taken', 'open', 'open', 'taken', 'open']);
    expect(one.review.decisions).toEqual([{ ids: [0, 3], state: 'taken' }]);
  });
  it('counts a correction that somebody else made: by hand, or with a quick fix that covers more', () => {
    const one = desk().edit({ start: 8, end: 15, text: 'receive' });
    expect(one.states()[0]).toBe('taken');
    expect(desk().edit({ start: 10, end: 12, text: 'ei' }).edit({ start: 11, end: 11, text: '' }).states()[0]).toBe(
      'stale',
    );
    expect(desk().edit({ start: 11, end: 13, text: 'ei' }).states()[0]).toBe('taken');
  });
});

describe('undo', () => {
  it.each([0, 1, 2, 3, 4])('of taking remark %i opens it again and goes back to it', (id) => {
    const one = desk().take(id === 0 ? 3 : 0);
    const present = one.text;
    const { start, end, replacement, original } = one.review.remarks[id]!;
    one.take(id);
    one.edit({ start, end: start + replacement.length, text: original });
    expect(one.text).toBe(present);
    expect(one.review.remarks[id]).toMatchObject({ state: 'open', start, end });
    expect(one.review.current).toBe(id);
    expect(one.review.decisions).toHaveLength(1);
  });
  it('of a refusal opens what that stroke refused, one stroke at a time', () => {
    let { review } = desk();
    review = refused(refused(review, [0]), [2, 4]);
    expect(latestIsRefusal(review)).toBe(true);
    review = refusalUndone(review);
    expect(openRemarks(review).map(({ id }) => id)).toEqual([1, 2, 3, 4]);
    expect(review.current).toBe(2);
    review = refusalUndone(review);
    expect(review).toEqual(desk().review);
    expect(refusalUndone(review)).toBe(review);
  });
  it('after a take is the editor’s, and refusing twice is one refusal', () => {
    const one = desk();
    one.review = refused(refused(one.review, [0]), [0]);
    expect(one.review.decisions).toHaveLength(1);
    expect(latestIsRefusal(one.take(1).review)).toBe(false);
  });
});

describe('a text that is edited meanwhile', () => {
  it('moves the remarks behind the edit', () => {
    const one = desk().edit({ start: 0, end: 3, text: 'Everybody' });
    for (const { start, end, original } of one.review.remarks) expect(one.text.slice(start, end)).toBe(original);
    expect(one.take(0, 1, 2, 3, 4).text).toBe(right.replace('You', 'Everybody'));
  });
  it('leaves a remark out while its words are others, and brings it back with them', () => {
    const one = desk().edit({ start: 10, end: 11, text: 'X' });
    expect(one.states()[0]).toBe('stale');
    expect(one.review.current).toBe(1);
    expect(takingEdits([one.review.remarks[0]!])).toEqual([]);
    one.edit({ start: 10, end: 11, text: text[10]! });
    expect(one.states()[0]).toBe('open');
  });
  it('finds a remark again whose whole paragraph was deleted and put back', () => {
    const one = desk().edit({ start: 0, end: 40, text: '' });
    expect(one.states().slice(0, 3)).toEqual(['stale', 'stale', 'stale']);
    one.edit({ start: 0, end: 0, text: text.slice(0, 40) });
    expect(one.states()[0]).toBe('open');
    expect(one.review.remarks[0]!.start).toBe(8);
  });
  it('keeps what a change of the whole document left as it was, and never takes a part of a word for the word', () => {
    expect(
      desk()
        .edit({ start: 0, end: text.length, text: `${text} More.` })
        .states()[0],
    ).toBe('open');
    expect(
      desk()
        .edit({ start: 0, end: text.length, text: text.replace('teh', 'tehe') })
        .states()[3],
    ).toBe('stale');
    expect(desk().edit({ start: 0, end: text.length, text: '' }).review.current).toBeUndefined();
  });
  it('finds again what a revert of the whole text brings back, whatever was done to it', () => {
    const one = desk();
    one.take(one.review.remarks[0]!.id);
    one.edit({ start: one.text.indexOf('hour, and teh'), end: one.text.indexOf(' rest'), text: 'minute, then any' });
    one.edit({ start: 0, end: one.text.length, text });
    // Where words are missing there is nothing to find the place by.
    expect(one.states()).toEqual(['open', 'open', 'open', 'open', 'stale']);
    one.take(0, 1, 2, 3);
    expect(one.text).toBe(right.replace('the evening', 'evening'));
  });
  it('text typed at the edges of a remark is not part of it', () => {
    const one = desk().edit({ start: 8, end: 8, text: '(' }).edit({ start: 16, end: 16, text: ')' });
    expect(one.states()[0]).toBe('open');
    expect(one.take(0).text).toContain('(receive)');
  });
  it('takes one large change apart that takes many remarks, and the one that undoes it', () => {
    const one = desk();
    const edits = takingEdits(one.review.remarks.filter(({ id }) => id !== 3));
    const taken = applyEdits(text, edits);
    const [start, end] = [edits[0]!.start, edits.at(-1)!.end];
    const behind = text.length - end;
    one.edit({ start, end, text: taken.slice(start, taken.length - behind) });
    expect(one.text).toBe(taken);
    expect(one.states()).toEqual(['taken', 'taken', 'taken', 'open', 'taken']);
    one.edit({ start, end: taken.length - behind, text: text.slice(start, end) });
    expect(one.states()).toEqual(['open', 'open', 'open', 'open', 'open']);
    const typed = desk().edit({ start: 39, end: 41, text: 'of' });
    const half = applyEdits(typed.text, takingEdits(typed.review.remarks.filter(({ id }) => id !== 3)));
    typed.edit({ start, end, text: half.slice(start, half.length - behind) });
    expect(typed.states()).toEqual(['taken', 'taken', 'stale', 'open', 'taken']);
    expect(one.take(0, 1, 2, 3, 4).text).toBe(right);
  });
  it('follows many changes at once as it follows them one by one', () => {
    const cut = fc.tuple(fc.nat(text.length), fc.constantFrom('', 'x', ' the ', 'receive'));
    fc.assert(
      fc.property(fc.uniqueArray(cut, { maxLength: 12, selector: ([at]) => at }), (cuts) => {
        const sorted = cuts.sort(([a], [b]) => a - b);
        const edits = sorted.slice(0, -1).flatMap(([start, inserted], index) => {
          const end = sorted[index + 1]![0];
          return index % 2 === 0 ? [{ start, end, text: inserted }] : [];
        });
        const [atOnce, oneByOne] = [desk().edit(...edits), desk()];
        for (const edit of [...edits].reverse()) oneByOne.edit(edit);
        expect(atOnce.text).toBe(oneByOne.text);
        const places = ({ review }: Desk): number[][] => review.remarks.map(({ start, end }) => [start, end]);
        expect(places(atOnce)).toEqual(places(oneByOne));
      }),
    );
  });
  it('never edits anything but the original words of an open remark, whatever happens to the text', () => {
    const change = fc.record({
      at: fc.nat(100),
      length: fc.nat(12),
      text: fc.constantFrom('', 'x', ' the ', 'recieve', 'in\n'),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
        const one = desk();
        for (const { at, length, text: inserted } of changes) {
          const start = Math.min(at, one.text.length);
          one.edit({ start, end: Math.min(start + length, one.text.length), text: inserted });
          const open = openRemarks(one.review);
          for (const remark of open) expect(one.text.slice(remark.start, remark.end)).toBe(remark.original);
          const { current } = one.review;
          expect(current === undefined ? open.length === 0 : one.review.remarks[current]!.state === 'open').toBe(true);
        }
      }),
    );
  });
});
