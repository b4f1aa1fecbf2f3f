/** Which documents are checked, and what of them is prose. */
import type { TextFormat } from '../protocol/requests';

const formats: Record<string, TextFormat> = {
  markdown: 'markdown', mdx: 'markdown', plaintext: 'plain', 'git-commit': 'plain', scminput: 'plain',
};

/** undefined: a language that is not checked. */
export function formatOf(languageId: string): TextFormat | undefined {
  return Object.hasOwn(formats, languageId) ? formats[languageId] : undefined;
}

/**
 * The text to check, of the same length as the document's.
 * Git leaves out lines that start with "#" and everything below the scissors line: they become blanks here.
 */
export function checkedText(text: string, languageId: string): string {
  if (languageId !== 'git-commit') return text;
  const scissors = /^# -+ >8 -+/m.exec(text);
  const end = scissors ? scissors.index : text.length;
  const message = text.slice(0, end).replace(/^#.*$/gm, (line) => ' '.repeat(line.length));
  return message + text.slice(end).replace(/[^\r\n]/g, ' ');
}
