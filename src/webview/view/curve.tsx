/** What more passes buy: the same text with budgets of 1, 2, 5 and 11, as a curve and as a table. */
import { curveOf } from '../logic/curve';
import { curveBudgets } from '../logic/side-runs';
import { dispatch, state } from '../store';
import { CurveChart } from './curve-chart';
import { CurveTable } from './curve-table';

function Points() {
  const { phase, trace, expected } = state.value;
  if (phase === 'running' || !trace) return <p class="quiet">The curve follows when the run is done.</p>;
  const { points, waiting, failures } = curveOf(state.value);
  const quality = expected.trim() === '' ? 'Mean confidence' : 'Words as expected';
  return (
    <>
      {waiting.length > 0 && <p class="quiet"><progress aria-label="Runs still to come" max={points.length + waiting.length} value={points.length} /> Still to run: {waiting.join(', ')} passes.</p>}
      {failures.map(({ budget, message }) => <p class="side-failure" role="alert" key={budget}>{budget} passes: {message}</p>)}
      <CurveChart points={points} quality={quality} />
      <CurveTable points={points} quality={quality} />
      <p class="quiet">{expected.trim() === '' ? 'Confidence is the network\'s own estimate, not a measured quality: give the expected text to see how many words are right.' : 'Share of words, in order, that the output and the expected text have in common (F1).'}</p>
    </>
  );
}

export function Curve() {
  const { curve, expected } = state.value;
  return (
    <section class="curve" aria-label="Quality and time">
      <h2>Quality and time</h2>
      <div class="run-controls">
        <label class="check"><input type="checkbox" checked={curve} onChange={(event) => dispatch({ type: 'curve', curve: event.currentTarget.checked })} />Run with {curveBudgets.slice(0, -1).join(', ')} and {curveBudgets.at(-1)} passes</label>
        {curve && (
          <label class="field expected"><span class="field-name">Expected text</span>
            <input type="text" value={expected} placeholder="Optional: what it should become" onInput={(event) => dispatch({ type: 'expected', text: event.currentTarget.value })} />
          </label>
        )}
      </div>
      {curve && <Points />}
    </section>
  );
}
