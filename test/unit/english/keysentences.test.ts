import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pickKeySentences, sentenceCentrality } from '../../../src/english/judge/keysentences';
import { textRank } from '../../../src/english/judge/textrank';

const document = [
  { text: 'Message relay', blockIndex: 0, heading: true },
  { text: 'The relay stores each message on disk and forwards the message to the broker.', blockIndex: 1 },
  { text: 'Bananas are yellow and taste of summer evenings.', blockIndex: 2 },
  { text: 'A message stays on disk until the broker confirms the message to the relay.', blockIndex: 3 },
  { text: 'The relay forwards each message on disk to the broker and stores the message.', blockIndex: 3 },
  { text: 'Yes.', blockIndex: 4 },
];

describe('key sentences', () => {
  it('are central, near the title, and no headings', () => {
    const scores = sentenceCentrality(document);
    expect(scores[0]).toBe(0);
    expect(scores[1]).toBe(1);
    expect(scores[2]!).toBeLessThan(scores[3]!);
    expect(scores[5]!).toBeLessThan(scores[3]!);
  });

  it('do not repeat each other', () => {
    const scores = sentenceCentrality(document);
    expect(pickKeySentences(document, scores, 1)).toEqual([1]);
    expect(pickKeySentences(document, scores, 2)).not.toEqual([1, 4]);
    expect(pickKeySentences(document, scores, 99).length).toBe(5);
    expect(pickKeySentences(document, scores, 0)).toEqual([]);
    expect(pickKeySentences([], [], 3)).toEqual([]);
  });

  it('score any texts from 0 to 1, the best 1', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' ', '.', 'é') }), { maxLength: 20 }),
        (texts) => {
          const rank = textRank(texts);
          expect(rank.length).toBe(texts.length);
          for (const value of rank) expect(value >= 0 && value <= 1).toBe(true);
          if (rank.some((value) => value > 0)) expect(Math.max(...rank)).toBe(1);
        },
      ),
    );
  });

  it('take long documents by an even sample', () => {
    const texts = Array.from(
      { length: 5000 },
      (_, index) => `Sentence number w${index % 50} about topic t${index % 7} here.`,
    );
    const rank = textRank(texts);
    expect(rank.filter((value) => value > 0).length).toBe(600);
    expect(rank.slice(4900).some((value) => value > 0)).toBe(true);
  });
});
