/** Which edits are sure enough to be shown. */
import type { Thresholds } from '../../../protocol/manifest';
import type { CorrectParams, CorrectionType } from '../../../protocol/requests';
import type { EditForm } from '../../../english/judge/classify';

/**
 * Least confidence for one edit. A threshold that the caller gives holds for every kind; the model's own ones are chosen
 * on held-out text by kind, or by kind and form ("article/insert") where both are frequent; words that the lexical
 * prior lists have thresholds of their own ("lexicon", and "lexicon/casing" for names), and so have its near words ("near").
 */
export function leastConfidence(
  params: Pick<CorrectParams, 'threshold'>,
  thresholds: Thresholds,
  { type, form, lexicon, near }: { type: CorrectionType; form: EditForm; lexicon: boolean; near?: boolean },
): number {
  if (params.threshold !== undefined) return params.threshold;
  if (lexicon) return thresholds.byType[`lexicon/${type}`] ?? thresholds.lexicon;
  const ofNear = near ? thresholds.byType.near : undefined;
  return ofNear ?? thresholds.byType[`${type}/${form}`] ?? thresholds.byType[type] ?? thresholds.default;
}

/**
 * The calibrated confidence of an edit: its log-odds scaled and moved as the manifest says (Platt 1999). Twin of honest in
 * training/nar_training/fit/calibrate.py, which fits both numbers on real corrections.
 */
export function calibrated(
  confidence: number,
  { scale, offset }: { scale: number; offset: number } = { scale: 1, offset: 0 },
): number {
  const bounded = Math.min(Math.max(confidence, 1e-4), 1 - 1e-4);
  return 1 / (1 + Math.exp(-(scale * Math.log(bounded / (1 - bounded)) + offset)));
}
