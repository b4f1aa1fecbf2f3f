/**
 * Small multiples over the run: changed tokens, mean confidence, milliseconds and passes of
 * every step, one column a step.
 */
import { computed } from '@preact/signals';
import type { Step } from '../../../protocol/trace';
import { stepDifference } from '../../logic/difference';
import { actionNames, count, milliseconds, percent } from '../../logic/format';
import { dispatch, fieldTerms, manySteps, state, steps as allSteps } from '../../store';
import { DrawnOnce } from '../parts/drawn-once';
import { About } from '../parts/about';
import { t } from '../../l10n';

interface Series {
  kind: 'changed' | 'confidence' | 'time' | 'passes';
  name: string;
  /** The largest value, as text beside the row. */
  most: string;
  value(step: Step, index: number): number;
  /** The value as text; empty where the step has none. */
  text(step: Step, index: number): string;
  scale: number;
}

function seriesOf(steps: readonly Step[]): Series[] {
  const changed = (_: Step, index: number) => stepDifference(steps, index).changed;
  const mostChanged = Math.max(1, ...steps.map(changed));
  const slowest = Math.max(0.001, ...steps.map((step) => step.milliseconds));
  const passes = Math.max(1, ...steps.map((step) => step.passes));
  return [
    {
      kind: 'changed',
      name: t('Changed'),
      most: String(mostChanged),
      value: changed,
      text: (step, index) => String(changed(step, index)),
      scale: mostChanged,
    },
    {
      kind: 'confidence',
      name: t('Confidence'),
      most: '100 %',
      scale: 1,
      value: (step) => (step.score < 0 ? Math.exp(step.score) : 0),
      text: (step) => (step.score < 0 ? percent(Math.exp(step.score)) : '–'),
    },
    {
      kind: 'time',
      name: t('Time'),
      most: milliseconds(slowest),
      value: (step) => step.milliseconds,
      text: (step) => milliseconds(step.milliseconds),
      scale: slowest,
    },
    {
      kind: 'passes',
      name: fieldTerms.value ? t('Passes') : t('Rounds'),
      most: String(passes),
      value: (step) => step.passes,
      text: (step) => String(step.passes),
      scale: passes,
    },
  ];
}

function describe(step: Step, index: number, changed: number): string {
  return [
    t('Step {0}, {1}', index + 1, actionNames[step.action]),
    t('{0} changed', count(changed, 'token')),
    ...(step.score < 0 ? [t('mean confidence {0}', percent(Math.exp(step.score)))] : []),
    milliseconds(step.milliseconds),
    count(step.passes, 'pass', 'passes'),
  ].join(', ');
}

/** Height of a row, as in timeline.css. */
const rowPixels = 24;
/** With more steps than this the columns carry no words and values, only bars and numbers. */
const mostNamed = 8;

interface StepProps {
  step: Step;
  index: number;
  current: boolean;
  changed: number;
  named: boolean;
  series: Series[];
  select(index: number): void;
}

class TimelineStep extends DrawnOnce<StepProps> {
  render({ step, index, current, changed, named, series, select }: StepProps) {
    const told = describe(step, index, changed);
    return (
      <li>
        <button
          type="button"
          data-step={index}
          tabIndex={current ? 0 : -1}
          aria-current={current ? 'step' : undefined}
          aria-label={told}
          title={told}
          onClick={() => select(index)}
        >
          {series.map(({ kind, value, text, scale }) => {
            // A box and no drawing: a long run has hundreds of them, and each <svg> costs the
            // browser much more in every frame.
            const height = (value(step, index) / scale) * rowPixels;
            return (
              <span key={kind} class="small-multiple">
                <span class={`multiple-bar series-${kind}`} style={{ height: `${height}px` }} />
                {named && <span class="multiple-value">{text(step, index)}</span>}
              </span>
            );
          })}
          <span class="step-name">
            {index + 1}
            {named && <span class="step-action"> {actionNames[step.action]}</span>}
          </span>
        </button>
      </li>
    );
  }
}

const shownSeries = computed(() => seriesOf(allSteps.value));

function select(index: number): void {
  dispatch({ type: 'select', index });
  document.querySelector<HTMLElement>(`[data-step="${state.value.stepIndex}"]`)?.focus();
}

export function Timeline() {
  const { steps, stepIndex } = state.value;
  const series = shownSeries.value;
  const named = steps.length <= mostNamed;
  const onKeyDown = (event: KeyboardEvent) => {
    const next = { ArrowLeft: stepIndex - 1, ArrowRight: stepIndex + 1, Home: 0, End: steps.length - 1 }[event.key];
    if (next === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    select(next);
  };
  return (
    <section class={`timeline-section${manySteps.value ? ' many-steps' : ''}`} aria-label={t('Timeline')}>
      <h2>{t('Timeline')}</h2>
      <About>
        {t(
          'One column a step: how many words changed in it, how sure the model was on average, how long it took, and how often it had gone over the text by then.',
        )}
      </About>
      <div class="timeline">
        <div class="timeline-names" aria-hidden="true">
          {series.map(({ name, most }) => (
            <span key={name}>
              <span>{name}</span>
              <span class={named ? 'most most-narrow' : 'most'}>{most}</span>
            </span>
          ))}
        </div>
        <ol class={`timeline-steps${named ? ' named' : ''}`} data-own-keys onKeyDown={onKeyDown}>
          {steps.map((step, index) => (
            <TimelineStep
              key={index}
              step={step}
              index={index}
              current={index === stepIndex}
              changed={stepDifference(steps, index).changed}
              named={named}
              series={series}
              select={select}
            />
          ))}
        </ol>
      </div>
    </section>
  );
}
