/**
 * One round of the Levenshtein Transformer as three rows over the same columns: what was struck, where slots
 * opened, what filled them. Pure.
 */
import type { Step, StepAction, TraceToken } from '../../protocol/trace';
import { t } from '../l10n';
import { count } from './format';

export type CellKind =
  | 'same' // stands in this row as in the row before
  | 'struck'
  | 'slot'
  | 'filled'
  | 'dropped'; // the fill said that the slot was not needed

export interface RoundCell {
  kind: CellKind;
  text: string;
}

export interface RoundColumn {
  delete?: RoundCell;
  place?: RoundCell;
  fill?: RoundCell;
}
export type RoundRow = keyof RoundColumn;

export interface Round {
  /** From 1. */
  number: number;
  /** Index of the step that each row was read in; edit decoders delete and place in their reading step. */
  steps: Partial<Record<RoundRow, number>>;
  columns: RoundColumn[];
}

const ranks: Partial<Record<StepAction, number>> = { encode: 0, delete: 1, place: 2, fill: 3 };
const rankOf = (step: Step | undefined): number | undefined => step && ranks[step.action];

/** First and last step of the round that step `index` belongs to: a round goes from reading to filling. */
function boundsOf(steps: readonly Step[], index: number): [number, number] | undefined {
  if (rankOf(steps[index]) === undefined) return undefined;
  let first = index,
    last = index;
  while ((rankOf(steps[first - 1]) ?? Infinity) < rankOf(steps[first])!) first--;
  while ((rankOf(steps[last + 1]) ?? -Infinity) > rankOf(steps[last])!) last++;
  return [first, last];
}

/**
 * A reading step strikes out only where it decides over the draft itself, and not over a source from
 * which a new text is written.
 */
const decides = (step: Step): boolean =>
  step.action === 'delete' ||
  (step.action === 'encode' && step.tokens.some(({ operation }) => operation !== undefined));
const isStruck = ({ state, alternatives }: TraceToken): boolean => state === 'deleted' && alternatives.length === 0;

function columnOf(token: TraceToken): RoundColumn {
  const { text, state, alternatives } = token;
  if (state === 'masked') return { place: { kind: 'slot', text: '' } };
  if (isStruck(token)) return { delete: { kind: 'struck', text } };
  if (alternatives.length > 0)
    return { place: { kind: 'slot', text: '' }, fill: { kind: state === 'deleted' ? 'dropped' : 'filled', text } };
  const same: RoundCell = { kind: 'same', text };
  return { delete: same, place: same, fill: same };
}

/** The columns of the last step, and in their places those tokens that were struck before it. */
function merged(struckFrom: readonly TraceToken[], tokens: readonly TraceToken[]): RoundColumn[] {
  // Correction keeps struck words in the draft: then nothing is missing.
  if (tokens.some(isStruck)) return tokens.map(columnOf);
  const columns: RoundColumn[] = [];
  let at = 0;
  const strike = () => {
    while (at < struckFrom.length && isStruck(struckFrom[at]!)) columns.push(columnOf(struckFrom[at++]!));
  };
  for (const token of tokens) {
    strike();
    const column = columnOf(token);
    if (column.delete) at++;
    columns.push(column);
  }
  strike();
  return columns;
}

/** Undefined where the step is no part of such a round, or nothing was struck or placed in it. */
export function roundAt(steps: readonly Step[], index: number): Round | undefined {
  const bounds = boundsOf(steps, index);
  if (!bounds) return undefined;
  const [first, last] = bounds;
  const inRound = steps.slice(first, last + 1);
  const stepOf = (action: StepAction) => inRound.findIndex((step) => step.action === action);
  const reading = inRound.findIndex(decides),
    fill = stepOf('fill'),
    place = stepOf('place');
  const final = inRound[fill >= 0 ? fill : place >= 0 ? place : reading];
  if (!final) return undefined;
  const columns = merged(inRound[reading]?.tokens ?? [], final.tokens);
  if (columns.every((column) => column.delete?.kind === 'same')) return undefined;
  // Edit decoders say where slots open in the pass that also strikes out.
  const placed = place >= 0 ? place : fill >= 0 ? reading : -1;
  const found = { delete: stepOf('delete') >= 0 ? stepOf('delete') : reading, place: placed, fill };
  return {
    number: numberOf(steps, first),
    columns,
    steps: Object.fromEntries(Object.entries(found).flatMap(([row, at]) => (at < 0 ? [] : [[row, first + at]]))),
  };
}

/** Rounds that begin up to step `first`. Reading a source alone begins none. */
function numberOf(steps: readonly Step[], first: number): number {
  let number = 0;
  for (let at = 0; at <= first; at++) if (boundsOf(steps, at)?.[0] === at) number++;
  return number;
}

/** What a row says, for those who hear it. */
export function tellRow({ columns }: Round, row: RoundRow): string {
  const kinds: Record<RoundRow, readonly CellKind[]> = {
    delete: ['struck'],
    place: ['slot'],
    fill: ['filled', 'dropped'],
  };
  const cells = columns.flatMap((column) =>
    column[row] && kinds[row].includes(column[row].kind) ? [column[row]] : [],
  );
  if (row === 'place') return cells.length === 0 ? t('no slots') : count(cells.length, 'slot');
  if (cells.length === 0) return t('nothing');
  return cells.map(({ kind, text }) => (kind === 'dropped' ? t('(slot not needed)') : text.trim())).join(', ');
}
