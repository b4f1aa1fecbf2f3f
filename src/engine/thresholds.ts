/** Which edits are sure enough to be shown. */
import type { Thresholds } from '../protocol/manifest';
import type { CorrectParams, CorrectionType } from '../protocol/requests';

/**
 * Least confidence for one edit. A threshold that the caller gives holds for every kind; the model's own ones are chosen
 * on held-out text by kind, with a lower one for words that the misspelling lists know.
 */
export function leastConfidence(params: Pick<CorrectParams, 'threshold'>, thresholds: Thresholds, type: CorrectionType, lexicon: boolean): number {
  if (params.threshold !== undefined) return params.threshold;
  if (lexicon) return thresholds.lexicon;
  return thresholds.byType[type] ?? thresholds.default;
}
