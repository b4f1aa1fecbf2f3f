/** Which edits are sure enough to be shown. */
import type { EditForm } from '../../../english/judge/edit-form';
import type { Confidence, Thresholds } from '../../../protocol/manifest';
import type { CorrectParams, CorrectionLevel, CorrectionType } from '../../../protocol/requests';

/**
 * GECToR's sentence gate: a sentence in which no word and no gap is wrong with this probability gets no fill pass,
 * because what would be written there stays below what the level shows. Without the gate every second sentence costs
 * twice (docs/results/speed.md).
 */
export const leastErrorProbability: Record<CorrectionLevel, number> = { careful: 0.6, balanced: 0.45, thorough: 0.3 };

/**
 * An unknown word and its neighbour: one of seven letters or more is hardly ever a term that happens to be a letter
 * away from a word, a short one often is, unless the neighbour is a word that stands in every text (bench/remarks: of
 * 13 such remarks all were right, of 17 others one was); two words in one are a fault of their own.
 */
export type NearForm = 'long' | 'common' | 'short' | 'apart';
const longWord = 7;
/** How often a word that stands in every text was counted (models/lexicon/words.tsv). */
const commonCount = 2500;

/** @param count of the neighbour in the word list */
export const nearForm = (before: string, after: string, count: number): NearForm => {
  if (/\s/.test(after.trim())) return 'apart';
  if (before.trim().length >= longWord) return 'long';
  return count >= commonCount ? 'common' : 'short';
};

export interface Kind {
  type: CorrectionType;
  form: EditForm;
  /** Backed by the lists of the lexical prior. */
  lexicon: boolean;
  /** One of the neighbours of an unknown word, and of which make. */
  near?: NearForm;
  style?: boolean;
}

/**
 * The names under which a model may have a threshold or a calibration for an edit, the specific ones first: kind and
 * form ("article/insert"), kind; words that the lexical prior lists have names of their own ("lexicon/casing",
 * "lexicon"), so have its near words ("near/long", "near") and matters of style. nar_training/fit takes them from
 * here, through the command line.
 */
export function kindNames({ type, form, lexicon, near, style }: Kind): string[] {
  if (style) return [`style/${type}`, 'style'];
  if (lexicon) return [`lexicon/${type}`, 'lexicon'];
  return [...(near ? [`near/${near}`, 'near'] : []), `${type}/${form}`, type];
}

/**
 * Least confidence for one edit. A threshold that the caller gives holds for every kind; the model's own ones were
 * fitted for each level (docs/model-format.md). A model without levels has one table for all of them.
 */
export function leastConfidence(
  { threshold, level = 'balanced' }: Pick<CorrectParams, 'threshold' | 'level'>,
  thresholds: Thresholds,
  names: readonly string[],
): number {
  if (threshold !== undefined) return threshold;
  const table: { default: number; byType: Record<string, number> } = thresholds.levels?.[level] ?? {
    default: thresholds.default,
    byType: { lexicon: thresholds.lexicon, ...thresholds.byType },
  };
  return firstOf(table.byType, names) ?? table.default;
}

/**
 * The calibrated confidence of an edit: its log-odds scaled and moved as the manifest says (Platt 1999), for its kind
 * where the model has numbers of its own for it. nar_training/fit/confidence.py fits them on real corrections.
 */
export function calibrated(
  raw: number,
  confidence: Confidence = { scale: 1, offset: 0 },
  names: readonly string[] = [],
): number {
  const { scale, offset } = firstOf(confidence.byType ?? {}, names) ?? confidence;
  const bounded = Math.min(Math.max(raw, 1e-4), 1 - 1e-4);
  return 1 / (1 + Math.exp(-(scale * Math.log(bounded / (1 - bounded)) + offset)));
}

function firstOf<Value>(table: Record<string, Value>, names: readonly string[]): Value | undefined {
  const name = names.find((known) => table[known] !== undefined);
  return name === undefined ? undefined : table[name];
}

/** Matters of style are shown at the level that shows everything, or when they are switched on by themselves. */
export function showsStyle({ style = 'auto', level = 'balanced' }: Pick<CorrectParams, 'style' | 'level'>): boolean {
  return style === 'auto' ? level === 'thorough' : style === 'on';
}
