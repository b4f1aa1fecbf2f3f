/**
 * What the person points at: shared by both token rows, the popover and the connectors. Not part of the saved state.
 */
import { signal } from '@preact/signals';

export type Row = 'source' | 'draft';
export interface Target {
  row: Row;
  index: number;
}

/** The token whose details are open. */
export const target = signal<Target | undefined>(undefined);
/** The source token under the pointer or the focus; everything linked to it lights up. */
export const linkedSource = signal<number | undefined>(undefined);
/** The one token that Tab reaches; arrows move it. */
export const roving = signal<Target>({ row: 'draft', index: 0 });

let closing: ReturnType<typeof setTimeout> | undefined;

export function open(next: Target, source: number | undefined): void {
  clearTimeout(closing);
  target.value = next;
  linkedSource.value = source;
}

/** Leaves time to move the pointer from the token into its popover (WCAG 1.4.13, hoverable). */
export function closeSoon(): void {
  clearTimeout(closing);
  closing = setTimeout(close, 180);
}

export const keepOpen = (): void => clearTimeout(closing);

export function close(): void {
  clearTimeout(closing);
  target.value = undefined;
  linkedSource.value = undefined;
}

export const elementOf = ({ row, index }: Target): HTMLElement | null =>
  document.querySelector<HTMLElement>(`[data-row="${row}"][data-index="${index}"]`);
