import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joined, mended, draftEdits } from '../../../src/engine/tasks/correct/second-reading';
import type { SentenceEdit } from '../../../src/english/sentence-edit';
import { applyEdits } from '../../../src/protocol/word-edits';
import { isProtected } from '../../../src/protocol/source-map';
import { proseSentences } from '../../../src/text/prose';

const edit = (start: number, end: number, text: string, confidence = 0.9): SentenceEdit => ({
  start,
  end,
  text,
  confidence,
  lexicon: false,
  type: 'other',
  names: ['other'],
});
const sentenceOf = (text: string): ReturnType<typeof proseSentences>[number] => proseSentences(text, 'markdown')[0]!;

/** Sorted, disjoint ranges of a text of the length, each with what is put there. */
const edits = (length: number): fc.Arbitrary<SentenceEdit[]> =>
  fc
    .array(fc.tuple(fc.nat(length), fc.nat(4), fc.constantFrom('', 'x', 'long word', ' the')), { maxLength: 5 })
    .map((list) => {
      const result: SentenceEdit[] = [];
      for (const [start, size, text] of list.sort((left, right) => left[0] - right[0])) {
        const end = Math.min(length, start + size);
        if (start > (result.at(-1)?.end ?? -1) && (end > start || text !== '')) result.push(edit(start, end, text));
      }
      return result;
    });

describe('a sentence with its sure edits made', () => {
  const text = 'The client send the `token` to the server, which verify it for every user.';

  it('has the same places, moved: edits of the draft are edits of the sentence', () => {
    fc.assert(
      fc.property(
        edits(text.length).chain((first) => {
          const draft = applyEdits(text, first);
          return fc.tuple(fc.constant(first), edits(draft.length));
        }),
        ([first, second]) => {
          const { sentence, original } = mended(sentenceOf(text), first);
          expect(sentence.text).toBe(applyEdits(text, first));
          const far = second.filter((each) => original(each) !== undefined);
          const back = far.map((each) => original(each)!);
          const all = [...first, ...back].sort((left, right) => left.start - right.start || left.end - right.end);
          expect(applyEdits(text, all)).toBe(applyEdits(sentence.text, far));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('keeps what is protected, and names', () => {
    const sentence = { ...sentenceOf(text), names: [[4, 10]] as [number, number][] };
    const { sentence: draft } = mended(sentence, [edit(0, 3, 'This'), edit(11, 15, 'sends')]);
    const code = draft.text.indexOf('`token`');
    expect(isProtected(draft, code, code + 7)).toBe(true);
    expect(isProtected(draft, 5, 11)).toBe(false);
    expect(draft.names!.map(([start, end]) => draft.text.slice(start, end))).toEqual(['client']);
  });
});

describe('the edits of two readings', () => {
  const thresholds = { default: 0.6, lexicon: 0.5, highConfidence: 0.9, byType: {} };

  it('leaves a sentence that is sure of nothing alone', () => {
    const sentence = sentenceOf('The client send it.');
    expect(draftEdits(sentence, [edit(11, 15, 'sends', 0.5)], 'balanced', thresholds)).toEqual([]);
    expect(draftEdits(sentence, [edit(11, 15, 'sends', 0.7)], 'balanced', thresholds)).toHaveLength(1);
  });

  it('counts for nothing where it is in doubt', () => {
    expect(joined([edit(0, 3, 'a', 0.3)], [edit(0, 3, 'a', 0.5), edit(5, 7, 'b', 0.5)])).toEqual([
      edit(0, 3, 'a', 0.3),
    ]);
  });

  it('never makes an edit of protected text', () => {
    const sentence = sentenceOf('The client send `it` now.');
    const at = sentence.text.indexOf('it');
    expect(draftEdits(sentence, [edit(at, at + 2, 'them')], 'balanced', thresholds)).toEqual([]);
  });

  it('takes the surer one of the same edit', () => {
    expect(joined([edit(0, 3, 'a', 0.3)], [edit(0, 3, 'a', 0.8)])).toEqual([edit(0, 3, 'a', 0.8)]);
    expect(joined([edit(0, 3, 'a', 0.8)], [edit(0, 3, 'a', 0.3)])).toEqual([edit(0, 3, 'a', 0.8)]);
  });

  it('is less sure of a word that only a mended sentence asks for', () => {
    expect(joined([], [edit(4, 4, ' the', 0.9)])).toEqual([]);
    expect(joined([], [edit(4, 4, ' the', 0.99)])[0]!.confidence).toBeCloseTo(0.768, 3);
    const [both] = joined([edit(4, 4, ' the', 0.8)], [edit(4, 4, ' the', 0.95)]);
    expect(both!.confidence).toBeGreaterThan(0.89);
    expect(both!.confidence).toBeLessThan(0.95);
  });
});
