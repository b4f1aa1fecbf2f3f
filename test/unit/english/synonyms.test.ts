import { describe, expect, it } from 'vitest';
import { wordChoices } from '../../../src/english/rewrite/synonyms';
import table from '../../../src/english/rewrite/synonyms.json';

const at = (view: string, word: string): string[] | undefined =>
  wordChoices(view, []).find(({ start, end }) => view.slice(start, end) === word)?.alternatives;

describe('words that may stand for another', () => {
  it.each([
    ['The file contains two keys.', 'contains', 'includes'],
    ['They chose another port.', 'chose', 'selected'],
    ['The chosen port is free.', 'chosen', 'selected'],
    ['The port was selected by hand.', 'selected', 'chosen'],
    ['Searching for rules takes time.', 'Searching for', 'Looking for'],
    ['Usually it works.', 'Usually', 'Normally'],
    ['Run the setup script twice.', 'Run', 'Execute'],
    ['It fails as soon as the disk is full.', 'as soon as', 'once'],
  ])('%s', (view, word, other) => {
    expect(at(view, word)).toContain(other);
  });

  it('holds no word or guard that no text can reach', () => {
    const listed = [...Object.keys(table.words), ...Object.keys(table.verbs)];
    expect(listed.filter((phrase) => !/^[\p{L}\p{N}'-]+(?: [\p{L}\p{N}'-]+)*$/u.test(phrase))).toEqual([]);
    // A guard is that of a word, of a phrase's first word, or of one form of a verb.
    const alone = Object.keys(table.unless).filter(
      (word) => !listed.some((phrase) => phrase === word || phrase.startsWith(`${word} `)),
    );
    expect(alone).toEqual(['generated', 'configured', 'containing', 'specified', 'activated', 'beginning']);
  });

  it('takes the longest phrase and offers each place once', () => {
    const view = 'It happens over and over and then it happens again.';
    const places = wordChoices(view, []).map(({ start, end }) => view.slice(start, end));
    expect(places.filter((place) => place === 'over and over')).toHaveLength(1);
    expect(places.filter((place) => place === 'happens')).toHaveLength(2);
  });

  it.each([
    ['It looks like a list.', 'like'],
    ['You need to restart it.', 'need'],
    ['Run your instance behind a proxy.', 'Run'],
    ['The table has set column names with specified widths.', 'specified'],
    ['Users create accounts.', 'create'],
    ['Run it once per day.', 'once'],
    ['They know each other.', 'each'],
    ['We recommend using a mirror.', 'using'],
    ['It is wrong to read it by invalidly using an index.', 'using'],
    ['It has not been seen since version 2.', 'since'],
    ['You can see the log.', 'see'],
    ['It stops when an interrupt comes.', 'interrupt'],
    ['The limits are in the file.', 'limits'],
    ['The existing code works for the most part, but not for the releases.', 'releases'],
  ])('has nothing for another sense: %s', (view, word) => {
    expect(at(view, word)).toBeUndefined();
  });

  it('leaves names, compounds and closed ranges alone', () => {
    expect(wordChoices('Ask the Select team.', []).map(({ start }) => start)).not.toContain(8);
    expect(at('A multi-select list is there.', 'select')).toBeUndefined();
    const view = 'It `contains` text.';
    expect(wordChoices(view, [[3, 13]])).toEqual([]);
  });

  it('spells the forms of every verb of its table as words that people write', () => {
    const odd = /(?:eed|eing|[^aeiou]yed|sss|iies)$/;
    const view = 'contain chose handled stopped beginning splitting getting putting';
    for (const { alternatives } of wordChoices(view, []))
      for (const word of alternatives) expect(word.replace(/^(?:need|see|agree|exceed)\w*$/, '')).not.toMatch(odd);
  });
});
