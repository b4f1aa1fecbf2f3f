/** A caret with the number of slots that a step placed at this point. */
import { count, percent } from '../../logic/format';
import { Icon } from '../parts/icons';
import { t } from '../../l10n';

export function Gap({ gap, leading = false }: { gap: { count: number; probability: number }; leading?: boolean }) {
  // A gap that was read and left shut says so where somebody looks for it, without standing in the way.
  if (gap.count === 0)
    return (
      <span
        class="gap shut"
        title={
          leading
            ? t('nothing inserted before the first token, {0}', percent(gap.probability))
            : t('nothing inserted here, {0}', percent(gap.probability))
        }
      >
        ·
      </span>
    );
  const told = t(
    leading ? '{0} placed before the first token, {1}' : '{0} placed here, {1}',
    count(gap.count, 'slot'),
    percent(gap.probability),
  );
  return (
    <span class="gap" title={told} {...(leading ? { role: 'img', 'aria-label': told } : {})}>
      <Icon name="caret" />
      {gap.count}
      <span class="gap-share">{percent(gap.probability)}</span>
    </span>
  );
}
