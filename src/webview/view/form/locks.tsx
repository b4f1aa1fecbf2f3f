/** How many source tokens are locked, and whether the decoder of the next run keeps them. */
import { decoderTitles } from '../../logic/format';
import { keepsLocks } from '../../../protocol/decoder-options';
import { state } from '../../store';
import { Icon } from '../parts/icons';

export function Locks() {
  const { locked, request } = state.value;
  if (locked.length === 0) return null;
  return (
    <span class="quiet locks">
      <Icon name="locked" />
      <span>
        {locked.length} locked{!keepsLocks(request.decoder) && `, not kept by ${decoderTitles[request.decoder].name}`}
      </span>
    </span>
  );
}
