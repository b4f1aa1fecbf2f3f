import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../src/protocol/word-edits';
import { proseSentences } from '../../../src/text/prose';
import { editToSource, isProtected, viewToSource } from '../../../src/protocol/source-map';

/**
 * Source after replacing the first `before` of the first sentence's view with `after`;
 * undefined when that cannot be done.
 */
function edited(source: string, before: string, after: string): string | undefined {
  const [sentence] = proseSentences(source, 'markdown');
  const at = sentence!.text.indexOf(before);
  const edit = editToSource(sentence!, at, at + before.length, after);
  return edit === undefined ? undefined : applyEdits(source, [edit]);
}

/** Source after inserting `text` after the first `anchor`. */
function inserted(source: string, anchor: string, text: string): string | undefined {
  const [sentence] = proseSentences(source, 'markdown');
  const at = sentence!.text.indexOf(anchor) + anchor.length;
  const edit = editToSource(sentence!, at, at, text);
  return edit === undefined ? undefined : applyEdits(source, [edit]);
}

describe('edits of the view in the source', () => {
  it('replaces inside emphasis and links', () => {
    expect(edited('A **bold tex** here.', 'tex', 'text')).toBe('A **bold text** here.');
    expect(edited('See [the dcos](http://a.b).', ' dcos', ' docs')).toBe('See [the docs](http://a.b).');
    expect(edited('A **fox** runs.', ' fox', ' foxes')).toBe('A **foxes** runs.');
  });

  it('refuses what crosses markup or touches code', () => {
    expect(edited('A **bold** text here.', 'bold text', 'big word')).toBeUndefined();
    expect(edited('Use `teh` here.', '`teh`', '`the`')).toBeUndefined();
    expect(edited('Use `teh` here.', 'teh', 'the')).toBeUndefined();
    expect(edited('Use file.ts here.', 'file.ts', 'files')).toBeUndefined();
    expect(edited('AT&amp;T is it.', '&', 'and')).toBeUndefined();
  });

  it('corrects words beside line breaks and keeps the break', () => {
    expect(edited('> First teh\n> cat.', ' teh', ' the')).toBe('> First the\n> cat.');
    expect(edited('> First\n> teh cat.', ' teh', ' the')).toBe('> First\n> the cat.');
    expect(edited('The cat and the\nthe dog.', ' the dog', ' dog')).toBe('The cat and the\ndog.');
    expect(edited('- The cat\n  sat.', 'cat sat', 'catsat')).toBeUndefined();
    expect(edited('The and\nthe the dog.', ' the', '')).toBe('The and\nthe dog.');
  });

  it('puts insertions outside of the markup', () => {
    expect(inserted('The **fox** runs.', 'The', ' quick')).toBe('The quick **fox** runs.');
    expect(inserted('The **fox** runs.', 'The ', 'quick ')).toBe('The quick **fox** runs.');
    expect(inserted('Then **fox** runs.', 'fox', ',')).toBe('Then **fox**, runs.');
    expect(inserted('Use `npm` now', 'Use', ' the')).toBe('Use the `npm` now');
    expect(inserted('Run `npm`', '`npm`', '.')).toBe('Run `npm`.');
    expect(inserted('It is **bold**', 'bold', '.')).toBe('It is **bold.**');
  });

  it('never puts text into code, escapes or names', () => {
    expect(inserted('Use `a b` now', '`a', 'x')).toBeUndefined();
    expect(inserted('`two\nlines` of code', '`two', 'x')).toBeUndefined();
    expect(inserted('See file.ts now', 'file.ts', 's')).toBeUndefined();
    expect(inserted('See file.ts now', 'file.ts', ',')).toBe('See file.ts, now');
    expect(inserted('Five \\* two', 'Five ', 'x ')).toBe('Five x \\* two');
    expect(inserted('\\* two', '', 'x')).toBeUndefined();
  });

  it('does not bring markup or line breaks in', () => {
    for (const text of ['`', '*', '<b>', 'a\nb', '[x]', 'a|b', '\u0000', '\ufffd'])
      expect(edited('A word here.', 'word', text)).toBeUndefined();
  });

  it('knows what is protected; a line break is not', () => {
    const [sentence] = proseSentences('Use `x` and\nfile.ts &amp; more', 'markdown');
    const touches = (part: string): boolean =>
      isProtected(sentence!, sentence!.text.indexOf(part), sentence!.text.indexOf(part) + part.length);
    expect(sentence!.text).toBe('Use `x` and file.ts & more');
    expect([
      touches('Use '),
      touches('`'),
      touches('x'),
      touches('and'),
      touches('and '),
      touches('file.ts'),
      touches('&'),
      touches(' more'),
    ]).toEqual([false, true, true, false, false, true, true, false]);
    expect(viewToSource(sentence!, 11, 12)).toBeUndefined();
    expect(viewToSource(sentence!, 5, 99)).toBeUndefined();
    expect(viewToSource(sentence!, -1, 2)).toBeUndefined();
  });
});
