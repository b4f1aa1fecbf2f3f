/** The source text with offered fixes written in and those held back dotted. */
import { shown } from '../../logic/format';
import type { Stretch } from '../../logic/offered-fixes';
import { t } from '../../l10n';

export function FixedText({ stretches }: { stretches: readonly Stretch[] }) {
  return (
    <p class="fixed-text">
      {stretches.map(({ text, edit, offered }, index) => {
        if (!edit) return text;
        // A blank alone would be struck unseen.
        if (!offered)
          return (
            <span class="held" key={index} title={t('Held back: {0}', edit.text === '' ? t('delete') : edit.text)}>
              {text === '' ? (
                <span class="held-caret" aria-hidden="true">
                  ‸
                </span>
              ) : (
                text
              )}
            </span>
          );
        return (
          <span key={index}>
            {text !== '' && <del>{text.trim() === '' ? shown(text) : text}</del>}
            {edit.text !== '' && <ins>{edit.text}</ins>}
          </span>
        );
      })}
    </p>
  );
}
