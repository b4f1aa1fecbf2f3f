/** Runs beside the shown one: which ones the panel wants, and which it still has to ask for. Pure. */
import { decoderFor, inRounds, watchedDecoder } from '../../protocol/decoder-facts';
import type { RunRequest } from '../../protocol/panel';
import type { DecoderName, Trace } from '../../protocol/trace';
import { budgetOf, canRunToTheEnd, curvePoints, usualPasses, withBudget, type Budget } from './budgets';
import { optionsFor } from './options';
import type { PanelState } from './state';

/**
 * What differs from one side run to the next; text, task, and what the decoder reads of locks and other
 * options are the shown run's.
 */
export interface Contender {
  decoder: DecoderName;
  passes: Budget;
}

export interface SideRun {
  request: RunRequest;
  /** Neither this nor a failure: asked for, not answered yet. */
  trace?: Trace;
  failure?: string;
}

export const keyOf = ({ decoder, passes }: Contender): string => `${decoder}/${passes}`;

export const contenderOf = ({ decoder, options }: RunRequest): Contender => ({
  decoder,
  passes: budgetOf(decoder, options),
});

/**
 * The first thing to compare with, which is another run than the shown one: for a method of one round one that refines;
 * for one that refines the same with one round or with many, or for a correction in rounds the one in one round; for
 * one that writes from left to right all words at once.
 * @param decoders what the model can run; all when nobody knows
 */
export function firstContender(shown: RunRequest, decoders?: readonly DecoderName[]): Contender {
  const { decoder, passes } = contenderOf(shown);
  const can = (name: DecoderName): boolean => name !== decoder && (decoders?.includes(name) ?? true);
  const refining = watchedDecoder(shown.task);
  const atOnce = decoderFor('fix');
  if (decoder === watchedDecoder('fix') && can(atOnce)) return { decoder: atOnce, passes: 1 };
  if ((inRounds(decoder) || passes === 'end') && can(refining)) return { decoder: refining, passes: usualPasses };
  if (canRunToTheEnd(decoder) && passes !== 'end') return { decoder, passes: 'end' };
  return { decoder, passes: passes === 11 ? 1 : 11 };
}

/**
 * The shown run's request with another decoder and budget. A draft belongs to one decoder's step, so it stays behind.
 */
export function requestFor(shown: RunRequest, { decoder, passes }: Contender): RunRequest {
  return { ...shown, decoder, options: withBudget(optionsFor(decoder, shown.options), passes) };
}

/** Two requests for the same run, whatever order their options were chosen in. */
export function sameRequest(one: RunRequest, other: RunRequest): boolean {
  const inOrder = ({ options, ...rest }: RunRequest) =>
    JSON.stringify([Object.entries(rest).sort(), Object.entries(options).sort()]);
  return inOrder(one) === inOrder(other);
}

/** The answers that also hold beside another shown run: what would be asked for there is what was asked for. */
export function answersFor(shown: RunRequest, sides: Record<string, SideRun>): Record<string, SideRun> {
  return Object.fromEntries(
    Object.entries(sides).filter(
      ([, { request, trace }]) => trace && sameRequest(request, requestFor(shown, contenderOf(request))),
    ),
  );
}

/** The side runs that the open parts of the panel need. */
export function wantedContenders({ comparison, curve, shown }: PanelState): Contender[] {
  if (!shown) return [];
  // The shown run is a point of the curve already, unless it went on from a draft.
  const known = shown.options.draft ? undefined : keyOf(contenderOf(shown));
  const points = curve
    ? curvePoints(shown.decoder)
        .map((passes) => ({ decoder: shown.decoder, passes }))
        .filter((point) => keyOf(point) !== known)
    : [];
  return [...(comparison ? [comparison] : []), ...points];
}

/**
 * Those among them that nobody has asked for yet. While the main run goes on nothing is asked: its time would suffer.
 */
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
  return {
    ...state,
    sides: { ...state.sides, ...Object.fromEntries(runs.map(({ key, request }) => [key, { request }])) },
  };
}

/** Takes an answer; one that nobody waits for any more is dropped. */
export function answered(state: PanelState, key: string, run: SideRun): PanelState {
  const waiting = state.sides[key];
  if (!waiting || !sameRequest(waiting.request, run.request)) return state;
  return { ...state, sides: { ...state.sides, [key]: run } };
}

/**
 * Brings the other side of the comparison into the middle, where every token can be looked into;
 * the shown run takes its place.
 */
export function swapped(state: PanelState): PanelState {
  const { comparison, shown, trace } = state;
  const side = comparison && state.sides[keyOf(comparison)];
  if (!side?.trace || !shown || !trace) return state;
  const former = contenderOf(shown);
  return {
    ...state,
    trace: side.trace,
    steps: side.trace.steps,
    stepIndex: Math.max(0, side.trace.steps.length - 1),
    follow: true,
    playing: false,
    substitutions: [],
    draftLocks: [],
    shown: side.request,
    request: { ...state.request, decoder: side.request.decoder, options: side.request.options },
    typed: {},
    comparison: former,
    sides: { ...state.sides, [keyOf(former)]: { request: requestFor(shown, former), trace } },
  };
}

/**
 * The step of the other run to look at beside step `index` of this one: the last that has spent no more forward passes,
 * and the last of all at the end. Passes are what both sides pay, so the same number is a fair moment to compare.
 */
export function stepBeside(steps: Trace['steps'], index: number, others: Trace['steps']): number {
  if (index >= steps.length - 1) return Math.max(0, others.length - 1);
  const passes = steps[index]?.passes ?? 0;
  return Math.max(
    0,
    others.findLastIndex((step) => step.passes <= passes),
  );
}
