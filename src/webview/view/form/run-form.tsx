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
    <form class="run-form" aria-label="Run" onSubmit={submit}>
      <label class="text-field">
        <span class="field-name">Text{origin && <span class="quiet"> from {origin.label}</span>}</span>
        <textarea
          rows={2}
          value={request.text}
          spellcheck={false}
          placeholder="A sentence to refine"
          onInput={(event) => dispatch({ type: 'edit', change: { text: event.currentTarget.value } })}
          onKeyDown={submitWithKey}
        />
      </label>
      <div class="run-controls">
        <label class="field">
          <span class="field-name">Task</span>
          <select
            value={request.task}
            onChange={(event) => dispatch({ type: 'edit', change: { task: event.currentTarget.value as Task } })}
          >
            {Object.entries(taskTitles).map(([task, name]) => (
              <option key={task} value={task}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <span class="field-name">{fieldTerms.value ? 'Decoder' : 'Method'}</span>
          <select
            value={request.decoder}
            title={decoderRecords[request.decoder].about}
            onChange={(event) =>
              dispatch({ type: 'edit', change: { decoder: event.currentTarget.value as DecoderName } })
            }
          >
            {(state.value.decoders ?? decoderNames).map((name) => (
              <option key={name} value={name}>
                {decoderRecords[name].title}
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
            Cancel
          </button>
        ) : (
          <button
            type="submit"
            class="run-button primary"
            disabled={request.text.trim() === ''}
            title="Ctrl+Enter in the text"
          >
            <Icon name="run" />
            {steps.length > 0 ? 'Run again' : 'Run'}
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
