/**
 * Third part of the lexical prior (docs/model-format.md): "a" before a vowel sound, "an" before a consonant sound.
 *
 * A small network has no ear: whether "API" or "user" begins with a vowel it must have met. The rule knows the sound of
 * most first words by their letters and stays silent where people differ ("an SQL", "a SQL") or where spelling does not
 * tell; the model then judges the offered article in context. Its words are data that training/nar_training/prior/
 * indefinite_article.py reads as well; a corpus (test/fixtures/prior/article-corpus.tsv)
 * holds both to the same matches.
 */
import rules from './indefinite-article.json';
import type { Lexicon, LexiconMatch, LexiconOptions } from './lexicon';
import { isPartOfName, openRanges } from './look-up-guards';

const saidLetterByLetter = new Set(rules.saidLetterByLetter);
const functionWords = new Set(rules.functionWords);
const atStart = (expression: string): RegExp => new RegExp(`^(?:${expression})`);
const silentH = atStart(rules.silentH);
const likeYou = atStart(rules.likeYou);
const likeOne = atStart(rules.likeOne);
const unsure = atStart(rules.unsure);

/**
 * Whether the first word after an article (any case) begins with a vowel sound; undefined where spelling does not tell.
 */
export function beginsWithVowelSound(word: string): boolean | undefined {
  const lower = word.toLowerCase();
  if (saidLetterByLetter.has(lower)) return true;
  const letters = /^[A-Z]{2}/.test(word);
  // "an SQL query", "a SQL query": said as letters or as a word
  if (letters && /^[fhlmnrsx]/.test(lower)) return undefined;
  if ((!letters && unsure.test(lower)) || /[0-9]/.test(lower)) return undefined;
  if (likeYou.test(lower) || likeOne.test(lower)) return false;
  if (letters) return /^[aeio]/.test(lower); // "u" is said "you"
  return silentH.test(lower) || /^[aeiou]/.test(lower);
}

export interface ArticleMatch extends LexiconMatch {
  /** The word behind it is misspelled, and it is the right spelling that the article does not fit. */
  misspelled: boolean;
}

/** Words that are said in two ways, or stand behind a letter and a mark that is not there ("a using statement"). */
const unclear = /^(?:using|either|only|also|rvalue|ufunc|upto)$/;
/** How often a word that everybody knows how to say was counted (models/lexicon/words.tsv). */
const wellKnown = 200;

/**
 * Articles of `text` that do not fit the sound of the next word, each with the other article, in the order of the text.
 *
 * @param spelling of a word in small letters: the word itself, or what a misspelled one should
 * be ("a enviroment"); undefined
 *   where nobody knows ("an rror"), because then the first letter is not sure
 */
export function articleMatches(
  text: string,
  spelling: (word: string) => string | undefined,
  options: Pick<LexiconOptions, 'protected'> = {},
): ArticleMatch[] {
  const isOpen = openRanges(options.protected);
  const found: ArticleMatch[] = [];
  for (const match of text.matchAll(
    /(?<![\p{L}\p{M}\p{N}_'’])([Aa]n?) ([A-Za-z][A-Za-z0-9]*)(?![\p{L}\p{M}\p{N}_@=<>(/\\])(?!\.[\p{L}\p{N}])/gu,
  )) {
    const { 1: article, 2: word, index: start } = match as RegExpExecArray & { 1: string; 2: string };
    const end = start + article.length;
    const spelled = /^[a-z]+$/.test(word) ? spelling(word) : word;
    const vowel = spelled === undefined ? undefined : beginsWithVowelSound(spelled);
    if (vowel === undefined || vowel === (article.length === 2)) continue;
    // "Vitamin A Isomers", "Plan A Overview": a name, not an article.
    if (article === 'A' && start > 0 && /^[A-Z]/.test(word)) continue;
    if (functionWords.has(word.toLowerCase()) && text[end + 1 + word.length] !== '-') continue;
    if (isPartOfName(text, start, end) || !isOpen(start, end)) continue;
    found.push({ start, end, candidates: [vowel ? `${article}n` : article[0]!], misspelled: spelled !== word });
  }
  return found;
}

/**
 * As `articleMatches`, spelled by the lists: a known word is right, a listed misspelling with one
 * correction is that correction.
 */
export function articlesBeside(
  text: string,
  lexicon: Lexicon,
  listed: readonly LexiconMatch[],
  options: Pick<LexiconOptions, 'protected'> = {},
): (ArticleMatch & { isSure: boolean })[] {
  const corrections = new Map(listed.map(({ start, end, candidates }) => [text.slice(start, end), candidates]));
  return articleMatches(
    text,
    (word) => {
      const found = corrections.get(word);
      return found ? (found.length === 1 ? found[0] : undefined) : lexicon.wordCount(word) > 0 ? word : undefined;
    },
    options,
  ).map((match) => ({ ...match, isSure: match.misspelled || isSure(text, match, lexicon) }));
}

/** "a issue", "an huge": small letters, and a word of which everybody knows how it begins. */
function isSure(text: string, { start, end }: LexiconMatch, lexicon: Lexicon): boolean {
  const word = /^ ([a-z]{4,})(?![\p{L}\p{N}])/u.exec(text.slice(end))?.[1];
  // "Option a applies": a letter that names something.
  const before = text
    .slice(Math.max(0, start - 30), start)
    .trimEnd()
    .split(' ')
    .at(-1)!;
  return (
    text[start] === 'a' &&
    word !== undefined &&
    !unclear.test(word) &&
    lexicon.wordCount(word) >= wellKnown &&
    !/^(?:option|case|type|vitamin|part|variable|class|group|plan|node|vertex|column|row|exhibit|appendix|step|grade|figure|table|point|set|side|item|letter)$/i.test(
      before,
    )
  );
}
