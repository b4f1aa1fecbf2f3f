import { describe, expect, it } from 'vitest';
import { unknownWords } from '../../../src/extension/kept/unknown-words';
import type { Correction } from '../../../src/protocol/requests';

const text = 'Zephyrix is a borker. Zephyrix runs, and it is teh one.';
const at = (word: string, correction: string, more: Partial<Correction> = {}, from = 0): Correction => {
  const startIndex = text.indexOf(word, from);
  return {
    startIndex,
    endIndex: startIndex + word.length,
    correction,
    type: 'spelling',
    confidence: 0.7,
    explanation: '',
    lexicon: false,
    ...more,
  };
};

describe('the unknown words of a text', () => {
  it('come once each with their count; listed misspellings are told apart, other remarks left out', () => {
    const corrections = [
      at('Zephyrix', 'Zephyr'),
      at('borker', 'broker'),
      at('Zephyrix', 'Zephyr', {}, 10),
      at('it is', 'its', { type: 'confusable' }),
      at('teh', 'the', { lexicon: true }),
      at('runs, and', 'runs and'),
    ];
    expect(unknownWords(text, corrections)).toEqual([
      { word: 'Zephyrix', correction: 'Zephyr', count: 2, misspelt: false },
      { word: 'borker', correction: 'broker', count: 1, misspelt: false },
      { word: 'teh', correction: 'the', count: 1, misspelt: true },
    ]);
  });

  it('has those that no list knows, in the order of the text', () => {
    const told = 'A zorblat is a wrod.';
    const wrod = { startIndex: 15, endIndex: 19, correction: 'word', type: 'spelling', lexicon: true } as Correction;
    expect(unknownWords(told, [wrod], [{ startIndex: 2, endIndex: 9, suggestions: [] }])).toEqual([
      { word: 'zorblat', correction: undefined, count: 1, misspelt: false },
      { word: 'wrod', correction: 'word', count: 1, misspelt: true },
    ]);
  });
});
