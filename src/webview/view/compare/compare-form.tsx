/** With what to compare the shown run: another decoder, another budget, or nothing. */
import { decoderNames, decoderRecords } from '../../../protocol/decoders';
import type { DecoderName } from '../../../protocol/trace';
import { budgetFor, canRunToTheEnd } from '../../logic/budgets';
import { firstContender, type Contender } from '../../logic/side-runs';
import { dispatch, fieldTerms, state } from '../../store';
import { Passes } from '../form/passes';
import { t } from '../../l10n';

export function CompareForm() {
  const { comparison, shown, request } = state.value;
  const compare = (contender: Contender | undefined) => dispatch({ type: 'compare', contender });
  const compareWith = ({ decoder, passes }: Contender, next: DecoderName) => {
    // A budget for all slots at once would cut off what is written from left to right.
    compare({
      decoder: next,
      passes: canRunToTheEnd(next) && !canRunToTheEnd(decoder) ? 'end' : budgetFor(next, passes),
    });
  };
  return (
    <div class="run-controls">
      <label class="check">
        <input
          type="checkbox"
          checked={comparison !== undefined}
          onChange={(event) =>
            compare(event.currentTarget.checked ? firstContender(shown ?? request, state.value.decoders) : undefined)
          }
        />
        {t('Run a second time beside this run')}
      </label>
      {comparison && (
        <label class="field">
          <span class="field-name">{t('with')}</span>
          <select
            aria-label={fieldTerms.value ? t('Decoder to compare with') : t('Method to compare with')}
            value={comparison.decoder}
            onChange={(event) => compareWith(comparison, event.currentTarget.value as DecoderName)}
          >
            {(state.value.decoders ?? decoderNames).map((name) => (
              <option key={name} value={name}>
                {t(decoderRecords[name].title)}
              </option>
            ))}
          </select>
        </label>
      )}
      {comparison && (
        <Passes
          name="compare-passes"
          decoder={comparison.decoder}
          chosen={comparison.passes}
          choose={(passes) => compare({ ...comparison, passes })}
        />
      )}
    </div>
  );
}
