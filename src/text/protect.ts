/**
 * Ranges of a text that are names, code or addresses rather than words: they are shown to the model and never edited.
 * Works on any text (the view of a Markdown block, a line of plain text); linear in its length: constructs that may
 * hold blanks are searched for only where their first character occurs and are bounded, all others are decided
 * one blank-separated word at a time.
 */

export type Range = readonly [start: number, end: number];

/** Constructs that may hold blanks. */
const templates = /\{\{[^{}]{0,500}\}\}|\{%[^{}]{0,500}%\}|\{#[^{}]{0,200}#\}|\$\{[^{}]{0,200}\}|\{[^{}\n]{0,200}\}/g;
const wikiLinks = /!?\[\[[^\][\n]{1,300}\]\]/g;
const codeSpans = /(`{1,3})(?!`)[^`\n]{1,500}\1(?!`)/g;
const tags = /<\/?[A-Za-z][A-Za-z0-9.:-]{0,60}(?:\s[^<>]{0,300})?\/?>|<!--[^>]{0,500}-->/g;
const inlineMath =
  /(?<![\\$\w])\$(?![\s$\d])[^$\n]{0,200}[^\s$\\]\$(?![\d$\w])|\\\([^\n]{1,200}?\\\)|\\\[[^\n]{1,300}?\\\]/g;

/** A word made of letters alone, with usual punctuation around it: never protected unless it has inner capitals. */
const plainWord = /^[("'“‘«[*]*\p{L}[\p{Ll}’'\-–—]*(?:[)"”».,;:!?…\]*][)"'”’».,;:!?…\]*]*)?$/u;

const scheme =
  /[a-z][a-z0-9+.-]{1,15}:\/\/[^\s<>"'`“”‘’]+|(?:mailto|tel|data|file):[^\s<>"'`]+|www\.[^\s<>"'`.]+\.[^\s<>"'`]+/iy;
const email = /[\w.+-]{1,64}@[\w-]{1,100}(?:\.[\w-]{1,100})+/y;
const windowsPath = /[A-Za-z]:\\[^\s"'`<>|]*|\\\\[\w.-]+\\[^\s"'`<>|]*/y;
const latexCommand = /\\[A-Za-z]+\*?(?:\[[^\]\s]{0,50}\])?(?:\{[^{}\s]{0,100}\})?/y;
const variable = /\$[A-Za-z_]\w*|%[A-Z_][A-Z0-9_]*%/y;
const mention =
  /@[A-Za-z0-9][\w-]*(?:\/[\w.-]*\w)?(?:@[\w.^~-]*\w)?|[\w.-]+\/[\w.-]+#\d+|(?:GH-|#)\d+\b|#[A-Za-z][\w-]*/y;
const shortcode = /:(?=[a-z0-9_+-]*[a-z])[a-z0-9_+-]{1,40}:/y;
/** ":name" of Ruby, Lisp and Vim, "#[name]" of Rust. */
const symbol = /:[A-Za-z][\w-]*[!?]?(?=[\s)\]},.;]|$)|#!?\[[^\]\s]{1,80}\]/y;
const flag = /--?[A-Za-z][\w-]*(?:[=:][^\s,;]*[^\s,;.!?)])?/y;
const version =
  /[vV]?\d+(?:\.(?:\d+|[xX*]))+(?:[-+][\w.+-]*\w)?|[vV]\d+(?:[-+]\w[\w.+-]*)?|[~^<>=]{1,2}v?\d+(?:\.[\dx*]+)*/y;
const hash =
  /0[xXbBoO][0-9a-fA-F_]+|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{7,64}(?!\w)/y;
/** Everything that a program might call a name: letters, digits, and the marks that join them. */
const name = /[\p{L}\p{N}_$.~@/\\:+=&?%#*<>|^!-]+(?:\(\)|\([\w.,*&]{0,60}\)|\[[\w.*:]{0,40}\])*/uy;
const openers = new Set(['(', '[', '"', "'", '“', '‘', '«', '*', '¿', '¡', ',', '{']);

/** Words that a missing blank after a full stop joins to the word before ("done.The"). */
export const sentenceStarters = new Set(
  'A An And As At But By For From He How I If In It Its No Not Of On Or Our She So That The Their Then There These They This To We What When Where Which While Why With You Your'.split(
    ' ',
  ),
);
/** Words whose inner capitals are a slip of the Shift key. */
const commonWords = new Set(
  'the this that they then there these those and are you your for was not but with from have has can will when what which where how why if it is in on to of or as at be by we our all any use using see'.split(
    ' ',
  ),
);

/**
 * Sorted, not overlapping. Blanks mark what needs no protection any more. `plain`: also backtick code, tags and dollar
 * math, which Markdown's own parser has found already.
 */
export function protectedRanges(text: string, plain = false): Range[] {
  const ranges: Range[] = [];
  const collect = (pattern: RegExp): void => {
    for (const match of text.matchAll(pattern)) ranges.push([match.index, match.index + match[0].length]);
  };
  if (text.includes('{')) collect(templates);
  if (plain) {
    if (text.includes('`')) collect(codeSpans);
    if (text.includes('<')) collect(tags);
    if (text.includes('[[')) collect(wikiLinks);
  }
  if ((plain && text.includes('$')) || text.includes('\\(') || text.includes('\\[')) collect(inlineMath);
  const words = blank(text, ranges);
  for (let at = 0; at < words.length; ) {
    const code = words.charCodeAt(at);
    if (isBlank(code)) {
      at += 1;
      continue;
    }
    const start = at;
    // Most words of most texts are letters of ASCII with a mark behind them: no expression has to look at them.
    let isPlain = isSmallLetter(code) || (code >= 65 && code <= 90);
    let isEnding = false;
    for (at += 1; at < words.length; at += 1) {
      const next = words.charCodeAt(at);
      if (isBlank(next)) break;
      const isMark = isSentenceMark(next);
      isPlain &&= isMark || (isSmallLetter(next) && !isEnding);
      isEnding ||= isMark;
    }
    if (isPlain) continue;
    const word = words.slice(start, at);
    if (!plainWord.test(word)) protectInWord(word.length > 4000 ? '' : word, start, ranges, word.length);
  }
  return mergeRanges(ranges);
}

const isSmallLetter = (code: number): boolean => code >= 97 && code <= 122;
/** . , ; : ! ? */
const isSentenceMark = (code: number): boolean =>
  code === 46 || code === 44 || code === 59 || code === 58 || code === 33 || code === 63;
/** As in regular expressions. */
const isBlank = (code: number): boolean =>
  code === 32 || (code >= 9 && code <= 13) || (code >= 160 && /\s/.test(String.fromCharCode(code)));

/** The text with these ranges as blanks: the words beside a tag or a code span are words of their own. */
function blank(text: string, ranges: readonly Range[]): string {
  if (ranges.length === 0) return text;
  const parts: string[] = [];
  let at = 0;
  for (const [start, end] of mergeRanges([...ranges])) {
    parts.push(text.slice(at, start), ' '.repeat(end - start));
    at = end;
  }
  return parts.join('') + text.slice(at);
}

export function mergeRanges(ranges: Range[]): Range[] {
  if (ranges.length < 2) return ranges;
  ranges.sort((left, right) => left[0] - right[0] || left[1] - right[1]);
  const merged: [number, number][] = [];
  for (const [start, end] of ranges) {
    const last = merged[merged.length - 1];
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

/** `word` has no blanks; a very long one (passed as '') is never prose. */
function protectInWord(word: string, offset: number, ranges: Range[], length: number): void {
  if (word === '') {
    ranges.push([offset, offset + length]);
    return;
  }
  let at = 0;
  while (at < word.length) {
    const end = unitAt(word, at);
    if (end > at) {
      ranges.push([offset + at, offset + end]);
      at = end;
      continue;
    }
    if (openers.has(word[at]!)) {
      at += 1;
      continue;
    }
    name.lastIndex = at;
    const match = name.exec(word);
    at = match === null ? at + 1 : name.lastIndex;
    if (match !== null) {
      const matched = trimmed(match[0]);
      if (matched.length < match[0].length) at -= match[0].length - Math.max(1, matched.length);
      if (isIdentifier(matched)) ranges.push([offset + match.index, offset + match.index + matched.length]);
      else if (/[./\\:+=]/.test(matched)) protectParts(matched, offset + match.index, ranges);
    }
  }
}

/** Each with what it may begin with. */
const units: readonly (readonly [unit: RegExp, beginning: RegExp])[] = [
  [scheme, /[a-z]/i],
  [email, /[\w.+-]/],
  [windowsPath, /[a-z\\]/i],
  [latexCommand, /\\/],
  [variable, /[$%]/],
  [mention, /[@\w.#-]/],
  [shortcode, /:/],
  [symbol, /[:#]/],
  [flag, /-/],
  [hash, /[0-9a-f]/i],
  [version, /[\dv~^<>=]/i],
];
/** By the code of the first character, all of which are ASCII. */
const unitsBeginning = Array.from({ length: 128 }, (_, code) =>
  units.filter(([, beginning]) => beginning.test(String.fromCharCode(code))).map(([unit]) => unit),
);

/** End of the address, flag, version … that starts at `at`; `at` when there is none. */
function unitAt(word: string, at: number): number {
  for (const pattern of unitsBeginning[word.charCodeAt(at)] ?? []) {
    pattern.lastIndex = at;
    const match = pattern.exec(word);
    if (match === null) continue;
    if (pattern === scheme || pattern === windowsPath) return at + balanced(match[0]).length;
    const end = at + match[0].length;
    // Part of a longer word: "v2beta", "1.2.3/4" are read as names.
    if (pattern !== latexCommand && /[\p{L}\p{N}_/\\]/u.test(word.charAt(end))) continue;
    if (
      (pattern === flag || pattern === shortcode || pattern === symbol) &&
      at > 0 &&
      /[\p{L}\p{N}_)\]]/u.test(word.charAt(at - 1))
    )
      continue;
    return end;
  }
  return at;
}

/** A URL without the punctuation of the sentence after it; closing brackets stay when they were opened in it. */
function balanced(url: string): string {
  let end = url.length;
  while (end > 0) {
    const last = url[end - 1]!;
    if (/[.,;:!?*'"…]/.test(last)) end -= 1;
    else if (last === ')' || last === ']' || last === '}') {
      const open = last === ')' ? '(' : last === ']' ? '[' : '{';
      const slice = url.slice(0, end);
      if (slice.split(open).length >= slice.split(last).length) break;
      end -= 1;
    } else break;
  }
  return url.slice(0, end);
}

function trimmed(text: string): string {
  let end = text.length;
  while (end > 0 && '.,:;!?…'.includes(text[end - 1]!) && !(text.endsWith('::') && end === text.length)) end -= 1;
  return text.slice(0, end);
}

/** "left/right", "name=value": the parts that are identifiers are protected even where the whole is prose. */
function protectParts(text: string, offset: number, ranges: Range[]): void {
  for (const match of text.matchAll(/[\p{L}\p{N}_$]+/gu)) {
    if (match[0].length < text.length && isIdentifier(match[0]))
      ranges.push([offset + match.index, offset + match.index + match[0].length]);
  }
}

const joined = /^[\p{L}\p{N}_$~-]+(?:\.[\p{L}\p{N}_$-]+)+$/u;

/** Is this a name in a program, a file, a path, a key or an expression, rather than a word of prose? */
export function isIdentifier(word: string): boolean {
  if (word.length < 2) return false;
  if (/[_$\\=<>|]|::|->|\(|^[~]?\/|\/$|^\.{1,2}\/|\+\+/.test(word) && /[\p{L}\p{N}]/u.test(word)) return true;
  if (/\p{Lu}/u.test(word) && hasInnerCapital(word)) return true;
  // utf8, 10ms, x86-64; not 1st, 1990s.
  if (/\d\p{L}|\p{L}-?\d/u.test(word) && !/^\d+(?:st|nd|rd|th|s)$/.test(word)) return true;
  // Paths, and alternatives such as "and/or": the model was trained to leave both alone.
  if (/[\p{L}\p{N}]\/[\p{L}\p{N}]/u.test(word)) return true;
  if (/^[\p{L}\p{N}]+(?:\+[\p{L}\p{N}]+)+$/u.test(word)) return true; // Ctrl+Shift+P
  if (/^\.[a-z][\w.-]*$/i.test(word)) return true; // .gitignore
  if (joined.test(word)) return !/^(?:\p{L}\.)+\p{L}$/u.test(word) && !isMissingBlank(word); // not "e.g", "U.S"
  if (/^[A-Za-z][\w-]*@[\w.^~-]+$/.test(word)) return true; // left-pad@1.3
  if (/^[\w.-]+#\d+$/.test(word)) return true; // name#1234
  if (/^[\w-]+:[\w-]+$/.test(word) && /[a-z]/i.test(word) && !/^\d/.test(word)) return true; // npm:left-pad
  return false;
}

function hasInnerCapital(word: string): boolean {
  for (const part of word.split(/[^\p{L}\p{N}]+/u)) {
    if (commonWords.has(part.toLowerCase())) continue;
    if (/\p{Ll}\p{Lu}/u.test(part)) return true; // camelCase, GitHub, macOS
    // HTMLElement, but not APIs
    if (/\p{Lu}{2}\p{Ll}/u.test(part) && !/^\p{Lu}+(?:s|es|ed|ing|d|ish)$/u.test(part)) return true;
  }
  return false;
}

/** "done.The" and "end.We" are two sentences without a blank, "fs.Stat" and "file.ts" are names. */
function isMissingBlank(word: string): boolean {
  const parts = word.split('.');
  return parts.length === 2 && /^\p{Lu}?\p{Ll}{1,}$/u.test(parts[0]!) && sentenceStarters.has(parts[1]!);
}
