/** The first thing to read: what the page shows, in two sentences, and the switch for the words of the field. */
import { fieldTerms } from '../../store';
import { t } from '../../l10n';

export function Introduction() {
  return (
    <div class="introduction">
      <p>
        {t(
          'The model reads your text and goes over it in steps; this page shows the text as it was after each step. Colour and underline say how sure the model is of a word, as the scale from unsure to sure shows, and every word can be opened to see what else it thought of.',
        )}
      </p>
      <label class="check">
        <input
          type="checkbox"
          checked={fieldTerms.value}
          onChange={(event) => (fieldTerms.value = event.currentTarget.checked)}
        />
        {t('Words and figures of the field')}
      </label>
    </div>
  );
}
