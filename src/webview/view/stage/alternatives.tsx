/** The best eight tokens for one place; a click or Enter puts one into the draft. */
import type { Alternative, TraceToken } from '../../../protocol/trace';
import { percent, shown } from '../../logic/format';
import { Bar } from '../parts/bar';
import { Icon } from '../parts/icons';
import { t } from '../../l10n';

interface AlternativesProps {
  token: TraceToken;
  hint: string;
  onChoose(alternative: Alternative): void;
}

/** Up and down within the list; the browser's own Tab leaves it. */
function moveInList(event: KeyboardEvent & { currentTarget: Element }): void {
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('button')];
  const at = buttons.indexOf(document.activeElement as HTMLElement);
  const next =
    event.key === 'ArrowDown'
      ? at + 1
      : event.key === 'ArrowUp'
        ? at - 1
        : event.key === 'Home'
          ? 0
          : event.key === 'End'
            ? buttons.length - 1
            : undefined;
  if (next === undefined) return;
  event.preventDefault();
  buttons[Math.min(buttons.length - 1, Math.max(0, next))]?.focus();
}

export function Alternatives({ token, hint, onChoose }: AlternativesProps) {
  return (
    <>
      <ol class="alternatives" onKeyDown={moveInList}>
        {token.alternatives.slice(0, 8).map((alternative) => {
          const current = alternative.id === token.id;
          return (
            <li key={alternative.id}>
              <button
                type="button"
                aria-current={current ? 'true' : undefined}
                aria-label={`${shown(alternative.text)}, ${percent(alternative.probability)}${current ? t(', in the draft') : ''}`}
                onClick={() => {
                  if (!current) onChoose(alternative);
                }}
              >
                <span class="alternative-mark">{current && <Icon name="check" />}</span>
                <span class="alternative-text">{shown(alternative.text)}</span>
                <Bar share={alternative.probability} kind={current ? 'chosen' : 'plain'} />
                <span class="value">{percent(alternative.probability)}</span>
              </button>
            </li>
          );
        })}
      </ol>
      <p class="quiet hint">{hint}</p>
    </>
  );
}
