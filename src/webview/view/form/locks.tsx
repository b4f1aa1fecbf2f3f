/** How many source tokens are locked, and whether the decoder of the next run keeps them. */
import { decoderRecords } from '../../../protocol/decoders';
import { keepsLocks } from '../../../protocol/decoder-facts';
import { state } from '../../store';
import { Icon } from '../parts/icons';
import { t } from '../../l10n';

export function Locks() {
  const { locked, request } = state.value;
  if (locked.length === 0) return null;
  return (
    <span class="quiet locks">
      <Icon name="locked" />
      <span>
        {keepsLocks(request.decoder)
          ? t('{0} locked', locked.length)
          : t('{0} locked, not kept by {1}', locked.length, t(decoderRecords[request.decoder].title))}
      </span>
    </span>
  );
}
