/**
 * The one signal that holds the panel's state, and what is worked out from it. Components
 * read these and dispatch events.
 */
import { keepsLocks } from '../protocol/decoder-facts';
import { computed, effect, signal } from '@preact/signals';
import { alignColumns, groupWords, sharedTokens } from './logic/alignment';
import { stepDifference } from './logic/difference';
import { branchRequest } from './logic/branch';
import { draftText, substituted } from './logic/draft-text';
import { latestDurations, noDurations } from './logic/durations';
import { describeStep } from './logic/format';
import { historyAt, oldestOf } from './logic/history';
import { markOf, type Mark } from './logic/measures';
import { reduce, requestToRun, type PanelEvent } from './logic/reduce';
import { fieldsOf } from './logic/options';
import { missingSideRuns } from './logic/side-runs';
import { initialState, sourceOf, type PanelState } from './logic/state';
import type { Alternative, TraceToken } from '../protocol/trace';
import { post } from './host';
import { t } from './l10n';

export const state = signal<PanelState>(initialState);
export const dispatch = (event: PanelEvent): void => {
  state.value = reduce(state.value, event);
};

/** Words and figures of the field (decoder, pass, entropy) in the place of a writer's (method, round). */
export const fieldTerms = signal(false);

export const steps = computed(() => state.value.steps);
/** Enough of them that what has a column or a row for each is drawn only where somebody looks. */
export const manySteps = computed(() => steps.value.length > 24);
const shownTrace = computed(() => state.value.trace);
const stepIndex = computed(() => state.value.stepIndex);
// One field each, so that a token is drawn again only when something that it shows has changed.
export const locked = computed(() => state.value.locked);
export const measure = computed(() => state.value.measure);
export const digits = computed(() => state.value.digits);
const substitutions = computed(() => state.value.substitutions);
const allDraftLocks = computed(() => state.value.draftLocks);

export const currentStep = computed(() => steps.value[stepIndex.value]);
export const source = computed(() => sourceOf(state.value));
/** The current draft with the person's own choices in place. */
export const tokens = computed<TraceToken[]>(() => {
  const step = currentStep.value;
  return step ? substituted(step, stepIndex.value, substitutions.value) : [];
});
export const chosenPositions = computed(
  () => new Set(substitutions.value.filter((one) => one.step === stepIndex.value).map((one) => one.position)),
);
export const difference = computed(() => stepDifference(steps.value, stepIndex.value));
/** Tokens of a step never change, so what is worked out from them is kept as long as they are. */
function remembering<T extends object, R>(work: (tokens: T) => R): (tokens: T) => R {
  const known = new WeakMap<T, R>();
  return (key) => {
    if (!known.has(key)) known.set(key, work(key));
    return known.get(key)!;
  };
}
const alignment = computed(() => {
  const list = source.value;
  return {
    columns: remembering((draft: TraceToken[]) => alignColumns(list.length, draft)),
    links: remembering((draft: TraceToken[]) => sharedTokens(list, draft)),
  };
});
/**
 * Source above draft, where every step of the run follows the order of the source: a run that changed its
 * layout on the way would jump.
 */
export const words = computed(() => {
  const { columns } = alignment.value;
  const shown = columns(tokens.value);
  return shown && steps.value.every((step) => columns(step.tokens))
    ? groupWords(shown, source.value, tokens.value)
    : undefined;
});
export const alignable = computed(() => words.value !== undefined);
/** For each draft token the source token that it shares, for highlights and connectors. */
export const links = computed(() => alignment.value.links(tokens.value));

type Operations = ReadonlyMap<number, NonNullable<TraceToken['operation']>>;
const noOperations: Operations = new Map();
const operationsOfSteps = computed(() => {
  let latest = noOperations;
  return steps.value.map((step) => {
    const read = step.tokens.flatMap(({ operation, sourceIndex }) =>
      operation && sourceIndex !== undefined ? [[sourceIndex, operation] as const] : [],
    );
    if (read.length > 0) latest = new Map([...latest, ...read]);
    return latest;
  });
});
/** The latest keep, delete, generate probabilities of each source token, up to the current step. */
export const operations = computed(() => operationsOfSteps.value[stepIndex.value] ?? noOperations);

const durationsOfSteps = computed(() => latestDurations(steps.value));
/** The latest counts of target tokens that each source token owns, up to the current step. */
export const durations = computed(() => durationsOfSteps.value[stepIndex.value] ?? noDurations);

/**
 * How often the tokens of the shown draft changed and how old they are; only worked out for the measures that need it.
 */
const history = computed(() =>
  measure.value === 'changes' || measure.value === 'age' ? historyAt(steps.value, stepIndex.value) : undefined,
);
const oldest = computed(() => oldestOf(history.value ?? []));

/**
 * Colour, digit and words of a draft token under the measure that the person chose; asked
 * only for tokens that are drawn.
 */
export const markAt = computed(() => {
  const chosen = measure.value,
    shown = history.value,
    most = oldest.value;
  return (token: TraceToken, position: number): Mark | undefined => markOf(token, chosen, shown?.[position], most);
});

/** The text to copy or apply: the run's own output, or the edited draft where the person chose tokens in this step. */
export const output = computed(() => {
  const trace = shownTrace.value;
  if (!trace) return undefined;
  const edited = chosenPositions.value.size > 0;
  const lastDraft = trace.steps.at(-1)?.tokens ?? [];
  // Edit decoders show every proposal; those below the confidence that a correction needs do not enter the output.
  const heldBack =
    trace.source.length > 0 &&
    alignColumns(trace.source.length, lastDraft) !== undefined &&
    draftText(trace.sourceText, trace.source, lastDraft) !== trace.output;
  return {
    text: edited ? draftText(trace.sourceText, trace.source, tokens.value) : trace.output,
    edited,
    heldBack: heldBack && !edited,
  };
});

export const announcement = computed(() => {
  const { phase, trace, playing } = state.value;
  const step = currentStep.value;
  // Steps that stream in would talk over each other: only their end is told.
  if (phase === 'running' || !step) return '';
  const told = describeStep(step, stepIndex.value, steps.value.length, difference.value.changed);
  return !playing && trace && stepIndex.value === steps.value.length - 1
    ? t('{0} Output: {1}', told, trace.output)
    : told;
});

// The form's own fields: a step that passes by must not draw the options again.
const request = computed(() => state.value.request);
const typed = computed(() => state.value.typed);
/** The fields of the form's options, for the decoder that is chosen there. */
export const optionFields = computed(() => fieldsOf(request.value.decoder, request.value.options, typed.value));
export const wrongOptions = computed(() => optionFields.value.filter(({ problem }) => problem !== undefined));
/** The form's options are unfolded. Not saved: a reload starts tidy. */
export const optionsOpen = signal(false);
/** The next run's decoder keeps locked source tokens. */
export const locksKept = computed(() => keepsLocks(request.value.decoder));

/** Runs the form; where an option is wrong, leads to it instead. */
export function run(): void {
  const [wrong] = wrongOptions.value;
  if (wrong) {
    optionsOpen.value = true;
    requestAnimationFrame(() => document.getElementById(`option-${wrong.name}`)?.focus());
  } else if (state.value.request.text.trim() !== '') post({ type: 'run', request: requestToRun(state.value) });
}

/** Positions of the shown draft that the person locked. */
export const draftLocks = computed(
  () => new Set(allDraftLocks.value.filter(({ step }) => step === stepIndex.value).map(({ position }) => position)),
);
/**
 * What "Refine from this step" would run; undefined where the decoder cannot go on from a draft
 * or nothing is there to refine.
 */
export const refinement = computed(() => branchRequest(state.value, tokens.value, links.value));

/** A draft token that a lock would keep in a run from this step. */
export const lockable = ({ state: kind }: TraceToken): boolean =>
  refinement.value !== undefined && kind !== 'masked' && kind !== 'deleted';

/** Puts an alternative into the draft at once; the host then refines from it where the decoder can. */
export function substitute(position: number, alternative: Alternative): void {
  const { shown, request } = state.value;
  const substitution = { step: stepIndex.value, position, id: alternative.id, text: alternative.text };
  dispatch({ type: 'substituted', substitution });
  // A trace from a file may come from another model, whose token ids mean nothing here: the choice stays
  // in the draft that is shown.
  if (state.value.file !== undefined) return;
  post({ type: 'substitute', request: refinement.value ?? shown ?? request, substitution });
}

export function refine(): void {
  if (refinement.value) post({ type: 'run', request: refinement.value });
}

/** Asks for the side runs that an open comparison or curve needs, once each. */
effect(() => {
  const runs = missingSideRuns(state.value);
  if (runs.length === 0) return;
  queueMicrotask(() => {
    dispatch({ type: 'sidesAsked', runs });
    for (const { key, request } of runs) post({ type: 'sideRun', key, request });
  });
});
