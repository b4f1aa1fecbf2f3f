import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { editForm } from '../../../src/english/judge/edit-form';

describe('the form of an edit', () => {
  const lines = readFileSync('test/fixtures/prior/edit-forms.tsv', 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));
  it.each(lines)('%s [%s, %s) → "%s": %s', (view, start, end, text, form) => {
    expect(editForm(view!, { start: Number(start), end: Number(end), text: text! })).toBe(form);
  });
});
