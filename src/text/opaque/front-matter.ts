/** Front matter: YAML between `---`, TOML between `+++`, or one JSON object, at the very start of a document. */
import { expressionEnd } from './javascript';

const opening = /\ufeff?(---|\+\+\+|\{)[ \t]*(?:\r\n|\n|\r)/y;

/** A key, a comment, an item or the closing mark; prose with a colon in it has a blank before the colon. */
const firstLine = /^\s*(?:["']?[\w.$-]+["']?\s*:|#|- |\.\.\.|---|\{|\[)/;

/** Offset after the line that ends the front matter; 0 where there is none. */
export function frontMatterEnd(text: string): number {
  opening.lastIndex = 0;
  const mark = opening.exec(text)?.[1];
  if (mark === undefined) return 0;
  if (mark === '{') {
    const end = expressionEnd(text, text.indexOf('{'), text.length);
    return end > 0 &&
      /^\s*\{\s*(?:"|\})/.test(text.replace('\ufeff', '').slice(0, 1000)) &&
      /^[ \t]*(?:[\r\n]|$)/.test(text.slice(end, end + 100))
      ? end
      : 0;
  }
  // A rule with a paragraph below it opens no front matter.
  if (mark === '---' && !firstLine.test(text.slice(opening.lastIndex, opening.lastIndex + 1000))) return 0;
  // YAML may also end with three full stops.
  const closing =
    mark === '---'
      ? /(?:\r\n|\n|\r)(?:---|\.\.\.)[ \t]*(?=[\r\n]|$(?![\s\S]))/g
      : /(?:\r\n|\n|\r)\+\+\+[ \t]*(?=[\r\n]|$(?![\s\S]))/g;
  closing.lastIndex = opening.lastIndex - 1;
  return closing.test(text) ? closing.lastIndex : 0;
}
