/**
 * The caller's draft of a left-to-right text: what stands before the first `<mask>` is kept as given and the text goes on
 * behind it; what stands after is dropped, because every token there was chosen for another text.
 */
import type { DecodeOptions, TraceToken } from '../protocol/trace';
import type { Network } from './network';
import { plainToken, type Run } from './step';

export interface PrefixToken {
  id: number;
  /** Index in the caller's draft. */
  place: number;
}

/** Up to the first `<mask>`, without `<drop>`, which is no token of a text; a given `<end>` ends the prefix and stays in it. */
export function givenPrefix({ specialTokens: { mask, end, drop } }: Pick<Network, 'specialTokens'>, { draft = [] }: DecodeOptions): PrefixToken[] {
  const open = draft.indexOf(mask);
  const before = open < 0 ? draft : draft.slice(0, open);
  const last = before.indexOf(end);
  return (last < 0 ? before : before.slice(0, last + 1)).flatMap((id, place) => (id === drop ? [] : [{ id, place }]));
}

/** The prefix as every step of the run shows it. */
export function prefixTokens(run: Run, prefix: readonly PrefixToken[], { lockedDraft = [] }: DecodeOptions): TraceToken[] {
  return prefix.map(({ id, place }) => plainToken(run.context, id, 'given', lockedDraft.includes(place) ? { locked: true } : {}));
}
