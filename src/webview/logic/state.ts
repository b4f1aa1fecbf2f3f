/** Everything the panel shows, as one value. What happens to it is in reduce.ts. */
import { watchedDecoder } from '../../protocol/decoder-facts';
import type { PanelOrigin, RunRequest, Substitution } from '../../protocol/panel';
import type { DecoderName, SourceToken, Step, Trace } from '../../protocol/trace';
import type { Ancestor, DraftPlace } from './branch';
import type { Measure } from './confidence';
import type { TypedOptions } from './options';
import type { Contender, SideRun } from './side-runs';

export type Phase = 'empty' | 'running' | 'done' | 'failed' | 'cancelled';
export type Layout = 'aligned' | 'reading';

export interface Notice {
  level: 'information' | 'warning' | 'error';
  message: string;
}

export interface PanelState {
  phase: Phase;
  /** The form: what "Run again" would run. */
  request: RunRequest;
  /**
   * What stands in the number fields of the form's options, word for word; `request.options`
   * holds those that are numbers.
   */
  typed: TypedOptions;
  /** The run that is shown; the form may have changed since. */
  shown?: RunRequest;
  runId?: string;
  origin?: PanelOrigin;
  /** The shown output stands in the editor now. */
  applied?: boolean;
  steps: Step[];
  /** Present once the run is over, or for an opened file. */
  trace?: Trace;
  /** A page of its own, outside of VS Code: nothing can be run, applied or opened. */
  replay?: boolean;
  /** Name of the opened file, when the trace was not run here. */
  file?: string;
  stepIndex: number;
  /** Stay on the newest step while a run goes on; any step that the person chooses ends it. */
  follow: boolean;
  playing: boolean;
  measure: Measure;
  digits: boolean;
  layout: Layout;
  /** Source token indices that no step may delete or replace. */
  locked: number[];
  substitutions: Substitution[];
  /** Draft tokens that "Refine from this step" keeps, each in its own step. */
  draftLocks: DraftPlace[];
  /** The runs that this one branched off from, the latest last. Not saved: a reload keeps what is shown. */
  ancestors: Ancestor[];
  /** Least confidence at which a fix counts as offered; absent: the model's own thresholds. */
  threshold?: number;
  /** What the shown run is compared with. */
  comparison?: Contender;
  /** The curve over pass budgets is open. */
  curve: boolean;
  /** What the text should become, where the person knows it: the curve then shows real agreement. */
  expected: string;
  /** Runs beside the shown one, by decoder and budget. */
  sides: Record<string, SideRun>;
  /** What the loaded model can run; absent: not known yet. */
  decoders?: DecoderName[];
  notice?: Notice;
  failure?: string;
}

export const initialState: PanelState = {
  phase: 'empty',
  request: { text: '', task: 'fix', format: 'markdown', decoder: watchedDecoder('fix'), options: {} },
  typed: {},
  steps: [],
  stepIndex: 0,
  follow: true,
  playing: false,
  measure: 'confidence',
  digits: false,
  layout: 'aligned',
  locked: [],
  substitutions: [],
  draftLocks: [],
  ancestors: [],
  curve: false,
  expected: '',
  sides: {},
};

/**
 * The source tokens: the trace's own, or, while the run still goes on, those that the first step read.
 * Offsets are only known from the trace, so live ones are zero and must not be used for edits.
 */
export function sourceOf(state: PanelState): SourceToken[] {
  if (state.trace) return state.trace.source;
  const tokens = state.steps[0]?.tokens ?? [];
  const source: SourceToken[] = [];
  for (const { sourceIndex, id, text, state: kind } of tokens) {
    if (sourceIndex === undefined || kind === 'new' || kind === 'inserted' || kind === 'changed' || kind === 'masked')
      continue;
    source[sourceIndex] = { id, text, start: 0, end: 0 };
  }
  return Array.from(source, (token) => token ?? { id: -1, text: '', start: 0, end: 0 });
}
