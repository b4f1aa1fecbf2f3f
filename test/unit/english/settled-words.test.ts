import { describe, expect, it } from 'vitest';
import { plainSentence } from '../../../src/engine/benchmark';
import type { SentenceEdit } from '../../../src/english/sentence-edit';
import { findAll } from '../../../src/english/prior/prior';
import { settledConfidence, withSettledWords } from '../../../src/english/prior/settled-words';
import { Lexicon } from '../../../src/english/prior/lexicon';

const lexicon = Lexicon.fromText({
  misspellings: 'magentic\tmagnetic\nteh\tthe\nther\tthere,their\nmaster\tmaestro\n',
  phrases: '',
  words: 'file\t60\nmaster\t90\nthe\t999\n',
});
const edit = (start: number, end: number, text: string, confidence: number): SentenceEdit => ({
  start,
  end,
  text,
  confidence,
  lexicon: true,
  type: 'spelling',
});
const settled = (view: string, edits: SentenceEdit[] = [], dictionary: string[] = []): string =>
  withSettledWords(view, edits, findAll(plainSentence(view), lexicon, new Set(dictionary)))
    .map(({ start, end, text, confidence }) => `${view.slice(start, end)}→${text} ${confidence}`)
    .join(', ');

describe('settled words', () => {
  it('puts in what the network missed, and raises what it doubted', () => {
    expect(settled('Use teh file and teh log.')).toBe(`teh→the ${settledConfidence}, teh→the ${settledConfidence}`);
    expect(settled('Use teh file.', [edit(4, 7, 'the', 0.3)])).toBe(`teh→the ${settledConfidence}`);
    expect(settled('Use teh file.', [edit(4, 7, 'the', 0.97)])).toBe('teh→the 0.97');
    expect(settled('Teh file.')).toBe(`Teh→The ${settledConfidence}`);
  });
  it('knows patterns of grammar, whatever the network reads there', () => {
    expect(settled('Each files has a name.', [edit(5, 10, 'fields', 0.97)])).toBe(`files→file ${settledConfidence}`);
    expect(settled('Each files has a name.', [edit(5, 10, 'file', 0.97)])).toBe('files→file 0.97');
  });
  it('leaves alone what has two corrections, what people write, what may be a name, and the dictionary', () => {
    expect(settled('Ther is a master.')).toBe('');
    expect(settled('Ask the Magentic manager about teh magentic field.', [], ['teh'])).toBe(
      `magentic→magnetic ${settledConfidence}`,
    );
  });
  it('knows real words that their neighbours give away, and leaves the others of that list to the network', () => {
    expect(settled('You can chose it.')).toBe(`chose→choose ${settledConfidence}`);
    expect(settled('You can chose it.', [edit(8, 13, 'choose', 0.4)])).toBe(`chose→choose ${settledConfidence}`);
    expect(settled('You can chose it.', [edit(8, 13, 'change', 0.6)])).toBe('chose→change 0.6');
    expect(settled('We chose it, then you can setup the server.')).toBe('');
  });
  it('knows the article before a misspelled word, and leaves the others to the network', () => {
    expect(settled('It is an magentic file.')).toBe(
      `an→a ${settledConfidence}, magentic→magnetic ${settledConfidence}`,
    );
    expect(settled('It is an file, an ther.')).toBe('');
  });
  it('has two words corrected that the network takes for one slip', () => {
    expect(settled('Use teh magentic file.', [edit(4, 16, 'them', 0.8)])).toBe(
      `teh→the ${settledConfidence}, magentic→magnetic ${settledConfidence}`,
    );
  });
  it('takes the second copy of a small word away, and leaves those that may stand twice', () => {
    expect(settled('It is read by by the the server.')).toBe(` by→ ${settledConfidence},  the→ ${settledConfidence}`);
    expect(settled('The the file.')).toBe(` the→ ${settledConfidence}`);
    expect(settled('What it is is a map. Log in in the browser. The IT it needs, to-to and its its.')).toBe(
      ` its→ ${settledConfidence}`,
    );
  });
  it('stands back where the network is sure of something else', () => {
    expect(settled('Use teh file.', [edit(4, 12, 'them', 0.6)])).toBe('teh file→them 0.6');
    expect(settled('Use teh file.', [edit(4, 12, 'them', 0.4)])).toBe(`teh→the ${settledConfidence}`);
  });
});
