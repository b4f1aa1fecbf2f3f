/**
 * The length beam: every candidate with its length, how probable that length was, its score now and over the passes.
 */
import type { BeamCandidate, Step } from '../../../protocol/trace';
import { decimal, percent } from '../../logic/format';
import { currentStep, state } from '../../store';
import { Bar } from '../parts/bar';
import { Icon } from '../parts/icons';
import { About } from '../parts/about';
import { t } from '../../l10n';

/**
 * Scores of one candidate from the first pass to the shown one, as a small curve; candidates
 * keep their place in the list.
 */
function Course({ steps, index }: { steps: readonly Step[]; index: number }) {
  const scores = steps.flatMap(({ beam }) => (beam?.[index] ? [Math.exp(beam[index].score)] : []));
  if (scores.length < 2) return null;
  const points = scores.map((score, at) => `${(at / (scores.length - 1)) * 46 + 1},${17 - score * 16}`).join(' ');
  return (
    <svg class="course" viewBox="0 0 48 18" width="48" height="18" aria-hidden="true" focusable="false">
      <polyline points={points} />
    </svg>
  );
}

function Row({
  candidate,
  index,
  steps,
  probability,
}: {
  candidate: BeamCandidate;
  index: number;
  steps: readonly Step[];
  probability: number | undefined;
}) {
  return (
    <tr class={candidate.chosen ? 'chosen-row' : ''}>
      <td>
        {candidate.chosen && (
          <>
            <Icon name="check" />
            <span class="visually-hidden">{t('chosen')}</span>
          </>
        )}
      </td>
      <td class="number">{candidate.length}</td>
      <td class="number">{probability === undefined ? '–' : percent(probability)}</td>
      <td class="number">
        <span class="score">
          <Course steps={steps} index={index} />
          <Bar share={Math.exp(candidate.score)} kind={candidate.chosen ? 'chosen' : 'plain'} />
          {decimal(candidate.score)}
        </span>
      </td>
      <td class="candidate-text">{candidate.text}</td>
    </tr>
  );
}

export function Beam() {
  const { steps, stepIndex } = state.value;
  const upToHere = steps.slice(0, stepIndex + 1);
  // The latest beam up to this step: later steps of a run often do not repeat it.
  const beam = currentStep.value?.beam ?? upToHere.findLast((step) => step.beam)?.beam;
  if (!beam || beam.length === 0) return null;
  const lengths = upToHere.findLast((step) => step.lengths)?.lengths;
  return (
    <section class="beam" aria-label={t('Candidates')}>
      <h2>{t('Candidates')}</h2>
      <About>
        {t(
          'Whole texts of different lengths that the model weighed against each other, with a tick at the one that it took.',
        )}
      </About>
      <div class="table-frame" role="region" aria-label={t('Candidates table')} tabIndex={0} data-own-keys>
        <table>
          <thead>
            <tr>
              <th scope="col">
                <span class="visually-hidden">{t('Chosen')}</span>
              </th>
              <th scope="col">{t('Length')}</th>
              <th scope="col" title={t('How probable the network found this length')}>
                {t('P(length)')}
              </th>
              <th scope="col" title={t('Mean log-probability a token; the small curve shows it over the passes')}>
                {t('Score')}
              </th>
              <th scope="col">{t('Text')}</th>
            </tr>
          </thead>
          <tbody>
            {beam.map((candidate, index) => (
              <Row
                key={index}
                candidate={candidate}
                index={index}
                steps={upToHere}
                probability={lengths?.find(({ length }) => length === candidate.length)?.probability}
              />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
