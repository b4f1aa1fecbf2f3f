/** Who can keep tokens of the source; the list lies where the panel may import it. */
import { lockKeepers } from '../protocol/decoder-options';
import type { DecoderName } from '../protocol/trace';

/** `lockedTokens` stay in the output of this decoder; the others refuse them. */
export function keepsLocks(name: DecoderName): boolean {
  return lockKeepers.includes(name);
}
