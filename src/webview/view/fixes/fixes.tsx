/**
 * The fixes that the run proposed and a threshold to move over them: which would be offered,
 * and how the text then reads.
 */
import { useComputed } from '@preact/signals';
import { post } from '../../host';
import { isOffered, stretchesOf, textWith } from '../../logic/offered-fixes';
import { state } from '../../store';
import { FixedText } from './fixed-text';
import { FixesTable } from './fixes-table';
import { Icon } from '../parts/icons';
import { ThresholdSlider } from './threshold-slider';
import { About } from '../parts/about';
import { t } from '../../l10n';

export function Fixes() {
  const trace = useComputed(() => state.value.trace).value;
  const threshold = useComputed(() => state.value.threshold).value;
  const edits = trace?.edits;
  if (!trace || !edits) return null;
  const offered = edits.filter((edit) => isOffered(edit, threshold)).length;
  const stretches = stretchesOf(trace.sourceText, edits, threshold);
  return (
    <section class="fixes" aria-label={t('Fixes')}>
      <h2>{t('Fixes')}</h2>
      <About>
        {t(
          'What this run would change, one line a change, and how sure it is of each. Only what is surer than the line on the slider would be offered in the editor.',
        )}
      </About>
      {edits.length === 0 ? (
        <p class="quiet">{t('The run proposed none.')}</p>
      ) : (
        <>
          <ThresholdSlider edits={edits} threshold={threshold} />
          <p class="fixes-verdict" role="status">
            {t('{0} of {1} would be offered.', offered, edits.length)}
          </p>
          <FixedText stretches={stretches} />
          <div class="buttons">
            <button type="button" onClick={() => post({ type: 'copy', text: textWith(stretches) })}>
              <Icon name="copy" />
              {t('Copy with the offered fixes')}
            </button>
          </div>
          <FixesTable edits={edits} threshold={threshold} sourceText={trace.sourceText} />
        </>
      )}
    </section>
  );
}
