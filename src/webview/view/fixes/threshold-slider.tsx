/**
 * The least confidence at which a fix is offered: the model's own bars, or one number for all
 * kinds. A tick stands for each fix.
 */
import type { TraceEdit } from '../../../protocol/trace';
import { percent } from '../../logic/format';
import { isOffered, type Threshold } from '../../logic/offered-fixes';
import { dispatch } from '../../store';
import { t } from '../../l10n';

/** Where the slider starts when a person leaves the model's own bars: VS Code's setting has the same scale. */
const firstThreshold = 0.5;

export function ThresholdSlider({ edits, threshold }: { edits: readonly TraceEdit[]; threshold: Threshold }) {
  const move = (value: Threshold) => dispatch({ type: 'threshold', threshold: value });
  const offered = edits.filter((edit) => isOffered(edit, threshold)).length;
  return (
    <div class="threshold">
      <label class="check">
        <input
          type="checkbox"
          checked={threshold === undefined}
          onChange={(event) => move(event.currentTarget.checked ? undefined : firstThreshold)}
        />
        {t("The model's own thresholds")}
      </label>
      <label class={`threshold-slider${threshold === undefined ? ' by-kind' : ''}`}>
        <span class="field-name">{t('Threshold')}</span>
        <span class="threshold-track">
          <svg
            class="threshold-ticks"
            viewBox="0 0 100 10"
            preserveAspectRatio="none"
            aria-hidden="true"
            focusable="false"
          >
            {edits.map((edit) => (
              <rect
                key={edit.start}
                class={isOffered(edit, threshold) ? 'offered-tick' : ''}
                x={Math.min(99.3, edit.confidence * 100)}
                y={isOffered(edit, threshold) ? 0 : 5}
                width="0.7"
                height={isOffered(edit, threshold) ? 10 : 5}
              />
            ))}
          </svg>
          <input
            type="range"
            class="threshold-input"
            min={0}
            max={100}
            step={1}
            value={Math.round((threshold ?? firstThreshold) * 100)}
            aria-valuetext={t(
              '{0}, {1} of {2} fixes offered',
              threshold === undefined ? t("the model's own") : percent(threshold),
              offered,
              edits.length,
            )}
            onInput={(event) => move(event.currentTarget.valueAsNumber / 100)}
          />
        </span>
        <output class="threshold-value">{threshold === undefined ? t('by kind') : percent(threshold)}</output>
      </label>
    </div>
  );
}
