/** Which of a run's fixes would be offered at a threshold, and how the text then reads. Pure. */
import type { TraceEdit } from '../../protocol/trace';

/** A number holds for every fix; undefined takes the model's own bar of each kind. */
export type Threshold = number | undefined;

export const barOf = (edit: TraceEdit, threshold: Threshold): number => threshold ?? edit.threshold;

export const isOffered = (edit: TraceEdit, threshold: Threshold): boolean => edit.confidence >= barOf(edit, threshold);

/** A stretch of the source text: left as it is, or with what a fix puts in its place. */
export interface Stretch {
  text: string;
  edit?: TraceEdit;
  offered?: boolean;
}

/**
 * The source text cut at its fixes, everything once and in order. Edits must be sorted and apart from
 * each other; others are left out.
 */
export function stretchesOf(sourceText: string, edits: readonly TraceEdit[], threshold: Threshold): Stretch[] {
  const stretches: Stretch[] = [];
  let reached = 0;
  for (const edit of edits) {
    if (edit.start < reached || edit.end < edit.start || edit.end > sourceText.length) continue;
    if (edit.start > reached) stretches.push({ text: sourceText.slice(reached, edit.start) });
    stretches.push({ text: sourceText.slice(edit.start, edit.end), edit, offered: isOffered(edit, threshold) });
    reached = edit.end;
  }
  if (reached < sourceText.length) stretches.push({ text: sourceText.slice(reached) });
  return stretches;
}

/** The text with the offered fixes in place. */
export const textWith = (stretches: readonly Stretch[]): string =>
  stretches.map(({ text, edit, offered }) => (edit && offered ? edit.text : text)).join('');
