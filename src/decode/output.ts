/** From slots to output tokens. */
import type { SpecialTokens } from '../protocol/manifest';
import type { DecodeOptions } from '../protocol/trace';
import { collapseRepeats } from './collapse-repeats';

/**
 * Cuts at the first `<end>` (BANG's termination), leaves `<drop>` and unfilled slots out, and collapses repeats where
 * asked. `stays`: locked or given tokens in their order.
 */
export function finishOutput(
  ids: readonly number[],
  special: SpecialTokens,
  options: DecodeOptions,
  stays: readonly number[] = [],
): number[] {
  const end = ids.indexOf(special.end);
  const isText = (id: number): boolean => id !== special.drop && id !== special.mask;
  const kept = (end < 0 ? ids : ids.slice(0, end)).filter(isText);
  return options.collapseRepeats ? collapseRepeats(kept, stays.filter(isText)) : kept;
}
