/** Parts of Typst that are read letter by letter: strings, comments, raw text, formulas. */

/** Functions whose content goes on with the sentence in which they stand. */
export const inlineFunctions = new Set(
  'emph strong link text highlight underline strike overline smallcaps sub super upper lower box'.split(' '),
);

/** Functions that put nothing into a sentence. */
export const silentFunctions = new Set('footnote h v pagebreak colbreak parbreak linebreak label cite todo'.split(' '));

/** Behind the comment that begins at `at`; `at` where none does. */
export function commentEnd(source: string, at: number): number {
  if (source.startsWith('//', at)) return lineEnd(source, at);
  if (!source.startsWith('/*', at)) return at;
  let depth = 0;
  const marks = /\/\*|\*\//g;
  marks.lastIndex = at;
  for (let match = marks.exec(source); match !== null; match = marks.exec(source)) {
    depth += match[0] === '/*' ? 1 : -1;
    if (depth === 0) return match.index + 2;
  }
  return source.length;
}

/** Behind the raw text that begins with the backticks at `at`. */
export function rawEnd(source: string, at: number): number {
  let from = at;
  while (source[from] === '`') from += 1;
  const length = from - at;
  if (length === 2) return from;
  const end = source.indexOf('`'.repeat(length), from);
  return end < 0 ? source.length : end + length;
}

/** Behind the string that begins at `at`. */
export function stringEnd(source: string, at: number): number {
  for (let end = at + 1; end < source.length; end += 1) {
    if (source[end] === '\\') end += 1;
    else if (source[end] === '"') return end + 1;
  }
  return source.length;
}

/** Behind the formula that begins at `at`; undefined for a dollar without a partner. */
export function mathEnd(source: string, at: number): number | undefined {
  const limit = Math.min(source.length, at + 5000);
  for (let end = at + 1; end < limit; end += 1) {
    if (source[end] === '\\') end += 1;
    else if (source[end] === '$') return end + 1;
    else if (source[end] === '"') end = Math.min(stringEnd(source, end), lineEnd(source, end)) - 1;
  }
  return undefined;
}

export function lineEnd(source: string, at: number): number {
  let end = at;
  while (end < source.length && source[end] !== '\n' && source[end] !== '\r') end += 1;
  return end;
}
