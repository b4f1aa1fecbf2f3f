/** The shown run as a file, in four formats. */
import { exportAs, type ExportFormat } from '../../export';
import { state } from '../../store';
import { Icon } from './icons';

const formats: { format: ExportFormat; name: string; about: string }[] = [
  { format: 'json', name: 'JSON', about: 'The trace itself, which this panel opens again' },
  { format: 'svg', name: 'SVG', about: 'All steps as a picture that scales' },
  { format: 'png', name: 'PNG', about: 'All steps as a picture' },
  { format: 'html', name: 'HTML', about: 'A page that replays the run without VS Code' },
];

export function ExportButtons() {
  const { trace } = state.value;
  return (
    <div class="export" role="group" aria-label="Export">
      <span class="field-name">
        <Icon name="save" />
        Export
      </span>
      {formats.map(({ format, name, about }) => (
        <button
          key={format}
          type="button"
          disabled={!trace}
          title={about}
          aria-label={`Export as ${name}`}
          onClick={() => void exportAs(format)}
        >
          {name} …
        </button>
      ))}
    </div>
  );
}
