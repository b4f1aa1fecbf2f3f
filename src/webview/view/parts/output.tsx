/** The result with what can be done with it. */
import { post } from '../../host';
import { dispatch, output, state } from '../../store';
import { ExportButtons } from './export-buttons';
import { Icon } from './icons';
import { NoticeBar } from './notice';
import { t } from '../../l10n';

/** Why "Apply to editor" cannot be pressed, for a person; undefined when it can. */
function applyHindrance(text: string | undefined): string | undefined {
  const { origin, phase, file, shown, applied, trace } = state.value;
  if (phase === 'running' || text === undefined) return t('The run is not finished.');
  if (file) return t('This trace was opened from a file.');
  if (!origin) return t('The panel was not opened on a text in an editor.');
  if (applied) return t('Applied.');
  if (text === trace?.sourceText) return t('The editor already has this text.');
  return shown && shown.text !== origin.text
    ? t('This run was on another text than the one in the editor.')
    : undefined;
}

export function Output() {
  const result = output.value;
  const { trace, replay } = state.value;
  const hindrance = applyHindrance(result?.text);
  return (
    <section class="output" aria-label={t('Output')}>
      <h2>
        {t('Output')} {result?.edited && <span class="badge">{t('with your choices')}</span>}
      </h2>
      <p class="output-text">{result?.text ?? <span class="quiet">{t('Stands here when the run is done.')}</span>}</p>
      {result?.heldBack && (
        <p class="quiet held-back">
          {t('Proposals in the steps that the model was not sure enough of are left out here.')}
        </p>
      )}
      <div class="buttons">
        <button type="button" disabled={!result} onClick={() => result && post({ type: 'copy', text: result.text })}>
          <Icon name="copy" />
          {t('Copy')}
        </button>
        {!replay && (
          <button
            type="button"
            class="primary"
            aria-disabled={hindrance !== undefined}
            aria-describedby={hindrance ? 'apply-hindrance' : undefined}
            onClick={() => {
              if (hindrance || !result || !trace) return;
              const { sourceText, sentences } = trace;
              post({ type: 'apply', text: result.text, trace: { sourceText, ...(sentences ? { sentences } : {}) } });
            }}
          >
            <Icon name="apply" />
            {t('Apply to editor')}
          </button>
        )}
        {result?.edited && (
          <button type="button" onClick={() => dispatch({ type: 'restoreTokens' })}>
            <Icon name="undo" />
            {t('Undo my choices')}
          </button>
        )}
        {!replay && (
          <button type="button" onClick={() => post({ type: 'importTrace' })}>
            <Icon name="open" />
            {t('Open trace …')}
          </button>
        )}
        {hindrance && !replay && (
          <span id="apply-hindrance" class="quiet">
            {hindrance}
          </span>
        )}
      </div>
      {!replay && <ExportButtons />}
      <NoticeBar />
    </section>
  );
}
