/** One token of the draft: what it is, what it was, and how sure the network is, in marks as well as in colour. */
import { useComputed } from '@preact/signals';
import type { TraceToken } from '../../protocol/trace';
import { underlineOf } from '../logic/confidence';
import { describeToken, shown } from '../logic/format';
import { closeSoon, linkedSource, open, roving, target } from '../pointer';
import { Gap } from './gap';
import { Icon } from './icons';
import { chosenPositions, currentStep, difference, digits, draftLocks, links, markAt, source as sourceTokens } from '../store';

function marksOf(token: TraceToken, chosen: boolean, level: number | undefined, kind: string): string {
  const marks = ['token', `state-${token.state}`, `change-${kind}`];
  if (chosen) marks.push('chosen');
  else if (level !== undefined) marks.push('sure', `level-${level}`, `underline-${underlineOf(level)}`);
  return marks.join(' ');
}

/** What stood here before: the earlier step's token, or the model's own where the person replaced it. */
function earlier(position: number, token: TraceToken, chosen: boolean): TraceToken | undefined {
  if (chosen) return currentStep.value?.tokens[position];
  const change = difference.value.changes[position];
  return change?.kind === 'replaced' || (change?.kind === 'emptied' && token.state === 'masked') ? change.previous : undefined;
}

export function DraftToken({ position, token }: { position: number; token: TraceToken }) {
  const source = links.value[position];
  const origin = token.sourceIndex === undefined ? undefined : sourceTokens.value[token.sourceIndex];
  const chosen = chosenPositions.value.has(position);
  const lockedHere = draftLocks.value.has(position);
  const change = difference.value.changes[position];
  const kind = change?.kind ?? 'same';
  const mark = markAt(token, position);
  const level = mark?.level;
  const before = earlier(position, token, chosen);
  const linked = useComputed(() => source !== undefined && linkedSource.value === source);
  const tab = useComputed(() => (roving.value.row === 'draft' && roving.value.index === position ? 0 : -1));
  const expanded = useComputed(() => target.value?.row === 'draft' && target.value.index === position);
  const here = { row: 'draft', index: position } as const;
  return (
    <button
      type="button" class={`${marksOf(token, chosen, level, kind)}${lockedHere ? ' locked' : ''}`} data-row="draft" data-index={position} data-linked={linked} tabIndex={tab}
      aria-haspopup="dialog" aria-expanded={expanded}
      aria-label={`${describeToken(token, chosen ? 'replaced' : kind, before, chosen ? undefined : mark?.told, token.state === 'changed' ? origin?.text : undefined)}${chosen ? ', chosen by you' : ''}${lockedHere ? ', locked by you' : ''}`}
      onMouseEnter={() => open(here, source)} onMouseLeave={closeSoon}
      onFocus={() => { roving.value = here; open(here, source); }} onBlur={() => { if (target.value?.row === 'draft') closeSoon(); }}
    >
      {(lockedHere || token.locked) && <Icon name="locked" />}
      {before && <><s class="before">{shown(before.text)}</s>{token.state !== 'masked' && <span class="arrow">→</span>}</>}
      {token.state === 'masked' ? <span class="slot" /> : <span class="token-text">{shown(token.text)}</span>}
      {digits.value && mark && !chosen && <sup class="digit">{mark.digit}</sup>}
      {token.gap && <Gap gap={token.gap} />}
    </button>
  );
}
