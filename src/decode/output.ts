/** From slots to output tokens. */
import type { SpecialTokens } from '../protocol/manifest';
import type { DecodeOptions } from '../protocol/trace';
import { collapseRepeats } from './collapse-repeats';

/** Cuts at the first `<end>` (BANG's termination), leaves `<drop>` and unfilled slots out, and collapses repeats where asked. */
export function finishOutput(ids: readonly number[], special: SpecialTokens, options: DecodeOptions): number[] {
  const end = ids.indexOf(special.end);
  const kept = (end < 0 ? ids : ids.slice(0, end)).filter((id) => id !== special.drop && id !== special.mask);
  return options.collapseRepeats ? collapseRepeats(kept) : kept;
}
