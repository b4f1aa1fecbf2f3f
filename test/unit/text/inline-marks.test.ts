import { expect, it } from 'vitest';
import { proseSentences } from '../../../src/text/prose';

it('shows no blank for a line break inside of what is shown as something else', () => {
  expect(proseSentences('Suppose $a\n= b$, then it holds.', 'latex')[0]!.text).toBe('Suppose `code`, then it holds.');
  expect(proseSentences('See `the page\n<https://a.b>`_.', 'restructuredtext')[0]!.text).toBe('See the page.');
  expect(proseSentences('<p>A <a\nhref="b">link</a> here.</p>', 'html')[0]!.text).toBe('A link here.');
});

it('keeps the blank between two lines', () => {
  expect(proseSentences('One \\emph{two\nthree} four.', 'latex')[0]!.text).toBe('One two three four.');
  expect(proseSentences('Use ``a\nb`` here.', 'restructuredtext')[0]!.text).toBe('Use `a b` here.');
});
