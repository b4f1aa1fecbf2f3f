/**
 * Names of people and products, as far as the shape of a text tells: words with capitals beside each other inside of
 * a sentence, lists of them, what stands after "thanks to" or "by", before an address or after a title. Their letters
 * are not ours to change; their case may be ("Github Actions").
 */
import { type Range, sentenceStarters } from './protect';

const wordPattern = /\p{L}[\p{L}\p{M}\p{N}]{0,60}(?:['’-][\p{L}\p{M}\p{N}]{1,40}){0,4}/gu;
const credit =
  '(?:\\b(?:by|thanks to|thanks|thank you|cc|courtesy of|credits? to|authors?|maintainers?|contributors?|co-authors?|née|' +
  'aka|mr|mrs|ms|dr|prof)\\b[.:,]?|©|@)\\s{1,3}';
/** Whether a text has one anywhere is asked first: most have none, and then no word has to be looked at for it. */
const anyCredit = new RegExp(credit, 'i');
const creditBefore = new RegExp(`${credit}$`, 'i');
const anyInitial = /\p{Lu}\./u;
const initialBefore = /(?:^|[\s.(])\p{Lu}\.\s?$/u;
const anyAddress = /<[^<>\s]{1,100}@|\(@/;
const addressAfter = /^\s{0,2}(?:<[^<>\s]{1,100}@|\(@)/;
/** Words that begin sentences and belong to no name. */
const openers = new Set([
  ...sentenceStarters,
  ...'See Use Is Are Was Were Do Does Can Could Will Would Should Must May Each Every All Any Some Both After Before Since Because Until Unless Once Also Now However Please Thanks Fixes Closes Run Set Add Read Open Click Press Select Choose'.split(
    ' ',
  ),
]);

interface Word {
  start: number;
  end: number;
  capital: boolean;
  /** It has a capital, which may be that of a sentence. */
  first: boolean;
}

/**
 * View ranges, sorted.
 * @param masked the view with protected text as blanks;
 * @param isTitle whether the block is a heading
 */
export function properNames(masked: string, isTitle: boolean, view = masked): Range[] {
  if (!/\p{Lu}/u.test(masked)) return [];
  const words = readWords(masked);
  const names = new Set<Word>();
  const inTitle = (isTitle || (words.length > 2 && !/[.!?:,;]/.test(masked))) && isTitleCase(words);
  const [hasCredit, hasInitial, hasAddress] = [anyCredit.test(masked), anyInitial.test(masked), anyAddress.test(view)];
  for (const run of runsOf(masked, words)) {
    const last = run.at(-1)!;
    if (hasAddress && addressAfter.test(view.slice(last.end, last.end + 110))) run.forEach((word) => names.add(word));
    const before = hasCredit || hasInitial ? masked.slice(Math.max(0, run[0]!.start - 24), run[0]!.start) : '';
    if ((hasCredit && creditBefore.test(before)) || (hasInitial && initialBefore.test(before)))
      run.forEach((word) => names.add(word));
    else if (
      !inTitle &&
      run.length === 1 &&
      !last.first &&
      /\p{Ll}['’]?-\p{Lu}/u.test(masked.slice(last.start, last.end))
    )
      names.add(last);
    else if (!inTitle && run.length > 1) {
      const rest = run[0]!.first ? run.slice(1) : run;
      if (rest.length > 1 || !openers.has(masked.slice(run[0]!.start, run[0]!.end)))
        rest.forEach((word) => names.add(word));
    }
  }
  if (!inTitle) for (const word of listed(masked, words)) names.add(word);
  return words.filter((word) => names.has(word)).map(({ start, end }) => [start, end]);
}

function readWords(text: string): Word[] {
  const words: Word[] = [];
  wordPattern.lastIndex = 0;
  for (let match = wordPattern.exec(text); match !== null; match = wordPattern.exec(text)) {
    const { index: start } = match;
    const end = start + match[0].length;
    const capital = isCapital(text.charCodeAt(start), match[0]);
    words.push({ start, end, capital, first: capital && isFirst(text, start) });
  }
  return words;
}

const isCapital = (code: number, word: string): boolean =>
  code < 128 ? code >= 65 && code <= 90 : /^\p{Lu}/u.test(word);

function isFirst(text: string, start: number): boolean {
  if (start < 40 && /^[^\p{L}\p{N}]*$/u.test(text.slice(0, start))) return true;
  // A letter, a comma or a hyphen before the blank: no sentence ends there.
  if (/[\p{L}\p{N},;:-]/u.test(text[start - 2] ?? ' ') && text[start - 1] === ' ') return false;
  const before = text.slice(Math.max(0, start - 6), start);
  return /[.!?…]["'”’)]{0,2}\s+["'“‘(]{0,2}$/.test(before) && !initialBefore.test(before);
}

/** Words with capitals that follow each other with a blank, or a full stop after an initial, between them. */
function runsOf(text: string, words: readonly Word[]): Word[][] {
  const runs: Word[][] = [];
  let previous: Word | undefined;
  for (const word of words) {
    if (!word.capital) {
      previous = undefined;
      continue;
    }
    const gap = previous === undefined ? '' : text.slice(previous.end, word.start);
    if (previous !== undefined && (gap === ' ' || (gap === '. ' && previous.end - previous.start === 1)))
      runs.at(-1)!.push(word);
    else runs.push([word]);
    previous = word;
  }
  return runs;
}

/** Members of lists in which every member has a capital: three and more, or two of which none begins a sentence. */
function listed(text: string, words: readonly Word[]): Word[] {
  const result: Word[] = [];
  let list: Word[] = [];
  let members = 0;
  const close = (): void => {
    if (members > 2 || (members === 2 && !list[0]!.first)) for (const word of list) result.push(word);
    list = [];
    members = 0;
  };
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index]!;
    if (!word.capital || (word.first && openers.has(text.slice(word.start, word.end)))) {
      // "and" inside of the list belongs to the gap that is looked at with the next word.
      if (list.length > 0 && !/^(?:and|or)$/.test(text.slice(word.start, word.end))) close();
      continue;
    }
    const last = list.at(-1);
    const gap = last === undefined ? '' : text.slice(last.end, word.start);
    if (last !== undefined && gap !== ' ' && !/^(?:, |,? (?:and|or|&) )$/.test(gap)) close();
    if (list.length === 0 || gap !== ' ') members += 1;
    list.push(word);
  }
  close();
  return result;
}

/** "Getting Started With The Guide": capitals that say nothing. */
function isTitleCase(words: readonly Word[]): boolean {
  const long = words.filter(({ start, end }) => end - start >= 4);
  return long.filter(({ capital }) => capital).length >= 0.6 * long.length;
}
