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
