/** Pure: how long a text is and how hard to read. */

export interface TextStatistics {
  words: number;
  sentences: number;
  /** To read it silently, at 238 words a minute (Brysbaert 2019, non-fiction). */
  minutes: number;
  wordsPerSentence: number;
  /** School grade by the Automated Readability Index (Smith and Senter 1967): from letters, words and sentences. */
  grade: number;
  /** Sentences in another language than English, which are left alone. */
  foreign: number;
}

const wordsPerMinute = 238;
const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

/**
 * @param sentences prose without code and markup; undefined when there is no word in them
 * @param foreign how many of them are in another language
 */
export function statisticsOf(sentences: readonly string[], foreign = 0): TextStatistics | undefined {
  let words = 0;
  let characters = 0;
  let counted = 0;
  for (const sentence of sentences) {
    const before = words;
    for (const { segment, isWordLike } of segmenter.segment(sentence)) {
      if (!isWordLike) continue;
      words++;
      characters += [...segment].filter((character) => /[\p{L}\p{N}]/u.test(character)).length;
    }
    if (words > before) counted++;
  }
  if (words === 0) return undefined;
  const wordsPerSentence = words / counted;
  const index = 4.71 * (characters / words) + 0.5 * wordsPerSentence - 21.43;
  return {
    words,
    sentences: counted,
    minutes: words / wordsPerMinute,
    wordsPerSentence,
    grade: Math.max(1, Math.ceil(index)),
    foreign,
  };
}
