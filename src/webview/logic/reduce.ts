/** How each message and each action changes the panel's state. Pure, so that every rule is tested without a browser. */
import { keepsLocks } from '../../protocol/decoder-facts';
import type { HostMessage, RunRequest, Substitution } from '../../protocol/panel';
import type { DecoderOptionName } from '../../protocol/decoder-options';
import type { Trace } from '../../protocol/trace';
import { ancestorsOf, back, toggleDraftLock } from './branch';
import { budgetOf, canRunToTheEnd, withBudget, type Budget } from './budgets';
import type { Measure } from './confidence';
import { optionsFor, typedFor, withOption } from './options';
import { answered, answersFor, asked, swapped, type Contender } from './side-runs';
import type { Layout, PanelState } from './state';
import { readTrace } from './validate-trace';
import { without } from './without';
import { t } from '../l10n';

export type PanelEvent =
  | HostMessage
  | { type: 'select'; index: number }
  | { type: 'move'; by: number }
  | { type: 'play'; playing: boolean }
  | { type: 'tick' }
  | { type: 'edit'; change: Partial<RunRequest> }
  | { type: 'passes'; passes: Budget }
  /** A field of the decoder's options: the text of a number or a choice, or whether a box is checked. */
  | { type: 'option'; name: DecoderOptionName; entered: string | boolean }
  | { type: 'resetOptions' }
  | { type: 'measure'; measure: Measure }
  | { type: 'digits'; digits: boolean }
  | { type: 'layout'; layout: Layout }
  | { type: 'lock'; index: number }
  | { type: 'lockDraft'; position: number }
  | { type: 'back' }
  | { type: 'substituted'; substitution: Substitution }
  | { type: 'restoreTokens' }
  | { type: 'threshold'; threshold: number | undefined }
  | { type: 'compare'; contender: Contender | undefined }
  | { type: 'curve'; curve: boolean }
  | { type: 'expected'; text: string }
  | { type: 'sidesAsked'; runs: { key: string; request: RunRequest }[] }
  | { type: 'swap' }
  | { type: 'dismiss' };

const last = (state: PanelState) => Math.max(0, state.steps.length - 1);

function select(state: PanelState, index: number): PanelState {
  const stepIndex = Math.min(last(state), Math.max(0, index));
  return { ...state, stepIndex, follow: stepIndex === last(state) };
}

/**
 * Locks point into the source: they hold as long as the text is the same. Options hold as
 * long as the decoder reads them.
 */
function edit(state: PanelState, change: Partial<RunRequest>): PanelState {
  const request = { ...state.request, ...change };
  const changedText = request.text !== state.request.text;
  const next = {
    ...state,
    request,
    locked: changedText ? [] : state.locked,
    expected: changedText ? '' : state.expected,
  };
  return request.decoder === state.request.decoder
    ? next
    : { ...next, request: carried(state.request, request), typed: typedFor(request.decoder, state.typed) };
}

/** The form for another decoder. A budget for all slots at once means nothing to one that writes a token a pass. */
function carried({ decoder: former, options: { passes } }: RunRequest, request: RunRequest): RunRequest {
  const keepsPasses = passes !== undefined && (canRunToTheEnd(former) || !canRunToTheEnd(request.decoder));
  return {
    ...request,
    options: { ...optionsFor(request.decoder, request.options), ...(keepsPasses ? { passes } : {}) },
  };
}

function open(state: PanelState, trace: Trace): PanelState {
  const { steps } = trace;
  // A finished run gives the same steps again: a person who looks at one of them stays there.
  const stepIndex = state.follow
    ? Math.max(0, steps.length - 1)
    : Math.min(state.stepIndex, Math.max(0, steps.length - 1));
  return {
    ...without(state, 'failure'),
    trace,
    steps,
    stepIndex,
    phase: trace.stop === 'cancelled' ? 'cancelled' : 'done',
  };
}

function imported(state: PanelState, name: string, json: string): PanelState {
  const reading = readTrace(json);
  if ('fault' in reading)
    return { ...state, notice: { level: 'error', message: t('{0} was not opened. {1}', name, reading.fault) } };
  const { trace } = reading;
  const { passes } = trace.options;
  const options = without(
    { ...optionsFor(trace.system, trace.options), ...(passes === undefined ? {} : { passes }) },
    'lockedTokens',
  );
  const request: RunRequest = {
    text: trace.sourceText,
    task: trace.task,
    format: state.request.format,
    decoder: trace.system,
    options,
  };
  return open(
    {
      ...without(state, 'origin', 'runId', 'notice', 'applied'),
      request,
      typed: {},
      shown: request,
      file: name,
      locked: trace.options.lockedTokens ?? [],
      substitutions: [],
      draftLocks: [],
      ancestors: [],
      sides: {},
      follow: true,
      playing: false,
    },
    trace,
  );
}

function started(state: PanelState, runId: string, request: RunRequest): PanelState {
  return {
    ...without(state, 'trace', 'file', 'failure', 'notice', 'applied'),
    phase: 'running',
    runId,
    shown: request,
    steps: [],
    stepIndex: 0,
    follow: true,
    playing: false,
    substitutions: [],
    draftLocks: [],
    ancestors: ancestorsOf(state, request),
    // The host gives up what it has not answered yet, so only answers are kept.
    sides: answersFor(request, state.sides),
  };
}

export function reduce(state: PanelState, event: PanelEvent): PanelState {
  switch (event.type) {
    case 'init': {
      const fresh = {
        ...without(state, 'origin'),
        ...(event.replay ? { replay: true } : {}),
        ...(event.origin ? { origin: event.origin } : {}),
        ...(event.request ? { request: event.request, typed: {} } : {}),
      };
      return event.run ? { ...fresh, locked: [] } : fresh;
    }
    case 'decoders':
      return { ...state, decoders: event.decoders };
    case 'runStarted':
      return started(state, event.runId, event.request);
    case 'steps': {
      if (event.runId !== state.runId || state.phase !== 'running') return state;
      const steps = [...state.steps, ...event.steps];
      return { ...state, steps, stepIndex: state.follow ? steps.length - 1 : state.stepIndex };
    }
    case 'runFinished':
      return event.runId === state.runId ? open(state, event.trace) : state;
    case 'runFailed': {
      if (event.runId !== state.runId) return state;
      if (event.cancelled) return { ...state, phase: 'cancelled' };
      return { ...state, phase: 'failed', failure: event.message };
    }
    case 'imported':
      return imported(state, event.name, event.json);
    case 'applied':
      return { ...state, origin: event.origin, applied: true };
    case 'notice':
      return { ...state, notice: { level: event.level, message: event.message } };
    case 'select':
      return { ...select(state, event.index), playing: false };
    case 'move':
      return { ...select(state, state.stepIndex + event.by), playing: false };
    case 'play': {
      if (!event.playing || state.steps.length < 2) return { ...state, playing: false };
      // Play at the end starts over, as every player does.
      const restart = state.stepIndex === last(state);
      return { ...state, playing: true, follow: false, stepIndex: restart ? 0 : state.stepIndex };
    }
    case 'tick': {
      if (!state.playing) return state;
      const next = select(state, state.stepIndex + 1);
      return { ...next, playing: next.stepIndex < last(state) };
    }
    case 'edit':
      return edit(state, event.change);
    case 'passes':
      return { ...state, request: { ...state.request, options: withBudget(state.request.options, event.passes) } };
    case 'option': {
      const { options, typed } = withOption(
        state.request.options,
        state.typed,
        state.request.decoder,
        event.name,
        event.entered,
      );
      return { ...state, request: { ...state.request, options }, typed };
    }
    case 'resetOptions': {
      const { passes } = state.request.options;
      return { ...state, request: { ...state.request, options: passes === undefined ? {} : { passes } }, typed: {} };
    }
    case 'measure':
      return { ...state, measure: event.measure };
    case 'digits':
      return { ...state, digits: event.digits };
    case 'layout':
      return { ...state, layout: event.layout };
    case 'lock': {
      const locked = state.locked.includes(event.index)
        ? state.locked.filter((index) => index !== event.index)
        : [...state.locked, event.index].sort((left, right) => left - right);
      return { ...state, locked };
    }
    case 'lockDraft':
      return {
        ...state,
        draftLocks: toggleDraftLock(state.draftLocks, { step: state.stepIndex, position: event.position }),
      };
    case 'back':
      return back(state);
    case 'substituted': {
      const { step, position } = event.substitution;
      const others = state.substitutions.filter((one) => one.step !== step || one.position !== position);
      return { ...without(state, 'applied'), playing: false, substitutions: [...others, event.substitution] };
    }
    case 'restoreTokens':
      return { ...state, substitutions: state.substitutions.filter((one) => one.step !== state.stepIndex) };
    case 'threshold':
      return event.threshold === undefined ? without(state, 'threshold') : { ...state, threshold: event.threshold };
    case 'compare':
      return event.contender ? { ...state, comparison: event.contender } : without(state, 'comparison');
    case 'curve':
      return { ...state, curve: event.curve };
    case 'expected':
      return { ...state, expected: event.text };
    case 'sidesAsked':
      return asked(state, event.runs);
    case 'sideRun':
      return answered(state, event.key, {
        request: event.request,
        ...(event.trace ? { trace: event.trace } : {}),
        ...(event.failure === undefined ? {} : { failure: event.failure }),
      });
    case 'swap':
      return swapped(state);
    case 'dismiss':
      return without(state, 'notice');
  }
}

/** The request for "Run again": the form with the locks that its decoder keeps, without a draft. */
export function requestToRun({ request, locked }: PanelState): RunRequest {
  const { decoder, options } = request;
  const chosen = withBudget(without(optionsFor(decoder, options), 'lockedTokens'), budgetOf(decoder, options));
  return {
    ...request,
    options: locked.length > 0 && keepsLocks(decoder) ? { ...chosen, lockedTokens: locked } : chosen,
  };
}
