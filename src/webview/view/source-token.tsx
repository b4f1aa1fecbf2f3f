/** One source token: hover or focus shows its decision, a click locks it against change. */
import type { SourceView } from '../row-data';
import { DrawnOnce } from './drawn-once';
import { Icon } from './icons';
import { OperationBars } from './operation-bars';

export class SourceToken extends DrawnOnce<SourceView> {
  render({ index, className, label, text, locked, operation }: SourceView) {
    return (
      <button type="button" class={className} data-row="source" data-index={index} data-source={index} tabIndex={-1} aria-pressed={locked} aria-label={label}>
        {operation && <OperationBars operation={operation} />}
        <span>{locked && <Icon name="locked" />}{text}</span>
      </button>
    );
  }
}
