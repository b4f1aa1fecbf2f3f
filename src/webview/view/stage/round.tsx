/** The round of the shown step in three rows under each other: struck tokens, slots, fills. */
import { useSignal } from '@preact/signals';
import { shown } from '../../logic/format';
import {
  roundAt,
  tellRow,
  type Round as RoundData,
  type RoundCell,
  type RoundColumn,
  type RoundRow,
} from '../../logic/round';
import { state } from '../../store';
import { t } from '../../l10n';

const rows: readonly RoundRow[] = ['delete', 'place', 'fill'];
const names: Record<RoundRow, string> = { delete: t('Delete'), place: t('Place'), fill: t('Fill') };

function Cell({ cell, starts }: { cell: RoundCell | undefined; starts: boolean }) {
  const kind = cell?.kind ?? 'nothing';
  const text =
    cell &&
    (cell.kind === 'slot' ? (
      <span class="slot" />
    ) : cell.kind === 'dropped' ? (
      <span class="dropped" title={t('The slot was not needed')}>
        ∅
      </span>
    ) : (
      shown(cell.text)
    ));
  return <span class={`round-cell round-${kind}${starts ? ' word-start' : ''}`}>{text}</span>;
}

/** A column begins a word where its token carries the space before it; a slot stands alone. */
const startsWord = ({ delete: struck, fill }: RoundColumn): boolean => /^\s/.test((fill ?? struck)?.text ?? ' ');

function Rows({ round, stepIndex }: { round: RoundData; stepIndex: number }) {
  const { columns, steps } = round;
  return (
    <>
      <ul class="visually-hidden">
        {rows.map((row) => (
          <li key={row}>
            {names[row]}
            {steps[row] === undefined ? '' : t(', step {0}', steps[row] + 1)}: {tellRow(round, row)}
          </li>
        ))}
      </ul>
      <div class="round-rows" aria-hidden="true">
        <span class="round-column round-names">
          {rows.map((row) => (
            <span key={row} class={`round-cell${steps[row] === stepIndex ? ' current' : ''}`}>
              {names[row]}
              {steps[row] !== undefined && <span class="quiet"> {t('step {0}', steps[row] + 1)}</span>}
            </span>
          ))}
        </span>
        <span class="round-text">
          {columns.map((column, index) => (
            <span class="round-column" key={index}>
              {rows.map((row) => (
                <Cell key={row} cell={column[row]} starts={startsWord(column)} />
              ))}
            </span>
          ))}
        </span>
      </div>
    </>
  );
}

export function Round() {
  const open = useSignal(false);
  const { steps, stepIndex } = state.value;
  const round = roundAt(steps, stepIndex);
  if (!round) return null;
  return (
    <details
      class="more"
      open={open.value}
      onToggle={(event) => {
        open.value = event.currentTarget.open;
      }}
    >
      <summary>
        {t('Round {0} in three rows', round.number)} <span class="quiet">{t('delete, place, fill')}</span>
      </summary>
      {open.value && <Rows round={round} stepIndex={stepIndex} />}
    </details>
  );
}
