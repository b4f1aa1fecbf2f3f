import { describe, expect, it } from 'vitest';
import {
  bringsArticleBeforeName,
  bringsArticleBeforeOwner,
  bringsArticleBeforePlural,
} from '../../../src/english/judge/article-guards';
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

const lexicon = Lexicon.fromText({ misspellings: '', phrases: '', words: 'page\t99\nHarper\t9\n' });
const beforeName = (view: string, before: string): boolean => {
  const start = view.indexOf(before) - 1;
  const edit = { start, end: start, text: ' the', confidence: 0.95, lexicon: false, type: 'article' } as const;
  return bringsArticleBeforeName(view, edit, lexicon) || bringsArticleBeforeOwner(view, edit);
};

describe('articles', () => {
  it('none before several that code names', () => {
    expect(insertion('Subscribers with different `Names` start.', 'different', 'a')).toBe(true);
    expect(insertion('Subscribers with different `Name` start.', 'different', 'a')).toBe(false);
  });
  it('none before a name alone, or one that owns something', () => {
    expect(beforeName('The one provided by Hibernate Validator requires it.', 'Hibernate')).toBe(true);
    expect(beforeName('The library is Harper, as you know.', 'Harper')).toBe(true);
    expect(beforeName('A description of `paradox` and its classes.', '`paradox`')).toBe(true);
    expect(beforeName("A change to Facebook's address.", 'Facebook')).toBe(true);
    expect(beforeName('You can use `all` option.', '`all`')).toBe(false);
    expect(beforeName('It is provided by Hibernate Validator module.', 'Hibernate')).toBe(false);
    expect(beforeName('It stands on Page.', 'Page')).toBe(false);
  });
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
  const common = Lexicon.fromText({
    misspellings: '',
    phrases: '',
    words: 'exemption\t68\nexception\t900\nform\t99\nfrom\t99\n',
  });
  const changes = (view: string, before: string, text: string, type: 'spelling' | 'confusable'): boolean => {
    const start = view.indexOf(before);
    return changesRightWord(
      view,
      { start, end: start + before.length, text, confidence: 0.9, lexicon: false, type },
      common,
    );
  };
  it('is no slip for another one that differs in more than a letter', () => {
    expect(changes('The exemption holds.', 'exemption', 'exception', 'spelling')).toBe(true);
    expect(changes('Loaded form it.', 'form', 'from', 'spelling')).toBe(false);
    expect(changes('The exemptoin holds.', 'exemptoin', 'exemption', 'spelling')).toBe(false);
  });
});
