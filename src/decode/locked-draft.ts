/**
 * A draft that keeps its locks: lexically constrained decoding with the Levenshtein Transformer (Susanto 2020, §3). The
 * locked source tokens are the first draft, are never deleted, and no slot opens inside a locked word.
 */
import type { DecodeOptions, StopReason } from '../protocol/trace';
import type { DecodeResult, DecoderContext, DecoderSource } from './decoder';
import { draftText } from './placed-tokens';
import { finishOutput } from './output';
import type { Run } from './step';
import { wordsOf } from './token-words';

export interface DraftToken {
  id: number;
  /** Index of the locked source token that this is, −1 for all others. */
  origin: number;
  /** Locked by its place in the caller's draft. */
  locked?: boolean;
}

/**
 * Locked source tokens in their order, each once. Locks outside the sentence are ignored: they cannot forbid anything.
 */
export function lockedIndices(source: DecoderSource, options: DecodeOptions): number[] {
  return [...new Set(options.lockedTokens)].filter((index) => index in source.ids).sort((left, right) => left - right);
}

/**
 * The caller's draft with the locked tokens found in it (leftmost), else the locked tokens alone: an empty draft where
 * nothing is locked.
 * @throws RangeError where locks and draft contradict each other
 */
export function startDraft(context: DecoderContext, source: DecoderSource, options: DecodeOptions): DraftToken[] {
  const locked = lockedIndices(source, options);
  if (!options.draft) return locked.map((origin) => ({ id: source.ids[origin]!, origin }));
  const places = new Set(options.lockedDraft);
  const draft = draftText(context.network.specialTokens, options.draft).map(
    ({ id, place }): DraftToken => ({
      id,
      origin: -1,
      ...(places.has(place) && id !== context.network.specialTokens.mask ? { locked: true } : {}),
    }),
  );
  lockedPlaces(
    context,
    source,
    locked,
    draft.map(({ id }) => id),
  ).forEach((place, index) => {
    draft[place]!.origin = locked[index]!;
  });
  return draft;
}

/**
 * Where the locked tokens stand in a draft, leftmost, in their order.
 * @throws RangeError where the draft does not hold them
 */
export function lockedPlaces(
  context: DecoderContext,
  source: DecoderSource,
  locked: readonly number[],
  draft: readonly number[],
): number[] {
  let next = 0;
  return locked.map((origin) => {
    const place = draft.indexOf(source.ids[origin]!, next);
    if (place < 0) {
      throw new RangeError(
        `"lockedTokens" and "draft" contradict each other: the draft does not hold the locked token ${origin} ` +
          `("${context.text(source.ids[origin]!).trim()}") in its place. Unlock it, or put it into the draft.`,
      );
    }
    next = place + 1;
    return place;
  });
}

/** The tokens that no step may take away. */
function lockedIds(draft: readonly DraftToken[]): number[] {
  return draft.flatMap(({ id, origin, locked }) => (origin >= 0 || locked ? [id] : []));
}

/** What comes of a run whose state is such a draft. */
export function draftResult(
  run: Run,
  draft: readonly DraftToken[],
  options: DecodeOptions,
  stop: StopReason,
  score: number,
): DecodeResult {
  const ids = draft.map(({ id }) => id);
  return run.result(finishOutput(ids, run.context.network.specialTokens, options, lockedIds(draft)), stop, score);
}

/**
 * Per gap 0..T of the draft: 1 where two locked tokens of one word stand side by side, so that a slot would split it.
 */
export function closedGaps(context: DecoderContext, source: DecoderSource, draft: readonly DraftToken[]): Uint8Array {
  const words = wordsOf(context, source.ids);
  const closed = new Uint8Array(draft.length + 1);
  for (let gap = 1; gap < draft.length; gap++) {
    const { origin } = draft[gap]!;
    if (
      origin > 0 &&
      draft[gap - 1]!.origin === origin - 1 &&
      words.some(({ start, end }) => start < origin && origin < end)
    )
      closed[gap] = 1;
  }
  return closed;
}
