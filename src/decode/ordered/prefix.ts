/**
 * The caller's draft of a left-to-right text: what stands before the first `<mask>` is kept as given and the text goes
 * on behind it; what stands after is dropped, because every token there was chosen for another text.
 */
import type { DecodeOptions, TraceToken } from '../../protocol/trace';
import { draftText, type PlacedToken } from '../placed-tokens';
import type { Network } from '../network';
import { plainToken, type Run } from '../step';

/** Up to the first `<mask>`; a given `<end>` ends the prefix and stays in it. */
export function givenPrefix(
  { specialTokens }: Pick<Network, 'specialTokens'>,
  { draft = [] }: DecodeOptions,
): PlacedToken[] {
  const { mask, end } = specialTokens;
  const open = draft.indexOf(mask);
  const before = open < 0 ? draft : draft.slice(0, open);
  const last = before.indexOf(end);
  return [...draftText(specialTokens, before), ...(last < 0 ? [] : [{ id: end, place: last }])];
}

/** The prefix as every step of the run shows it. */
export function prefixTokens(
  run: Run,
  prefix: readonly PlacedToken[],
  { lockedDraft = [] }: DecodeOptions,
): TraceToken[] {
  return prefix.map(({ id, place }) =>
    plainToken(run.context, id, 'given', lockedDraft.includes(place) ? { locked: true } : {}),
  );
}
