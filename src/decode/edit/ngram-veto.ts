/**
 * The n-gram veto of corrections (nar.md's "independent fluency veto"): a correction is not offered when all bigrams
 * that it touches are attested before it and one is not after it. It can only take corrections away.
 */
import type { TokenEdit } from '../decoder';
import { applyEdits } from './token-edits';
import type { NgramTable } from '../lattice/ngram-table';

export function isVetoed(
  table: NgramTable,
  ids: readonly number[],
  edit: Pick<TokenEdit, 'start' | 'end' | 'ids'>,
  order = 2,
): boolean {
  const corrected = applyEdits(ids, [edit]);
  return (
    allAttested(table, ids, edit.start, edit.end, order) &&
    !allAttested(table, corrected, edit.start, edit.start + edit.ids.length, order)
  );
}

/** All n-grams that hold a token of [start, end), or that span the gap before `start` where the range is empty. */
function allAttested(table: NgramTable, ids: readonly number[], start: number, end: number, order: number): boolean {
  const first = Math.max(0, start - order + 1);
  const last = Math.min(ids.length - order, start === end ? start - 1 : end - 1);
  for (let at = first; at <= last; at++) if (table.count(ids.slice(at, at + order)) === 0) return false;
  return true;
}
