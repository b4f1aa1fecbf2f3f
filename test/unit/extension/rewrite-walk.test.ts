import { describe, expect, it } from 'vitest';
import { nextSentence, sentenceRewritten, walkThrough } from '../../../src/extension/paraphrase/rewrite-walk';

describe('a walk through sentences', () => {
  it('comes by each once and follows the text that the earlier ones became', () => {
    const texts = ['Utilize it.', 'Keep it.', 'Utilize that.'];
    let text = texts.join(' ');
    const sentences = texts.map((part) => ({ start: text.indexOf(part), end: text.indexOf(part) + part.length }));
    let walk = walkThrough(sentences);
    const seen: string[] = [];
    for (let step = nextSentence(walk); step; step = nextSentence(walk)) {
      const { start, end } = step.sentence;
      ({ walk } = step);
      const part = text.slice(start, end);
      seen.push(part);
      if (!part.startsWith('Utilize')) continue;
      text = text.slice(0, start) + part.replace('Utilize', 'Use') + text.slice(end);
      walk = sentenceRewritten(walk, 'Use'.length - 'Utilize'.length);
    }
    expect(seen).toEqual(texts);
    expect(text).toBe('Use it. Keep it. Use that.');
    expect(walk).toMatchObject({ left: [], total: 3, seen: 3, rewritten: 2 });
  });

  it('is over at once without sentences', () => {
    expect(nextSentence(walkThrough([]))).toBeUndefined();
  });
});
