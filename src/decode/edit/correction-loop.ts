/**
 * Rounds of correction on the own output until nothing changes: what `levenshtein` and the missing-word pass of
 * `insertion` share. They differ in which proposals of a round they take.
 */
import type { DecoderName, StopReason } from '../../protocol/trace';
import { passBudget } from '../budget';
import { deletionEdits, fillDraft, isAccepted, readSentence } from './correction-round';
import { advance } from './correction-state';
import type { Decoder, DecodeResult, TokenEdit } from '../decoder';
import { mostOutputTokens } from './felix-draft';
import { applyEdits, carryBack, composeEdits, sortEdits } from './token-edits';
import { reproduces } from './fills';
import { givenState } from './given-draft';
import type { Proposer } from './proposals';
import { Run } from '../step';

export interface CorrectionPolicies {
  system: DecoderName;
  /** Passes when the caller does not say. */
  passes: number;
  /** Default: whatever the edit heads say. */
  proposer?: Proposer;
}

export function correctionLoop({ system, passes, proposer }: CorrectionPolicies): Decoder {
  return async function* (context, source, options) {
    const run = new Run(context, system, passBudget(options.passes, passes));
    let accepted: TokenEdit[] = []; // over the user's tokens, all finished rounds
    let reported: TokenEdit[] = [];
    let score = 0;
    if (source.ids.length === 0) return finish('empty');
    const given = givenState(context, source, options);
    let { state } = given;
    accepted = reported = given.edits;
    if (state.source.ids.length === 0) return finish('empty');
    const mostTokens = mostOutputTokens(source.ids.length, context.network.graph.maximumPositions);
    const seen = new Set([state.source.ids.join(' ')]);
    for (;;) {
      if (run.cancelled) return finish('cancelled');
      const reading = await readSentence(run, state, options, mostTokens, proposer);
      let edits = deletionEdits(run, state, reading);
      let { step } = reading;
      if (reading.queries.length > 0) {
        yield step;
        if (run.cancelled) {
          if (reported.length === 0) settle(edits);
          return finish('cancelled');
        }
        ({ step, edits } = await fillDraft(run, state, reading, options));
        score = step.score;
      }
      const taken = edits.filter((edit) => isAccepted(edit, options));
      settle(edits);
      state = advance(state, taken);
      const key = state.source.ids.join(' ');
      const stop =
        taken.length === 0
          ? 'stable'
          : seen.has(key)
            ? 'loop'
            : state.source.ids.length === 0
              ? 'empty'
              : wholeRoundLeft()
                ? undefined
                : 'budget';
      seen.add(key);
      yield { ...step, ...(stop ? { stop } : {}) };
      if (stop) return finish(stop);
    }

    /** A round that could propose but not fill would be half a round; the encode that starts it counts as well. */
    function wholeRoundLeft(): boolean {
      return run.left >= 2;
    }

    /** Takes a round's edits over: accepted ones composed with the earlier, weaker ones beside them. */
    function settle(edits: TokenEdit[]): void {
      const origins = state.origins;
      const weaker = edits
        .filter((edit) => !isAccepted(edit, options))
        .flatMap((edit) => carryBack(edit, origins, source.ids.length) ?? []);
      accepted = composeEdits(
        accepted,
        edits.filter((edit) => isAccepted(edit, options)),
      ).filter((edit) => !reproduces(source.ids, edit));
      reported = sortEdits([...accepted, ...weaker.filter((edit) => !accepted.some((other) => touches(edit, other)))]);
    }

    function finish(stop: StopReason): DecodeResult {
      return run.result(applyEdits(source.ids, accepted), stop, score, { edits: reported });
    }
  };
}

/** Edits that cannot both be offered: they overlap, or both insert at the same place. */
function touches(left: TokenEdit, right: TokenEdit): boolean {
  if (left.start === left.end || right.start === right.end) return left.start <= right.end && right.start <= left.end;
  return left.start < right.end && right.start < left.end;
}
