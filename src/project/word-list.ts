/**
 * Pure: a dictionary as a text file, one word a line; `#` begins a comment. What a person wrote there stays as it is.
 */

/** A word as a dictionary can hold it. */
export const wordPattern = /^[\p{L}\p{M}\p{N}'’_.-]+$/u;

/** The word of a line, without its comment; empty where there is none. */
function wordOf(line: string): string {
  return line
    .trim()
    .replace(/(^|\s)#.*$/, '')
    .trim();
}

export function wordsOf(text: string): string[] {
  const words = text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\r|\n/)
    .map(wordOf)
    .filter((word) => word !== '');
  return [...new Set(words)];
}

const eolOf = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n');

/** The file with these words behind its last line; those that it has already are left out. */
export function withWords(text: string, words: readonly string[]): string {
  const added = missingWords(text, words);
  if (added.length === 0) return text;
  const eol = eolOf(text);
  const start = text === '' || /[\r\n]$/.test(text) ? text : text + eol;
  return start + added.map((word) => word + eol).join('');
}

export function missingWords(text: string, words: readonly string[]): string[] {
  const present = new Set(wordsOf(text));
  return [...new Set(words)].filter((word) => !present.has(word));
}

/** The file without the lines of these words. */
export function withoutWords(text: string, words: readonly string[]): string {
  const gone = new Set(words);
  return text
    .split(/(?<=\n)/)
    .filter((line) => !gone.has(wordOf(line)))
    .join('');
}
