/** The heart of the panel: step controls, the source with the draft of the current step, and the legend. */
import { totalOf } from '../../logic/durations';
import { alignable, currentStep, difference, durations, fieldTerms, state } from '../../store';
import { actionNames, count, decimal, milliseconds, percent, sentenceOf } from '../../logic/format';
import { AlignedTokens } from './aligned-tokens';
import { Attention } from './attention';
import { Legend } from './legend';
import { Popover } from './popover';
import { ReadingTokens } from './reading-tokens';
import { Refine } from './refine';
import { Round } from './round';
import { StepControls } from './step-controls';
import { t } from '../../l10n';

function StepCaption() {
  const step = currentStep.value!;
  const facts = [
    fieldTerms.value
      ? count(difference.value.changed, 'token changed', 'tokens changed')
      : count(difference.value.changed, 'piece changed', 'pieces changed'),
    ...(step.score < 0 && !fieldTerms.value ? [t('{0} sure on average', percent(Math.exp(step.score)))] : []),
    ...(step.score < 0 && fieldTerms.value
      ? [t('mean confidence {0} ({1})', percent(Math.exp(step.score)), decimal(step.score))]
      : []),
    ...(step.accepted
      ? [t('{0} settled, {1} a pass on average', count(step.accepted.tokens, 'token'), decimal(step.accepted.mean, 1))]
      : []),
    ...(durations.value.size > 0
      ? [t('counts above the source: Σ {0}', count(totalOf(durations.value), 'token'))]
      : []),
    ...(fieldTerms.value ? [t('{0} through the network', count(step.queryTokens, 'token'))] : []),
    milliseconds(step.milliseconds),
  ];
  return (
    <p class="step-caption">
      <b>{actionNames[step.action]}</b> <span>{sentenceOf(step)}</span> <span class="quiet">{facts.join(' · ')}</span>
    </p>
  );
}

export function Stage() {
  const aligned = state.value.layout === 'aligned' && alignable.value;
  return (
    <section class="stage" aria-label={t('Refinement step')}>
      <StepControls />
      <StepCaption />
      <div class="token-area">
        {aligned ? <AlignedTokens /> : <ReadingTokens />}
        <Popover />
      </div>
      {!state.value.replay && <Refine />}
      <Legend />
      <Round />
      <Attention />
    </section>
  );
}
