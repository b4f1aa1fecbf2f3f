/** How many source tokens are locked, and whether the decoder of the next run keeps them. */
import { decoderRecords, keepsLocks } from '../../../protocol/decoders';
import { state } from '../../store';
import { Icon } from '../parts/icons';

export function Locks() {
  const { locked, request } = state.value;
  if (locked.length === 0) return null;
  return (
    <span class="quiet locks">
      <Icon name="locked" />
      <span>
        {locked.length} locked{!keepsLocks(request.decoder) && `, not kept by ${decoderRecords[request.decoder].title}`}
      </span>
    </span>
  );
}
