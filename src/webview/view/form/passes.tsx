/** How many passes a run may spend, as one choice of several: in the run form and in the comparison. */
import type { DecoderName } from '../../../protocol/trace';
import { budgetChoices, type Budget } from '../../logic/budgets';
import { fieldTerms } from '../../store';
import { t } from '../../l10n';

interface PassesProps {
  /** Name of the group, one on the page. */
  name: string;
  decoder: DecoderName;
  chosen: Budget;
  choose(budget: Budget): void;
}

export function Passes({ name, decoder, chosen, choose }: PassesProps) {
  return (
    <fieldset class="segments">
      <legend title={t('How often the model may go over the text after it has read it')}>
        {fieldTerms.value ? t('Passes') : t('Rounds')}
      </legend>
      {budgetChoices(decoder, chosen).map((budget) => (
        <label
          key={budget}
          title={budget === 'end' ? t('As many as the text needs; a number may cut it off') : undefined}
        >
          <input type="radio" name={name} checked={budget === chosen} onChange={() => choose(budget)} />
          <span>{budget === 'end' ? t('to the end') : budget}</span>
        </label>
      ))}
    </fieldset>
  );
}
