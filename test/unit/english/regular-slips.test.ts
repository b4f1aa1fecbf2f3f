import { describe, expect, it } from 'vitest';
import { Lexicon } from '../../../src/english/prior/lexicon';
import { frontCoded } from '../../../src/english/prior/known-words';
import { reciprocalSlips, regularSlips } from '../../../src/english/prior/regular-slips';

const lexicon = Lexicon.fromText({
  misspellings: '',
  phrases: '',
  known: frontCoded(['banana', 'festally']),
  words:
    'computationally\t4\nusefully\t9\nbasically\t90\npublicly\t90\nwithin\t900\ndefinition\t80\nconfigure\t70\nassessment\t60\n',
});
const slips = (text: string): string[] =>
  regularSlips(text, lexicon).map(({ start, end, candidates }) => `${text.slice(start, end)} ${candidates.join()}`);

describe('misspellings that need no list', () => {
  it('adverbs of words in -al, -ful and -ic', () => {
    expect(slips('It is computationaly hard, usefuly small and basicly done.')).toEqual([
      'computationaly computationally',
      'usefuly usefully',
      'basicly basically',
    ]);
    expect(slips('It is publicly and unknownaly done.')).toEqual([]);
  });
  it('a syllable written twice', () => {
    expect(slips('A definitition withinin the file to configurere.')).toEqual([
      'definitition definition',
      'withinin within',
      'configurere configure',
    ]);
  });
  it('a letter that stands three times', () => {
    expect(slips('An assesssment of the defffinition, aaaargh.')).toEqual([
      'assesssment assessment',
      'defffinition definition',
    ]);
  });
  it('what belongs to each other', () => {
    const owned = (text: string): string[] =>
      reciprocalSlips(text).map(
        ({ start, end, candidates }) => text.slice(0, start) + candidates[0]! + text.slice(end),
      );
    expect(owned("They read each others' notes.")).toEqual(["They read each other's notes."]);
    expect(owned('They read one anothers notes.')).toEqual(["They read one another's notes."]);
    expect(owned("They read each other's notes and the others' notes, each others and all.")).toEqual([]);
  });
  it('not what is known, a name or a part of one', () => {
    expect(slips('A banana, the festaly.txt, Withinin, x_withinin and with-withinin.')).toEqual([]);
    expect(regularSlips('It is withinin it.', lexicon, { dictionary: new Set(['withinin']) })).toEqual([]);
  });
});
