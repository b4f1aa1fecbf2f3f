/** Runs beside the shown one: which ones the panel wants, and which it still has to ask for. Pure. */
import type { RunRequest } from '../../protocol/panel';
import type { DecoderName, Trace } from '../../protocol/trace';
import type { PanelState } from './state';
import { usualPasses } from './state';

/** What differs from one side run to the next; text, task, locks and all other options are the shown run's. */
export interface Contender {
  decoder: DecoderName;
  passes: number;
}

export interface SideRun {
  request: RunRequest;
  /** Neither this nor a failure: asked for, not answered yet. */
  trace?: Trace;
  failure?: string;
}

export const keyOf = ({ decoder, passes }: Contender): string => `${decoder}/${passes}`;

export const contenderOf = (request: RunRequest): Contender => ({ decoder: request.decoder, passes: request.options.passes ?? usualPasses });

/** The shown run's request with another decoder and budget. A draft belongs to one decoder's step, so it stays behind. */
export function requestFor(shown: RunRequest, { decoder, passes }: Contender): RunRequest {
  const options = { ...shown.options, passes };
  delete options.draft;
  delete options.lockedDraft;
  return { ...shown, decoder, options };
}

/** Two requests that differ in nothing but decoder and budget: their runs can stand side by side. */
export function sameInput(one: RunRequest | undefined, other: RunRequest | undefined): boolean {
  if (!one || !other) return false;
  const input = (request: RunRequest) => JSON.stringify(requestFor(request, { decoder: 'levenshtein', passes: 1 }));
  return input(one) === input(other);
}

/** Budgets of the iteration curves that the papers and our bench report. */
export const curveBudgets = [1, 2, 5, 11] as const;

/** The side runs that the open parts of the panel need. */
export function wantedContenders({ comparison, curve, shown }: PanelState): Contender[] {
  if (!shown) return [];
  // The shown run is a point of the curve already, unless it went on from a draft.
  const known = shown.options.draft ? undefined : keyOf(contenderOf(shown));
  const points = curve ? curveBudgets.map((passes) => ({ decoder: shown.decoder, passes })).filter((point) => keyOf(point) !== known) : [];
  return [...(comparison ? [comparison] : []), ...points];
}

/** Those among them that nobody has asked for yet. While the main run goes on nothing is asked: its time would suffer. */
export function missingSideRuns(state: PanelState): { key: string; request: RunRequest }[] {
  const { shown, phase, sides } = state;
  if (!shown || phase === 'running' || phase === 'empty' || !state.trace) return [];
  const missing = new Map<string, RunRequest>();
  for (const contender of wantedContenders(state)) {
    const key = keyOf(contender);
    if (!sides[key]) missing.set(key, requestFor(shown, contender));
  }
  return [...missing].map(([key, request]) => ({ key, request }));
}

/** Notes that side runs were asked for. */
export function asked(state: PanelState, runs: readonly { key: string; request: RunRequest }[]): PanelState {
  return { ...state, sides: { ...state.sides, ...Object.fromEntries(runs.map(({ key, request }) => [key, { request }])) } };
}

/** Takes an answer; one that nobody waits for any more is dropped. */
export function answered(state: PanelState, key: string, run: SideRun): PanelState {
  const waiting = state.sides[key];
  if (!waiting || !sameInput(waiting.request, run.request)) return state;
  return { ...state, sides: { ...state.sides, [key]: run } };
}

/** Brings the other side of the comparison into the middle, where every token can be looked into; the shown run takes its place. */
export function swapped(state: PanelState): PanelState {
  const { comparison, shown, trace } = state;
  const side = comparison && state.sides[keyOf(comparison)];
  if (!side?.trace || !shown || !trace) return state;
  const former = contenderOf(shown);
  return {
    ...state, trace: side.trace, steps: side.trace.steps, stepIndex: Math.max(0, side.trace.steps.length - 1), follow: true, playing: false,
    substitutions: [], draftLocks: [], shown: side.request, request: { ...state.request, decoder: side.request.decoder, options: side.request.options },
    comparison: former, sides: { ...state.sides, [keyOf(former)]: { request: requestFor(shown, former), trace } },
  };
}

/**
 * The step of the other run to look at beside step `index` of this one: the last that has spent no more forward passes, and the
 * last of all at the end. Passes are what both sides pay, so the same number is a fair moment to compare.
 */
export function stepBeside(steps: Trace['steps'], index: number, others: Trace['steps']): number {
  if (index >= steps.length - 1) return Math.max(0, others.length - 1);
  const passes = steps[index]?.passes ?? 0;
  return Math.max(0, others.findLastIndex((step) => step.passes <= passes));
}
