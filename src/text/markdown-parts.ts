/**
 * A Markdown document in parts that are parsed one by one. The parser's time grows faster than the text
 * inside of lists and paragraphs, and a keystroke changes one part only. Parts on which it would take too
 * long are left alone, and said so.
 */
import { normalizeIdentifier } from 'micromark-util-normalize-identifier';
import { alike, oldIndex } from './alike';
import { masked, maskedSlice } from './opaque/mask';
import { type Dialect, scanOpaque } from './opaque/opaque';
import type { Opaque } from './opaque/standings';
import type { Range } from './protect';

export interface MarkdownPart {
  start: number;
  source: string;
  /** What the parser sees: as long as `source`. */
  masked: string;
  /** Offsets in `source`. */
  opaque: Opaque[];
}

export interface MarkdownParts {
  parts: MarkdownPart[];
  /** Labels of the whole document's definitions, as the parser compares them. */
  labels: ReadonlySet<string>;
  /** Ranges that were too hard to read, sorted. */
  unread: Range[];
}

/** Parts are at least this long (UTF-16 units) where the document can be cut. */
const shortestPart = 1500;
/** From this length on a part that could not be cut is looked at more closely. */
const longPart = 5000;
/** Most emphasis marks, brackets and the like in such a part; the parser's time grows with their square. */
const mostMarks = 2000;
/** Most lines of lists and quotations in such a part, for the same reason. */
const mostContainerLines = 3000;
/** Lines that nobody writes: with lists and quotations as deep as that, or with as many cells. */
const hardLines = [
  /^(?:[ \t]{0,1000}(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))){40}[^\r\n]*/gm,
  /^[ \t>]{100,}(?:[-+*]|\d{1,9}[.)])[ \t][^\r\n]*/gm,
  /^(?:[^|\r\n]{0,2000}\|){300}[^\r\n]*/gm,
];
const definition = /^[ \t>]{0,200}(?:[-+*] |\d{1,9}[.)] )?\[((?:[^\]\\\r\n]|\\.){1,999})\]:/gm;

/** The parser's work on a document in microseconds, roughly: what a unit, a line, a block, … cost. */
const cost = { unit: 0.3, line: 25, block: 60, mark: 15, footnote: 300 };
/**
 * Work that is done for one document, and for each unit of a longer one. A megabyte of ordinary text takes 1,200,000.
 */
const mostWork = { document: 1_000_000, unit: 1.5 };

/** What one part says about itself. */
interface Measured {
  /** What the parser sees; always of the text that was read last, which is held in memory anyway. */
  text: string;
  readonly load: Load;
  readonly labels: readonly string[];
  /** Lines that nobody writes stand in it. */
  readonly isHard: boolean;
}

/** Of the text that was read last: after a keystroke nearly all parts are what they were. */
let latest: readonly Measured[] = [];

export function markdownParts(source: string, dialect: Dialect): MarkdownParts {
  const { ranges, cuts } = scanOpaque(source, dialect);
  const whole = placed(partRanges(source.length, cuts), ranges);
  const texts = whole.map(({ start, end, touching }) => maskedSlice(source, touching, start, end));
  const same = alike(latest, texts, (old, text) => old.text === text);
  const before = latest;
  latest = texts.map((text, index) => {
    const at = oldIndex(same, index);
    if (at === undefined) return measured(text);
    const known = before[at]!;
    known.text = text;
    return known;
  });
  // Lines that are left out change what is below them, so the document is cut again.
  if (latest.some(({ isHard }) => isHard)) return withoutHardLines(source, ranges, cuts);
  return partsOf(source, whole, latest, []);
}

function withoutHardLines(source: string, ranges: readonly Opaque[], cuts: readonly number[]): MarkdownParts {
  const unread: Range[] = [];
  let text = masked(source, ranges);
  for (const pattern of hardLines) {
    const lines = Array.from(text.matchAll(pattern), (match): Range => [match.index, match.index + match[0].length]);
    text = blanked(text, lines);
    for (const line of lines) unread.push(line);
  }
  const allCuts = [...cuts, ...longStretches(source, unread).flat()].sort((left, right) => left - right);
  const whole = placed(partRanges(source.length, allCuts), ranges);
  return partsOf(
    source,
    whole,
    whole.map(({ start, end }) => measured(text.slice(start, end))),
    unread,
  );
}

function measured(text: string): Measured {
  return {
    text,
    load: loadOf(text),
    labels: Array.from(text.matchAll(definition), (match) => normalizeIdentifier(match[1]!.replace(/^\^/, ''))),
    isHard: hardLines.some((pattern) => text.search(pattern) >= 0),
  };
}

interface PartPlace {
  start: number;
  end: number;
  /** Opaque ranges that touch it. */
  touching: readonly Opaque[];
}

function placed(parts: readonly Range[], ranges: readonly Opaque[]): PartPlace[] {
  let first = 0;
  return parts.map(([start, end]) => {
    while (first < ranges.length && ranges[first]!.end <= start) first += 1;
    let last = first;
    while (last < ranges.length && ranges[last]!.start < end) last += 1;
    return { start, end, touching: ranges.slice(first, last) };
  });
}

/** @param list what each of `whole` says about itself @param unread lines that were left out already */
function partsOf(
  source: string,
  whole: readonly PartPlace[],
  list: readonly Measured[],
  unread: Range[],
): MarkdownParts {
  const labels = new Set(list.flatMap((each) => each.labels));
  const parts: MarkdownPart[] = [];
  const most = Math.max(mostWork.document, mostWork.unit * source.length);
  let work = 0;
  for (const [index, { start, end, touching }] of whole.entries()) {
    const { text: part, load } = list[index]!;
    if (load.isBlank) continue;
    if (
      work + load.work > most ||
      (part.length > longPart && (load.marks > mostMarks || load.containerLines > mostContainerLines))
    ) {
      unread.push([start, end]);
      continue;
    }
    work += load.work;
    const opaque = touching.map((range) => ({ ...range, start: range.start - start, end: range.end - start }));
    parts.push({ start, source: source.slice(start, end), masked: part, opaque });
  }
  return { parts, labels, unread: joined(unread) };
}

/**
 * Lines left out that follow each other, where they are long: the parser would take all
 * their blanks for lines of a list.
 */
function longStretches(source: string, lines: readonly Range[]): Range[] {
  const stretches: [number, number][] = [];
  for (const [start, end] of joined(lines)) {
    const last = stretches.at(-1);
    if (last !== undefined && start - last[1] <= 2 && source.slice(last[1], start).trim() === '') last[1] = end;
    else stretches.push([start, end]);
  }
  return stretches.filter(([start, end]) => end - start >= longPart);
}

/** Cuts such that parts are long enough, and what cannot be cut stands alone. */
function partRanges(length: number, cuts: readonly number[]): Range[] {
  const ranges: Range[] = [];
  let start = 0;
  for (let index = 0; index < cuts.length; index += 1) {
    const cut = cuts[index]!;
    const following = (cuts[index + 1] ?? length) - cut;
    if (cut - start < shortestPart && following < longPart) continue;
    if (cut > start) ranges.push([start, cut]);
    start = cut;
  }
  if (start < length) ranges.push([start, length]);
  return ranges;
}

interface Load {
  isBlank: boolean;
  work: number;
  marks: number;
  containerLines: number;
}

const heavyMarks = new Set(Array.from('*_[]`$~<&!\\', (mark) => mark.charCodeAt(0)));

function loadOf(part: string): Load {
  let marks = 0;
  for (let index = 0; index < part.length; index += 1) if (heavyMarks.has(part.charCodeAt(index))) marks += 1;
  let lines = 0;
  let blocks = 0;
  let containerLines = 0;
  let footnotes = 0;
  for (const match of part.matchAll(/(?:^|\r\n|\n|\r)[ \t]*(\[\^|[^\r\n]?)/g)) {
    lines += 1;
    const first = match[1]!;
    if (first === '[^') footnotes += 1;
    if ('>-+*0123456789'.includes(first) && first !== '') containerLines += 1;
    if (first === '' || '>-+*#|0123456789`~<['.includes(first)) blocks += 1;
  }
  return {
    isBlank: part.trim() === '',
    work:
      part.length * cost.unit + lines * cost.line + blocks * cost.block + marks * cost.mark + footnotes * cost.footnote,
    marks,
    containerLines,
  };
}

function blanked(text: string, ranges: readonly Range[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const [start, end] of ranges) {
    parts.push(text.slice(at, start), ' '.repeat(end - start));
    at = end;
  }
  return parts.join('') + text.slice(at);
}

/** Ranges that touch as one. */
function joined(ranges: readonly Range[]): Range[] {
  const result: [number, number][] = [];
  for (const [start, end] of [...ranges].sort((left, right) => left[0] - right[0])) {
    const last = result.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else result.push([start, end]);
  }
  return result;
}
