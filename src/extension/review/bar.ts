/** Pure: what a review says about itself and about one remark, in the order that a narrow window cuts from behind. */
import { openRemarks, type Remark, type Review } from './review';

/** How a confidence is shown everywhere. */
export function percentOf(confidence: number): string {
  return `${Math.round(confidence * 100)} %`;
}

/** Kind, confidence and explanation; an explanation may begin with the kind itself. */
export function aboutRemark(kind: string, { confidence, explanation }: Remark): string {
  const said = explanation.startsWith(`${kind}: `) ? explanation.slice(kind.length + 2) : explanation;
  return `${kind} ${percentOf(confidence)}: ${said}`;
}

/** Place of a remark among those that are open, from 1. */
export function placeOf(review: Review, remark: Remark): { place: number; count: number } {
  const open = openRemarks(review);
  return { place: open.findIndex(({ id }) => id === remark.id) + 1, count: open.length };
}

export interface Totals {
  open: number;
  taken: number;
  refused: number;
}

export function totalsOf({ remarks }: Review): Totals {
  const count = (state: Remark['state']): number => remarks.filter((remark) => remark.state === state).length;
  return { open: count('open'), taken: count('taken'), refused: count('refused') };
}

/**
 * White space that is all of a change, or a line break in it, as marks that can be seen; blanks around words left out.
 */
export function visibleWords(text: string): string {
  const words = text.trim() === '' ? text.replace(/[ \u00a0]/g, '␣').replace(/\t/g, '⇥') : text.trim();
  return words.replace(/\r\n|\r|\n/g, '⏎');
}

/** How new words stand beside the struck ones; nothing where words only go. */
export function insertedWords({ original, replacement }: Remark): string {
  if (replacement === '') return '';
  // A change of white space only must show where it is.
  return original.trim() === replacement.trim()
    ? visibleWords(replacement.replace(/^ | $/g, '␣'))
    : visibleWords(replacement);
}

/** A change in one line of a list: “teh → the”, “− the” where words only go, “+ the” where they only come. */
export function changeLabel(original: string, correction: string): string {
  const [from, to] = [visibleWords(original), visibleWords(correction)];
  if (correction === '') return `− ${from}`;
  return original === '' ? `+ ${to}` : `${from} → ${to}`;
}
