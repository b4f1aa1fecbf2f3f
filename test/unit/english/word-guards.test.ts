import { describe, expect, it } from 'vitest';
import { breaksCompound } from '../../../src/english/judge/agreement-guards';
import { classifyEdit } from '../../../src/english/judge/classify';
import { changesRightWord } from '../../../src/english/judge/word-guards';
import { frontCoded } from '../../../src/english/prior/known-words';
import { Lexicon } from '../../../src/english/prior/lexicon';
import type { SentenceEdit } from '../../../src/english/sentence-edit';

const lexicon = Lexicon.fromText({
  misspellings: 'recieve\treceive\nseperat\tseparate\nneary\tnearly\n',
  phrases: '',
  words:
    'message\t900\nJane\t90\nOlga\t40\nframe\t900\ntest\t900\ntext\t800\ntextframe\t20\nthe\t999\nstyle\t300\nreview\t99\n',
  known: frontCoded(['beheld', 'quintile', 'ingoing', 'todo', 'stickiest']),
});
function editOf(view: string, before: string, after: string, rest: Partial<SentenceEdit> = {}): SentenceEdit {
  const start = view.indexOf(before);
  expect(start).toBeGreaterThanOrEqual(0);
  const end = start + before.length;
  return {
    start,
    end,
    text: after,
    confidence: 0.9,
    lexicon: false,
    type: classifyEdit(before, after, { left: view.slice(0, start), right: view.slice(end) }),
    ...rest,
  };
}
const isRight = (view: string, before: string, after: string, rest: Partial<SentenceEdit> = {}): boolean =>
  changesRightWord(view, editOf(view, before, after, rest), lexicon);

describe('words that are no slip', () => {
  it('a service is called by what it serves, with a d', () => {
    expect(isRight('It manages framed and others.', 'framed', 'frame', { near: true })).toBe(false);
    expect(isRight('It manages testd and others.', 'testd', 'test', { near: true })).toBe(true);
  });
  it('a real word that is seldom used is none, and is not cut in two', () => {
    expect(isRight('They beheld the hills.', 'beheld', 'be held')).toBe(true);
    expect(isRight('The first quintile is small.', 'quintile', 'quantile', { near: true })).toBe(true);
    expect(isRight('The two quintiles are small.', 'quintiles', 'quantiles', { near: true })).toBe(true);
    expect(isRight('The todo list is long.', 'todo', 'too')).toBe(true);
    expect(isRight('The file is textframed.', 'textframed', 'textframe', { lexicon: true })).toBe(true);
    expect(isRight('The todu list is long.', 'todu', 'todo')).toBe(false);
  });
  it('a word with a capital beside a name is a name, beside a common word it is a title', () => {
    expect(isRight('A patch of Jane Neary.', 'Neary', 'Nearly', { lexicon: true })).toBe(true);
    expect(isRight('It was found by Neary K, a user.', 'Neary', 'Nearly', { lexicon: true })).toBe(true);
    expect(isRight('Jane, Neary and Olga wrote it.', 'Neary', 'Nearly')).toBe(true);
    expect(isRight('How to Recieve Message Frames', 'Recieve', 'Receive', { lexicon: true })).toBe(false);
    expect(isRight('The Jane Seperat Message', 'Seperat', 'Separate', { lexicon: true })).toBe(false);
    expect(isRight('Jane will recieve it.', 'recieve', 'receive', { lexicon: true })).toBe(false);
  });
  it('a name in capitals, an operator and the number of an irregular noun stay', () => {
    expect(isRight('The law is known as PUTPUT.', 'PUTPUT', 'OUTPUT')).toBe(true);
    expect(isRight('THE LAW PUTPUT IS NEW.', 'PUTPUT', 'OUTPUT')).toBe(false);
    expect(isRight('Class names for instanceof are known.', 'instanceof', 'instance of', { near: true })).toBe(true);
    expect(isRight('Add a missing parenthesis in it.', 'parenthesis', 'parentheses', { type: 'spelling' })).toBe(true);
  });
  it('a word keeps the ending with which it was made', () => {
    expect(isRight('A spatial prefetcher runs.', 'prefetcher', 'prefetched', { near: true })).toBe(true);
    expect(isRight('It is a groupoid.', 'groupoid', 'groupid', { near: true })).toBe(true);
    expect(isRight('It draws tetrahedra.', 'tetrahedra', 'tetrahedral', { near: true })).toBe(true);
    expect(isRight('It has subsubsections.', 'subsubsections', 'subsections', { near: true })).toBe(true);
    expect(isRight('It was prefetcged.', 'prefetcged', 'prefetched', { near: true })).toBe(false);
  });
  it('one part of a coined compound stays, a listed misspelling in it does not', () => {
    expect(isRight('Use the foam-style options.', 'foam-style', 'form-style')).toBe(true);
    expect(isRight('Use a recieve-only key.', 'recieve-only', 'receive-only', { lexicon: true })).toBe(false);
  });
  it('two known words in one are no slip of a third', () => {
    expect(isRight('The testframe is new.', 'testframe', 'textframe', { near: true })).toBe(true);
    expect(isRight('The testframe is new.', 'testframe', 'test frame', { near: true })).toBe(false);
  });
  it('a word with a digit or a hidden character stays', () => {
    expect(isRight("It is user42's choice.", "user42's", 'user42s')).toBe(true);
    expect(isRight('Read mes\u200dsage here.', 'mes\u200dsage', 'message')).toBe(true);
    expect(isRight('Read mes\0sage here.', 'mes', 'mess')).toBe(true);
    expect(isRight('In the 1990s it was smal.', 'smal', 'small')).toBe(false);
  });
  it('what a number is counted in stays', () => {
    expect(isRight('It takes 12 (pcs) of them.', 'pcs', 'pieces')).toBe(true);
    expect(isRight('It takes some (pices) of them.', 'pices', 'pieces')).toBe(false);
  });
});

describe('compounds of nouns', () => {
  it.each([
    ['Every code review ends with a vote.', 'review', 'reviews'],
    ['Every code review ends with a vote.', 'ends', 'end'],
    ['It reads settings files at the start.', 'settings', 'setting'],
    ['The page needs a valid users directory to work.', 'users', 'user'],
    ['The measured data are old.', 'are', 'is'],
    ['These metadata were lost.', 'These', 'This'],
    ['Run the step by two test again.', 'test', 'tests'],
  ])('%s %s stays', (view, before, after) =>
    expect(breaksCompound(view, editOf(view, before, after, { type: 'agreement' }))).toBe(true),
  );
  it.each([
    ['This functions returns a value.', 'functions', 'function'],
    ['There are two server in the rack.', 'server', 'servers'],
    ['The servers is running.', 'is', 'are'],
    ['It have two worker.', 'have', 'has'],
    ['One of the test fails.', 'test', 'tests'],
    ['A users can log in.', 'users', 'user'],
    ['The clients reads the log.', 'reads', 'read'],
    ['Each of the server starts.', 'server', 'servers'],
  ])('%s %s may change', (view, before, after) =>
    expect(breaksCompound(view, editOf(view, before, after, { type: 'agreement' }))).toBe(false),
  );
});
