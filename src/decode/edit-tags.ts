/**
 * Action-based correction: keep, delete or generate for every token, slots in the gaps (tutorial slides "action-based
 * non-autoregressive correction"; LaserTagger, Malmi 2019; FELIX, Mallinson 2020).
 *
 * One encode pass reads both edit heads. Where something has to be written, one fill pass predicts all slots at once,
 * with the deleted words still visible in brackets. Cost: 1 pass for a clean sentence, else 2. Stops by itself.
 */
import type { DecodeResult, Decoder } from './decoder';
import { passBudget } from './budget';
import { deletionEdits, fillDraft, isAccepted, readSentence } from './correction-round';
import { startState } from './correction-state';
import { mostOutputTokens } from './draft';
import { applyEdits } from './edits';
import { Run } from './step';

export const editTags: Decoder = async function* (context, source, options) {
  const run = new Run(context, 'edit-tags', passBudget(options.passes, 1));
  const unchanged = (stop: 'empty' | 'cancelled'): DecodeResult => run.result([...source.ids], stop, 0, { edits: [] });
  if (source.ids.length === 0) return unchanged('empty');
  if (run.cancelled) return unchanged('cancelled');
  const state = startState(source, options);
  const reading = await readSentence(run, state, options, mostOutputTokens(source.ids.length, context.network.graph.maximumPositions));
  let edits = deletionEdits(run, state, reading);
  let { step } = reading;
  if (reading.queries.length > 0) {
    yield step;
    if (run.cancelled) return finish('cancelled');
    ({ step, edits } = await fillDraft(run, state, reading, options));
  }
  const stop = reading.proposals.length === 0 ? 'stable' : 'fixed';
  yield { ...step, stop };
  return finish(stop);

  function finish(stop: DecodeResult['stop']): DecodeResult {
    return run.result(applyEdits(source.ids, edits.filter((edit) => isAccepted(edit, options))), stop, step.score, { edits });
  }
};
