/** The state of one paraphrase on screen, without the editor. */
import type { ParaphraseMode } from '../protocol/requests';
import { wordEdits } from '../text/edits';
import type { OffsetEdit } from './edits';

export interface ParaphraseSession {
  /** Version of the document that the candidates were made for. */
  version: number;
  /** What the candidates replace: offsets in the document and the text there. */
  start: number;
  end: number;
  original: string;
  mode: ParaphraseMode;
  /** Best first, none equal to the original, at least one. */
  candidates: string[];
  index: number;
}

/** Candidates that change something, each once. */
export function usefulCandidates(original: string, candidates: readonly { text: string }[]): string[] {
  return [...new Set(candidates.map(({ text }) => text))].filter((text) => text !== original && text.trim() !== '');
}

/** The session with the next (1) or previous (-1) candidate; wraps around. */
export function turned(session: ParaphraseSession, by: 1 | -1): ParaphraseSession {
  const count = session.candidates.length;
  return { ...session, index: (session.index + by + count) % count };
}

/** The smallest edits that turn the original into the shown candidate, in document offsets: what stays the same is not touched. */
export function sessionEdits(session: ParaphraseSession, index = session.index): OffsetEdit[] {
  return wordEdits(session.original, session.candidates[index]!).map(({ start, end, text }) => ({ start: start + session.start, end: end + session.start, text }));
}

/** One line of ghost text: white space collapsed, since a decoration cannot hold line breaks. */
export function ghostLine(candidate: string): string {
  return candidate.replace(/\s+/g, ' ').trim();
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
