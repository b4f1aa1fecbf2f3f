/**
 * What is a matter of style and no error: careful writers differ, and a manual decides. Commas behind an introduction
 * or before "and", "id" for "ID", contractions. Shown only to those who ask for it (setting `correct.style`).
 */

/** An edit of `view`, as SentenceEdit has it. */
interface Change {
  start: number;
  end: number;
  text: string;
}

/** Words with which an introduction begins: "In this case, …", "If it fails, …", "Then, …". */
const introductions = new Set(
  (
    'after also although as at because before by currently depending despite during finally first firstly for from generally here ' +
    'however if in initially instead later lastly next normally now on once optionally otherwise recently second secondly since ' +
    'sometimes then therefore third though thus to typically under unless until upon usually when whenever where while with within'
  ).split(' '),
);
const longestIntroduction = 16;
const joining = /^\s*(?:and|or|but|nor|so|yet)(?![\p{L}\p{N}'’-])/iu;
/** Abbreviations that are common in small letters as well. */
const eitherCase = /^(?:ids?|oks?)$/i;
const contractions: readonly [RegExp, string][] = [
  [/\bcan(?:['’]t|not)\b/giu, 'can not'],
  [/\bwon['’]t\b/giu, 'will not'],
  [/\bshan['’]t\b/giu, 'shall not'],
  [/(?<=\p{L})n['’]t\b/giu, ' not'],
  [/(?<=\p{L})['’]re\b/giu, ' are'],
  [/(?<=\p{L})['’]ve\b/giu, ' have'],
  [/(?<=\p{L})['’]ll\b/giu, ' will'],
  [/(?<=\p{L})['’]m\b/giu, ' am'],
  [/\b(it|that|there|here|what|he|she|let)['’]s\b/giu, '$1 is'],
];

export function isStyle(view: string, { start, end, text }: Change): boolean {
  const before = view.slice(start, end);
  if (before.toLowerCase() === text.toLowerCase()) return eitherCase.test(before.trim());
  if (/['’]/.test(before + text) && inFull(before) === inFull(text)) return true;
  const [removed, added, at] = core(before, text);
  if (removed.trim() === '' && added.trim() === ',')
    return isOptionalComma(view.slice(0, start + at), view.slice(start + at));
  return removed.trim() === ',' && added.trim() === '' && joining.test(view.slice(start + at + removed.length));
}

/**
 * A comma that could stand between both: behind an introduction, before the last of a list, or before a second clause.
 */
function isOptionalComma(left: string, right: string): boolean {
  if (joining.test(right)) return true;
  const words = left.match(/[\p{L}\p{N}'’`_.-]+/gu) ?? [];
  return (
    words.length > 0 &&
    words.length <= longestIntroduction &&
    introductions.has(words[0]!.toLowerCase()) &&
    !/[,;:]/.test(left)
  );
}

/** Without what both sides share: what goes, what comes, and where. */
function core(before: string, after: string): [string, string, number] {
  let first = 0;
  const shorter = Math.min(before.length, after.length);
  while (first < shorter && before[first] === after[first]) first++;
  let last = 0;
  while (last < shorter - first && before[before.length - 1 - last] === after[after.length - 1 - last]) last++;
  return [before.slice(first, before.length - last), after.slice(first, after.length - last), first];
}

function inFull(text: string): string {
  return contractions
    .reduce((result, [short, long]) => result.replace(short, long), text)
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}
