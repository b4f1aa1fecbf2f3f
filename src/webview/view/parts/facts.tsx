/** What is shown: task, decoder, passes, model, device, time and why the run ended. */
import { decoderRecords } from '../../../protocol/decoders';
import { taskTitles } from '../../../protocol/tasks';
import type { ComponentChildren } from 'preact';
import { milliseconds, stopNames } from '../../logic/format';
import { fieldTerms, state } from '../../store';
import { t } from '../../l10n';

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
      {file && <Fact name={t('File')}>{file}</Fact>}
      {task && <Fact name={t('Task')}>{t(taskTitles[task])}</Fact>}
      <Fact name={fieldTerms.value ? t('Decoder') : t('Method')}>
        {t(decoderRecords[trace?.system ?? latest.system].title)}
      </Fact>
      <Fact name={fieldTerms.value ? t('Passes') : t('Rounds')}>
        {t('{0} incl. reading', trace?.passes ?? latest.passes)}
      </Fact>
      <Fact name={t('Time')}>{milliseconds(spent)}</Fact>
      {trace && fieldTerms.value && (
        <Fact name={t('Model')}>
          {trace.model.name} {trace.model.version}
        </Fact>
      )}
      {trace && fieldTerms.value && (
        <Fact name={t('Device')}>
          {trace.model.device}, {trace.model.dtype}
        </Fact>
      )}
      <Fact name={t('Stopped')}>
        {trace
          ? stopNames[trace.stop]
          : phase === 'running'
            ? t('Running …')
            : phase === 'failed'
              ? t('Failed')
              : t('Cancelled')}
      </Fact>
    </dl>
  );
}
