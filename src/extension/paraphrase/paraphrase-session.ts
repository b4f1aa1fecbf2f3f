/** The state of one paraphrase on screen, without the editor. */
import type { ParaphraseCandidate, ParaphraseMode, ParaphraseResult } from '../../protocol/requests';
import { applyEdits, type OffsetEdit } from '../shell/checked-edits';

/** A candidate whose edits count from the beginning of what it replaces. */
export type Wording = Pick<ParaphraseCandidate, 'text' | 'edits'>;

export interface ParaphraseSession {
  /** Version of the document that the candidates were made for. */
  version: number;
  /** What the candidates replace: offsets in the document and the text there. */
  start: number;
  end: number;
  original: string;
  mode: ParaphraseMode;
  /** Best first, none equal to the original, at least one. */
  candidates: Wording[];
  index: number;
}

/** Candidates that change something, each once, and whose edits give just what they say. */
export function usefulCandidates(original: string, { startIndex, candidates }: Result): Wording[] {
  const found = new Map<string, Wording>();
  for (const { text, edits } of candidates) {
    if (text === original || text.trim() === '' || found.has(text)) continue;
    const inside = edits.map((edit) => ({ ...edit, start: edit.start - startIndex, end: edit.end - startIndex }));
    if (applyEdits(original, inside) === text) found.set(text, { text, edits: inside });
  }
  return [...found.values()];
}

type Result = Pick<ParaphraseResult, 'startIndex' | 'candidates'>;

/** The session with the next (1) or previous (-1) candidate; wraps around. */
export function turned(session: ParaphraseSession, by: 1 | -1): ParaphraseSession {
  const count = session.candidates.length;
  return { ...session, index: (session.index + by + count) % count };
}

/**
 * The edits that turn the original into the shown candidate, in document offsets: those that the
 * engine looked at, and no others.
 */
export function sessionEdits(session: ParaphraseSession, index = session.index): OffsetEdit[] {
  return session.candidates[index]!.edits.map(({ start, end, text }) => ({
    start: start + session.start,
    end: end + session.start,
    text,
  }));
}

/** One line: white space collapsed, since neither a decoration nor a list holds line breaks. */
export function singleLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Longest text in UTF-16 units where nothing wraps: what is longer would run out of the window. */
const longestGhost = 48;

/** Words as one line, cut at a word where they are many: hover and diff show them all. */
export function ghostLine(text: string, longest = longestGhost): string {
  const line = singleLine(text);
  if (line.length <= longest) return line;
  const end = line.lastIndexOf(' ', longest - 2);
  // Without a blank in it the text is cut anywhere but within a character.
  const cut = end > longest / 2 ? line.slice(0, end) : line.slice(0, longest - 2).replace(/[\ud800-\udbff]$/, '');
  return `${cut} …`;
}

/** Longest side of one change in the list below the line. */
const longestSide = 32;

/**
 * What a candidate changes, in one line: “in order to → to · utilize → use”. Words that only go are struck by a minus.
 */
export function changesOf({ original, candidates }: ParaphraseSession, index: number): string {
  return candidates[index]!.edits.map(({ start, end, text }) => {
    const [from, to] = wholeWords(original, start, end, text).map((side) => ghostLine(side, longestSide));
    if (from === '') return `+ ${to}`;
    return to === '' ? `− ${from}` : `${from} → ${to}`;
  }).join(' · ');
}

/** Both sides of a change, grown to the words that it cuts: “an” to “a” is nothing to read. */
function wholeWords(original: string, start: number, end: number, text: string): [from: string, to: string] {
  const isLetter = (at: number): boolean => /[\p{L}\p{N}'’-]/u.test(original[at] ?? '');
  let [first, last] = [start, end];
  const joins = text !== '' || end > start;
  while (joins && first > 0 && isLetter(first - 1) && (isLetter(first) || /^[\p{L}\p{N}]/u.test(text))) first--;
  while (joins && last < original.length && isLetter(last) && (isLetter(last - 1) || /[\p{L}\p{N}]$/u.test(text)))
    last++;
  return [original.slice(first, last).trim(), (original.slice(first, start) + text + original.slice(end, last)).trim()];
}

/**
 * Whether an inline suggestion may show `candidate` for `existing`: the editor silently drops a replacement that does
 * more than insert, so every unit of the existing text must come back in order.
 */
export function extendsText(existing: string, candidate: string): boolean {
  if (candidate.length <= existing.length) return false;
  let position = 0;
  for (let index = 0; index < candidate.length && position < existing.length; index++) {
    if (candidate[index] === existing[position]) position++;
  }
  return position === existing.length;
}
