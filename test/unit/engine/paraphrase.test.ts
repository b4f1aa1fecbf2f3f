import { describe, expect, it } from 'vitest';
import { allTogether } from '../../../src/engine/tasks/paraphrase/combine';
import {
  bringsOnlyNewWords,
  mixesWords,
  removesOnlyFillers,
  repeatsItself,
} from '../../../src/english/judge/rewording-guards';

describe('paraphrase candidates', () => {
  it('puts the changes of all texts together, of two that meet the better one with all its changes', () => {
    const view = 'In order to utilize it, you have to wait.';
    expect(
      allTogether(view, [
        'To utilize it, you have to wait.',
        'In order to use it, you have to wait.',
        'In order to employ it, you must wait.',
      ]),
    ).toBe('To use it, you have to wait.');
    expect(allTogether('If it is not up, wait.', ["If it isn't up, wait.", 'Wait if it is not up.'])).toBe(
      "Wait if it isn't up.",
    );
  });

  it('has nothing to put together from one change', () => {
    expect(allTogether('You have to wait.', ['You must wait.'])).toBeUndefined();
    expect(allTogether('You have to wait here now.', ['You must wait here soon.', 'You must wait here now.'])).toBe(
      'You must wait here soon.',
    );
  });

  it('takes from the network only words that exist and that the sentence does not have yet', () => {
    const isKnown = (word: string): boolean =>
      'the before it touches writes file use a separate connection for this client'.split(' ').includes(word);
    expect(bringsOnlyNewWords('before it touches the file', 'before it writes the file', isKnown)).toBe(true);
    expect(bringsOnlyNewWords('before it touches the file', 'before it tches the file', isKnown)).toBe(false);
    expect(
      bringsOnlyNewWords(
        'Use a separate connection for this.',
        'Use a separate connection for this connection.',
        isKnown,
      ),
    ).toBe(false);
  });

  it('puts one word for another everywhere or nowhere, and none that stands there already', () => {
    expect(mixesWords('Old repos and new repos stay.', 'Old repositories and new repos stay.')).toBe(true);
    expect(mixesWords('Old repos and new repos stay.', 'Old repositories and new repositories stay.')).toBe(false);
    expect(mixesWords('It happens before it takes place.', 'It occurs before it occurs.')).toBe(true);
    expect(mixesWords('Describe it and describe them.', 'Explain it and explain them.')).toBe(false);
    expect(mixesWords('Disable it by turning a key.', 'Turn it off by turning a key.')).toBe(true);
    expect(mixesWords('Disable it by pressing a key.', 'Turn it off by pressing a key.')).toBe(false);
  });
  it('lets the network remove fillers and nothing else', () => {
    expect(removesOnlyFillers('You can simply restart it.', 'You can restart it.')).toBe(true);
    expect(removesOnlyFillers('The file is read by the server.', 'The file is read.')).toBe(false);
    expect(removesOnlyFillers('Please note that it is slow.', 'Please it is slow.')).toBe(false);
    expect(removesOnlyFillers('It can pack & sign an archive.', 'It can pack and an archive.')).toBe(false);
    expect(removesOnlyFillers('The disk is very slow.', 'The disk is slow.')).toBe(false);
    // a replacement is judged by its words
    expect(removesOnlyFillers('It is not really slow.', 'It is fast.')).toBe(true);
  });

  it('sees a repetition that the source does not have', () => {
    expect(repeatsItself('the the cache', 'the cache')).toBe(true);
    expect(repeatsItself('had had enough', 'had had enough')).toBe(false);
  });
});
