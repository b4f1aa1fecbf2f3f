/**
 * The decoder's options, closed until somebody wants them. Fields come from the one table of all
 * options (decoder-options.ts).
 */
import { count } from '../../logic/format';
import { dispatch, optionFields, optionsOpen, wrongOptions } from '../../store';
import { noOptions, Option } from './option-field';
import { t } from '../../l10n';

export function Options() {
  const fields = optionFields.value;
  const different = fields.filter(({ differs }) => differs).length,
    wrong = wrongOptions.value.length;
  const untouched = fields.every(
    ({ differs, option, shown }) => !differs && (option.kind !== 'number' || shown === ''),
  );
  return (
    <details
      class="options"
      open={optionsOpen.value}
      onToggle={(event) => {
        optionsOpen.value = event.currentTarget.open;
      }}
    >
      <summary>
        {t('Options')}{' '}
        {wrong > 0 && (
          <span class="options-wrong">
            {t('{0} wrong', wrong)}
            {different > 0 && ', '}
          </span>
        )}
        {different > 0 && <span class="options-changed">{t('{0} not as usual', different)}</span>}
        {wrong + different === 0 && <span class="quiet">{t('all as usual')}</span>}
      </summary>
      {fields.length === 0 ? (
        <p class="quiet">{noOptions()}</p>
      ) : (
        <>
          <div class="option-fields" role="group" aria-label={count(fields.length, 'option')}>
            {fields.map((field) => (
              <Option key={field.name} {...field} />
            ))}
          </div>
          <button
            type="button"
            aria-disabled={untouched}
            onClick={() => {
              if (!untouched) dispatch({ type: 'resetOptions' });
            }}
          >
            {t('Reset')}
          </button>
        </>
      )}
    </details>
  );
}
