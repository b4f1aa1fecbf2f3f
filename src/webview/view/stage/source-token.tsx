/**
 * One source token: hover or focus shows its decision, a click locks it against change where the next run keeps locks.
 */
import type { SourceView } from '../../row-data';
import { DrawnOnce } from '../parts/drawn-once';
import { Icon } from '../parts/icons';
import { OperationBars } from './operation-bars';

export class SourceToken extends DrawnOnce<SourceView> {
  render({ index, className, label, text, locked, lockable, operation, duration }: SourceView) {
    return (
      <button
        type="button"
        class={className}
        data-row="source"
        data-index={index}
        data-source={index}
        tabIndex={-1}
        aria-pressed={lockable ? locked : undefined}
        aria-label={label}
      >
        {duration && (
          <span class={duration.count === 1 ? 'duration' : 'duration counted'} aria-hidden="true">
            {duration.count}
          </span>
        )}
        {operation && <OperationBars operation={operation} />}
        <span>
          {locked && <Icon name="locked" />}
          {text}
        </span>
      </button>
    );
  }
}
