/** Which edits are sure enough to be shown. */
import type { Thresholds } from '../protocol/manifest';
import type { CorrectParams, CorrectionType } from '../protocol/requests';
import type { EditForm } from '../text/classify';

/**
 * Least confidence for one edit. A threshold that the caller gives holds for every kind; the model's own ones are chosen
 * on held-out text by kind, or by kind and form ("article/insert") where both are frequent, with a lower one for words
 * that the lexical prior lists.
 */
export function leastConfidence(
  params: Pick<CorrectParams, 'threshold'>, thresholds: Thresholds, { type, form, lexicon }: { type: CorrectionType; form: EditForm; lexicon: boolean },
): number {
  if (params.threshold !== undefined) return params.threshold;
  if (lexicon) return thresholds.lexicon;
  return thresholds.byType[`${type}/${form}`] ?? thresholds.byType[type] ?? thresholds.default;
}
