/** Going on from the step that is shown, and back from such a branch. */
import { decoderRecords } from '../../../protocol/decoders';
import { sureEnough } from '../../logic/branch';
import { count, percent } from '../../logic/format';
import { chosenPositions, currentStep, dispatch, draftLocks, refine, refinement, state } from '../../store';
import { Icon } from '../parts/icons';
import { t } from '../../l10n';

/** What will stay, for a person; for a decoder that cannot do it, why not. */
function explanation(): string {
  const { file, phase } = state.value;
  const { system, action } = currentStep.value!;
  const use = decoderRecords[system].draft;
  if (file !== undefined) return t('This trace was opened from a file; run its text to go on from a step.');
  if (!use)
    return t('{0} cannot go on from a draft; choices change the shown draft alone.', t(decoderRecords[system].title));
  if (phase === 'running') return t('The run is not finished.');
  if (action === 'encode' && use !== 'whole' && use !== 'edits') return t('There is no draft yet in this step.');
  const kept = draftLocks.value.size + chosenPositions.value.size;
  const keeps = {
    slots: t('what was at least {0} sure', percent(sureEnough)),
    edits: t('decides all other changes anew'),
    whole: t('nothing else for certain'),
    prefix: t('the text up to there'),
  }[use];
  if (use === 'edits' && kept === 0)
    return t('Lock changes in the draft (L) to keep them; all others are decided anew.');
  return kept > 0
    ? t('Keeps {0} and {1}.', count(kept, 'locked or chosen token'), keeps)
    : use === 'whole'
      ? t('Lock tokens of the draft (L) to keep them.')
      : t(
          'Keeps {0}. Lock tokens (L) to keep more.',
          use === 'prefix' ? t('the text up to the first unsure token') : keeps,
        );
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
        {t('Refine from this step')}
      </button>
      <span id="refine-explanation" class="quiet">
        {explanation()}
      </span>
      {from && (
        <span class="branch">
          <span>{t('Branched off from step {0} of an earlier run.', from.stepIndex + 1)}</span>
          <button type="button" aria-disabled={phase === 'running'} onClick={() => dispatch({ type: 'back' })}>
            <Icon name="undo" />
            {t('Back to it')}
          </button>
        </span>
      )}
    </div>
  );
}
