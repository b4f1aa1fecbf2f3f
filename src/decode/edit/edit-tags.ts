/**
 * Action-based correction: keep, delete or generate for every token, slots in the gaps (tutorial slides "action-based
 * non-autoregressive correction"; LaserTagger, Malmi 2019; FELIX, Mallinson 2020).
 *
 * One encode pass reads both edit heads. Where something has to be written, one fill pass predicts all slots at once,
 * with the deleted words still visible in brackets; with a larger budget the least sure slots are predicted again
 * beside the others. Cost: 1 pass for a clean sentence, else 2, or up to the budget where an edit has several slots.
 */
import type { DecodeResult, Decoder } from '../decoder';
import { passBudget } from '../budget';
import { fillRound, isAccepted, readSentence } from './correction-round';
import { mostOutputTokens } from './felix-draft';
import { applyEdits, composeEdits } from './token-edits';
import { givenState } from './given-draft';
import { Run } from '../step';

export const editTags: Decoder = async function* (context, source, options) {
  const run = new Run(context, 'edit-tags', passBudget(options.passes, 1));
  const unchanged = (stop: 'empty' | 'cancelled'): DecodeResult => run.result([...source.ids], stop, 0, { edits: [] });
  if (source.ids.length === 0) return unchanged('empty');
  if (run.cancelled) return unchanged('cancelled');
  const { state, edits: given } = givenState(context, source, options);
  if (state.source.ids.length === 0) return run.result([], 'empty', 0, { edits: given });
  const most = mostOutputTokens(source.ids.length, context.network.graph.maximumPositions);
  const reading = await readSentence(run, state, options, most);
  const { edits, score, stop } = yield* fillRound(run, state, reading, options, run.budget);
  const taken = edits.filter((edit) => isAccepted(edit, options));
  if (given.length === 0) return run.result(applyEdits(source.ids, taken), stop, score, { edits });
  // Over the source again; what was too doubtful to be taken would stand beside the draft's
  // own edits, so it is left out.
  const all = composeEdits(given, taken);
  return run.result(applyEdits(source.ids, all), stop, score, { edits: all });
};
