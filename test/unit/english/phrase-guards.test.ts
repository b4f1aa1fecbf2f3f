import { describe, expect, it } from 'vitest';
import { classifyEdit } from '../../../src/english/judge/classify';
import { nearestListed } from '../../../src/english/judge/nearest-listed';
import { guessesHowMany } from '../../../src/english/judge/number-guards';
import { breaksRightPhrase } from '../../../src/english/judge/phrase-guards';
import type { SentenceEdit } from '../../../src/english/sentence-edit';
import type { TextFormat } from '../../../src/protocol/formats';
import { proseSentences } from '../../../src/text/prose';

/** Whether the part in brackets may not become `correction`; they hold nothing where a word comes. */
function isLeft(
  marked: string,
  correction: string,
  rest: Partial<SentenceEdit> = {},
  format: TextFormat = 'plain',
): boolean {
  const open = marked.indexOf('[');
  const close = marked.indexOf(']');
  const source = marked.slice(0, open) + marked.slice(open + 1, close) + marked.slice(close + 1);
  const [sentence] = proseSentences(source, format);
  const view = sentence!.text;
  const word = marked.slice(open + 1, close);
  const start = view.length - (marked.length - close - 1) - word.length;
  const end = start + word.length;
  expect(view.slice(start, end)).toBe(word);
  const type = classifyEdit(word, correction, { left: view.slice(0, start), right: view.slice(end) });
  const edit = { start, end, text: correction, confidence: 0.75, lexicon: false, type, ...rest };
  return breaksRightPhrase(sentence!, edit) || guessesHowMany(sentence!, edit);
}

describe('right turns of phrase', () => {
  it('the number of a noun behind "the" is the writer\'s, unless a verb or a quantity tells', () => {
    expect(isLeft('Evaluates the signal at the given [times].', 'time')).toBe(true);
    expect(isLeft('A plot of the main [components] might show a gap.', 'component')).toBe(true);
    expect(isLeft('The [commands] is run twice.', 'command')).toBe(false);
    expect(isLeft('Run all the [command].', 'commands')).toBe(false);
    expect(isLeft('It is one of the [file].', 'files')).toBe(false);
    expect(isLeft('It holds the two [file].', 'files')).toBe(false);
    expect(isLeft('It holds many [file].', 'files')).toBe(false);
    expect(isLeft('Evaluates the signal at the given [times].', 'time', { confidence: 0.95 })).toBe(false);
  });
  it('a verb that belongs to another noun, or to two, tells nothing', () => {
    expect(isLeft('The destination for the log [events] is a queue.', 'event')).toBe(true);
    expect(isLeft('The first command and the second function [do] not use it.', 'does')).toBe(true);
    expect(isLeft('It should accept the order and [return] it.', 'returns')).toBe(true);
    expect(isLeft('It accepts the order and [return] it.', 'returns')).toBe(false);
    expect(isLeft('The parts of the list, which [use] it.', 'uses')).toBe(true);
    expect(isLeft('The first command of the second function [do] not use it.', 'does')).toBe(false);
  });
  it('what is done is one thing, versions are as many as they are, and what is had does the verb itself', () => {
    expect(isLeft('Currently, bulk messaging [is] not supported.', 'are')).toBe(true);
    expect(isLeft('Text and writing [is] done at once.', 'are')).toBe(false);
    expect(isLeft('Linux 6.0.18+, 6.1.4+ [are] not affected.', 'is')).toBe(true);
    expect(isLeft('The server [address] you need to type is relative.', 'addresses')).toBe(true);
    expect(isLeft('You can also have Typesense[] generate it.', ' to')).toBe(true);
    expect(isLeft('Let the user[] choose it.', ' to')).toBe(true);
    expect(isLeft('You have time[] choose it.', ' to')).toBe(false);
    expect(isLeft('We run npm [ci] in a job.', 'CI')).toBe(true);
    expect(isLeft('We run [ci] in a job.', 'CI')).toBe(false);
    expect(isLeft('You do not have[] write access here.', ' to')).toBe(true);
    expect(isLeft('You have[] write it here.', ' to')).toBe(false);
    expect(isLeft('It needs[] very little space.', ' a')).toBe(true);
  });
  it('what weather is, who in code is, little and one say so themselves', () => {
    expect(isLeft('Users can fetch [weather] for a place.', 'whether')).toBe(true);
    expect(isLeft('It does not know [weather] it is open.', 'whether')).toBe(false);
    expect(isLeft('There is[] little value in it.', ' a')).toBe(true);
    expect(isLeft('Each `Member` [who] is the payer can buy it.', 'which', {}, 'markdown')).toBe(true);
    expect(isLeft('It shows 1 unstaged [change] in the repository.', 'changes')).toBe(true);
    expect(isLeft('It shows 21 unstaged [change] in the repository.', 'changes')).toBe(false);
    expect(isLeft('You can link to it [though] :wink:.', 'through')).toBe(true);
    expect(isLeft('It goes [though] the list.', 'through')).toBe(false);
  });
  it('what says the same in another way, and half of a fix, is left', () => {
    expect(isLeft('It reads all[] the files.', ' of')).toBe(true);
    expect(isLeft('It reads some[] the files.', ' of')).toBe(false);
    expect(isLeft('Terms [&] conditions hold.', 'and')).toBe(true);
    expect(isLeft('Information [on] it is here.', 'about')).toBe(true);
    expect(isLeft('Sort them from[] highest to lowest.', ' the')).toBe(true);
    expect(isLeft('The change is [too] extensive for it.', 'to')).toBe(true);
    expect(isLeft('It is able [too] run it.', 'to')).toBe(false);
    expect(isLeft('It comes in abbreviated [form].', 'from')).toBe(true);
    expect(isLeft('Together, [these] tell us more.', 'this')).toBe(true);
    expect(isLeft('After updating [these], run it.', 'this')).toBe(true);
    expect(isLeft('Use [these] feature for it.', 'this')).toBe(false);
    expect(isLeft('Not everyone [likes] it.', 'like')).toBe(true);
    expect(isLeft('Writers [likes] it.', 'like')).toBe(false);
    expect(isLeft('Hold it for[] next month.', ' the')).toBe(true);
    expect(isLeft('There is[] less risk in it.', ' a')).toBe(true);
    expect(isLeft('It is [setup] by hand.', 'set')).toBe(true);
    expect(isLeft("The event's positions [are] updated.", 'is')).toBe(true);
    expect(isLeft('One of the positions [are] updated.', 'is')).toBe(false);
    expect(isLeft('Re-attaching listeners [is] cheap.', 'are')).toBe(true);
  });
  it('a plural that some count stays', () => {
    expect(isLeft('Multiple [middlewares] can be given.', 'middleware', { confidence: 0.95 })).toBe(true);
    expect(isLeft('See authorization, [middlewares], and errors.', 'middleware')).toBe(true);
  });
  it('one demonstrative is not put for another, and no tense for another', () => {
    expect(isLeft('[Those] features are as follows.', 'These')).toBe(true);
    expect(isLeft('A function argument [was] invalid.', 'is')).toBe(true);
    expect(isLeft('Documents that [used] any sign failed.', 'use')).toBe(true);
    expect(isLeft('Phase 2 [lowercases] the text.', 'lowercased', { confidence: 0.95 })).toBe(true);
    expect(isLeft('The text is [lowercases] by it.', 'lowercased')).toBe(false);
    expect(isLeft('It belongs to a [threaded] build.', 'thread')).toBe(true);
    expect(isLeft('It is required that the value [be] small.', 'is')).toBe(true);
    expect(isLeft('It means that the value [be] small.', 'is')).toBe(false);
    expect(isLeft('[This] features are new.', 'These')).toBe(false);
    expect(isLeft('The files [was] removed.', 'were')).toBe(false);
  });
  it('fixed phrases stay', () => {
    expect(isLeft('Coding a cache from[] Scratch', ' the')).toBe(true);
    expect(isLeft('There is no store, and as such[] using it helps.', ' as')).toBe(true);
    expect(isLeft('After a couple[] hundred tries it stops.', ' of')).toBe(true);
    expect(isLeft('If it is in part[] a textbook, read on.', ' of')).toBe(true);
    expect(isLeft('It is all in lower [case] now.', 'cases')).toBe(true);
    expect(isLeft('There is one [or] a million of them.', 'of')).toBe(true);
    expect(isLeft('This is what you are used to [reading] here.', 'read')).toBe(true);
    expect(isLeft('We used to [reading] it.', 'read')).toBe(false);
    expect(isLeft('We set the depth [arg] here.', 'argument')).toBe(true);
    expect(isLeft('It depends [upon] the mode.', 'on')).toBe(true);
    expect(isLeft('The chapter [focusses] on it.', 'focuses')).toBe(true);
    expect(isLeft('See the rules[] applied to it.', ' that are')).toBe(true);
    expect(isLeft('After a couple[] tries it stops.', ' of')).toBe(false);
    expect(isLeft('To set explicitly [set] the following.', '')).toBe(true);
    expect(isLeft('That looks [pretty] good.', '')).toBe(true);
  });
  it('"then" stays without a comparison, and "form" where it is the verb', () => {
    expect(isLeft('Begin with the origin server [then] the proxy.', 'than')).toBe(true);
    expect(isLeft('It is faster [then] the proxy.', 'than')).toBe(false);
    expect(isLeft('The algebras for a given monad [form] a category.', 'from')).toBe(true);
    expect(isLeft('The file is loaded [form] the disk.', 'from')).toBe(false);
    expect(isLeft('Load the setting [form] a file.', 'from')).toBe(false);
  });
  it('of two commas around a phrase the first does not go alone', () => {
    expect(isLeft('It assigns[,] to an object of it, the algebra.', '')).toBe(true);
    expect(isLeft('It was modulated[,] on a real chip.', '')).toBe(false);
  });
  it('several functions in one formula are many, and what is done is one thing', () => {
    expect(isLeft('where $A , B$ [are] smooth.', 'is', {}, 'latex')).toBe(true);
    expect(isLeft('where $A$ [are] smooth.', 'is', {}, 'latex')).toBe(false);
    expect(isLeft('However, streaming updates [is] useful.', 'are')).toBe(true);
    expect(isLeft('However, missing updates [is] useful.', 'are')).toBe(false);
  });
});

describe('the nearest of listed corrections', () => {
  const candidate = { origin: 'listed', offered: true, start: 10, end: 17 } as const;
  const choose = (candidates: string[], text: string): string =>
    nearestListed('unable to contine it', { start: 10, end: 17, text }, [{ ...candidate, candidates }]).text;
  it('is taken where it is the only one that is one slip away', () => {
    expect(choose(['contain', 'continue'], 'contain')).toBe('continue');
    expect(choose(['contain', 'continue', 'confine'], 'contain')).toBe('contain');
    expect(choose(['contain', 'contained'], 'contain')).toBe('contain');
    expect(choose(['continue'], 'content')).toBe('content');
  });
});
