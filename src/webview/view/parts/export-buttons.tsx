/** The shown run as a file, in each of its formats. */
import { exportAs, type ExportFormat } from '../../export';
import { state } from '../../store';
import { Icon } from './icons';
import { t } from '../../l10n';

const formats: { format: ExportFormat; name: string; about: string }[] = [
  { format: 'json', name: 'JSON', about: t('The trace itself, which this panel opens again') },
  { format: 'svg', name: 'SVG', about: t('All steps as a picture that scales') },
  { format: 'png', name: 'PNG', about: t('All steps as a picture') },
  { format: 'print', name: t('Print'), about: t('All steps in light colours on a page to print, or to keep as PDF') },
  { format: 'html', name: 'HTML', about: t('A page that replays the run without VS Code') },
];

export function ExportButtons() {
  const { trace } = state.value;
  return (
    <div class="export" role="group" aria-label={t('Export')}>
      <span class="field-name">
        <Icon name="save" />
        {t('Export')}
      </span>
      {formats.map(({ format, name, about }) => (
        <button
          key={format}
          type="button"
          disabled={!trace}
          title={about}
          aria-label={t('Export as {0}', name)}
          onClick={() => void exportAs(format)}
        >
          {name} …
        </button>
      ))}
    </div>
  );
}
