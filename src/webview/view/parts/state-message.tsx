/** What stands where no steps can: nothing run yet, a run that waits for its first step, a failure, a cancelled run. */
import { post } from '../../host';
import { dispatch, run, state } from '../../store';
import { Icon } from './icons';

const examples = [
  'The engine recieve a HTTP request and and returns an error code.',
  "Each workers reads it's configuration from disk before the first request.",
];

function Empty() {
  return (
    <section class="state-message" aria-label="Getting started">
      <h2>Watch a text being refined</h2>
      <p>
        Select a sentence in the editor and run <b>Refinement Visualizer</b>, or write one above and press <b>Run</b>.
        Every round becomes one step, with how sure the model is of each word.
      </p>
      <ul class="examples">
        {examples.map((text) => (
          <li key={text}>
            <button
              type="button"
              onClick={() => {
                dispatch({ type: 'edit', change: { text, task: 'fix', decoder: 'levenshtein' } });
                run();
              }}
            >
              {text}
            </button>
          </li>
        ))}
      </ul>
      <button type="button" onClick={() => post({ type: 'importTrace' })}>
        <Icon name="open" />
        Open a trace …
      </button>
    </section>
  );
}

export function StateMessage() {
  const { phase, steps, failure } = state.value;
  if (phase === 'empty') return <Empty />;
  if (phase === 'running' && steps.length === 0) {
    return (
      <section class="state-message" aria-label="Progress">
        <progress aria-label="Waiting for the first step" />
        <p>Waiting for the first step. The first run after a start also loads the model.</p>
      </section>
    );
  }
  if (phase === 'failed') {
    return (
      <section class="state-message failure" role="alert">
        <h2>The run did not finish</h2>
        <p>{failure}</p>
        <button type="button" onClick={run}>
          <Icon name="run" />
          Try again
        </button>
      </section>
    );
  }
  if (phase === 'cancelled' && steps.length === 0) {
    return (
      <section class="state-message" aria-label="Cancelled">
        <p>Cancelled before the first step. Nothing in your document was changed.</p>
        <button type="button" onClick={run}>
          <Icon name="run" />
          Run again
        </button>
      </section>
    );
  }
  return phase === 'cancelled' ? (
    <p class="quiet inline-state">Cancelled: these are the steps that were done before.</p>
  ) : null;
}
