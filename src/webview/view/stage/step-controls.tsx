/** First, previous, play, next, last and the slider. The play timer lives here. */
import { useEffect } from 'preact/hooks';
import { actionNames } from '../../logic/format';
import { currentStep, dispatch, state } from '../../store';
import { Icon } from '../parts/icons';
import { t } from '../../l10n';

/** People ask for less motion in their system or in VS Code, which says so by a class. */
const wantsLessMotion = () =>
  matchMedia('(prefers-reduced-motion: reduce)').matches || document.body.classList.contains('vscode-reduce-motion');
/** Time on one step. With less motion there is longer to read each one. */
const tickMilliseconds = () => (wantsLessMotion() ? 2400 : 1100);

export function StepControls() {
  const { steps, stepIndex, playing } = state.value;
  const last = steps.length - 1;
  useEffect(() => {
    if (!playing) return undefined;
    const timer = setInterval(() => dispatch({ type: 'tick' }), tickMilliseconds());
    return () => clearInterval(timer);
  }, [playing]);
  const text = t('Step {0} of {1}, {2}', stepIndex + 1, steps.length, actionNames[currentStep.value!.action]);
  // Not "disabled": that would throw the keyboard focus away at either end.
  const move = (by: number) => () => dispatch({ type: 'move', by });
  return (
    <div class="step-controls" role="group" aria-label={t('Steps')}>
      <div class="step-buttons">
        <button
          type="button"
          class="icon-button"
          aria-label={t('First step')}
          title={t('First step (Home)')}
          aria-disabled={stepIndex === 0}
          onClick={move(-steps.length)}
        >
          <Icon name="first" />
        </button>
        <button
          type="button"
          class="icon-button"
          aria-label={t('Previous step')}
          title={t('Previous step (Left)')}
          aria-disabled={stepIndex === 0}
          onClick={move(-1)}
        >
          <Icon name="previous" />
        </button>
        <button
          type="button"
          class="icon-button"
          aria-label={playing ? t('Pause') : t('Play')}
          title={playing ? t('Pause (Space)') : t('Play (Space)')}
          aria-disabled={last < 1}
          onClick={() => dispatch({ type: 'play', playing: !playing })}
        >
          <Icon name={playing ? 'pause' : 'play'} />
        </button>
        <button
          type="button"
          class="icon-button"
          aria-label={t('Next step')}
          title={t('Next step (Right)')}
          aria-disabled={stepIndex === last}
          onClick={move(1)}
        >
          <Icon name="next" />
        </button>
        <button
          type="button"
          class="icon-button"
          aria-label={t('Last step')}
          title={t('Last step (End)')}
          aria-disabled={stepIndex === last}
          onClick={move(steps.length)}
        >
          <Icon name="last" />
        </button>
      </div>
      <input
        type="range"
        class="slider"
        min={0}
        max={Math.max(last, 1)}
        step={1}
        value={stepIndex}
        disabled={last < 1}
        aria-label={t('Step')}
        aria-valuetext={text}
        onInput={(event) => dispatch({ type: 'select', index: event.currentTarget.valueAsNumber })}
      />
      <span class="step-count" aria-hidden="true">
        {stepIndex + 1} / {steps.length}
      </span>
    </div>
  );
}
