/** The sentence as one round of correction reads it, and what it becomes when edits are accepted. */
import type { DecodeOptions } from '../../protocol/trace';
import type { DecoderSource, TokenEdit } from '../decoder';
import { applyEdits, originsOf } from './token-edits';

export interface CorrectionState {
  source: DecoderSource;
  /** Per token: no step may delete or replace it. */
  locked: Uint8Array;
  /** Per token: index in the user's sentence, −1 for a token that an earlier round wrote. */
  origins: number[];
}

/** Locks outside the sentence are ignored: they cannot forbid anything. */
export function startState(source: DecoderSource, options: DecodeOptions): CorrectionState {
  const locked = new Uint8Array(source.ids.length);
  for (const index of options.lockedTokens ?? []) if (index in locked) locked[index] = 1;
  return { source, locked, origins: source.ids.map((_, index) => index) };
}

/** Locks, protection and candidates of the prior stay with the tokens that stay. */
export function advance(state: CorrectionState, edits: readonly TokenEdit[]): CorrectionState {
  const { source } = state;
  const from = originsOf(source.ids.length, edits); // index in the previous round
  const kept = (flags: ArrayLike<number>): Uint8Array =>
    Uint8Array.from(from, (index) => (index < 0 ? 0 : flags[index]!));
  const lexicon = (source.lexicon ?? []).flatMap((entry) => {
    const start = from.indexOf(entry.start);
    const whole = start >= 0 && from[start + entry.end - entry.start - 1] === entry.end - 1;
    return whole ? [{ ...entry, start, end: start + entry.end - entry.start }] : [];
  });
  return {
    source: {
      task: source.task,
      ids: applyEdits(source.ids, edits),
      protected: kept(source.protected),
      ...(source.glued ? { glued: kept(source.glued) } : {}),
      ...(lexicon.length > 0 ? { lexicon } : {}),
    },
    locked: kept(state.locked),
    origins: from.map((index) => (index < 0 ? -1 : state.origins[index]!)),
  };
}
