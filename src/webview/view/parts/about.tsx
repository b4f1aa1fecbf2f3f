/** “What is this?” behind the title of a figure, in words that need no paper. */
import { t } from '../../l10n';
export function About({ children }: { children: string }) {
  return (
    <details class="about">
      <summary>{t('What is this?')}</summary>
      <p>{children}</p>
    </details>
  );
}
