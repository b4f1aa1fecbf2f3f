/**
 * Which sentences of a text are not English. Told by function words, which stand in nearly every sentence and in one
 * language only, and by the script; words that English has too (die, in, also, no) tell nothing and are on no list.
 */
import type { Sentence } from './types';

const words = (list: string): readonly string[] => list.split(' ');

const english = new Set(
  words(
    'the a an and or of to in is are was were be been that this these those it its with for from by on at as not but if ' +
      'then when which who you your we our they their he she his her can could will would should has have had do does did ' +
      'there than into about no more all any each how what where while because so also may must use only',
  ),
);

/** By the code of ISO 639. */
const others: Readonly<Record<string, readonly string[]>> = {
  de: words(
    'der das und ist nicht ein eine einen einem einer eines mit für auf dem den des von zu zum zur im sich auch wird ' +
      'werden sind oder aber wenn wie nach bei aus nur noch durch über kann dass sie ich wir dieser diese dieses als',
  ),
  fr: words(
    'le la les des du une est et dans pour que qui pas ne sur avec sont ce cette ces il elle nous vous ils au aux par ou ' +
      'mais plus leur être fait comme si où',
  ),
  es: words(
    'el los las del y que en una por con para es se lo como más pero sus al esta este son fue está cuando muy sin sobre ' +
      'también la de un',
  ),
  it: words(
    'il lo gli della dello dei delle degli di che è e per non una con sono del nel nella si come anche più questo questa ' +
      'alla ai da la un',
  ),
  pt: words(
    'o os as da do das dos em um uma que não para com por se é são mais como mas ao foi está este esta também e de',
  ),
  nl: words(
    'het een van en dat niet zijn voor met aan er ook bij naar wordt werd deze dit maar of uit als om hij ik je de',
  ),
  sv: words('och att det som en ett är av för på med den inte till om har de kan från eller men så var vi du'),
  da: words('og at det som en et er af for på med den ikke til om har de kan fra eller men så var vi du der'),
  pl: words('i w nie na się jest do że to z jak ale po co od przez dla są lub tego który która tym oraz'),
};
const byWord = new Map<string, string[]>();
for (const [language, list] of Object.entries(others))
  for (const word of list) byWord.set(word, [...(byWord.get(word) ?? []), language]);

interface Tally {
  count: number;
  english: number;
  /** Different words of the language that has most of them. */
  other: number;
  otherScript: boolean;
}

const tallies = new Map<string, Tally>();
const mostTallies = 20_000;

/** Words of what is not protected: code says nothing about the language around it. */
export function wordsOfSentence({ text, pieces }: Pick<Sentence, 'text' | 'pieces'>): string[] {
  const startAt = (index: number): number => pieces[index]?.viewStart ?? text.length;
  let prose = '';
  let at = 0;
  // What stands between the pieces belongs to words, too: a letter that the source writes as `\"u` or `&uuml;`. What
  // is protected beside it is the rest of its word.
  for (const [index, { viewStart, length, protected: isProtected }] of pieces.entries()) {
    const end = viewStart + length;
    const isOfWord = /\p{L}$/u.test(text.slice(at, viewStart)) || /^\p{L}/u.test(text.slice(end, startAt(index + 1)));
    prose += text.slice(at, viewStart) + (isProtected && !isOfWord ? ' ' : text.slice(viewStart, end));
    at = end;
  }
  // A stand-in for code.
  return (prose + text.slice(at)).replace(/`[^`]*`/g, ' ').match(/[\p{L}\p{M}]+/gu) ?? [];
}

function tallyOf(sentence: Sentence): Tally {
  // Protected text hardly ever has function words, and the same text read twice is nearly always protected alike.
  const known = tallies.get(sentence.text);
  if (known) return known;
  const found = wordsOfSentence(sentence);
  const byLanguage: Record<string, Set<string>> = {};
  let own = 0;
  for (const word of found) {
    const lower = word.toLowerCase();
    if (english.has(lower)) own++;
    for (const language of byWord.get(lower) ?? []) (byLanguage[language] ??= new Set()).add(lower);
  }
  const letters = found.join('');
  const latin = letters.match(/\p{Script=Latin}/gu)?.length ?? 0;
  const tally = {
    count: found.length,
    english: own,
    other: Math.max(0, ...Object.values(byLanguage).map((set) => set.size)),
    otherScript: letters.length >= 2 && latin * 2 < letters.length,
  };
  if (tallies.size >= mostTallies) tallies.clear();
  tallies.set(sentence.text, tally);
  return tally;
}

/** Least share of the words that are function words of the other language. */
const leastShare = 0.12;

function isSurelyForeign({ count, english: own, other, otherScript }: Tally): boolean {
  return otherScript || (other >= 2 && other > 2 * own && other >= leastShare * count);
}

interface PartTally {
  /** Those that are surely in another language. */
  surely: readonly Sentence[];
  /** How many have English words. */
  english: number;
}

/** Of the sentences of a part, which stay the same list as long as the part does. */
const partTallies = new WeakMap<readonly Sentence[], PartTally>();

function partTallyOf(sentences: readonly Sentence[]): PartTally {
  let tally = partTallies.get(sentences);
  if (tally === undefined) {
    tally = {
      surely: sentences.filter((sentence) => isSurelyForeign(tallyOf(sentence))),
      english: sentences.filter((sentence) => tallyOf(sentence).english > 0).length,
    };
    partTallies.set(sentences, tally);
  }
  return tally;
}

const none: ReadonlySet<Sentence> = new Set();

/**
 * The sentences that are written in another language than English. A sentence without a word that tells anything goes
 * with the others of its paragraph, and a title with the text where most of that is in another language.
 * @param parts all sentences of a document, in order, in lists of whole paragraphs
 * @returns what gives for one of the lists those of its sentences
 */
export function foreignIn(
  parts: readonly (readonly Sentence[])[],
): ((sentences: readonly Sentence[]) => ReadonlySet<Sentence>) & { mostly: boolean } {
  let surely = 0;
  let english = 0;
  for (const sentences of parts) {
    const tally = partTallyOf(sentences);
    surely += tally.surely.length;
    english += tally.english;
  }
  const mostly = surely * 2 > english && surely > 0;
  const of = (sentences: readonly Sentence[]): ReadonlySet<Sentence> => {
    const own = partTallyOf(sentences).surely;
    if (!mostly && own.length === 0) return none;
    const blocks = new Set(own.map(({ blockIndex }) => blockIndex));
    return new Set(
      sentences.filter(
        (sentence) =>
          own.includes(sentence) || (tallyOf(sentence).english === 0 && (blocks.has(sentence.blockIndex) || mostly)),
      ),
    );
  };
  return Object.assign(of, { mostly });
}

/** As `foreignIn`. @param sentences all of a document, in order */
export function foreignSentences(sentences: readonly Sentence[]): ReadonlySet<Sentence> {
  return foreignIn([sentences])(sentences);
}
