/**
 * Sentence ends in a block of prose: Unicode's rules (Intl.Segmenter) plus what technical text needs, and windows for
 * sentences that are too long for the model.
 */
import { type Range, sentenceStarters } from './protect';

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** Abbreviations after which no sentence ends, whatever follows. Lower case, without the last full stop. */
const neverFinal = new Set(
  'e.g i.e eg ie cf vs viz approx ca resp incl excl fig figs eq eqs sec secs ch chap vol pp par dept univ est al min max ver esp orig'.split(
    ' ',
  ),
);
/** The same, only with a capital: "Ms. Smith", but "in 10 ms. Then". */
const titles = new Set('Dr Mr Mrs Ms Prof St Mt Gen Gov Sr Jr Rev Hon Messrs'.split(' '));
/** Abbreviations that also end sentences: no end only where a small letter or a number follows. */
const sometimesFinal = new Set(
  'etc inc ltd corp co no nos p ed eds op a.m p.m am u.s u.k u.n ph.d b.sc m.sc'.split(' '),
);
/** "No. 5", "p. 12", "Fig. 3": no end where a number follows. */
const beforeNumber = new Set('no nos p pp fig figs eq eqs sec ch chap vol art v ver version item rule'.split(' '));

/**
 * Most characters, words and (estimated) tokens of a window: with special tokens a window and its draft stay
 * below the model's 512 positions.
 */
export const windowLimits = { characters: 800, words: 120, tokens: 400 };

/**
 * Ranges of the sentences of a block's view text, without blanks at their ends, in order.
 * `masked` is the same text with protected characters replaced by letters, so that no sentence ends inside code.
 */
export function sentenceRanges(masked: string): Range[] {
  const cuts: number[] = [];
  for (const index of candidateCuts(masked)) {
    if (index === 0 || !joins(masked, index)) cuts.push(index);
  }
  cuts.push(masked.length);
  const ranges: Range[] = [];
  for (let index = 0; index + 1 < cuts.length; index += 1) {
    let start = cuts[index]!;
    let end = cuts[index + 1]!;
    while (start < end && isSpace(masked.charCodeAt(start))) start += 1;
    while (end > start && isSpace(masked.charCodeAt(end - 1))) end -= 1;
    if (end > start) windows(masked, start, end, ranges);
  }
  return ranges;
}

/**
 * Unicode's sentence ends, and those that Unicode's rules miss: before a number ("… too. 2 m
 * of"), after "…" before a capital.
 */
function candidateCuts(text: string): number[] {
  const cuts = segmentStarts(text);
  if (!/[.!?…]\S{0,2}\s/.test(text)) return cuts;
  const numbers = Array.from(
    text.matchAll(/(?:[.!?]["'”’)\]]?\s{1,3}(?=\d)|…["'”’)\]]?\s{1,3}(?=["'“‘(]?\p{Lu}))/gu),
    (match) => match.index + match[0].length,
  );
  return numbers.length === 0 ? cuts : [...new Set([...cuts, ...numbers])].sort((left, right) => left - right);
}

/** Text that is given to the segmenter at once (UTF-16 units): its time grows with the square of the length. */
const segmentedAtOnce = 2000;

/**
 * Without one of these Unicode ends no sentence inside of a text; asking the segmenter costs more
 * than all else about a short one.
 */
export const mayEndSentence = /[\p{Sentence_Terminal}\u2024\r\n\u0085\u2028\u2029]/u;

/** Starts of Unicode's sentences. The last one of each portion is looked at again with what follows it. */
function segmentStarts(text: string): number[] {
  if (!mayEndSentence.test(text.slice(0, -1))) return text === '' ? [] : [0];
  const starts: number[] = [];
  for (let from = 0; from < text.length; ) {
    const to = Math.min(text.length, from + segmentedAtOnce);
    const portion = Array.from(segmenter.segment(text.slice(from, to)), ({ index }) => from + index);
    const last = portion.at(-1)!;
    if (to === text.length) {
      starts.push(...portion);
      break;
    }
    // A sentence as long as a portion is cut into windows anyway.
    starts.push(...(last > from ? portion.slice(0, -1) : portion));
    from = last > from ? last : to;
  }
  return starts;
}

/** What `trim` removes. */
function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || (code >= 0xa0 && /\s/.test(String.fromCharCode(code)));
}

/** Whether the sentence goes on at `cut`, although Unicode's rules end it there. */
function joins(text: string, cut: number): boolean {
  const before = text.slice(Math.max(0, cut - 40), cut).trimEnd();
  const after = text.slice(cut, cut + 20);
  if (before === '' || after === '') return true;
  if (cut > 0 && !isSpace(text.charCodeAt(cut - 1)) && !/[。！？．]$/.test(before)) return true; // no blank: "Node.Js"
  // An enumeration's number: "1. Install", "a) Install".
  if (/^\(?(?:\d{1,3}|[A-Za-z]|[ivx]{1,4})[.)]$/.test(before) && cut < 10) return true;
  if (/[.!?:;]\s\(?\d{1,2}[.)]$/.test(before)) return true;
  if (/^[\p{Ll}]/u.test(after)) return true;
  if (/(?:\.\.\.|…)$/.test(before)) return /^[\p{Ll}\d(]/u.test(after);
  if (!before.endsWith('.')) return /^[,;:)\]]/.test(after);
  const written = /(?<![\p{L}.])([\p{L}.]+)\.$/u.exec(before)?.[1];
  if (written === undefined) return false;
  if (titles.has(written)) return true;
  const word = written.toLowerCase();
  const number = /^\(?[#§]?\d/.test(after);
  if (number && beforeNumber.has(word)) return true;
  if (neverFinal.has(word)) return true;
  if (word === 'u.s' || word === 'u.k' || word === 'u.n') return !startsSentence(after);
  if (sometimesFinal.has(word)) return number && word !== 'etc';
  // Initials: "J. Smith", "J. R. R. Tolkien"; not "I." nor "plan B. Then".
  return (
    !startsSentence(after) &&
    /(?:^|[\s.(])\p{Lu}\.$/u.test(before) &&
    /^\p{Lu}[\p{Ll}.]/u.test(after) &&
    /(?:^|[\s.(])\p{Lu}[\p{Ll}.]*\s?\p{Lu}\.$/u.test(before)
  );
}

function startsSentence(text: string): boolean {
  return sentenceStarters.has(/^\p{L}+/u.exec(text)?.[0] ?? '');
}

/** Upper estimate of the ByteLevel tokens of one UTF-16 unit. */
function weight(code: number): number {
  if (code < 0x80) return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) ? 0.45 : code === 32 ? 0.1 : 1;
  if (code < 0x800) return 1.5;
  return 2.2;
}

/** Pushes [start, end), in windows cut at clause ends where it is too long. */
function windows(text: string, start: number, end: number, ranges: Range[]): void {
  let from = start;
  let at = start;
  let words = 0;
  let tokens = 0;
  let best = -1; // last clause end
  let space = -1; // last blank
  while (at < end) {
    const code = text.charCodeAt(at);
    tokens += weight(code);
    if (isSpace(code)) {
      words += 1;
      space = at;
      if (at > from && isClauseEnd(text, at)) best = at;
    } else if ('，、；：。'.includes(text[at]!)) best = at + 1; // no blank follows these
    at += 1;
    if (at - from < windowLimits.characters && words < windowLimits.words && tokens < windowLimits.tokens) continue;
    if (at >= end) break;
    const half = from + (at - from) / 3;
    let cut = best > half ? best : space > from ? space : at;
    // Never inside a protected unit, a surrogate pair, nor before a combining mark.
    if (cut === at && text[at] === 'X' && text[at - 1] === 'X') {
      while (cut < end && text[cut] === 'X') cut += 1;
      if (cut >= end) break;
    } else if (cut === at)
      while (cut > from + 1 && /^[\udc00-\udfff\p{M}\u200d\ufe0f]/u.test(text.slice(cut, cut + 2))) cut -= 1;
    let cutEnd = cut;
    while (cutEnd > from && isSpace(text.charCodeAt(cutEnd - 1))) cutEnd -= 1;
    ranges.push([from, cutEnd]);
    from = cut;
    while (from < end && isSpace(text.charCodeAt(from))) from += 1;
    at = from;
    words = 0;
    tokens = 0;
    best = -1;
    space = -1;
  }
  if (from < end) ranges.push([from, end]);
}

function isClauseEnd(text: string, space: number): boolean {
  const before = text[space - 1]!;
  if (before === ';' || before === ':' || before === ',' || before === ')' || before === '—' || before === '–')
    return true;
  return /^\s(?:and|but|or|because|which|while|so|then|where|when|–|—)\s/.test(text.slice(space, space + 10));
}
