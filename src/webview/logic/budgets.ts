/** How many passes a run may spend: what the form offers for each decoder, and what that becomes in a request. Pure. */
import { decoderRecords } from '../../protocol/decoders';
import type { DecodeOptions, DecoderName } from '../../protocol/trace';
import { count } from './format';
import { t } from '../l10n';

/** A number of forward passes after the reading, or as many as the text needs: `passes` is left out then. */
export type Budget = number | 'end';

/** Budgets of the iteration curves that the papers and our bench report. */
export const curveBudgets: readonly number[] = [1, 2, 5, 11];

/** The passes that the form asks for when its options name none (settings.ts has the same for commands). */
export const usualPasses = 5;

export const canRunToTheEnd = (decoder: DecoderName): boolean => decoderRecords[decoder].toTheEnd ?? false;

export const budgetOf = (decoder: DecoderName, { passes }: DecodeOptions): Budget =>
  passes ?? (canRunToTheEnd(decoder) ? 'end' : usualPasses);

/** The same budget for another decoder: only some can run to the end. */
export const budgetFor = (decoder: DecoderName, budget: Budget): Budget =>
  budget === 'end' && !canRunToTheEnd(decoder) ? usualPasses : budget;

export function withBudget(options: DecodeOptions, budget: Budget): DecodeOptions {
  const copy = { ...options };
  delete copy.passes;
  return budget === 'end' ? copy : { ...copy, passes: budget };
}

const inOrder = (budgets: readonly number[], chosen: Budget | undefined): number[] =>
  [...new Set([...budgets, ...(typeof chosen === 'number' ? [chosen] : [])])].sort((left, right) => left - right);

/** What a form offers, the chosen one among them. */
export const budgetChoices = (decoder: DecoderName, chosen: Budget): Budget[] => [
  ...(canRunToTheEnd(decoder) ? ['end' as const] : []),
  ...inOrder(curveBudgets, chosen),
];

/**
 * Points of the curve. None for the decoders that write from left to right alone: a smaller budget gives
 * the same text, cut off, and the steps of the run show every such beginning. Where slots are filled first,
 * each budget gives a whole text.
 */
export function curvePoints(decoder: DecoderName, own?: Budget): Budget[] {
  if (!canRunToTheEnd(decoder)) return inOrder(curveBudgets, own);
  return decoderRecords[decoder].draft === 'slots' ? [...inOrder(curveBudgets, own), 'end'] : [];
}

export const budgetName = (budget: Budget): string =>
  budget === 'end' ? t('to the end') : count(budget, 'pass', 'passes');
