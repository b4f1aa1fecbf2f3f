import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultsIn } from '../../../src/english/judge/faults';
import { soundTogether, type JudgedEdit } from '../../../src/english/judge/sound-edits';
import { applyEdits } from '../../../src/protocol/word-edits';

/** An edit of the `nth` place of `before` in the view. */
function edit(view: string, before: string, text: string, confidence = 0.8, nth = 0): JudgedEdit {
  let start = view.indexOf(before);
  for (; nth > 0; nth--) start = view.indexOf(before, start + 1);
  expect(start).toBeGreaterThanOrEqual(0);
  return { start, end: start + before.length, text, confidence };
}
const result = (view: string, ...edits: JudgedEdit[]): string => applyEdits(view, soundTogether(view, edits));

describe('edits judged together', () => {
  it('one copy of a doubled word stays, the surer deletion is made', () => {
    const view = 'The queue is is emptied by by the worker.';
    const both = [
      edit(view, ' is', '', 0.6),
      edit(view, ' is', '', 0.9, 1),
      edit(view, ' by', '', 0.9),
      edit(view, ' by', '', 0.5, 1),
    ];
    expect(result(view, ...both)).toBe('The queue is emptied by the worker.');
  });
  it('one copy of a doubled phrase stays', () => {
    const view = 'Put it in the in the folder.';
    expect(result(view, edit(view, ' in the', '', 0.7), edit(view, ' in the', '', 0.6, 1))).toBe(
      'Put it in the folder.',
    );
    const thrice = 'Read the the the log.';
    expect(
      result(thrice, edit(thrice, ' the', '', 0.7), edit(thrice, ' the', '', 0.6, 1), edit(thrice, ' the', '', 0.5, 2)),
    ).toBe('Read the log.');
  });
  it('of two ways to mend one error the surer is taken', () => {
    const view = 'It will requires a key.';
    expect(result(view, edit(view, ' will', '', 0.5), edit(view, 'requires', 'require', 0.9))).toBe(
      'It will require a key.',
    );
    expect(result(view, edit(view, ' will', '', 0.9), edit(view, 'requires', 'require', 0.5))).toBe(
      'It requires a key.',
    );
  });
  it('no word is doubled by an insertion beside its like', () => {
    const view = 'It allows users to to log in.';
    expect(result(view, edit(view, 'users', 'users to', 0.6))).toBe(view);
    const plain = 'He goes to school.';
    expect(result(plain, edit(plain, 'goes', 'goes to'))).toBe(plain);
  });
  it('an article is not left alone, and not beside another determiner', () => {
    const view = 'This is a test of the file.';
    expect(result(view, edit(view, ' file', ''))).toBe(view);
    expect(result('Open the our page.', edit('Open the our page.', 'page', 'site'))).toBe('Open the our site.');
    expect(result('Open our page.', edit('Open our page.', 'our', 'the our'))).toBe('Open our page.');
  });
  it('an article keeps the sound of its word', () => {
    const view = 'This is an old idea.';
    expect(result(view, edit(view, ' old', '', 0.9))).toBe('This is an idea.');
    const other = 'It is an easy change.';
    expect(result(other, edit(other, ' easy', '', 0.9))).toBe(other);
    expect(result(other, edit(other, 'an', 'a', 0.9), edit(other, ' easy', '', 0.8))).toBe('It is a change.');
  });
  it('a noun without a plural takes its verb along, or is left', () => {
    const view = 'The hardwares were tested.';
    expect(result(view, edit(view, 'hardwares', 'hardware'))).toBe('The hardware was tested.');
    const inside = 'Lists of firmwares are kept.';
    expect(result(inside, edit(inside, 'firmwares', 'firmware'))).toBe('Lists of firmware are kept.');
    const given = 'The equipments are old.';
    expect(result(given, edit(given, 'equipments are', 'equipment are'))).toBe(given);
  });
  it('an apostrophe, a bracket and a quotation mark keep their other halves', () => {
    const view = 'They read each others\' notes (again) and "wait".';
    expect(result(view, edit(view, "others'", "other'"))).toBe(view);
    expect(result(view, edit(view, "others'", "other's"))).toBe('They read each other\'s notes (again) and "wait".');
    expect(result(view, edit(view, '(again', 'again'))).toBe(view);
    expect(result(view, edit(view, 'wait"', 'wait'))).toBe(view);
    expect(result(view, edit(view, '(again)', 'again'))).toBe('They read each others\' notes again and "wait".');
  });
  it('what was there before is no reason to keep an edit back', () => {
    const view = 'The the (old log is full.';
    expect(result(view, edit(view, 'full', 'empty'))).toBe('The the (old log is empty.');
  });
});

const words =
  'the a an is are was it they has have will requires require file files software of to in by and log logs server very each every our that'.split(
    ' ',
  );
const sentences = fc.array(fc.constantFrom(...words), { minLength: 3, maxLength: 25 });
/** Sentences in which many words stand twice, with a proposal at every second place. */
const proposals = sentences.chain((list) => {
  const doubled = list.flatMap((word, index) => (index % 3 === 0 ? [word, word] : [word]));
  const view = `${doubled.join(' ')}.`;
  const at = doubled.map((_, index) => doubled.slice(0, index).join(' ').length + (index > 0 ? 1 : 0));
  const one = (index: number): fc.Arbitrary<JudgedEdit | undefined> =>
    fc
      .record({
        kind: fc.constantFrom('delete', 'replace', 'insert', 'none', 'delete'),
        word: fc.constantFrom(...words),
        confidence: fc.double({ min: 0, max: 1, noNaN: true }),
      })
      .map(({ kind, word, confidence }) => {
        const start = index === 0 ? 0 : at[index]! - 1;
        const end = at[index]! + doubled[index]!.length;
        if (kind === 'delete') return { start, end, text: '', confidence };
        if (kind === 'replace') return { start: at[index]!, end, text: word, confidence };
        return kind === 'insert' ? { start: end, end, text: ` ${word}`, confidence } : undefined;
      });
  return fc
    .tuple(...doubled.map((_, index) => one(index)))
    .map((edits) => ({ view, doubled, edits: edits.filter((each) => each !== undefined) }));
});

describe('any proposals at once', () => {
  it('leave no fault that was not there, lose no word that stood twice, and stay in order', () => {
    fc.assert(
      fc.property(proposals, ({ view, edits }) => {
        const kept = soundTogether(view, edits);
        let end = 0;
        for (const each of kept) {
          expect(each.start).toBeGreaterThanOrEqual(end);
          end = each.end;
        }
        const after = applyEdits(view, kept);
        const count = (text: string, key: string): number => faultsIn(text).filter((fault) => fault.key === key).length;
        for (const { key } of faultsIn(after))
          expect([view, after, key, count(after, key) <= count(view, key)]).toEqual([view, after, key, true]);
        // A copy of every doubled word is there, unless somebody put another word in its place.
        for (const { 0: run, 1: word, index } of view.matchAll(/(?<!\S)([a-z]+)(?: \1)+(?=[ .])/g)) {
          const last = index + run.length;
          const here = kept.filter((each) => each.start < last && each.end > index);
          const gone = here.reduce((sum, each) => sum + Math.min(each.end, last) - Math.max(each.start, index), 0);
          if (here.every(({ text }) => text === ''))
            expect([view, word, gone <= run.length - word!.length]).toEqual([view, word, true]);
        }
      }),
      { numRuns: 400 },
    );
  });
});
