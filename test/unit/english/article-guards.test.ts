import { describe, expect, it } from 'vitest';
import { bringsArticleBeforePlural } from '../../../src/english/judge/article-guards';
import { changesRightWord } from '../../../src/english/judge/word-guards';
import { Lexicon } from '../../../src/english/prior/lexicon';

const insertion = (view: string, before: string, text: string): boolean => {
  const start = view.indexOf(before) - 1;
  return bringsArticleBeforePlural(view, {
    start,
    end: start,
    text: ` ${text}`,
    confidence: 0.9,
    lexicon: false,
    type: 'article',
  });
};

describe('articles', () => {
  it('no "a" before a group of words that ends with a plural', () => {
    expect(insertion('It adds new build-markers.', 'new', 'a')).toBe(true);
    expect(insertion('We run unit tests with it.', 'unit', 'a')).toBe(true);
  });
  it('one before a singular, whatever stands behind it', () => {
    expect(insertion('It adds new marker to files.', 'new', 'a')).toBe(false);
    expect(insertion('It needs access, says the manual.', 'access', 'an')).toBe(false);
    expect(insertion('It adds new markers.', 'new', 'the')).toBe(false);
  });
});

describe('a word that people write', () => {
  const lexicon = Lexicon.fromText({
    misspellings: '',
    phrases: '',
    words: 'exemption\t68\nexception\t900\nform\t99\nfrom\t99\n',
  });
  const changes = (view: string, before: string, text: string, type: 'spelling' | 'confusable'): boolean => {
    const start = view.indexOf(before);
    return changesRightWord(
      view,
      { start, end: start + before.length, text, confidence: 0.9, lexicon: false, type },
      lexicon,
    );
  };
  it('is no slip for another one that differs in more than a letter', () => {
    expect(changes('The exemption holds.', 'exemption', 'exception', 'spelling')).toBe(true);
    expect(changes('Loaded form it.', 'form', 'from', 'spelling')).toBe(false);
    expect(changes('The exemptoin holds.', 'exemptoin', 'exemption', 'spelling')).toBe(false);
  });
});
