/** Several readings' edits of one sentence in columns over the source, and which variant of a column is elected. */
import type { TokenEdit } from '../decoder';
import { applyEdits, sortEdits } from './token-edits';

/** What one reading makes of a column's source tokens. */
export interface Variant {
  ids: number[];
  /** Product of the confidences of its edits there; 0 where it leaves the tokens as they are. */
  probability: number;
  lexicon: boolean;
}

export interface Column {
  /** Source tokens [start, end). */
  start: number;
  end: number;
  /** One a reading, in the order of the readings. */
  variants: Variant[];
  /** Index of the variant that most readings share, the first of equals. */
  chosen: number;
  /** How many share it. */
  agreement: number;
}

/**
 * Edits that overlap, or insert at the same place, lie in one column.
 * @param readings each without overlaps of its own
 */
export function alignColumns(ids: readonly number[], readings: readonly (readonly TokenEdit[])[]): Column[] {
  const ranges: { start: number; end: number }[] = [];
  for (const { start, end } of sortEdits(readings.flat())) {
    const last = ranges.at(-1);
    if (last && (start < last.end || (start === last.start && end === last.end))) last.end = Math.max(last.end, end);
    else ranges.push({ start, end });
  }
  return ranges.map(({ start, end }) => {
    const variants = readings.map((edits): Variant => {
      const own = edits.filter((edit) =>
        start === end
          ? edit.start === start && edit.end === end
          : (edit.start < end && edit.end > start) ||
            (edit.start === edit.end && edit.start > start && edit.start < end),
      );
      const moved = own.map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start }));
      return {
        ids: applyEdits(ids.slice(start, end), moved),
        lexicon: own.length > 0 && own.every((edit) => edit.lexicon),
        probability: own.length === 0 ? 0 : own.reduce((product, edit) => product * edit.confidence, 1),
      };
    });
    const keys = variants.map((variant) => variant.ids.join(' '));
    const votes = keys.map((key) => keys.filter((other) => other === key).length);
    const agreement = Math.max(...votes);
    return { start, end, variants, chosen: votes.indexOf(agreement), agreement };
  });
}

/**
 * One edit for each column on which at least `least` readings agree; confidence = Σ_k p_k / K. A column that stays as
 * it was gives an edit that changes nothing.
 */
export function electEdits(columns: readonly Column[], least = 2): TokenEdit[] {
  return columns
    .filter(({ agreement }) => agreement >= least)
    .map(({ start, end, variants, chosen }) => {
      const key = variants[chosen]!.ids.join(' ');
      const agreeing = variants.filter((variant) => variant.ids.join(' ') === key);
      return {
        start,
        end,
        ids: variants[chosen]!.ids,
        confidence: agreeing.reduce((sum, { probability }) => sum + probability, 0) / variants.length,
        lexicon: agreeing.every(({ lexicon }) => lexicon),
      };
    });
}
