/** Which lengths the network considered, as bars. */
import { count, percent } from '../../logic/format';
import { state, tokens } from '../../store';
import { Bar } from '../parts/bar';
import { About } from '../parts/about';
import { t } from '../../l10n';

export function Lengths() {
  const { steps, stepIndex } = state.value;
  const lengths = steps.slice(0, stepIndex + 1).findLast((step) => step.lengths)?.lengths;
  if (!lengths || lengths.length === 0) return null;
  const most = Math.max(...lengths.map(({ probability }) => probability));
  const drawn = tokens.value.filter(({ state: kind }) => kind !== 'deleted').length;
  return (
    <section class="lengths" aria-label={t('Length distribution')}>
      <h2>{t('Length')}</h2>
      <About>
        {t(
          'How long the model expected the new text to be, in pieces of words. The coloured bar is the length of the shown draft.',
        )}
      </About>
      <dl class="shares">
        {[...lengths]
          .sort((left, right) => left.length - right.length)
          .map(({ length, probability }) => (
            <div key={length} class={length === drawn ? 'chosen-row' : ''}>
              <dt>{count(length, 'token')}</dt>
              <dd>
                <Bar share={probability / most} kind={length === drawn ? 'chosen' : 'plain'} />
                <span class="value">{percent(probability)}</span>
              </dd>
            </div>
          ))}
      </dl>
    </section>
  );
}
