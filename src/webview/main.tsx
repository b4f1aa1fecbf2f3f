/** Entry of the Refinement Visualizer's page: restores the saved state, listens to the host, draws the app. */
import { effect } from '@preact/signals';
import { render } from 'preact';
import { isHostMessage } from '../protocol/panel';
import { post, savedState, saveState } from './host';
import { listenForKeys } from './keys';
import { restore, save } from './logic/saved-state';
import { checkTrace } from './logic/validate-trace';
import { dispatch, state } from './store';
import { followTheme } from './theme';
import { App } from './view/app';
import './styles/base.css';
import './styles/controls.css';
import './styles/tokens.css';
import './styles/popover.css';
import './styles/timeline.css';
import './styles/results.css';
import './styles/compare.css';
import './styles/fixes.css';
import './styles/curve.css';
import './styles/lattice.css';
import './styles/options.css';

followTheme();
const saved = savedState();
state.value = restore(saved, checkTrace);
render(<App />, document.getElementById('app')!);
listenForKeys();

let saving: ReturnType<typeof setTimeout> | undefined;
function saveNow(): void {
  clearTimeout(saving);
  saving = undefined;
  saveState(save(state.value));
}
effect(() => {
  const { phase } = state.value;
  clearTimeout(saving);
  // A run in progress is kept by the host, which sends it again; half a run is not worth saving.
  saving = phase === 'running' ? undefined : setTimeout(saveNow, 250);
});
// A reload does not wait for the timer.
window.addEventListener('pagehide', () => {
  if (saving !== undefined) saveNow();
});

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (isHostMessage(data)) dispatch(data);
});
const { trace, runId } = state.value;
post({ type: 'ready', restored: saved !== undefined, ...(trace && runId ? { runId } : {}) });
