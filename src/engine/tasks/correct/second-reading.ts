/**
 * A sentence with several errors is read twice: an error beside another one is seen less surely ("usefull when you
 * wants to debug a issue"), and more surely once the other one is mended. The network reads the sentence as its sure
 * edits leave it, as a refinement reads its own draft (Gu et al. 2019, Levenshtein Transformer, section 3), and what it
 * finds there counts in the sentence as the writer has it. All offsets are UTF-16 units of the view.
 */
import type { SentenceEdit } from '../../../english/sentence-edit';
import type { Thresholds } from '../../../protocol/manifest';
import type { CorrectionLevel } from '../../../protocol/requests';
import { applyEdits } from '../../../protocol/word-edits';
import type { Sentence } from '../../../text/types';
import { togetherInSource } from './offered';
import { leastConfidence } from './thresholds';

/** The edits that the draft is made of: what the level shows, as far as the source lets it be made together. */
export function draftEdits(
  sentence: Sentence,
  edits: readonly SentenceEdit[],
  level: CorrectionLevel,
  thresholds: Thresholds,
): SentenceEdit[] {
  // A draft holds no doubtful edits, whatever the writer wants to see.
  const sureLevel = level === 'thorough' ? 'balanced' : level;
  const sure = edits.filter(
    ({ confidence, names = [], style }) =>
      !style && confidence >= leastConfidence({ level: sureLevel }, thresholds, names),
  );
  return togetherInSource(sentence, sure)
    .map(({ edit }) => edit)
    .sort((left, right) => left.start - right.start || left.end - right.end);
}

/** A sentence with edits made, and the way back. */
export interface Mended {
  sentence: Sentence;
  /** The edit in the sentence as it was; undefined for one that touches what was mended. */
  original<Edit extends { start: number; end: number }>(edit: Edit): Edit | undefined;
}

/**
 * @param edits sorted and disjoint
 */
export function mended(sentence: Sentence, edits: readonly SentenceEdit[]): Mended {
  const moved = (at: number): number =>
    edits.reduce((sum, { start, end, text }) => {
      if (end <= at) return sum + text.length - (end - start);
      return start < at ? sum + start + text.length - at : sum;
    }, at);
  let shift = 0;
  const written = edits.map(({ start, end, text }) => {
    const from = start + shift;
    shift += text.length - (end - start);
    return { start: from, end: from + text.length, shift, isInserted: start === end };
  });
  const back = (at: number): number => {
    const before = written.findLast(({ end }) => end <= at);
    return at - (before?.shift ?? 0);
  };
  const names = sentence.names?.map(([start, end]) => [moved(start), moved(end)] as const);
  return {
    sentence: {
      ...sentence,
      text: applyEdits(sentence.text, edits),
      pieces: sentence.pieces.map((piece) => {
        const viewStart = moved(piece.viewStart);
        return { ...piece, viewStart, length: moved(piece.viewStart + piece.length) - viewStart };
      }),
      ...(names ? { names } : {}),
    },
    original: (edit) => {
      const touches = written.some(({ start, end, isInserted }) => {
        // Where something was left out, or two words would be put into one place, their order would be lost.
        const atEdge = edit.start <= end && start <= edit.end;
        if (start === end || (isInserted && edit.start === edit.end)) return atEdge;
        return edit.start < end && start < edit.end;
      });
      return touches ? undefined : { ...edit, start: back(edit.start), end: back(edit.end) };
    },
  };
}

/** What the first reading is taken to have said of an edit that it did not propose. */
const unseen = 0.1;
/** Below this the second reading counts for nothing: what is doubtful is doubtful in the writer's own words. */
const leastOfSecond = 0.6;

/**
 * Both readings' edits; of the same edit the surer one. A word that only the second reading puts in is as sure as both
 * readings together: most that only a mended sentence asks for are a matter of taste ("affect the serialization").
 */
export function joined(first: readonly SentenceEdit[], second: readonly SentenceEdit[]): SentenceEdit[] {
  const before = (edit: SentenceEdit): SentenceEdit | undefined =>
    first.find(({ start, end, text }) => start === edit.start && end === edit.end && text === edit.text);
  const newer = second
    .map((edit) =>
      edit.start < edit.end
        ? edit
        : { ...edit, confidence: between(before(edit)?.confidence ?? unseen, edit.confidence) },
    )
    .filter(({ confidence }) => confidence >= leastOfSecond)
    .filter((edit) => (before(edit)?.confidence ?? 0) < edit.confidence);
  const replaced = new Set(newer.map(before));
  const older = first.filter((edit) => !replaced.has(edit));
  return [...older, ...newer].sort((left, right) => left.start - right.start || left.end - right.end);
}

/** The mean of two probabilities in log-odds. */
function between(left: number, right: number): number {
  const logOdds = (probability: number): number => {
    const bounded = Math.min(Math.max(probability, 1e-6), 1 - 1e-6);
    return Math.log(bounded / (1 - bounded));
  };
  return 1 / (1 + Math.exp(-(logOdds(left) + logOdds(right)) / 2));
}
