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

function StepCaption() {
  const step = currentStep.value!;
  const facts = [
    fieldTerms.value
      ? count(difference.value.changed, 'token changed', 'tokens changed')
      : count(difference.value.changed, 'piece changed', 'pieces changed'),
    ...(step.score < 0 && !fieldTerms.value ? [`${percent(Math.exp(step.score))} sure on average`] : []),
    ...(step.score < 0 && fieldTerms.value
      ? [`mean confidence ${percent(Math.exp(step.score))} (${decimal(step.score)})`]
      : []),
    ...(step.accepted
      ? [`${count(step.accepted.tokens, 'token')} settled, ${decimal(step.accepted.mean, 1)} a pass on average`]
      : []),
    ...(durations.value.size > 0 ? [`counts above the source: Σ ${count(totalOf(durations.value), 'token')}`] : []),
    ...(fieldTerms.value ? [`${count(step.queryTokens, 'token')} through the network`] : []),
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
    <section class="stage" aria-label="Refinement step">
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
