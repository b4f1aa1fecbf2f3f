/** Which documents are checked, and what of them is prose. */
import type { TextFormat } from '../protocol/requests';

export { checkedText } from '../text/commit-message';

const formats: Record<string, TextFormat> = {
  markdown: 'markdown',
  mdx: 'markdown',
  plaintext: 'plain',
  'git-commit': 'plain',
  scminput: 'plain',
};

/** undefined: a language that is not checked. */
export function formatOf(languageId: string): TextFormat | undefined {
  return Object.hasOwn(formats, languageId) ? formats[languageId] : undefined;
}

/** The last part of a URI, for a person; characters that an editor would read as a link or a command are replaced. */
export function nameOf(uri: string): string {
  const last =
    uri
      .replace(/[?#].*$/, '')
      .split('/')
      .pop() || uri;
  let name = last;
  try {
    name = decodeURIComponent(last);
  } catch {
    // As it is.
  }
  return name.replace(/[[\]\p{Cc}]/gu, '_');
}
