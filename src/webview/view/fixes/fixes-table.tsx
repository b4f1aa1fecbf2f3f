/** Every proposed fix: what, of which kind, how sure, against which bar. */
import type { TraceEdit } from '../../../protocol/trace';
import { percent, shown } from '../../logic/format';
import { barOf, isOffered, type Threshold } from '../../logic/offered-fixes';
import { Icon } from '../parts/icons';
import { t } from '../../l10n';

/** The confidence with the bar that it has to reach, as a line across. */
function AgainstBar({ confidence, bar }: { confidence: number; bar: number }) {
  return (
    <svg
      class={`bar ${confidence >= bar ? 'bar-chosen' : 'bar-plain'}`}
      viewBox="0 0 100 8"
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      <rect class="bar-ground" width="100" height="8" />
      <rect class="bar-value" y="1" width={Math.min(1, confidence) * 100} height="6" />
      <rect class="bar-mark" x={Math.min(98, bar * 100)} width="2" height="8" />
    </svg>
  );
}

export function FixesTable({
  edits,
  threshold,
  sourceText,
}: {
  edits: readonly TraceEdit[];
  threshold: Threshold;
  sourceText: string;
}) {
  return (
    <div class="table-frame" role="region" aria-label={t('Fixes table')} tabIndex={0} data-own-keys>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('Offered')}</th>
            <th scope="col">{t('Fix')}</th>
            <th scope="col">{t('Kind')}</th>
            <th scope="col">{t('Confidence')}</th>
            <th scope="col">{t('Threshold')}</th>
          </tr>
        </thead>
        <tbody>
          {edits.map((edit) => {
            const offered = isOffered(edit, threshold),
              bar = barOf(edit, threshold);
            const before = sourceText.slice(edit.start, edit.end);
            return (
              <tr key={`${edit.start}-${edit.end}`} class={offered ? 'chosen-row' : ''}>
                <td>
                  {offered ? (
                    <span class="yes">
                      <Icon name="check" />
                      {t('yes')}
                    </span>
                  ) : (
                    <span class="quiet">{t('no')}</span>
                  )}
                </td>
                <td class="fix-text">
                  {before !== '' && <s class="before">{shown(before)}</s>}
                  {before !== '' && edit.text !== '' && <span class="arrow"> → </span>}
                  {edit.text !== '' ? shown(edit.text) : <span class="quiet"> {t('deleted')}</span>}
                  {before === '' && <span class="quiet"> {t('inserted')}</span>}
                </td>
                <td>
                  {t(edit.type.replace('-', ' '))}
                  {edit.lexicon && <span class="quiet"> {t('(listed)')}</span>}
                </td>
                <td class="number">
                  <span class="score">
                    <AgainstBar confidence={edit.confidence} bar={bar} />
                    {percent(edit.confidence)}
                  </span>
                </td>
                <td class="number">{bar >= 1 ? t('never') : percent(bar)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
