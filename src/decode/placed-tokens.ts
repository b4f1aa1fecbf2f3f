/** What of a caller's draft is text. */
import type { SpecialTokens } from '../protocol/manifest';

export interface PlacedToken {
  id: number;
  /** Index in the caller's draft. */
  place: number;
}

/**
 * Up to the first `<end>`, behind which nothing is read, and without `<drop>`, which holds no token. Open slots stay.
 */
export function draftText({ end, drop }: SpecialTokens, draft: readonly number[]): PlacedToken[] {
  const last = draft.indexOf(end);
  return (last < 0 ? draft : draft.slice(0, last)).flatMap((id, place) => (id === drop ? [] : [{ id, place }]));
}
