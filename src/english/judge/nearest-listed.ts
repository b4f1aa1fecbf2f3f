/** Of the corrections that the lists have for a word, the nearest. */
import type { Candidate } from '../prior/prior';
import { distance } from './distance';

/**
 * "contine" is "continue" and not "contain": where the network has chosen another, the only listed correction that is
 * one slip away.
 */
export function nearestListed<Edit extends { start: number; end: number; text: string }>(
  view: string,
  edit: Edit,
  candidates: readonly Candidate[],
): Edit {
  const listed = candidates.find(
    ({ origin, start, end }) => origin === 'listed' && start === edit.start && end === edit.end,
  );
  if (!listed?.candidates.includes(edit.text)) return edit;
  const before = view.slice(edit.start, edit.end);
  const near = listed.candidates.filter((candidate) => distance(before, candidate) === 1);
  return near.length === 1 && distance(before, edit.text) > 1 ? { ...edit, text: near[0]! } : edit;
}
