/** Step keys for the whole page. Keys that a focused control uses itself are never taken from it. */
import { state, dispatch } from './store';

/**
 * Controls with arrow or letter keys of their own; tokens, timeline and popover handle theirs
 * and say so with data-own-keys.
 */
const ownKeys = 'input, textarea, select, [contenteditable], [data-own-keys]';

export function listenForKeys(): void {
  window.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const element = event.target instanceof Element ? event.target : undefined;
    if (element?.closest(ownKeys) || state.value.steps.length === 0) return;
    // Space presses a focused button or opens a focused summary.
    if (event.key === ' ' && element?.closest('button, summary, a')) return;
    const steps = state.value.steps.length;
    switch (event.key) {
      case 'ArrowLeft':
        dispatch({ type: 'move', by: -1 });
        break;
      case 'ArrowRight':
        dispatch({ type: 'move', by: 1 });
        break;
      case 'Home':
        dispatch({ type: 'select', index: 0 });
        break;
      case 'End':
        dispatch({ type: 'select', index: steps - 1 });
        break;
      case ' ':
        dispatch({ type: 'play', playing: !state.value.playing });
        break;
      default:
        return;
    }
    event.preventDefault();
  });
}
