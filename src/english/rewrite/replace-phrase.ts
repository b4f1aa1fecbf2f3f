/** One phrase in place of another, wherever it stands in a sentence. */
export type Replacement = string | ((...groups: string[]) => string);

/** A capital stays one, and a word that comes to the start of the sentence gets one. */
export function replacePhrase(text: string, from: RegExp, to: Replacement): string {
  return text
    .replace(from, (...groups: unknown[]) => {
      const all = groups[0] as string;
      const strings = groups.filter((group): group is string => typeof group === 'string').slice(0, -1);
      const result = typeof to === 'string' ? to : to(...strings);
      const first = /^\p{Lu}/u.test(all) && !/^\p{Lu}{2}/u.test(all);
      return first ? result.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase()) : result;
    })
    .replace(/^(\s*)(\p{Ll})/u, (all, blank: string, letter: string) =>
      /^\s*\p{Lu}/u.test(text) ? blank + letter.toUpperCase() : all,
    );
}
