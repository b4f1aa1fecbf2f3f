/** With what to compare the shown run: another decoder, another budget, or nothing. */
import { decoderNames, type DecoderName } from '../../protocol/trace';
import { decoderTitles } from '../logic/format';
import { contenderOf, curveBudgets, type Contender } from '../logic/side-runs';
import { dispatch, state } from '../store';

/** The first thing to compare with: the same decoder with the largest budget, or Levenshtein where that is what is shown. */
function firstContender(shown: Contender): Contender {
  return shown.passes === 11 ? { ...shown, passes: 1 } : { ...shown, passes: 11 };
}

export function CompareForm() {
  const { comparison, shown, request } = state.value;
  const compare = (contender: Contender | undefined) => dispatch({ type: 'compare', contender });
  const budgets = comparison && !(curveBudgets as readonly number[]).includes(comparison.passes) ? [...curveBudgets, comparison.passes].sort((left, right) => left - right) : curveBudgets;
  return (
    <div class="run-controls">
      <label class="check">
        <input type="checkbox" checked={comparison !== undefined} onChange={(event) => compare(event.currentTarget.checked ? firstContender(contenderOf(shown ?? request)) : undefined)} />
        Run a second time beside this run
      </label>
      {comparison && (
        <label class="field">
          <span class="field-name">with</span>
          <select aria-label="Decoder to compare with" value={comparison.decoder} onChange={(event) => compare({ ...comparison, decoder: event.currentTarget.value as DecoderName })}>
            {(state.value.decoders ?? decoderNames).map((name) => <option key={name} value={name}>{decoderTitles[name].name}</option>)}
          </select>
        </label>
      )}
      {comparison && (
        <fieldset class="segments">
          <legend>Passes</legend>
          {budgets.map((passes) => (
            <label key={passes}>
              <input type="radio" name="compare-passes" checked={passes === comparison.passes} onChange={() => compare({ ...comparison, passes })} />
              <span>{passes}</span>
            </label>
          ))}
        </fieldset>
      )}
    </div>
  );
}
