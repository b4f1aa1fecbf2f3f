/** Numbers and names as a person reads them. English; one place, so that tables, popover and announcements agree. */
import type { Step, StepAction, StopReason, TraceToken } from '../../protocol/trace';
import type { ChangeKind } from './difference';

export function percent(value: number): string {
  if (value > 0.995 && value < 1) return '> 99 %';
  if (value > 0 && value < 0.005) return '< 1 %';
  return `${Math.round(value * 100)} %`;
}

export function milliseconds(value: number): string {
  if (value >= 1000) return `${(value / 1000).toFixed(value >= 10_000 ? 0 : 1)} s`;
  return `${value >= 10 ? Math.round(value) : value.toFixed(1)} ms`;
}

/** What rounds to nothing has no sign. */
export const decimal = (value: number, digits = 2): string =>
  value
    .toFixed(digits)
    .replace(/^-(?=[0.]*$)/, '')
    .replace('-', '−');

export const count = (value: number, one: string, many = `${one}s`): string => `${value} ${value === 1 ? one : many}`;

export const actionNames: Record<StepAction, string> = {
  encode: 'Read',
  length: 'Length',
  predict: 'Predict',
  mask: 'Mask',
  delete: 'Delete',
  place: 'Place slots',
  fill: 'Fill',
  insert: 'Insert',
  propose: 'Propose',
  verify: 'Verify',
  rerank: 'Re-rank',
};

const actionSentences: Record<StepAction, string> = {
  encode: 'Reads the source once.',
  length: 'Decides how long the result is.',
  predict: 'Predicts every open slot at once.',
  mask: 'Opens the least sure tokens again.',
  delete: 'Strikes out what should not be there.',
  place: 'Opens empty slots where something is missing.',
  fill: 'Fills every slot at once.',
  insert: 'Inserts tokens into the gaps.',
  propose: 'Proposes a block of tokens.',
  verify: 'Checks the proposed tokens.',
  rerank: 'Scores the finished candidates again.',
};

export const stopNames: Record<StopReason, string> = {
  fixed: 'All planned passes done',
  stable: 'Nothing changed any more',
  confident: 'Every token sure enough',
  empty: 'Nothing left to change',
  budget: 'Pass budget used up',
  loop: 'The same draft came back',
  cancelled: 'Cancelled',
};

/** What the step did, for a person. An edit decoder's reading pass already decides. */
export function sentenceOf(step: Step): string {
  const decides = step.action === 'encode' && step.tokens.some((token) => token.operation);
  if (decides) return 'Reads your text and decides what to keep, delete and write anew.';
  if (step.action === 'predict' && (step.system === 'autoregressive' || step.system === 'semi-autoregressive'))
    return 'Writes the next token or block from left to right.';
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
  added: 'inserted',
  filled: 'filled in',
  replaced: 'changed',
  emptied: 'opened again',
  removed: 'deleted in this step',
};

/** What a screen reader says for a draft token; carries everything that colour and marks show. */
export function describeToken(
  token: TraceToken,
  kind: ChangeKind,
  previous: TraceToken | undefined,
  told: string | undefined,
  replaced?: string,
): string {
  const parts: string[] = [token.state === 'masked' ? 'empty slot' : shown(token.text)];
  if (token.state === 'deleted') parts.push(kind === 'removed' ? 'deleted in this step' : 'deleted');
  else if (kind === 'replaced' && previous) parts.push(`changed from ${shown(previous.text)}`);
  else if (kind === 'emptied' && previous) parts.push(`was ${shown(previous.text)}`);
  else if (kind === 'added' && replaced !== undefined) parts.push(`in place of ${shown(replaced)}`);
  else if (changeWords[kind]) parts.push(changeWords[kind]);
  else if (token.state === 'kept' || token.state === 'given') parts.push('kept');
  if (told !== undefined) parts.push(told);
  if (token.locked) parts.push('locked');
  if (token.gap && token.gap.count > 0) parts.push(`${count(token.gap.count, 'slot')} placed after it`);
  return parts.join(', ');
}

/** One sentence for the live region when the step changes. */
export function describeStep(step: Step, index: number, total: number, changed: number): string {
  const slots = step.tokens.filter((token) => token.state === 'masked').length;
  const parts = [`Step ${index + 1} of ${total}: ${actionNames[step.action]}`, `${count(changed, 'token')} changed`];
  if (slots > 0) parts.push(count(slots, 'empty slot'));
  parts.push(count(step.passes, 'pass', 'passes'));
  return `${parts.join(', ')}.`;
}
