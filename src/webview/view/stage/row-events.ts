/**
 * Pointer and focus on the tokens, listened to once for both rows, and their marks, set on the elements: no
 * token is drawn again for them.
 */
import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import { effect } from '@preact/signals';
import { closeSoon, elementOf, linkedSource, open, roving, target, type Row, type Target } from '../../pointer';
import { canLock } from '../../row-data';
import { dispatch, links, locked, locksKept, source } from '../../store';

const tokenOf = (node: EventTarget | null): HTMLElement | null =>
  node instanceof Element ? node.closest<HTMLElement>('[data-row]') : null;
const placeOf = (element: HTMLElement): Target => ({
  row: element.dataset['row'] as Row,
  index: Number(element.dataset['index']),
});
const sourceAt = ({ row, index }: Target): number | undefined => (row === 'source' ? index : links.value[index]);

function entered(event: MouseEvent): void {
  const token = tokenOf(event.target);
  if (!token || token === tokenOf(event.relatedTarget)) return;
  const place = placeOf(token);
  open(place, sourceAt(place));
}

function left(event: MouseEvent): void {
  const token = tokenOf(event.target);
  if (token && token !== tokenOf(event.relatedTarget)) closeSoon();
}

function focused(event: FocusEvent): void {
  const token = tokenOf(event.target);
  if (!token) return;
  const place = placeOf(token);
  roving.value = place;
  open(place, sourceAt(place));
}

function blurred(event: FocusEvent): void {
  const token = tokenOf(event.target);
  if (token && target.value?.row === placeOf(token).row) closeSoon();
}

function clicked(event: MouseEvent): void {
  const token = tokenOf(event.target);
  if (!token) return;
  const { row, index } = placeOf(token);
  const at = row === 'source' ? source.value[index] : undefined;
  if (at && canLock(at, locked.value.includes(index), locksKept.value)) dispatch({ type: 'lock', index });
}

export const rowEvents = {
  onMouseOver: entered,
  onMouseOut: left,
  onFocusIn: focused,
  onFocusOut: blurred,
  onClick: clicked,
};

/**
 * The elements that carry a mark now; a search of hundreds of tokens in every step would cost
 * more than all the rest of it.
 */
const marked = new Map<string, readonly Element[]>();

/** Sets `name` to `value` on exactly these elements; takes it away, or back to `otherwise`, on those that had it. */
function markOnly(name: string, value: string, elements: readonly (Element | null)[], otherwise?: string): void {
  const now = elements.filter((element) => element !== null);
  for (const element of marked.get(name) ?? []) {
    if (now.includes(element)) continue;
    if (otherwise === undefined) element.removeAttribute(name);
    else element.setAttribute(name, otherwise);
  }
  for (const element of now) element.setAttribute(name, value);
  marked.set(name, now);
}

function mark(container: Element): void {
  const at = target.value,
    linked = linkedSource.value;
  markOnly(
    'data-linked',
    'true',
    linked === undefined ? [] : [...container.querySelectorAll(`[data-source="${linked}"]`)],
  );
  markOnly('aria-expanded', 'true', at?.row === 'draft' ? [elementOf(at)] : []);
  markOnly('tabindex', '0', [elementOf(roving.value)], '-1');
}

/**
 * Follows the signals, and `drawn`. Returns what sets the marks anew, for tokens that are drawn later: new
 * elements come without marks.
 */
export function usePointerMarks(container: RefObject<HTMLElement>, drawn: unknown): () => void {
  const markAgain = () => {
    if (container.current) mark(container.current);
  };
  useLayoutEffect(() => effect(markAgain), []);
  useLayoutEffect(markAgain, [drawn]);
  return markAgain;
}
