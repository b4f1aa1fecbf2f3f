/** Voting: what each reading made of a stretch of the source, and how many agree. */
import { shown } from '../../logic/format';
import { currentStep, source } from '../../store';
import { About } from '../parts/about';
import { t } from '../../l10n';

export function Votes() {
  const votes = currentStep.value?.columns;
  if (!votes || votes.length === 0) return null;
  const readings = Math.max(...votes.map(({ texts }) => texts.length));
  return (
    <section class="votes" aria-label={t('Votes')}>
      <h2>{t('Votes')}</h2>
      <About>
        {t(
          'Several readings of the text, place by place, and how many of them agree. The word with the most votes stays.',
        )}
      </About>
      <div class="table-frame" role="region" aria-label={t('Votes table')} tabIndex={0} data-own-keys>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('Source')}</th>
              {Array.from({ length: readings }, (_, reading) => (
                <th scope="col" key={reading}>
                  {t('Reading {0}', reading + 1)}
                </th>
              ))}
              <th scope="col">{t('Agree')}</th>
            </tr>
          </thead>
          <tbody>
            {votes.map(({ start, end, texts, agreement }) => (
              <tr key={`${start}-${end}`}>
                <th scope="row">
                  {shown(
                    source.value
                      .slice(start, end)
                      .map(({ text }) => text)
                      .join(''),
                  ) || <span class="quiet">{t('(gap)')}</span>}
                </th>
                {texts.map((text, reading) => (
                  <td key={reading} class={texts.filter((other) => other === text).length >= agreement ? 'agrees' : ''}>
                    {shown(text) || <span class="quiet">{t('nothing')}</span>}
                  </td>
                ))}
                <td class="number">{t('{0} of {1}', agreement, texts.length)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
