/**
 * What more passes buy: the same text with budgets of 1, 2, 5 and 11, as a curve and as a table; for decoders without
 * such a curve, why there is none.
 */
import { decoderRecords } from '../../../protocol/decoders';
import { decodersThat } from '../../../protocol/decoder-facts';
import { curveOf } from '../../logic/curve';
import type { DecoderName } from '../../../protocol/trace';
import { budgetName, curvePoints, type Budget } from '../../logic/budgets';
import { dispatch, state } from '../../store';
import { CurveChart } from './curve-chart';
import { CurveTable } from './curve-table';
import { About } from '../parts/about';
import { t } from '../../l10n';

function Points() {
  const { phase, trace, expected } = state.value;
  if (phase === 'running' || !trace) return <p class="quiet">{t('The curve follows when the run is done.')}</p>;
  const { points, waiting, failures } = curveOf(state.value);
  const quality = expected.trim() === '' ? t('Mean confidence') : t('Words as expected');
  return (
    <>
      {waiting.length > 0 && (
        <p class="quiet">
          <progress aria-label={t('Runs still to come')} max={points.length + waiting.length} value={points.length} />{' '}
          {t('Still to run: {0}.', listOf(waiting))}
        </p>
      )}
      {failures.map(({ budget, message }) => (
        <p class="side-failure" role="alert" key={budget}>
          {budgetName(budget)}: {message}
        </p>
      ))}
      <CurveChart points={points} quality={quality} />
      <CurveTable points={points} quality={quality} />
      <p class="quiet">
        {expected.trim() === ''
          ? t(
              "Confidence is the network's own estimate, not a measured quality: give the expected text to see how many words are right.",
            )
          : t('Share of words, in order, that the output and the expected text have in common (F1).')}
      </p>
    </>
  );
}

/** "1, 2, 5 and 11 passes", and "to the end" after them. */
function listOf(budgets: readonly Budget[]): string {
  const numbers = budgets.filter((budget) => budget !== 'end'),
    last = numbers.at(-1);
  const passes =
    numbers.length > 1
      ? t('{0} and {1} passes', numbers.slice(0, -1).join(', '), last!)
      : last === undefined
        ? ''
        : budgetName(last);
  return [passes, ...(budgets.includes('end') ? [t('to the end')] : [])]
    .filter((part) => part !== '')
    .join(t(', and '));
}

const withBlocks = decodersThat(({ toTheEnd, options }) => toTheEnd === true && 'blockSize' in options);

function NoCurve({ decoder }: { decoder: DecoderName }) {
  return (
    <p class="quiet">
      {t(
        '{0} writes from left to right: fewer passes give the same text, cut off, and the steps above show each such beginning, so there is no curve.',
        t(decoderRecords[decoder].title),
      )}{' '}
      {withBlocks.includes(decoder)
        ? t('Its block size, among the options, is what trades quality for time.')
        : t('Compare it with a parallel decoder above.')}
    </p>
  );
}

export function Curve() {
  const { curve, expected, shown, request } = state.value;
  const { decoder } = shown ?? request;
  const budgets = curvePoints(decoder);
  return (
    <section class="curve" aria-label={t('Quality and time')}>
      <h2>{t('Quality and time')}</h2>
      <About>
        {t(
          'The same text with less and with more work: each point is one run, further right took longer, further up is surer. Where the curve is flat, more rounds buy nothing.',
        )}
      </About>
      {budgets.length === 0 ? (
        <NoCurve decoder={decoder} />
      ) : (
        <div class="run-controls">
          <label class="check">
            <input
              type="checkbox"
              checked={curve}
              onChange={(event) => dispatch({ type: 'curve', curve: event.currentTarget.checked })}
            />
            {t('Run with {0}', listOf(budgets))}
          </label>
          {curve && (
            <label class="field expected">
              <span class="field-name">{t('Expected text')}</span>
              <input
                type="text"
                value={expected}
                placeholder={t('Optional: what it should become')}
                onInput={(event) => dispatch({ type: 'expected', text: event.currentTarget.value })}
              />
            </label>
          )}
        </div>
      )}
      {curve && budgets.length > 0 && <Points />}
    </section>
  );
}
