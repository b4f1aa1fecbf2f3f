/** The points of the curve as numbers, each with the way to look at its run. */
import { budgetName } from '../../logic/budgets';
import type { CurvePoint } from '../../logic/curve';
import { milliseconds, percent } from '../../logic/format';
import { contenderOf } from '../../logic/side-runs';
import { dispatch, fieldTerms, state } from '../../store';
import { t } from '../../l10n';

export function CurveTable({ points, quality }: { points: readonly CurvePoint[]; quality: string }) {
  const { shown } = state.value;
  if (points.length === 0 || !shown) return null;
  const own = contenderOf(shown);
  const last = points.at(-1)!;
  return (
    <div class="table-frame" role="region" aria-label={t('Quality and time table')} tabIndex={0} data-own-keys>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('Passes')}</th>
            <th scope="col" title={t('Forward passes that were spent, the reading of the source included')}>
              {t('Spent')}
            </th>
            <th scope="col">{t('Time')}</th>
            <th scope="col">{quality}</th>
            {fieldTerms.value && (
              <th scope="col" title={t('Share of tokens equal to the token before them')}>
                {t('Repetition')}
              </th>
            )}
            <th scope="col" title={t('Against the source')}>
              {t('Words changed')}
            </th>
            <th scope="col" class="candidate-name">
              {t('Output')}
            </th>
            <th scope="col">
              <span class="visually-hidden">{t('Compare')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {points.map((point) => (
            <tr key={point.budget} class={point.budget === own.passes ? 'chosen-row' : ''}>
              <td class="number">{point.budget === 'end' ? t('to the end') : point.budget}</td>
              <td class="number">{point.passes}</td>
              <td class="number">{milliseconds(point.milliseconds)}</td>
              <td class="number">{point.quality === undefined ? '–' : percent(point.quality)}</td>
              {fieldTerms.value && <td class="number">{percent(point.repetition)}</td>}
              <td class="number">{point.changed}</td>
              <td class="candidate-text">
                {point !== last && point.output === last.output ? (
                  <span class="quiet">
                    {t('as {0}', last.budget === 'end' ? t('to the end') : t('with {0}', budgetName(last.budget)))}
                  </span>
                ) : (
                  point.output
                )}
              </td>
              <td>
                {point.budget === own.passes ? (
                  <span class="quiet">{t('shown')}</span>
                ) : (
                  <button
                    type="button"
                    aria-label={t('Compare with {0}', budgetName(point.budget))}
                    onClick={() =>
                      dispatch({ type: 'compare', contender: { decoder: own.decoder, passes: point.budget } })
                    }
                  >
                    {t('Compare')}
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
