/**
 * Words that a large dictionary has and the training prose hardly uses ("behold", "quintile", "todo"): real words, so
 * never a slip of another one, and too rare to be what a writer meant. The file is sorted and front-coded: each line is
 * the number of letters that it shares with the line before, in base 36, and the rest (docs/model-format.md).
 */
export class KnownWords {
  /** All words, each between two line breaks, in code-unit order; made at the first question. */
  private words: string | undefined;

  /** @param coded the file's text; '' for none */
  constructor(private readonly coded: string) {}

  /** @param word small letters */
  has(word: string): boolean {
    if (this.coded === '') return false;
    this.words ??= decoded(this.coded);
    const { words } = this;
    let low = 0; // Offset of a line break before a word that is not above the one looked for.
    let high = words.length - 1;
    while (low < high) {
      const line = words.lastIndexOf('\n', (low + high) >> 1);
      const end = words.indexOf('\n', line + 1);
      if (end < 0) return false;
      const here = words.slice(line + 1, end);
      if (here === word) return true;
      if (here < word) low = end;
      else high = line;
    }
    return false;
  }
}

function decoded(coded: string): string {
  const lines: string[] = [''];
  let word = '';
  for (const line of coded.split('\n')) {
    const shared = Number.parseInt(line[0] ?? '', 36);
    if (Number.isNaN(shared)) continue;
    word = word.slice(0, shared) + line.slice(1);
    lines.push(word);
  }
  return `${lines.join('\n')}\n`;
}

/** The file's text for words of small letters; what `KnownWords` reads. */
export function frontCoded(words: readonly string[]): string {
  let before = '';
  const lines = [...new Set(words)]
    .sort((left, right) => (left < right ? -1 : 1))
    .map((word) => {
      let shared = 0;
      while (shared < Math.min(35, word.length, before.length) && word[shared] === before[shared]) shared++;
      before = word;
      return shared.toString(36) + word.slice(shared);
    });
  return `${lines.join('\n')}\n`;
}
