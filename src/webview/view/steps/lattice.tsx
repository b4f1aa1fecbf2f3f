/**
 * The lattice of CTC, CRF and the directed acyclic transformer: positions from left to right, candidates from top to
 * bottom, the chosen path as a line.
 */
import { useSignal } from '@preact/signals';
import type { VertexLink } from '../../../protocol/trace';
import { percent, shown } from '../../logic/format';
import { latticeOf, type LatticePosition } from '../../logic/lattice';
import { currentStep } from '../../store';
import { Bar } from '../parts/bar';
import { Icon } from '../parts/icons';
import { About } from '../parts/about';
import { t } from '../../l10n';

/** Positions on one page: more would be neither read nor drawn quickly. */
const pageSize = 24;
/** As in lattice.css. */
const cellWidth = 92,
  cellHeight = 30;

function Cell({ at, row, position }: { at: LatticePosition; row: number; position: number }) {
  const candidate = at.candidates[row];
  if (!candidate) return <td key={position} />;
  const chosen = row === at.chosen;
  const share = candidate.marginal ?? candidate.probability;
  return (
    <td
      class={chosen ? 'on-path' : undefined}
      title={
        candidate.marginal === undefined
          ? undefined
          : t('alone {0}, on all paths {1}', percent(candidate.probability), percent(candidate.marginal))
      }
    >
      <span class="lattice-cell">
        <span class="lattice-text">
          {chosen && <span class="visually-hidden">{t('chosen:')} </span>}
          {shown(candidate.text) || '∅'}
        </span>{' '}
        <span class="lattice-share">{percent(share)}</span>
      </span>
      <Bar share={share} kind={chosen ? 'chosen' : 'plain'} />
    </td>
  );
}

function Path({ positions }: { positions: readonly LatticePosition[] }) {
  const points = positions.flatMap(({ chosen }, index) =>
    chosen < 0 ? [] : [`${(index + 0.5) * cellWidth},${(chosen + 1) * cellHeight - 4}`],
  );
  const rows = Math.max(...positions.map(({ candidates }) => candidates.length));
  return (
    <svg
      class="lattice-path"
      width={positions.length * cellWidth}
      height={rows * cellHeight}
      aria-hidden="true"
      focusable="false"
    >
      <polyline points={points.join(' ')} />
      {points.map((point) => (
        <circle key={point} cx={point.split(',')[0]} cy={point.split(',')[1]} r="3" />
      ))}
    </svg>
  );
}

/** The likeliest next vertex of each, all of them in the tooltip. */
function Links({ positions, end }: { positions: readonly LatticePosition[]; end: number }) {
  const named = ({ position, probability }: VertexLink): string =>
    `→ ${position === end ? t('end') : position + 1} (${percent(probability)})`;
  return (
    <tr>
      {positions.map(({ position, links = [] }) => (
        <td key={position} class="quiet" title={links.map(named).join(', ')}>
          {links[0] && named(links[0])}
        </td>
      ))}
    </tr>
  );
}

export function LatticeView() {
  const first = useSignal(0);
  const lattice = latticeOf(currentStep.value);
  if (!lattice) return null;
  const { positions: all, alignment, graph } = lattice;
  const start = Math.min(first.value, Math.floor((all.length - 1) / pageSize) * pageSize);
  const positions = all.slice(start, start + pageSize);
  const rows = Math.max(...positions.map(({ candidates }) => candidates.length));
  const overruled = all.filter((one) => one.overruled).length;
  return (
    <section class="lattice" aria-label={t('Lattice')}>
      <h2>{t('Lattice')}</h2>
      <About>
        {t(
          'Places of the text from left to right, and below each the words that the model thought possible there. The line goes through the words that it wrote.',
        )}
      </About>
      <p class="quiet">
        {all[0]!.candidates[0]?.marginal === undefined
          ? t("Shares are the network's own.")
          : t('Shares count all paths through the lattice.')}{' '}
        {overruled > 0
          ? t('The path overrules the most probable token at {0} of {1} positions (≠).', overruled, all.length)
          : t('The path takes the most probable token everywhere.')}{' '}
        {alignment && t('Blanks (∅) and repeats leave nothing in the output.')}{' '}
        {graph &&
          t(
            'It takes {0} of {1} vertices; the last row says where the text may go on from each.',
            all.filter(({ output }) => output !== undefined).length,
            all.length,
          )}
      </p>
      {all.length > pageSize && (
        <div class="buttons">
          <button
            type="button"
            class="icon-button"
            aria-label={t('Earlier positions')}
            aria-disabled={start === 0}
            onClick={() => {
              first.value = Math.max(0, start - pageSize);
            }}
          >
            <Icon name="previous" />
          </button>
          <span>{t('{0} to {1} of {2}', start + 1, start + positions.length, all.length)}</span>
          <button
            type="button"
            class="icon-button"
            aria-label={t('Later positions')}
            aria-disabled={start + pageSize >= all.length}
            onClick={() => {
              if (start + pageSize < all.length) first.value = start + pageSize;
            }}
          >
            <Icon name="next" />
          </button>
        </div>
      )}
      <div class="table-frame" role="region" aria-label={t('Lattice table')} tabIndex={0} data-own-keys>
        <table>
          <thead>
            <tr>
              {positions.map(({ position, overruled: other }) => (
                <th scope="col" key={position}>
                  {position + 1}
                  {other && <span title={t('Not the most probable token')}> ≠</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: rows }, (_, row) => (
              <tr key={row}>
                {positions.map((at) => (
                  <Cell key={at.position} at={at} row={row} position={at.position} />
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              {positions.map(({ position, output }) => (
                <td key={position}>{output === undefined ? <span class="quiet">–</span> : <b>{shown(output)}</b>}</td>
              ))}
            </tr>{' '}
            {graph && <Links positions={positions} end={all.length} />}
          </tfoot>
        </table>
        <Path positions={positions} />
      </div>
    </section>
  );
}
