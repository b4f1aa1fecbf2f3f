/** What stands where no steps can: nothing run yet, a run that waits for its first step, a failure, a cancelled run. */
import { watchedDecoder } from '../../../protocol/decoder-facts';
import { post } from '../../host';
import { dispatch, run, state } from '../../store';
import { Icon } from './icons';
import { rich, t } from '../../l10n';

const examples = [
  'The engine recieve a HTTP request and and returns an error code.',
  "Each workers reads it's configuration from disk before the first request.",
];

function Empty() {
  return (
    <section class="state-message" aria-label={t('Getting started')}>
      <h2>{t('Watch a text being refined')}</h2>
      <p>
        {rich(
          'Select a sentence in the editor and run {0}, or write one above and press {1}. Every round becomes one step, with how sure the model is of each word.',
          <b>{t('Refinement Visualizer')}</b>,
          <b>{t('Run')}</b>,
        )}
      </p>
      <ul class="examples">
        {examples.map((text) => (
          <li key={text}>
            <button
              type="button"
              onClick={() => {
                dispatch({ type: 'edit', change: { text, task: 'fix', decoder: watchedDecoder('fix') } });
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
        {t('Open a trace …')}
      </button>
    </section>
  );
}

export function StateMessage() {
  const { phase, steps, failure } = state.value;
  if (phase === 'empty') return <Empty />;
  if (phase === 'running' && steps.length === 0) {
    return (
      <section class="state-message" aria-label={t('Progress')}>
        <progress aria-label={t('Waiting for the first step')} />
        <p>{t('Waiting for the first step. The first run after a start also loads the model.')}</p>
      </section>
    );
  }
  if (phase === 'failed') {
    return (
      <section class="state-message failure" role="alert">
        <h2>{t('The run did not finish')}</h2>
        <p>{failure}</p>
        <button type="button" onClick={run}>
          <Icon name="run" />
          {t('Try again')}
        </button>
      </section>
    );
  }
  if (phase === 'cancelled' && steps.length === 0) {
    return (
      <section class="state-message" aria-label={t('Cancelled')}>
        <p>{t('Cancelled before the first step. Nothing in your document was changed.')}</p>
        <button type="button" onClick={run}>
          <Icon name="run" />
          {t('Run again')}
        </button>
      </section>
    );
  }
  return phase === 'cancelled' ? (
    <p class="quiet inline-state">{t('Cancelled: these are the steps that were done before.')}</p>
  ) : null;
}
