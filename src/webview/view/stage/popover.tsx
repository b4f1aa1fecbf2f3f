/**
 * Details of the token that is pointed at: alternatives with their probabilities, or the decision on a source token.
 */
import { decoderRecords } from '../../../protocol/decoders';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { TraceToken } from '../../../protocol/trace';
import { count, decimal, percent, shown, stateNames } from '../../logic/format';
import { isPredicted } from '../../logic/confidence';
import { close, closeSoon, elementOf, keepOpen, target, type Target } from '../../pointer';
import {
  chosenPositions,
  currentStep,
  difference,
  dispatch,
  draftLocks,
  durations,
  fieldTerms,
  links,
  lockable,
  locksKept,
  operations,
  source,
  state,
  substitute,
  tokens,
} from '../../store';
import { Alternatives } from './alternatives';
import { Bar } from '../parts/bar';
import { Icon } from '../parts/icons';
import { t } from '../../l10n';

const operationNames = [t('Keep'), t('Delete'), t('Generate')];

function Operation({ operation }: { operation: [number, number, number] }) {
  return (
    <dl class="shares">
      {operation.map((share, which) => (
        <div key={operationNames[which]}>
          <dt>{operationNames[which]}</dt>
          <dd>
            <Bar share={share} />
            <span class="value">{percent(share)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function DraftDetails({ token, position, leave }: { token: TraceToken; position: number; leave(): void }) {
  const chosen = chosenPositions.value.has(position);
  const before = difference.value.changes[position];
  const from = links.value[position];
  const origin = from === undefined ? undefined : source.value[from];
  const refines = decoderRecords[currentStep.value!.system].draft !== undefined && state.value.file === undefined;
  const locked = draftLocks.value.has(position);
  const facts: string[] = [];
  if (chosen) facts.push(t('chosen by you'));
  else if (isPredicted(token)) {
    if (fieldTerms.value)
      facts.push(
        t('log-probability {0}', decimal(token.logProbability)),
        t('entropy {0} nats', decimal(token.entropy)),
      );
    facts.push(t('about {0} choices', decimal(Math.exp(token.entropy), 1)));
  }
  if (before?.previous && (before.kind === 'replaced' || before.kind === 'emptied'))
    facts.push(t('was “{0}”', shown(before.previous.text)));
  if (origin) facts.push(t('source “{0}”', shown(origin.text)));
  if (token.duration)
    facts.push(t('becomes {0}, {1}', count(token.duration.count, 'token'), percent(token.duration.probability)));
  if (token.gap) facts.push(t('{0} after it, {1}', count(token.gap.count, 'slot'), percent(token.gap.probability)));
  return (
    <>
      <p class="popover-title">
        <b>{token.state === 'masked' ? t('Empty slot') : shown(token.text)}</b>{' '}
        <span class="quiet">{stateNames[token.state]}</span>
      </p>
      {facts.length > 0 && <p class="popover-facts">{facts.join(' · ')}</p>}
      {token.operation && <Operation operation={token.operation} />}
      {token.alternatives.length > 0 && (
        <Alternatives
          token={token}
          hint={refines ? t('Choose one to refine again from this draft.') : t('Choose one to put it into this draft.')}
          onChoose={(alternative) => {
            leave();
            substitute(position, alternative);
          }}
        />
      )}
      {lockable(token) && (
        <button
          type="button"
          class="lock-button"
          aria-pressed={locked}
          onClick={() => {
            leave();
            dispatch({ type: 'lockDraft', position });
          }}
        >
          <Icon name="locked" />
          {locked ? t('Unlock (L)') : t('Lock in this draft (L)')}
        </button>
      )}
    </>
  );
}

/** What a click on a source token does, or why it does nothing. */
function lockHint(index: number): string {
  if (source.value[index]!.protected) return t('Protected: code, URL or math is never changed.');
  const decoder = t(decoderRecords[state.value.request.decoder].title);
  if (state.value.locked.includes(index))
    return locksKept.value
      ? t('Locked: the next run keeps it. Click to unlock.')
      : t('Locked, but {0} does not keep it: it writes a new text. Click to unlock.', decoder);
  return locksKept.value ? t('Click to lock it for the next run.') : '';
}

function SourceDetails({ index }: { index: number }) {
  const token = source.value[index]!;
  const operation = operations.value.get(index);
  const duration = durations.value.get(index),
    hint = lockHint(index);
  const facts = [
    ...(duration ? [t('Becomes {0}, {1}.', count(duration.count, 'token'), percent(duration.probability))] : []),
    ...(hint === '' ? [] : [hint]),
  ];
  return (
    <>
      <p class="popover-title">
        <b>{shown(token.text)}</b> <span class="quiet">{t('source token {0}', index + 1)}</span>
      </p>
      {operation && <Operation operation={operation} />}
      {facts.length > 0 && <p class="popover-facts">{facts.join(' ')}</p>}
    </>
  );
}

/**
 * Below its token, inside the area's width; above when the window ends below. Set through CSSOM,
 * which the content policy allows.
 */
function place(popover: HTMLElement, at: Target): void {
  const anchor = elementOf(at)?.getBoundingClientRect();
  const area = popover.parentElement!.getBoundingClientRect();
  if (!anchor) return;
  const { width, height } = popover.getBoundingClientRect();
  const left = Math.max(0, Math.min(anchor.left - area.left, area.width - width));
  // Above and below mean the whole column, so that a source token and its draft stay in view together.
  const { top, bottom } = elementOf(at)!.closest('.column')?.getBoundingClientRect() ?? anchor;
  const above = bottom + height + 8 > window.innerHeight && top - height - 8 > 0;
  popover.style.setProperty('--popover-left', `${left}px`);
  popover.style.setProperty('--popover-top', `${above ? top - area.top - height - 6 : bottom - area.top + 6}px`);
}

export function Popover() {
  const box = useRef<HTMLDivElement>(null);
  const at = target.value;
  const token = at?.row === 'draft' ? tokens.value[at.index] : undefined;
  const exists = at && (at.row === 'draft' ? token !== undefined : source.value[at.index] !== undefined);
  useLayoutEffect(() => {
    if (at && box.current) place(box.current, at);
  });
  if (!at || !exists) return null;
  const leave = () => {
    const anchor = elementOf(at);
    anchor?.focus();
    close();
  };
  return (
    <div
      class="popover"
      ref={box}
      role="dialog"
      aria-label={t(
        'Details of {0}',
        token ? shown(token.text) || t('the empty slot') : shown(source.value[at.index]!.text),
      )}
      data-own-keys
      onMouseEnter={keepOpen}
      onMouseLeave={closeSoon}
      onFocusIn={keepOpen}
      onFocusOut={closeSoon}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.preventDefault();
          leave();
        }
      }}
    >
      {token ? <DraftDetails token={token} position={at.index} leave={leave} /> : <SourceDetails index={at.index} />}
    </div>
  );
}
