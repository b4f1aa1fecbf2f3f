/**
 * Everything that the two rows of tokens show, as one value a step, so that drawing a token reads no signal of its own.
 */
import { computed } from '@preact/signals';
import type { SourceToken, TraceToken } from '../protocol/trace';
import { underlineOf } from './logic/confidence';
import type { TokenChange } from './logic/difference';
import type { Duration } from './logic/durations';
import { count, describeToken, percent, shown } from './logic/format';
import type { Mark } from './logic/measures';
import {
  chosenPositions,
  currentStep,
  difference,
  digits,
  draftLocks,
  durations,
  links,
  locked,
  locksKept,
  markAt,
  operations,
  source,
  tokens,
} from './store';
import { t } from './l10n';

export type Operation = [keep: number, remove: number, generate: number];

export interface RowData {
  source: readonly SourceToken[];
  tokens: readonly TraceToken[];
  /** The step's own tokens, without the person's choices. */
  own: readonly TraceToken[];
  changes: readonly TokenChange[];
  links: readonly (number | undefined)[];
  operations: ReadonlyMap<number, Operation>;
  markAt(token: TraceToken, position: number): Mark | undefined;
  chosen: ReadonlySet<number>;
  draftLocks: ReadonlySet<number>;
  locked: readonly number[];
  /** The next run keeps locked source tokens. */
  locksKept: boolean;
  /** How many target tokens each source token owns, where the decoder counts them. */
  durations: ReadonlyMap<number, Duration>;
  digits: boolean;
}

export const rowData = computed<RowData>(() => ({
  source: source.value,
  tokens: tokens.value,
  own: currentStep.value?.tokens ?? [],
  changes: difference.value.changes,
  links: links.value,
  operations: operations.value,
  markAt: markAt.value,
  chosen: chosenPositions.value,
  draftLocks: draftLocks.value,
  locked: locked.value,
  locksKept: locksKept.value,
  durations: durations.value,
  digits: digits.value,
}));

/** Hundreds of tokens that fade at once cost more than a frame has: long rows change without a transition. */
export const isLong = (data: RowData): boolean => data.tokens.length > 120;

/** What a draft token looks like and says. Plain values: two equal views need not be drawn twice. */
export interface DraftView {
  position: number;
  className: string;
  label: string;
  /** undefined: an open slot. */
  text: string | undefined;
  before: string | undefined;
  digit: string | undefined;
  lock: boolean;
  gap: TraceToken['gap'];
  source: number | undefined;
}

/** What stood here before: the earlier step's token, or the model's own where the person replaced it. */
function earlier({ own, changes, chosen }: RowData, position: number, token: TraceToken): TraceToken | undefined {
  if (chosen.has(position)) return own[position];
  const change = changes[position];
  return change?.kind === 'replaced' || (change?.kind === 'emptied' && token.state === 'masked')
    ? change.previous
    : undefined;
}

export function draftView(data: RowData, position: number): DraftView {
  const token = data.tokens[position]!;
  const chosen = data.chosen.has(position),
    lockedHere = data.draftLocks.has(position);
  const kind = data.changes[position]?.kind ?? 'same';
  const mark = chosen ? undefined : data.markAt(token, position);
  const before = earlier(data, position, token);
  const origin =
    token.state === 'changed' && token.sourceIndex !== undefined ? data.source[token.sourceIndex]?.text : undefined;
  const classes = ['token', `state-${token.state}`, `change-${kind}`];
  if (chosen) classes.push('chosen');
  else if (mark) classes.push('sure', `level-${mark.level}`, `underline-${underlineOf(mark.level)}`);
  if (lockedHere) classes.push('locked');
  return {
    position,
    className: classes.join(' '),
    text: token.state === 'masked' ? undefined : shown(token.text),
    before: before && shown(before.text),
    digit: data.digits ? mark?.digit : undefined,
    lock: lockedHere || token.locked === true,
    gap: token.gap,
    source: data.links[position],
    label: `${describeToken(token, chosen ? 'replaced' : kind, before, mark?.told, origin)}${chosen ? t(', chosen by you') : ''}${lockedHere ? t(', locked by you') : ''}`,
  };
}

export interface SourceView {
  index: number;
  className: string;
  label: string;
  text: string;
  locked: boolean;
  /** A click locks it, or takes the lock away. */
  lockable: boolean;
  operation: Operation | undefined;
  duration: Duration | undefined;
}

export function sourceView(
  { source: list, locked: locks, locksKept: kept, operations: decisions, durations: counts }: RowData,
  index: number,
): SourceView {
  const token = list[index]!;
  const operation = decisions.get(index),
    duration = counts.get(index),
    isLocked = locks.includes(index);
  const label = [
    t('Source: {0}', shown(token.text)),
    ...(token.protected ? [t('protected')] : []),
    ...(operation
      ? [t('keep {0}, delete {1}, generate {2}', percent(operation[0]), percent(operation[1]), percent(operation[2]))]
      : []),
    ...(duration ? [t('becomes {0}', count(duration.count, 'token'))] : []),
    ...(isLocked ? [t('locked')] : []),
  ].join(', ');
  return {
    index,
    label,
    text: shown(token.text),
    locked: isLocked,
    lockable: canLock(token, isLocked, kept),
    operation,
    duration,
    className: `source-token${isLocked ? ' locked' : ''}${token.protected ? ' protected' : ''}`,
  };
}

/** A lock can always be taken away; it is offered where the next run keeps it. */
export const canLock = (token: SourceToken, isLocked: boolean, kept: boolean): boolean =>
  isLocked || (kept && token.protected !== true);
