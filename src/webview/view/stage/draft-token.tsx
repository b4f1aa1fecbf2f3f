/** One token of the draft: what it is, what it was, and how sure the network is, in marks as well as in colour. */
import type { DraftView } from '../../row-data';
import { Gap } from './gap';
import { Icon } from '../parts/icons';
import { DrawnOnce } from '../parts/drawn-once';

export class DraftToken extends DrawnOnce<DraftView> {
  render({ position, className, label, text, before, digit, lock, gap, source }: DraftView) {
    return (
      <button
        type="button"
        class={className}
        data-row="draft"
        data-index={position}
        data-source={source}
        tabIndex={-1}
        aria-haspopup="dialog"
        aria-label={label}
      >
        {lock && <Icon name="locked" />}
        {before !== undefined && (
          <>
            <s class="before">{before}</s>
            {text !== undefined && <span class="arrow">→</span>}
          </>
        )}
        {text === undefined ? <span class="slot" /> : <span class="token-text">{text}</span>}
        {digit !== undefined && <sup class="digit">{digit}</sup>}
        {gap && <Gap gap={gap} />}
      </button>
    );
  }
}
