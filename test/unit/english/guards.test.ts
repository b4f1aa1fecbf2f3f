import { describe, expect, it } from 'vitest';
import { isPlausible } from '../../../src/english/judge/guards';
import type { SentenceEdit } from '../../../src/english/sentence-edit';
import { classifyEdit } from '../../../src/english/judge/classify';
import { Lexicon } from '../../../src/english/prior/lexicon';
import { proseSentences } from '../../../src/text/prose';

const lexicon = Lexicon.fromText({
  misspellings: '',
  phrases: '',
  words: 'awaited\t9\nHTML\t99\nyour\t99\ndefault\t90\nfunction\t99\nthe\t999\n',
});
/** Whether `before` in the first sentence of a Markdown text may become `after`. */
function allows(
  markdown: string,
  before: string,
  after: string,
  rest: Partial<SentenceEdit> = {},
  ends = true,
): boolean {
  const [sentence] = proseSentences(markdown, 'markdown');
  const view = sentence!.text;
  const start = before === '' ? view.length : view.indexOf(before);
  expect(start).toBeGreaterThanOrEqual(0);
  const end = start + before.length;
  const type = classifyEdit(before, after, { left: view.slice(0, start), right: view.slice(end) });
  return isPlausible(
    sentence!,
    { start, end, text: after, confidence: 0.9, lexicon: false, type, ...rest },
    { startsBlock: true, endsBlock: ends },
    lexicon,
  );
}

describe('guards', () => {
  it('a cell or an item that names a thing lacks no verb', () => {
    const cell = proseSentences(
      '| a | b |\n| --- | --- |\n| `x` | The symbol displayed when it ends |\n',
      'markdown',
    ).at(-1)!;
    const at = cell.text.indexOf(' displayed');
    const edit = { start: at, end: at, text: ' is', confidence: 0.9, lexicon: false, type: 'missing-word' } as const;
    expect(cell.block).toBe('table-cell');
    expect(isPlausible(cell, edit, { startsBlock: true, endsBlock: true }, lexicon)).toBe(false);
    expect(allows('The symbol displayed when it ends.', 'symbol', 'symbol is')).toBe(true);
  });
  it('a pronoun keeps its verb, unless another one follows', () => {
    expect(allows("Check if they're directories.", "they're", 'they')).toBe(false);
  });
  it('what the verb says to be many stays so', () => {
    expect(allows('The configurables are listed.', 'configurables', 'configurable')).toBe(false);
  });
  it('what can be done to it names a thing, and several of them', () => {
    expect(allows('See the configurables below.', 'configurables', 'configurable', { near: true })).toBe(false);
  });
  it('tense, fixed turns and what is not counted stay', () => {
    expect(allows('If you wanted to search it, you could.', 'wanted', 'want')).toBe(false);
    expect(allows('All it needs to do is search.', 'is', 'is to')).toBe(false);
    expect(allows('Read it in light of this.', 'in', 'in the')).toBe(false);
    expect(allows('In case of failure, it stops.', 'In', 'In the')).toBe(false);
    expect(allows('Add quotes where required.', 'where', 'were')).toBe(false);
    expect(allows('It tries its best to keep them.', 'its', 'it')).toBe(false);
    expect(allows('There is more discussion on this here.', 'is', 'are')).toBe(false);
  });
  it('how a short name is said nobody knows', () => {
    expect(allows('It is an Nvim plugin.', 'an', 'a')).toBe(false);
    expect(allows('It is not a uv flaw.', 'a', 'an')).toBe(false);
  });
  it('one is said to be one', () => {
    expect(allows('Close a single left parenthesis first.', 'parenthesis', 'parentheses')).toBe(false);
  });
  it('a comment is written without articles as its writer likes, running text is not', () => {
    const [sentence] = proseSentences('Marks end of the table', 'plain');
    const edit = { start: 5, end: 5, text: ' the', confidence: 0.9, lexicon: false, type: 'article' } as const;
    const place = { startsBlock: true, endsBlock: true };
    expect(isPlausible(sentence!, edit, place, lexicon)).toBe(true);
    expect(isPlausible({ ...sentence!, block: 'other' }, edit, place, lexicon)).toBe(false);
  });
  it('an entry of a change log is written without articles though it has a full stop', () => {
    const bringsThe = (markdown: string, word: string): boolean => {
      const [sentence] = proseSentences(markdown, 'markdown');
      const start = sentence!.text.indexOf(word) - 1;
      return isPlausible(
        sentence!,
        { start, end: start, text: ' the', confidence: 0.95, lexicon: false, type: 'article' },
        { startsBlock: true, endsBlock: true },
        lexicon,
      );
    };
    expect(bringsThe('- Update `other` dependency to a new version.', '`other`')).toBe(false);
    expect(bringsThe('- You find `other` dependency in a new place.', '`other`')).toBe(true);
  });
  it('how letters are said their writer knows, and a title of one word with hyphens is a name', () => {
    expect(allows('It is an MTI format.', 'an', 'a', { type: 'article' })).toBe(false);
    expect(allows('It is an R source.', 'an', 'a', { type: 'article' })).toBe(false);
    expect(allows('It is an fd number.', 'an', 'a', { type: 'article' })).toBe(false);
    expect(allows('It is a HTML/CSS expert.', 'a', 'an', { type: 'article' })).toBe(true);
    const rest = { lexicon: true, type: 'spelling' } as const;
    expect(allows('# defualt-function', 'defualt-function', 'default-function', rest)).toBe(false);
    expect(allows('# The defualt function', 'defualt', 'default', rest)).toBe(true);
  });
  it('blanks around a text belong to the document', () => {
    const [sentence] = proseSentences('will list all files.', 'plain');
    const blank = (at: number): boolean =>
      isPlausible(
        sentence!,
        { start: at, end: at, text: ' ', confidence: 0.9, lexicon: false, type: 'spacing' },
        { startsBlock: true, endsBlock: true },
        lexicon,
      );
    expect([blank(0), blank(sentence!.text.length), blank(4)]).toEqual([false, false, true]);
  });
  it('the number of a word in a compound with hyphens is left', () => {
    expect(allows('A broadly servers-compatible interface.', 'servers', 'server')).toBe(false);
    expect(allows('A limit of servers-per-rack is set.', 'servers', 'server')).toBe(false);
  });
  it('the same where the whole compound is changed', () => {
    const compound = ['servers-compatible', 'server-compatible'] as const;
    expect(allows('A servers-compatible interface.', ...compound, { type: 'agreement' })).toBe(false);
  });
  it('a list of code keeps its plural, and an owner keeps what is owned', () => {
    const verb = ['are', 'is', { type: 'agreement' }] as const;
    expect(allows('The `dependencies` are passed on.', ...verb)).toBe(false);
    expect(allows('The file are passed on.', ...verb)).toBe(true);
    const owner = ["function's", 'function', { type: 'punctuation' }] as const;
    expect(allows("Use your function's default value.", ...owner)).toBe(false);
    expect(allows("Use your function's default value.", "function's", 'function', { settled: true })).toBe(true);
  });
  it('no article goes before a name in code that owns something', () => {
    const [sentence] = proseSentences("You can use `tool`'s file, or use `tool` flag.", 'markdown');
    const before = (words: string): boolean => {
      const start = sentence!.text.indexOf(words) - 1;
      return isPlausible(
        sentence!,
        { start, end: start, text: ' the', confidence: 0.9, lexicon: false, type: 'article' },
        { startsBlock: true, endsBlock: true },
        lexicon,
      );
    };
    expect([before("`tool`'s"), before('`tool` flag')]).toEqual([false, true]);
  });
  it('a full stop is missing only at the end of a whole sentence in running text', () => {
    expect(allows('The server reads the file at startup', '', '.')).toBe(true);
    expect(allows('The server reads the file at startup', '', '.', {}, false)).toBe(false);
    expect(allows('- The server reads the file at startup', '', '.')).toBe(false);
    expect(allows('# The server reads the file at startup', '', '.')).toBe(false);
    expect(allows('Number of retries', '', '.')).toBe(false);
  });
  it('the first word of an item keeps its case, that of a sentence may get a capital', () => {
    expect(allows('- Default: `x` is read.', 'Default', 'default')).toBe(false);
    expect(allows('- the default is read.', 'the', 'The')).toBe(false);
    expect(allows('the default is read.', 'the', 'The')).toBe(true);
  });
  it('what hangs on code is left alone', () => {
    expect(allows("Each value is `await`'d here.", "'d", '')).toBe(false);
    const [sentence] = proseSentences("Each value is `await`'d here.", 'markdown');
    const start = sentence!.text.indexOf("'d") + 1;
    expect(
      isPlausible(
        sentence!,
        { start, end: start + 1, text: '', confidence: 0.9, lexicon: false, type: 'extra-word' },
        { startsBlock: true, endsBlock: true },
        lexicon,
      ),
    ).toBe(false);
    expect(allows('Each value is `await` ed here.', ' ed', '')).toBe(true);
  });
  it('a prefix alone is no missing word', () => {
    const [sentence] = proseSentences('Capture it into a nonescaping closure.', 'markdown');
    const place = { startsBlock: true, endsBlock: true };
    const start = sentence!.text.indexOf(' nonescaping');
    const inserted = (text: string): SentenceEdit => ({
      start,
      end: start,
      text,
      confidence: 0.9,
      lexicon: true,
      type: 'missing-word',
    });
    expect(isPlausible(sentence!, inserted(' non-'), place, lexicon)).toBe(false);
    expect(isPlausible(sentence!, inserted(' function'), place, lexicon)).toBe(true);
  });
  it('an error is not changed into another one', () => {
    expect(allows("Its' fine.", 'Its', "It's", { lexicon: true })).toBe(false);
    expect(allows('Its fine.', 'Its', "It's", { lexicon: true })).toBe(true);
    expect(allows('The data withinin files is read.', 'withinin', 'within in', { lexicon: true })).toBe(false);
    expect(allows('The data ofthe files is read.', 'ofthe', 'of the', { lexicon: true })).toBe(true);
  });

  it('what only the writer knows is not guessed', () => {
    expect(allows('Read its page first.', 'its', 'the')).toBe(false);
    expect(allows("Read it's page first.", "it's", 'its', { lexicon: true })).toBe(true);
    expect(allows('Look at the `id` functions here.', 'functions', 'function')).toBe(false);
    expect(allows('Look at a functions here.', 'functions', 'function', { lexicon: true })).toBe(true);
    expect(allows('It can list off the default.', 'off', 'of', { lexicon: true })).toBe(false);
    expect(allows('The rest off the default.', 'off', 'of', { lexicon: true })).toBe(true);
    expect(allows('globby is the default.', 'globby', 'glob by', { near: true })).toBe(false);
    expect(allows('The globby is the default.', 'globby', 'glob by', { near: true })).toBe(true);
  });

  it('one of two commas does not go alone', () => {
    expect(allows('The server, which handles the requests, is slow.', 'requests,', 'requests')).toBe(false);
    expect(allows('The server assumes, that it is slow.', 'assumes,', 'assumes')).toBe(true);
    expect(allows('The server, which is slow, is old.', 'slow,', 'slow;')).toBe(false);
    expect(allows('The server, the client, the broker, and, the log.', 'and,', 'and')).toBe(false);
  });
  it('"as you type" is no slip of "your"', () => {
    expect(allows('It checks the text as you type.', 'you', 'your')).toBe(false);
    expect(allows('It checks the text if you file is large.', 'you', 'your')).toBe(true);
  });
  it('the verb of a contraction goes with its subject', () => {
    expect(allows('And its better now.', 'its', "it're", { lexicon: true })).toBe(false);
    expect(allows('And its better now.', 'its', "it's", { lexicon: true })).toBe(true);
    expect(allows('And your right now.', 'your', "you're", { lexicon: true })).toBe(true);
    expect(allows('And Im right now.', 'Im', "I'm", { lexicon: true })).toBe(true);
  });
  it('a correction brings words that people write', () => {
    expect(allows('The fnction is here.', 'fnction', 'function')).toBe(true);
    expect(allows('The fnction is here.', 'fnction', 'fanction')).toBe(false);
    expect(allows('The fnction is here.', 'fnction', 'fanction', { lexicon: true })).toBe(true);
    expect(allows('Number of things', 'Number', 'TheNumber')).toBe(false);
  });
});
