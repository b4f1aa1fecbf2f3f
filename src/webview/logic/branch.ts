/** Going on from a step of a run: what stays, what is opened again, and the way back to the run before. Pure. */
import { decoderRecords } from '../../protocol/decoders';
import { keepsLocks } from '../../protocol/decoder-facts';
import type { DraftUse } from '../../protocol/decoder-record';
import type { RunRequest } from '../../protocol/panel';
import type { SourceToken, Trace, TraceToken } from '../../protocol/trace';
import { sureness } from './confidence';
import { sourceOf, type PanelState } from './state';

/** A token of a draft: index into the trace's steps, index into that step's tokens. */
export interface DraftPlace {
  step: number;
  position: number;
}

/** A run that another one branched off from, as it was looked at. */
export interface Ancestor {
  trace: Trace;
  shown: RunRequest;
  stepIndex: number;
}

/** `<mask>`, an open slot (docs/model-format.md, special tokens). */
const maskId = 1;
/** Predicted tokens below this confidence are opened again; what the network was sure of stays. */
export const sureEnough = 0.8;
const mostAncestors = 8;

export interface GivenDraft {
  draft: number[];
  /** Positions of `draft` that no step may change. */
  lockedDraft: number[];
}

/**
 * What to hand to the decoder. Struck-through tokens are left out. slots: the kept ones and what the network was sure
 * of stand, the rest are slots again; where all are sure, the neighbours of the kept ones are opened, so that the text
 * can adapt, and without kept ones everything. edits: a change without a kept token is taken back, because the decoder
 * will weigh it again. prefix: the text up to the last kept token, or to the first that the network was unsure of.
 */
export function draftToRefine(tokens: readonly TraceToken[], kept: ReadonlySet<number>, use: DraftUse): GivenDraft {
  const there =
    use === 'edits'
      ? undecidedTakenBack(tokens, kept)
      : tokens.flatMap((token, position) =>
          token.state === 'deleted' || (use === 'whole' && token.state === 'masked') ? [] : [position],
        );
  const open =
    use === 'slots' ? opened(tokens, kept) : use === 'prefix' ? behindPrefix(tokens, kept) : new Set<number>();
  return {
    draft: there.map((position) => (open.has(position) ? maskId : tokens[position]!.id)),
    lockedDraft: there.flatMap((position, index) => (kept.has(position) && !open.has(position) ? [index] : [])),
  };
}

/**
 * Positions that remain: of each change (struck tokens and what was written for them) the new tokens if one of
 * them is kept, else the old ones.
 */
function undecidedTakenBack(tokens: readonly TraceToken[], kept: ReadonlySet<number>): number[] {
  const stands = ({ state }: TraceToken) => state === 'kept' || state === 'given';
  const remaining: number[] = [];
  for (let start = 0; start < tokens.length; ) {
    if (stands(tokens[start]!)) {
      remaining.push(start++);
      continue;
    }
    let end = start;
    while (end < tokens.length && !stands(tokens[end]!)) end++;
    const change = Array.from({ length: end - start }, (_, offset) => start + offset);
    const decided = change.some((position) => kept.has(position));
    // A struck token without text is a slot that was not needed, no word of the source.
    remaining.push(
      ...change.filter((position) =>
        tokens[position]!.state === 'deleted'
          ? !decided && tokens[position]!.text !== ''
          : decided && tokens[position]!.state !== 'masked',
      ),
    );
    start = end;
  }
  return remaining;
}

function opened(tokens: readonly TraceToken[], kept: ReadonlySet<number>): Set<number> {
  const free = tokens.flatMap((token, position) =>
    !kept.has(position) && sureness(token, 'confidence') !== undefined ? [position] : [],
  );
  const slots = tokens.some(({ state }) => state === 'masked');
  const unsure = free.filter((position) => sureness(tokens[position]!, 'confidence')! < sureEnough);
  if (unsure.length > 0 || slots) return new Set(unsure);
  return new Set(kept.size === 0 ? free : free.filter((position) => kept.has(position - 1) || kept.has(position + 1)));
}

function behindPrefix(tokens: readonly TraceToken[], kept: ReadonlySet<number>): Set<number> {
  const unsure = tokens.findIndex((token) => (sureness(token, 'confidence') ?? 1) < sureEnough);
  const end = kept.size > 0 ? Math.max(...kept) + 1 : Math.max(0, unsure);
  return new Set(tokens.flatMap((_, position) => (position >= end ? [position] : [])));
}

/** @param links for each draft token the source token that it shares */
export function branchRequest(
  state: PanelState,
  tokens: readonly TraceToken[],
  links: readonly (number | undefined)[],
): RunRequest | undefined {
  const { shown, stepIndex, steps, file } = state;
  const use = steps[stepIndex] && decoderRecords[steps[stepIndex].system].draft;
  // A trace from a file may come from another model, whose token ids mean nothing here.
  if (!shown || !use || file !== undefined) return undefined;
  // What "encode" shows is the source: a decoder that writes a text of its own has no draft there yet.
  if (use !== 'whole' && use !== 'edits' && steps[stepIndex]!.action === 'encode') return undefined;
  const here = (list: readonly DraftPlace[]) =>
    list.filter(({ step }) => step === stepIndex).map(({ position }) => position);
  const kept = new Set([...here(state.substitutions), ...here(state.draftLocks)]);
  const { draft, lockedDraft } = draftToRefine(tokens, kept, use);
  if (draft.length === 0) return undefined;
  const options = { ...shown.options, draft };
  delete options.lockedDraft;
  delete options.lockedTokens;
  if (lockedDraft.length > 0) options.lockedDraft = lockedDraft;
  const linked = (index: number) =>
    use === 'edits' || links.some((source, position) => source === index && tokens[position]!.state !== 'deleted');
  const lockedTokens = keepsLocks(steps[stepIndex]!.system)
    ? inDraft(state.locked.filter(linked), sourceOf(state), draft)
    : [];
  if (lockedTokens.length > 0) options.lockedTokens = lockedTokens;
  return { ...shown, options };
}

/**
 * Locks on source tokens that the draft still holds, in their order: the decoder refuses one that it could not keep.
 */
function inDraft(locked: readonly number[], source: readonly SourceToken[], draft: readonly number[]): number[] {
  let next = 0;
  return [...locked]
    .sort((left, right) => left - right)
    .filter((index) => {
      const place = draft.indexOf(source[index]?.id ?? -1, next);
      if (place < 0) return false;
      next = place + 1;
      return true;
    });
}

export function toggleDraftLock(locks: readonly DraftPlace[], { step, position }: DraftPlace): DraftPlace[] {
  const others = locks.filter((one) => one.step !== step || one.position !== position);
  return others.length < locks.length ? others : [...others, { step, position }];
}

/** What the run that starts now branches off from: nothing, when it has no draft. */
export function ancestorsOf({ ancestors, trace, shown, stepIndex }: PanelState, request: RunRequest): Ancestor[] {
  if (!request.options.draft || !trace || !shown) return [];
  return [...ancestors, { trace, shown, stepIndex }].slice(-mostAncestors);
}

/** Shows the run before the branch again, at the step where it was left. */
export function back(state: PanelState): PanelState {
  const former = state.ancestors.at(-1);
  if (!former || state.phase === 'running') return state;
  const { trace, shown, stepIndex } = former;
  const rest = { ...state };
  delete rest.failure;
  return {
    ...rest,
    trace,
    steps: trace.steps,
    shown,
    stepIndex,
    follow: stepIndex === trace.steps.length - 1,
    playing: false,
    phase: trace.stop === 'cancelled' ? 'cancelled' : 'done',
    substitutions: [],
    draftLocks: [],
    ancestors: state.ancestors.slice(0, -1),
  };
}
