/** What is shown: task, decoder, passes, model, device, time and why the run ended. */
import { decoderRecords } from '../../../protocol/decoders';
import { taskTitles } from '../../../protocol/tasks';
import type { ComponentChildren } from 'preact';
import { milliseconds, stopNames } from '../../logic/format';
import { fieldTerms, state } from '../../store';

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div class="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

export function Facts() {
  const { trace, shown, steps, file, phase } = state.value;
  const latest = steps.at(-1);
  if (!latest) return null;
  const task = trace?.task ?? shown?.task;
  const spent = trace?.milliseconds ?? steps.reduce((sum, step) => sum + step.milliseconds, 0);
  return (
    <dl class="facts">
      {file && <Fact name="File">{file}</Fact>}
      {task && <Fact name="Task">{taskTitles[task]}</Fact>}
      <Fact name={fieldTerms.value ? 'Decoder' : 'Method'}>{decoderRecords[trace?.system ?? latest.system].title}</Fact>
      <Fact name={fieldTerms.value ? 'Passes' : 'Rounds'}>{trace?.passes ?? latest.passes} incl. reading</Fact>
      <Fact name="Time">{milliseconds(spent)}</Fact>
      {trace && fieldTerms.value && (
        <Fact name="Model">
          {trace.model.name} {trace.model.version}
        </Fact>
      )}
      {trace && fieldTerms.value && (
        <Fact name="Device">
          {trace.model.device}, {trace.model.dtype}
        </Fact>
      )}
      <Fact name="Stopped">
        {trace
          ? stopNames[trace.stop]
          : phase === 'running'
            ? 'Running …'
            : phase === 'failed'
              ? 'Failed'
              : 'Cancelled'}
      </Fact>
    </dl>
  );
}
