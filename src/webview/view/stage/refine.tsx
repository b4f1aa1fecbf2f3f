/** Going on from the step that is shown, and back from such a branch. */
import { decoderRecords } from '../../../protocol/decoders';
import { sureEnough } from '../../logic/branch';
import { count, percent } from '../../logic/format';
import { chosenPositions, currentStep, dispatch, draftLocks, refine, refinement, state } from '../../store';
import { Icon } from '../parts/icons';

/** What will stay, for a person; for a decoder that cannot do it, why not. */
function explanation(): string {
  const { file, phase } = state.value;
  const { system, action } = currentStep.value!;
  const use = decoderRecords[system].draft;
  if (file !== undefined) return 'This trace was opened from a file; run its text to go on from a step.';
  if (!use) return `${decoderRecords[system].title} cannot go on from a draft; choices change the shown draft alone.`;
  if (phase === 'running') return 'The run is not finished.';
  if (action === 'encode' && use !== 'whole' && use !== 'edits') return 'There is no draft yet in this step.';
  const kept = draftLocks.value.size + chosenPositions.value.size;
  const keeps = {
    slots: `what was at least ${percent(sureEnough)} sure`,
    edits: 'decides all other changes anew',
    whole: 'nothing else for certain',
    prefix: 'the text up to there',
  }[use];
  if (use === 'edits' && kept === 0) return 'Lock changes in the draft (L) to keep them; all others are decided anew.';
  return kept > 0
    ? `Keeps ${count(kept, 'locked or chosen token')} and ${keeps}.`
    : use === 'whole'
      ? 'Lock tokens of the draft (L) to keep them.'
      : `Keeps ${use === 'prefix' ? 'the text up to the first unsure token' : keeps}. Lock tokens (L) to keep more.`;
}

export function Refine() {
  const { ancestors, phase } = state.value;
  const from = ancestors.at(-1);
  const hindered = refinement.value === undefined || phase === 'running';
  return (
    <div class="refine">
      <button
        type="button"
        aria-disabled={hindered}
        aria-describedby="refine-explanation"
        onClick={() => {
          if (!hindered) refine();
        }}
      >
        <Icon name="branch" />
        Refine from this step
      </button>
      <span id="refine-explanation" class="quiet">
        {explanation()}
      </span>
      {from && (
        <span class="branch">
          <span>Branched off from step {from.stepIndex + 1} of an earlier run.</span>
          <button type="button" aria-disabled={phase === 'running'} onClick={() => dispatch({ type: 'back' })}>
            <Icon name="undo" />
            Back to it
          </button>
        </span>
      )}
    </div>
  );
}
