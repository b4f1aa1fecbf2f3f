import { describe, expect, it } from 'vitest';
import { withImageTexts } from '../../../src/text/image-text';
import { proseSentences } from '../../../src/text/prose';

const shown = (source: string, text?: (view: string) => string): string => {
  const sentence = proseSentences(source, 'markdown')[0]!;
  return withImageTexts(text ? text(sentence.text) : sentence.text, sentence, source);
};

describe('pictures in a sentence of a summary', () => {
  it.each([
    ['Press the ![button](b.png) to start.', 'Press the button to start.'],
    ['Press **the ![red\nbutton][b]**, then wait.\n\n[b]: b.png', 'Press the red button, then wait.'],
    ['Press ![](b.png) or ![the \\[key\\]](k.png "Title").', 'Press or the [key].'],
    ['It shows a sign ![](b.png).', 'It shows a sign.'],
    ['![Logo](l.png) stands in front.', 'Logo stands in front.'],
    ['![Logo](l.png) The sign stands in front.', 'The sign stands in front.'],
    ['![A logo](l.png) `name` is in front.', '`name` is in front.'],
    ['Use the `image` field of ![the form](f.png) here.', 'Use the `image` field of the form here.'],
    ['Use the `image` field here.', 'Use the `image` field here.'],
  ])('%j says %j', (source, expected) => {
    expect(shown(source)).toBe(expected);
  });
  it('go where one of several was left out and nobody knows which', () => {
    const source = 'Press ![one](1.png) before ![two](2.png) to start.';
    expect(shown(source, (view) => view.replace(' before `image`', ''))).toBe('Press to start.');
  });
});
