/** Arrow keys between tokens: left and right along a row, up and down between source and draft (roving tabindex). */
import { close, elementOf, roving, target, type Row } from '../../pointer';
import { dispatch, links, lockable, tokens } from '../../store';

function inRow(container: Element, row: Row): HTMLElement[] {
  return [...container.querySelectorAll<HTMLElement>(`[data-row="${row}"]`)];
}

/** The counterpart in the other row: a linked token, or the one at the same share of the way. */
function across(container: Element, row: Row, index: number): HTMLElement | undefined {
  const other: Row = row === 'source' ? 'draft' : 'source';
  const counterpart = row === 'source' ? links.value.indexOf(index) : (links.value[index] ?? -1);
  if (counterpart >= 0) return elementOf({ row: other, index: counterpart }) ?? undefined;
  const from = inRow(container, row),
    to = inRow(container, other);
  return to[Math.round((index / Math.max(1, from.length - 1)) * (to.length - 1))];
}

export function moveByKey(event: KeyboardEvent & { currentTarget: Element }): void {
  const element = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-row]') : null;
  if (!element || event.ctrlKey || event.metaKey || event.altKey) return;
  const container = event.currentTarget;
  const row = element.dataset['row'] as Row,
    index = Number(element.dataset['index']);
  const order = inRow(container, row),
    at = order.indexOf(element);
  let next: HTMLElement | undefined;
  switch (event.key) {
    case 'ArrowLeft':
      next = order[at - 1];
      break;
    case 'ArrowRight':
      next = order[at + 1];
      break;
    case 'Home':
      next = order[0];
      break;
    case 'End':
      next = order.at(-1);
      break;
    case 'ArrowUp':
      if (row === 'draft') next = across(container, row, index);
      break;
    case 'ArrowDown':
      if (row === 'source') next = across(container, row, index);
      break;
    case 'Escape':
      close();
      break;
    case 'l':
    case 'L': {
      const token = row === 'draft' ? tokens.value[index] : undefined;
      if (row === 'source')
        element.click(); // a source token's own click locks it
      else if (token && lockable(token)) dispatch({ type: 'lockDraft', position: index });
      break;
    }
    case 'Enter':
    case ' ':
      // On a draft token: into the list of alternatives. A source token's own click locks it.
      if (row !== 'draft') return;
      target.value = { row, index };
      requestAnimationFrame(() => document.querySelector<HTMLElement>('.popover button')?.focus());
      break;
    default:
      return;
  }
  event.preventDefault();
  next?.focus();
}

/** Tab must reach a token even when the step has fewer of them than the one before. */
export function keepRovingReachable(sourceCount: number, draftCount: number): void {
  const { row, index } = roving.value;
  if (row === 'draft' && index >= draftCount)
    roving.value = draftCount > 0 ? { row, index: draftCount - 1 } : { row: 'source', index: 0 };
  else if (row === 'source' && index >= sourceCount)
    roving.value = { row: draftCount > 0 ? 'draft' : 'source', index: 0 };
}
