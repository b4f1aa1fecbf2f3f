import { describe, expect, it } from 'vitest';
import { plainSentence } from '../../../src/engine/benchmark';
import { Lexicon } from '../../../src/english/prior/lexicon';
import { findAll } from '../../../src/english/prior/prior';

const lexicon = Lexicon.fromText({
  misspellings: 'teh\tthe\nther\tthere,their\nenviroment\tenvironment\n',
  phrases: '',
  words: 'configuration\t60\nkey\t90\nthe\t999\nfunctionally\t80\ncan\t99\n',
  names: 'github\tGitHub\n',
});
const found = (view: string, dictionary: string[] = []): string[] =>
  findAll(plainSentence(view), lexicon, new Set(dictionary)).map(
    ({ start, end, candidates, origin, offered, settled }) =>
      `${origin}: ${view.slice(start, end)}→${candidates.join()}${offered ? ' offered' : ''}${settled ? ` ${settled}` : ''}`,
  );

describe('findAll', () => {
  it('says of each candidate who found it, whether the network is told, and whether it needs no judge', () => {
    expect(found('Teh github key, an enviroment, ther.')).toEqual([
      'listed: Teh→The offered spelling',
      'listed: enviroment→environment offered spelling',
      'listed: ther→there,their offered',
      'name: github→GitHub offered',
    ]);
    expect(found('Read the teh key.')).toEqual(['doubled:  teh→ doubled-word']);
    expect(found('Read teh key.')).toEqual(['listed: teh→the offered spelling']);
    expect(found('It is a enviroment.')).toContain('article: a→an offered article');
    expect(found('It will requires teh confguration.')).toEqual([
      'listed: teh→the offered spelling',
      'form: requires→require offered',
      'near: confguration→configuration offered',
      'slip: requires→require verb-form',
    ]);
    expect(found('It reads by by one anothers key functionaly, and you can chose.')).toEqual([
      'confused: chose→choose offered confusable',
      'near: functionaly→functionally offered',
      'regular: functionaly→functionally spelling',
      "reciprocal: anothers→another's punctuation",
      'doubled:  by→ doubled-word',
    ]);
  });
  it('leaves words of the dictionary and protected text alone', () => {
    expect(found('Use teh confguration.', ['teh', 'confguration'])).toEqual([]);
    const sentence = plainSentence('Use teh key.');
    expect(findAll({ ...sentence, pieces: [{ ...sentence.pieces[0]!, protected: true }] }, lexicon)).toEqual([]);
  });
  it('tells the network of one candidate for a word, that of the list first', () => {
    const own = Lexicon.fromText({ misspellings: 'chose\tchess\n', phrases: '', words: 'key\t9\n' });
    const { origin, offered, settled } = findAll(plainSentence('You can chose it.'), own)[1]!;
    expect([origin, offered, settled]).toEqual(['confused', false, 'confusable']);
  });
});
