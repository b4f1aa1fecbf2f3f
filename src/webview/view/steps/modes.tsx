/** The same tokens under the parallel and the left-to-right mode of one network, where a step scored both. */
import { decimal, percent, shown } from '../../logic/format';
import { currentStep } from '../../store';
import { Bar } from '../parts/bar';
import { About } from '../parts/about';
import { t } from '../../l10n';

const columns = [
  ['nonAutoregressive', t('Parallel')],
  ['autoregressive', t('Left to right')],
  ['auxiliary', t('Auxiliary')],
] as const;

export function Modes() {
  const scored =
    currentStep.value?.tokens.flatMap((token, position) =>
      token.modes ? [{ ...token, position, modes: token.modes }] : [],
    ) ?? [];
  if (scored.length === 0) return null;
  const present = columns.filter(([mode]) => scored.some(({ modes }) => modes[mode] !== undefined));
  return (
    <section class="modes" aria-label={t('Probability by mode')}>
      <h2>{t('Probability by mode')}</h2>
      <About>
        {t(
          'How likely each word is when all words are guessed at once, and when they are read from left to right: the text is chosen by both.',
        )}
      </About>
      <div class="table-frame" role="region" aria-label={t('Modes table')} tabIndex={0} data-own-keys>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('Token')}</th>
              {present.map(([mode, name]) => (
                <th scope="col" key={mode}>
                  {name}
                </th>
              ))}
              <th scope="col" title={t('Log-probability left to right less parallel')}>
                {t('Difference')}
              </th>
            </tr>
          </thead>
          <tbody>
            {scored.map(({ position, text, modes }) => (
              <tr key={position}>
                <th scope="row">{shown(text)}</th>
                {present.map(([mode]) => (
                  <td key={mode}>
                    {modes[mode] === undefined ? (
                      '–'
                    ) : (
                      <span class="score">
                        <Bar share={Math.exp(modes[mode])} />
                        {percent(Math.exp(modes[mode]))}
                      </span>
                    )}
                  </td>
                ))}
                <td class="number">
                  {modes.autoregressive === undefined || modes.nonAutoregressive === undefined
                    ? '–'
                    : decimal(modes.autoregressive - modes.nonAutoregressive)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
