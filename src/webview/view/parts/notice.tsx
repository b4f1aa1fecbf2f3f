/** One message of the host or of a failed import, until it is dismissed: beside the buttons that cause it. */
import { dispatch, state } from '../../store';
import { Icon } from './icons';
import { t } from '../../l10n';

export function NoticeBar() {
  const { notice } = state.value;
  return (
    <div role={notice?.level === 'error' ? 'alert' : 'status'}>
      {notice && (
        <div class={`notice notice-${notice.level}`}>
          <p>{notice.message}</p>
          <button
            type="button"
            class="icon-button"
            aria-label={t('Dismiss message')}
            onClick={() => dispatch({ type: 'dismiss' })}
          >
            <Icon name="close" />
          </button>
        </div>
      )}
    </div>
  );
}
