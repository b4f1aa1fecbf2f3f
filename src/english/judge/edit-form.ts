/** What an edit does to whole words, whatever they mean. */

export type EditForm = 'insert' | 'delete' | 'replace';

/** What an edit of `view` does to whole words and marks; letters put into or taken out of a word replace it. */
export function editForm(view: string, { start, end, text }: { start: number; end: number; text: string }): EditForm {
  const before = view.slice(start, end);
  const shorter = Math.min(before.length, text.length);
  let first = 0;
  while (first < shorter && before[first] === text[first]) first += 1;
  let last = 0;
  while (last < shorter - first && before[before.length - 1 - last] === text[text.length - 1 - last]) last += 1;
  const old = before.slice(first, before.length - last);
  const changed = text.slice(first, text.length - last);
  const core = old || changed;
  if ((old !== '' && changed !== '') || core.trim() === '') return 'replace';
  const isLetter = (character: string | undefined): boolean =>
    character !== undefined && /[\p{L}\p{N}]/u.test(character);
  const joined =
    (isLetter(core[0]) && isLetter(view[start + first - 1])) || (isLetter(core.at(-1)) && isLetter(view[end - last]));
  if (joined) return 'replace';
  return old === '' ? 'insert' : 'delete';
}
