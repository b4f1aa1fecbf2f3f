/**
 * Words that a text shows instead of using them: quoted words, examples of misspellings,
 * "wrong -> right" in a change log.
 */
import type { Range } from './protect';

/** The marks and the full stop inside of them stay open: a sentence may end with them. */
const quotedWord = /(?<![\p{L}\p{N}])["“‘'«]([^\s"“”‘’'«»]{0,40}[\p{L}\p{N}])[.,!?;:]{0,3}["”’'»](?![\p{L}\p{N}])/gu;
const quotedWords =
  /(?<![\p{L}\p{N}])(?:"([^"\n]{1,60})"|“([^”\n]{1,60})”|‘([^’\n]{1,60})’|«([^»\n]{1,60})»|'([^'\n]{1,60})'(?![\p{L}\p{N}]))/gu;
/** Sentences about wording: what they quote may be wrong on purpose. */
const aboutWording =
  /\b(?:mis-?spel|mis-?typ|typos?\b|spel(?:t|l)|(?:don['’]t|do not|never|not|instead of|rather than|people|they|you|we|i) (?:write|say|type|spell)s?\b|written as|(?:wrong|incorrect|right|correct) (?:form|word|wording|spelling))/i;
/** `1a2b3c4 ("title of a commit")`. */
const commitTitle = /\b[0-9a-f]{7,40} \("[^"\n]{1,200}"\)/g;
/** Without one of these the longer expressions find nothing; most blocks of text have none. */
const arrowMark = /[>→⇒⟶]/;
const spellingWord = /spell|typo/i;
const arrow = /(?<=^|\s)(\S{1,60})(\s{1,3}(?:->|=>|→|⇒|⟶)\s{1,3})(\S{1,60})/g;
/** The same with words in quotation marks on both sides. */
const quotedArrow = /["“]([^"“”\n]{1,80})["”](\s{1,3}(?:->|=>|→|⇒|⟶|to|with|by)\s{1,3})["“]([^"“”\n]{1,80})["”]/g;
const spelling = /\b(?:mis-?spellings?|spellings?|typos?)(?: of| as|:)? (\p{L}[\p{L}'’-]{0,40})/giu;
/** "misspellings: one, two and three" */
const spellings =
  /\b(?:mis-?spellings?|spellings?|typos?)(?:[^.!?\n]{0,40}:| like| such as| include| are) ((?:\p{L}[\p{L}'’-]{0,40}(?:, (?:and |or )?| and | or )){1,30}\p{L}[\p{L}'’-]{0,40})/giu;
/** "(not this)", "types this for that". */
const otherForm =
  /\((?:not|never|instead of|rather than) (\p{L}[\p{L}'’-]{0,40})\)|\b(?:writes?|types?|spells?|says?|typed|wrote|written) (\p{L}[\p{L}'’-]{0,40})(?= (?:for|instead of|rather than|when (?:we|you|they|i) mean)\b)/giu;

/** What the group of each match holds, which stands at its end or before a parenthesis. */
function collect(text: string, pattern: RegExp, ranges: Range[]): void {
  for (const match of text.matchAll(pattern)) {
    const group = match.slice(1).find((each) => each !== undefined)!;
    const start = match.index + match[0].lastIndexOf(group);
    ranges.push([start, start + group.length]);
  }
}

/** View ranges, in no order. @param text with protected text as blanks */
export function shownWords(text: string): Range[] {
  const ranges: Range[] = [];
  if (/["“‘'«]/.test(text)) {
    const quoted = [text.matchAll(quotedWord), aboutWording.test(text) ? text.matchAll(quotedWords) : []];
    for (const match of quoted.flatMap((matches) => [...matches])) {
      const words = match.slice(1).find((group) => group !== undefined)!;
      ranges.push([match.index + 1, match.index + 1 + words.length]);
    }
  }
  if (text.includes('("'))
    for (const match of text.matchAll(commitTitle)) ranges.push([match.index, match.index + match[0].length]);
  for (const match of arrowMark.test(text) ? text.matchAll(arrow) : []) {
    const right = match.index + match[1]!.length + match[2]!.length;
    ranges.push([match.index, match.index + match[1]!.length], [right, right + match[3]!.length]);
  }
  for (const { 0: all, 1: old, index } of /"|“/.test(text) ? text.matchAll(quotedArrow) : []) {
    const written = /["“][^"“”]*["”]$/.exec(all)!;
    ranges.push([index + 1, index + 1 + old!.length], [index + written.index + 1, index + all.length - 1]);
  }
  if (spellingWord.test(text)) for (const pattern of [spelling, spellings]) collect(text, pattern, ranges);
  if (aboutWording.test(text)) collect(text, otherForm, ranges);
  return ranges;
}
