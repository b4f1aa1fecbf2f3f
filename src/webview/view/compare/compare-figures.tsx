/** What both runs cost, in one table. */
import type { Trace } from '../../../protocol/trace';
import { figuresOf, type Figures } from '../../logic/figures';
import { milliseconds, percent, stopNames } from '../../logic/format';
import { fieldTerms } from '../../store';
import { t } from '../../l10n';

interface FigureRow {
  name: string;
  hint?: string;
  /** Only with the words and figures of the field. */
  field?: true;
  text(figures: Figures): string;
}

const rows: FigureRow[] = [
  {
    name: t('Forward passes'),
    hint: t('The reading of the source included'),
    field: true,
    text: ({ passes }) => String(passes),
  },
  { name: t('Time'), text: (figures) => milliseconds(figures.milliseconds) },
  { name: t('Tokens through the network'), field: true, text: ({ queryTokens }) => String(queryTokens) },
  {
    name: t('Mean confidence'),
    hint: t("The network's own estimate of the tokens that it wrote last, not a measured quality"),
    text: ({ confidence }) => (confidence === undefined ? '–' : percent(confidence)),
  },
  {
    name: t('Repetition'),
    hint: t('Share of tokens equal to the token before them'),
    field: true,
    text: ({ repetition }) => percent(repetition),
  },
];

export function CompareFigures({ one, other, names }: { one: Trace; other: Trace; names: [string, string] }) {
  const [a, b] = [figuresOf(one), figuresOf(other)];
  return (
    <div class="table-frame" role="region" aria-label={t('Figures of both runs')} tabIndex={0} data-own-keys>
      <table class="compare-figures">
        <thead>
          <tr>
            <th scope="col">
              <span class="visually-hidden">{t('Figure')}</span>
            </th>
            {names.map((name, side) => (
              <th scope="col" key={name + side}>
                <span class="side-letter">{'AB'[side]}</span>
                <span class="side-name">{name}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows
            .filter(({ field }) => !field || fieldTerms.value)
            .map(({ name, hint, text }) => (
              <tr key={name}>
                <th scope="row" title={hint}>
                  {name}
                </th>
                <td class="number">{text(a)}</td>
                <td class="number">{text(b)}</td>
              </tr>
            ))}
          <tr>
            <th scope="row">{t('Stopped')}</th>
            <td>{stopNames[one.stop]}</td>
            <td>{stopNames[other.stop]}</td>
          </tr>
        </tbody>
      </table>
    </div>
  );
}
