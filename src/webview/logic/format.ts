/** Numbers and names as a person reads them; one place, so that tables, popover and announcements agree. */
import { writesInOrder } from '../../protocol/decoder-facts';
import type { Step, StepAction, StopReason, TokenState, TraceToken } from '../../protocol/trace';
import type { ChangeKind } from './difference';
import { decimalPoint, t } from '../l10n';

export function percent(value: number): string {
  if (value > 0.995 && value < 1) return '> 99 %';
  if (value > 0 && value < 0.005) return '< 1 %';
  return `${Math.round(value * 100)} %`;
}

export function milliseconds(value: number): string {
  if (value >= 1000) return t('{0} s', decimal(value / 1000, value >= 10_000 ? 0 : 1));
  return t('{0} ms', value >= 10 ? Math.round(value) : decimal(value, 1));
}

/** What rounds to nothing has no sign. */
export const decimal = (value: number, digits = 2): string =>
  value
    .toFixed(digits)
    .replace(/^-(?=[0.]*$)/, '')
    .replace('-', '−')
    .replace('.', decimalPoint);

/** A number of things; each form has its own line in the bundle, with the number in it. */
export const count = (value: number, one: string, many = `${one}s`): string =>
  t(`{0} ${value === 1 ? one : many}`, value);

export const actionNames: Record<StepAction, string> = {
  encode: t('Read'),
  length: t('Length'),
  predict: t('Predict'),
  mask: t('Mask'),
  delete: t('Delete'),
  place: t('Place slots'),
  fill: t('Fill'),
  insert: t('Insert'),
  propose: t('Propose'),
  verify: t('Verify'),
  rerank: t('Re-rank'),
};

const actionSentences: Record<StepAction, string> = {
  encode: t('Reads the source once.'),
  length: t('Decides how long the result is.'),
  predict: t('Predicts every open slot at once.'),
  mask: t('Opens the least sure tokens again.'),
  delete: t('Strikes out what should not be there.'),
  place: t('Opens empty slots where something is missing.'),
  fill: t('Fills every slot at once.'),
  insert: t('Inserts tokens into the gaps.'),
  propose: t('Proposes a block of tokens.'),
  verify: t('Checks the proposed tokens.'),
  rerank: t('Scores the finished candidates again.'),
};

export const stopNames: Record<StopReason, string> = {
  fixed: t('All planned passes done'),
  stable: t('Nothing changed any more'),
  confident: t('Every token sure enough'),
  empty: t('Nothing left to change'),
  budget: t('Pass budget used up'),
  loop: t('The same draft came back'),
  cancelled: t('Cancelled'),
};

/** What the step did, for a person. An edit decoder's reading pass already decides. */
export function sentenceOf(step: Step): string {
  const decides = step.action === 'encode' && step.tokens.some((token) => token.operation);
  if (decides) return t('Reads your text and decides what to keep, delete and write anew.');
  if (step.action === 'predict' && writesInOrder(step.system))
    return t('Writes the next token or block from left to right.');
  return actionSentences[step.action];
}

/** A token as a word in a sentence: spaces made visible only where they are all there is. */
export function shown(text: string): string {
  const trimmed = text.replace(/^ /, '');
  if (trimmed === '') return text === '' ? '' : '␣';
  return trimmed.replace(/\n/g, '⏎').replace(/\t/g, '⇥');
}

const changeWords: Record<ChangeKind, string> = {
  same: '',
  added: t('inserted'),
  filled: t('filled in'),
  replaced: t('changed'),
  emptied: t('opened again'),
  removed: t('deleted in this step'),
};

/** What a screen reader says for a draft token; carries everything that colour and marks show. */
export function describeToken(
  token: TraceToken,
  kind: ChangeKind,
  previous: TraceToken | undefined,
  told: string | undefined,
  replaced?: string,
): string {
  const parts: string[] = [token.state === 'masked' ? t('empty slot') : shown(token.text)];
  if (token.state === 'deleted') parts.push(kind === 'removed' ? t('deleted in this step') : t('deleted'));
  else if (kind === 'replaced' && previous) parts.push(t('changed from {0}', shown(previous.text)));
  else if (kind === 'emptied' && previous) parts.push(t('was {0}', shown(previous.text)));
  else if (kind === 'added' && replaced !== undefined) parts.push(t('in place of {0}', shown(replaced)));
  else if (changeWords[kind]) parts.push(changeWords[kind]);
  else if (token.state === 'kept' || token.state === 'given') parts.push(t('kept'));
  if (told !== undefined) parts.push(told);
  if (token.locked) parts.push(t('locked'));
  if (token.gap && token.gap.count > 0) parts.push(t('{0} placed after it', count(token.gap.count, 'slot')));
  return parts.join(', ');
}

/** One sentence for the live region when the step changes. */
export function describeStep(step: Step, index: number, total: number, changed: number): string {
  const slots = step.tokens.filter((token) => token.state === 'masked').length;
  const parts = [
    t('Step {0} of {1}: {2}', index + 1, total, actionNames[step.action]),
    t('{0} changed', count(changed, 'token')),
  ];
  if (slots > 0) parts.push(count(slots, 'empty slot'));
  parts.push(count(step.passes, 'pass', 'passes'));
  return `${parts.join(', ')}.`;
}

export const stateNames: Record<TokenState, string> = {
  given: t('given'),
  masked: t('masked'),
  new: t('new'),
  changed: t('changed'),
  kept: t('kept'),
  deleted: t('deleted'),
  inserted: t('inserted'),
};
