/** What the panel keeps over a reload of the window. Pure. */
import type { PanelOrigin, RunRequest, Substitution } from '../../protocol/panel';
import type { Trace } from '../../protocol/trace';
import type { Measure } from './confidence';
import type { Contender } from './side-runs';
import { initialState, type Layout, type PanelState } from './state';
import { without } from './without';

export interface SavedState {
  version: 1;
  request: RunRequest;
  origin?: PanelOrigin;
  shown?: RunRequest;
  runId?: string;
  trace?: Trace;
  file?: string;
  stepIndex: number;
  measure: Measure;
  digits: boolean;
  layout: Layout;
  locked: number[];
  substitutions: Substitution[];
  threshold?: number;
  comparison?: Contender;
  curve?: boolean;
}

/**
 * Beyond this size the trace itself is left out of the saved state: the panel then reopens
 * on its text and can run again.
 */
export const mostSavedCharacters = 4_000_000;

const smallTraces = new WeakMap<Trace, boolean>();
function isSmall(trace: Trace): boolean {
  let known = smallTraces.get(trace);
  if (known === undefined) smallTraces.set(trace, (known = JSON.stringify(trace).length <= mostSavedCharacters));
  return known;
}

export function save(state: PanelState): SavedState {
  const {
    request,
    origin,
    shown,
    runId,
    trace,
    file,
    stepIndex,
    measure,
    digits,
    layout,
    locked,
    substitutions,
    comparison,
    curve,
    threshold,
  } = state;
  const small: SavedState = {
    version: 1,
    request,
    stepIndex,
    measure,
    digits,
    layout,
    locked,
    substitutions,
    curve,
    ...(origin ? { origin } : {}),
    ...(comparison ? { comparison } : {}),
    ...(threshold === undefined ? {} : { threshold }),
  };
  if (!trace || !isSmall(trace)) return small;
  return { ...small, trace, ...(shown ? { shown } : {}), ...(runId ? { runId } : {}), ...(file ? { file } : {}) };
}

/** The host's `setState` gives back what `save` made, perhaps from another version of the extension. */
export function restore(saved: unknown, check: (value: unknown) => { trace: Trace } | { fault: string }): PanelState {
  if (typeof saved !== 'object' || saved === null || (saved as { version?: unknown }).version !== 1)
    return initialState;
  const { trace, runId, shown, file } = saved as SavedState;
  const base: PanelState = {
    ...initialState,
    ...without(saved as SavedState, 'version', 'trace', 'runId', 'shown', 'file'),
  };
  if (!trace || !('trace' in check(trace))) return { ...base, stepIndex: 0, substitutions: [] };
  return {
    ...base,
    trace,
    steps: trace.steps,
    phase: trace.stop === 'cancelled' ? 'cancelled' : 'done',
    stepIndex: Math.min(base.stepIndex, Math.max(0, trace.steps.length - 1)),
    follow: false,
    ...(runId ? { runId } : {}),
    ...(shown ? { shown } : {}),
    ...(file ? { file } : {}),
  };
}
