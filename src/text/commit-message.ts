/**
 * The part of a commit message that Git keeps: it leaves out lines that start with "#" and everything below the scissors line.
 * What is left out becomes blanks, so that the text keeps its length and every offset. Other languages' texts come back as they are.
 */
export function checkedText(text: string, languageId: string): string {
  if (languageId !== 'git-commit') return text;
  const scissors = /^# -+ >8 -+/m.exec(text);
  const end = scissors ? scissors.index : text.length;
  const message = text.slice(0, end).replace(/^#.*$/gm, (line) => ' '.repeat(line.length));
  return message + text.slice(end).replace(/[^\r\n]/g, ' ');
}
