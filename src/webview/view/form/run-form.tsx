/** What to run: an editable text, the task, the decoder, the pass budget and the decoder's options. */
import { decoderNames, decoderRecords } from '../../../protocol/decoders';
import { taskTitles } from '../../../protocol/tasks';
import type { DecoderName, Task } from '../../../protocol/trace';
import { post } from '../../host';
import { budgetOf } from '../../logic/budgets';
import { dispatch, fieldTerms, run, state } from '../../store';
import { Icon } from '../parts/icons';
import { Locks } from './locks';
import { Options } from './options';
import { Passes } from './passes';
import { t } from '../../l10n';

export function RunForm() {
  const { request, phase, steps, origin } = state.value;
  const running = phase === 'running';
  const submit = (event: Event) => {
    event.preventDefault();
    if (!running) run();
  };
  const submitWithKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event);
  };
  return (
    <form class="run-form" aria-label={t('Run')} onSubmit={submit}>
      <label class="text-field">
        <span class="field-name">
          {t('Text')}
          {origin && <span class="quiet"> {t('from {0}', origin.label)}</span>}
        </span>
        <textarea
          rows={2}
          value={request.text}
          spellcheck={false}
          placeholder={t('A sentence to refine')}
          onInput={(event) => dispatch({ type: 'edit', change: { text: event.currentTarget.value } })}
          onKeyDown={submitWithKey}
        />
      </label>
      <div class="run-controls">
        <label class="field">
          <span class="field-name">{t('Task')}</span>
          <select
            value={request.task}
            onChange={(event) => dispatch({ type: 'edit', change: { task: event.currentTarget.value as Task } })}
          >
            {Object.entries(taskTitles).map(([task, name]) => (
              <option key={task} value={task}>
                {t(name)}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <span class="field-name">{fieldTerms.value ? t('Decoder') : t('Method')}</span>
          <select
            value={request.decoder}
            title={t(decoderRecords[request.decoder].about)}
            onChange={(event) =>
              dispatch({ type: 'edit', change: { decoder: event.currentTarget.value as DecoderName } })
            }
          >
            {[...new Set([...(state.value.decoders ?? decoderNames), request.decoder])].map((name) => (
              <option key={name} value={name} disabled={state.value.decoders?.includes(name) === false}>
                {t(decoderRecords[name].title)}
              </option>
            ))}
          </select>
        </label>
        <Passes
          name="passes"
          decoder={request.decoder}
          chosen={budgetOf(request.decoder, request.options)}
          choose={(passes) => dispatch({ type: 'passes', passes })}
        />
        {running ? (
          <button type="button" class="run-button" onClick={() => post({ type: 'cancel' })}>
            <Icon name="stop" />
            {t('Cancel')}
          </button>
        ) : (
          <button
            type="submit"
            class="run-button primary"
            disabled={request.text.trim() === ''}
            title={t('Ctrl+Enter in the text')}
          >
            <Icon name="run" />
            {steps.length > 0 ? t('Run again') : t('Run')}
          </button>
        )}
      </div>
      <div class="options-row">
        <Options />
        <Locks />
      </div>
    </form>
  );
}
