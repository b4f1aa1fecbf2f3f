/**
 * A run that goes on from a caller's draft ("Refine from this step" of the visualizer). The draft is the result of
 * rounds that are over: what it has other than the source are accepted edits of confidence 1, and what the caller
 * locked stays, in the source and in the draft.
 */
import type { DecodeOptions } from '../../protocol/trace';
import { advance, startState, type CorrectionState } from './correction-state';
import type { DecoderContext, DecoderSource, TokenEdit } from '../decoder';
import { draftText } from '../placed-tokens';
import { findEdits } from './token-edits';
import { lockedIndices, lockedPlaces } from '../locked-draft';

export interface GivenState {
  state: CorrectionState;
  /** Over the source's tokens: from the source to the draft. */
  edits: TokenEdit[];
}

/**
 * Where a correction starts: at the source, or at `options.draft`, whose open slots are left out.
 * @throws RangeError where locks and draft contradict each other
 */
export function givenState(context: DecoderContext, source: DecoderSource, options: DecodeOptions): GivenState {
  const start = startState(source, options);
  if (!options.draft) return { state: start, edits: [] };
  const kept = draftText(context.network.specialTokens, options.draft).filter(
    ({ id }) => id !== context.network.specialTokens.mask,
  );
  const ids = kept.map(({ id }) => id);
  lockedPlaces(context, source, lockedIndices(source, options), ids);
  const edits = findEdits(source.ids, ids, start.locked).map(
    (edit): TokenEdit => ({ ...edit, confidence: 1, lexicon: false }),
  );
  const state = advance(start, edits);
  const locked = new Set(options.lockedDraft);
  kept.forEach(({ place }, index) => {
    if (locked.has(place)) state.locked[index] = 1;
  });
  return { state, edits };
}
