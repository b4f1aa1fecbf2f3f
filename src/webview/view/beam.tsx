/** The length beam: every candidate with its length and score; the chosen one is marked. */
import { decimal } from '../logic/format';
import { currentStep, state } from '../store';
import { Bar } from './bar';
import { Icon } from './icons';

export function Beam() {
  const { steps, stepIndex } = state.value;
  // The latest beam up to this step: later steps of a run often do not repeat it.
  const beam = currentStep.value?.beam ?? steps.slice(0, stepIndex + 1).findLast((step) => step.beam)?.beam;
  if (!beam || beam.length === 0) return null;
  return (
    <section class="beam" aria-label="Candidates">
      <h2>Candidates</h2>
      <div class="table-frame" role="region" aria-label="Candidates table" tabIndex={0} data-own-keys>
        <table>
          <thead><tr><th scope="col"><span class="visually-hidden">Chosen</span></th><th scope="col">Length</th><th scope="col">Score</th><th scope="col">Text</th></tr></thead>
          <tbody>
            {beam.map((candidate, index) => (
              <tr key={index} class={candidate.chosen ? 'chosen-row' : ''}>
                <td>{candidate.chosen && <><Icon name="check" /><span class="visually-hidden">chosen</span></>}</td>
                <td class="number">{candidate.length}</td>
                <td class="number"><span class="score"><Bar share={Math.exp(candidate.score)} kind={candidate.chosen ? 'chosen' : 'plain'} />{decimal(candidate.score)}</span></td>
                <td class="candidate-text">{candidate.text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
