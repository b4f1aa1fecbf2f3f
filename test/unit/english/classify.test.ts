import { correctionTypes } from '../../../src/protocol/tasks';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyEdit } from '../../../src/english/judge/classify';
import { distance } from '../../../src/english/judge/distance';
import { stem } from '../../../src/english/judge/stem';
import { explainEdit } from '../../../src/english/judge/explanations';
import { wordEdits } from '../../../src/protocol/word-edits';

/** Kind of the one edit between two sentences. */
function kind(before: string, after: string): string {
  const edits = wordEdits(before, after);
  expect(edits.length).toBe(1);
  const { start, end, text } = edits[0]!;
  return classifyEdit(before.slice(start, end), text, { left: before.slice(0, start), right: before.slice(end) });
}

describe('the kind of an edit', () => {
  it.each([
    ['I recieve it.', 'I receive it.', 'spelling'],
    ['Teh end.', 'The end.', 'spelling'],
    ['It occured once.', 'It occurred once.', 'spelling'],
    ['It crashs often.', 'It crashes often.', 'spelling'],
    ['In SwiftUI view.', "In SwiftUI's view.", 'punctuation'],
    ['It is you file.', 'It is your file.', 'confusable'],
    ['It works accurate.', 'It works accurately.', 'other'],
    ['I use github.', 'I use GitHub.', 'casing'],
    ['the end', 'The end', 'casing'],
    ['Yes it is.', 'Yes, it is.', 'punctuation'],
    ['It is,, here.', 'It is, here.', 'punctuation'],
    ['The users data is here.', "The user's data is here.", 'punctuation'],
    ['It dont work.', "It don't work.", 'punctuation'],
    ['Two  blanks.', 'Two blanks.', 'spacing'],
    ['Go in to it.', 'Go into it.', 'spacing'],
    ['It is alot.', 'It is a lot.', 'spacing'],
    ['End .', 'End.', 'spacing'],
    ['It is the the end.', 'It is the end.', 'doubled-word'],
    ['of the of the end', 'of the end', 'doubled-word'],
    ['It is a apple.', 'It is an apple.', 'article'],
    ['It is server.', 'It is a server.', 'article'],
    ['In the general, yes.', 'In general, yes.', 'article'],
    ['They is here.', 'They are here.', 'agreement'],
    ['It need this.', 'It needs this.', 'agreement'],
    ['Many file here.', 'Many files here.', 'agreement'],
    ['It was wrote.', 'It was written.', 'verb-form'],
    ['It is use here.', 'It is used here.', 'verb-form'],
    ['It depends of it.', 'It depends on it.', 'preposition'],
    ['Wait me.', 'Wait for me.', 'preposition'],
    ['Their is one.', 'There is one.', 'confusable'],
    ['More then one.', 'More than one.', 'confusable'],
    ['It can been done.', 'It can have been done.', 'missing-word'],
    ['We can able do.', 'We can do.', 'extra-word'],
    ['A well known fact.', 'A well-known fact.', 'hyphen'],
    ['A good thing.', 'A splendid thing.', 'other'],
  ])('%s -> %s: %s', (before, after, expected) => {
    expect(kind(before, after)).toBe(expected);
  });

  it('is one of the known kinds and has a sentence for a person, whatever the edit', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 20 }),
        fc.string({ maxLength: 20 }),
        fc.string({ maxLength: 20 }),
        (before, after, context) => {
          const type = classifyEdit(before, after, { left: context, right: context });
          expect(correctionTypes).toContain(type);
          expect(explainEdit(type, before, after)).toMatch(/^\S[^]*[.?]$/);
        },
      ),
    );
    for (const type of correctionTypes)
      for (const [before, after] of [
        ['', 'x'],
        ['x', ''],
        ['x y', 'z'],
      ] as const)
        expect(explainEdit(type, before, after)).toMatch(/[.?]$/);
  });

  it('explains', () => {
    expect(explainEdit('confusable', 'then', 'than')).toMatch(/^“Than” compares/);
    expect(explainEdit('confusable', 'cite', 'site')).toBe('Easily confused words: did you mean “site”?');
    expect(explainEdit('verb-form', 'adds', 'add', 'You can easily ')).toMatch(/comes the base form: “add”/);
    expect(explainEdit('verb-form', 'to use', 'using', 'We recommend ')).toMatch(/-ing is used: “using”/);
    expect(explainEdit('agreement', 'file', 'files', 'It has two ')).toMatch(/^More than one is meant here: “files”/);
    expect(explainEdit('agreement', 'start', 'starts', 'The server ')).toMatch(/^With one subject/);
    expect(explainEdit('doubled-word', ' the', '')).toBe('Doubled word: “the” stands twice.');
    expect(explainEdit('spacing', '  ', ' ')).toBe('There is a space too many here.');
    expect(explainEdit('article', '', 'a ')).toBe('An article is missing: “a”.');
  });
});

describe('stems and distances', () => {
  it('bring inflections together', () => {
    for (const group of [
      'write writes writing wrote written',
      'stop stopped stopping stops',
      'file files',
      'try tries tried',
      'cache caches cached caching',
    ]) {
      expect(new Set(group.split(' ').map(stem)).size).toBe(1);
    }
    expect(stem('class')).not.toBe(stem('clas s'));
  });
  it('count swapped neighbours once', () => {
    expect([
      distance('teh', 'the'),
      distance('a', ''),
      distance('same', 'same'),
      distance('recieve', 'receive'),
      distance('cat', 'dog'),
    ]).toEqual([1, 1, 0, 1, 3]);
  });
});
