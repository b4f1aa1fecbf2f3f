/** Every step as numbers. */
import type { Step } from '../../../protocol/trace';
import { stepDifference } from '../../logic/difference';
import { actionNames, decimal, milliseconds, percent } from '../../logic/format';
import { dispatch, fieldTerms, manySteps, state } from '../../store';
import { DrawnOnce } from '../parts/drawn-once';
import { About } from '../parts/about';
import { t } from '../../l10n';

interface RowProps {
  step: Step;
  index: number;
  current: boolean;
  changed: number;
  /** The figures of the field as well. */
  field: boolean;
}

class Row extends DrawnOnce<RowProps> {
  render({ step, index, current, changed, field }: RowProps) {
    return (
      <tr aria-current={current ? 'step' : undefined} onClick={() => dispatch({ type: 'select', index })}>
        <td class="number">{index + 1}</td>
        <td>{actionNames[step.action]}</td>
        <td class="number">{changed}</td>
        <td class="number">{milliseconds(step.milliseconds)}</td>
        {field && (
          <>
            <td class="number">{step.score === 0 ? '–' : decimal(step.score)}</td>
            <td class="number">{step.passes}</td>
            <td class="number">{step.queryTokens}</td>
            <td class="number">{percent(step.repetitionRatio)}</td>
          </>
        )}
      </tr>
    );
  }
}

export function StepTable() {
  const { steps, stepIndex } = state.value;
  const field = fieldTerms.value;
  return (
    <section class={`steps${manySteps.value ? ' many-steps' : ''}`} aria-label={t('All steps')}>
      <h2>{t('Steps')}</h2>
      <About>{t('The steps as a table: what each one did, to how many words, and how long it took.')}</About>
      <div class="table-frame" role="region" aria-label={t('Steps table')} tabIndex={0} data-own-keys>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('Step')}</th>
              <th scope="col">{t('Action')}</th>
              <th scope="col">{t('Changed')}</th>
              <th scope="col">{t('Time')}</th>
              {field && (
                <>
                  <th scope="col">{t('Score')}</th>
                  <th scope="col">{t('Passes')}</th>
                  <th scope="col" title={t('Tokens that the step sent through the network')}>
                    {t('Query tokens')}
                  </th>
                  <th scope="col" title={t('Share of tokens equal to the token before them')}>
                    {t('Repetition')}
                  </th>
                </>
              )}
            </tr>
          </thead>
          <tbody>
            {steps.map((step, index) => (
              <Row
                key={index}
                step={step}
                index={index}
                current={index === stepIndex}
                changed={stepDifference(steps, index).changed}
                field={field}
              />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
