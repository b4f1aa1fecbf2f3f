/**
 * One round of correction, shared by `edit-tags` (one round) and `levenshtein` (rounds on its own output): an encode
 * pass that proposes, then at most one fill pass. Each of the two is a step.
 */
import type { DecodeOptions, Step, StopReason, TraceToken } from '../../protocol/trace';
import type { CorrectionState } from './correction-state';
import type { TokenEdit } from '../decoder';
import { buildDraft, fitProposals, type Draft } from './felix-draft';
import { fillQueries, readFills, tokenEdits, type FilledProposal, type FillQuery } from './fills';
import { draftRequest, sourceOffset, sourceRequest, sourceRowsRequest } from '../layout';
import type { Cache, ForwardRequest, ForwardResult } from '../network';
import { isSuspect, propose, type Proposal, type Proposer } from './proposals';
import { softmax } from '../softmax';
import { plainToken, predictedToken, type Run } from '../step';

export const defaultAcceptConfidence = 0.5;

export interface Reading {
  step: Step;
  proposals: Proposal[];
  /** Of the encode pass: its edit heads. */
  result: ForwardResult;
  cache: Cache;
  draft: Draft;
  /** Empty: nothing has to be filled, the round is over after this pass. */
  queries: FillQuery[];
}

/** The encode pass. `mostTokens` bounds the length of the corrected sentence; `proposer` makes the proposals. */
export async function readSentence(
  run: Run,
  state: CorrectionState,
  options: DecodeOptions,
  mostTokens: number,
  proposer: Proposer = propose,
): Promise<Reading> {
  const { context } = run;
  const { graph, specialTokens } = context.network;
  const { ids } = state.source;
  const result = await run.forward(sourceRequest(context.network, state.source));
  const proposals = fitProposals(
    ids.length,
    isSuspect(context, ids.length, result, options) ? proposer(context, state, result, options) : [],
    graph.maximumPositions - 2,
    mostTokens - ids.length,
  );
  const tokens = ids.map((id, index): TraceToken => {
    const [keep, remove, generate] = softmax(result.operationLogits, (index + sourceOffset) * 3, 3) as unknown as [
      number,
      number,
      number,
    ];
    const deleted = proposals.some(({ start, end }) => start <= index && index < end);
    return {
      ...plainToken(context, id, deleted ? 'deleted' : 'given', marks(state, index)),
      operation: [keep, remove, generate],
    };
  });
  for (const { end, gap } of proposals) if (gap && end > 0) tokens[end - 1]!.gap = gap;
  const leadingGap = proposals.find(({ end }) => end === 0)?.gap;
  const draft = buildDraft(ids, proposals, specialTokens);
  const step = run.step('encode', tokens, leadingGap ? { leadingGap } : {});
  return { step, proposals, result, cache: result.cache, draft, queries: fillQueries(draft, proposals) };
}

/**
 * The fill pass: over the draft, or over the source's own rows where the model can and every fill is a single token.
 */
export async function fillDraft(
  run: Run,
  state: CorrectionState,
  reading: Reading,
  options: DecodeOptions,
): Promise<{ step: Step; edits: TokenEdit[] }> {
  return settle(run, state, reading, await run.forward(fillRequest(run, state, reading)), options);
}

/** The step and the edits that follow from what was filled. @param result one row a query */
function settle(
  run: Run,
  state: CorrectionState,
  { proposals, draft, queries }: Reading,
  result: ForwardResult,
  options: DecodeOptions,
): { step: Step; edits: TokenEdit[]; filled: FilledProposal[] } {
  const { context } = run;
  const filled = readFills(context, proposals, queries, result, options);
  const tokens = draft.entries.flatMap((entry): TraceToken[] => {
    if (entry.kind === 'bracket') return [];
    if (entry.kind !== 'slot')
      return [plainToken(context, state.source.ids[entry.source]!, entry.kind, marks(state, entry.source))];
    const { proposal, fills } = filled[entry.proposal]!;
    const { id, logProbability, query } = fills[entry.slot]!;
    const dropped = id === context.network.specialTokens.drop;
    const replaced = entry.slot < proposal.end - proposal.start ? origin(state, proposal.start + entry.slot) : {};
    const kind = dropped ? 'deleted' : proposal.end > proposal.start ? 'changed' : 'inserted';
    return [predictedToken(context, result, 0, query, id, logProbability, kind, replaced)];
  });
  return { step: run.step('fill', tokens), edits: tokenEdits(context, state.source, filled), filled };
}

/**
 * The fill in up to `most` passes: after each one the surest slots stay and the others are read again beside them
 * (Mask-Predict on the slots of the edits, Ghazvininejad 2019), an equal share a pass. What is written in several slots
 * at once does not know of its neighbours; what is written after them does.
 */
export async function* fillInPasses(
  run: Run,
  state: CorrectionState,
  reading: Reading,
  options: DecodeOptions,
  most: number,
): AsyncGenerator<Step, { step: Step; edits: TokenEdit[] }> {
  const { network } = run.context;
  const { cache, draft, proposals, queries } = reading;
  const own = queries.filter((query) => query.candidate < 0);
  const widest = Math.max(0, ...proposals.filter(({ candidates }) => !candidates).map(({ slots }) => slots));
  const passes = Math.min(most, run.left, widest);
  if (passes < 2) return fillDraft(run, state, reading, options);
  const ids = [...draft.ids];
  let merged: ForwardResult | undefined;
  for (let pass = 1; ; pass++) {
    const open = queries.flatMap((query, index) => (ids[query.draft] === network.specialTokens.mask ? [index] : []));
    const result = await run.forward(
      draftRequest(
        network,
        cache,
        ids,
        open.map((index) => queries[index]!.draft),
        open.map((index) => queries[index]!.scoreId),
      ),
    );
    merged = merged ? withRows(merged, result, open, network.graph.candidates) : result;
    const { step, edits, filled } = settle(run, state, reading, merged, options);
    if (pass === passes) return { step, edits };
    yield step;
    if (run.cancelled) return { step, edits };
    const undecided = filled
      .flatMap(({ proposal, fills }) => (proposal.candidates ? [] : fills))
      .filter(({ id, query }) => id !== network.specialTokens.drop && ids[queries[query]!.draft] !== id)
      .filter(({ query }) => open.includes(query))
      .sort((left, right) => right.logProbability - left.logProbability);
    const decided = own.length - open.filter((index) => queries[index]!.candidate < 0).length;
    const kept = Math.ceil((own.length * pass) / passes) - decided;
    for (const { id, query } of undecided.slice(0, Math.max(1, kept))) ids[queries[query]!.draft] = id;
  }
}

/** `result` with the rows of a later pass in the places of the queries that it asked again. */
function withRows(
  result: ForwardResult,
  later: ForwardResult,
  places: readonly number[],
  count: number,
): ForwardResult {
  const merged = {
    ...result,
    candidateIds: result.candidateIds.slice(),
    candidateLogProbs: result.candidateLogProbs.slice(),
    scoreLogProbs: result.scoreLogProbs.slice(),
    entropy: result.entropy.slice(),
  };
  for (const [row, place] of places.entries()) {
    for (const name of ['candidateIds', 'candidateLogProbs'] as const) {
      const from: ArrayLike<number> = later[name].subarray(row * count, (row + 1) * count);
      merged[name].set(from as never, place * count);
    }
    merged.scoreLogProbs[place] = later.scoreLogProbs[row]!;
    merged.entropy[place] = later.entropy[row]!;
  }
  return merged;
}

function fillRequest({ context }: Run, { source }: CorrectionState, reading: Reading): ForwardRequest {
  const { network, fillFrom } = context;
  const { cache, draft, proposals, queries } = reading;
  const scoreIds = queries.map((query) => query.scoreId);
  if (fillFrom === 'source' && proposals.every(({ slots }) => slots <= 1)) {
    // A token that is replaced is read in its own row, one that is missing in the row before its gap.
    const rowOf = ({ proposal }: FillQuery): number => {
      const { start, end } = proposals[proposal]!;
      return start + sourceOffset - (start === end ? 1 : 0);
    };
    const rows = [...new Set(queries.map(rowOf))].sort((left, right) => left - right);
    const places = queries.map((query) => rows.indexOf(rowOf(query)));
    return sourceRowsRequest(network, source, cache, rows, places, scoreIds);
  }
  return draftRequest(
    network,
    cache,
    draft.ids,
    queries.map((query) => query.draft),
    scoreIds,
  );
}

/**
 * A round's steps after its reading: at most `most` fill passes where something has to be
 * written. Edits accepted or not.
 */
export async function* fillRound(
  run: Run,
  state: CorrectionState,
  reading: Reading,
  options: DecodeOptions,
  most = 1,
): AsyncGenerator<Step, { edits: TokenEdit[]; score: number; stop: StopReason }> {
  let edits = deletionEdits(run, state, reading);
  let { step } = reading;
  if (reading.queries.length > 0) {
    yield step;
    if (run.cancelled) return { edits, score: step.score, stop: 'cancelled' };
    ({ step, edits } = yield* fillInPasses(run, state, reading, options, most));
  }
  const stop = reading.proposals.length === 0 ? 'stable' : 'fixed';
  yield { ...step, stop };
  return { edits, score: step.score, stop };
}

/** Edits that need no fill: pure deletions with no slot in their run. For a round that ends before its fill pass. */
export function deletionEdits(run: Run, state: CorrectionState, { proposals }: Reading): TokenEdit[] {
  const runs: Proposal[][] = [];
  for (const proposal of proposals) {
    const latest = runs.at(-1);
    if (latest?.at(-1)?.end === proposal.start) latest.push(proposal);
    else runs.push([proposal]);
  }
  const pure = runs.filter((members) => members.every(({ slots }) => slots === 0)).flat();
  return tokenEdits(
    run.context,
    state.source,
    pure.map((proposal): FilledProposal => ({ proposal, fills: [], probability: 1 })),
  );
}

export function isAccepted(edit: TokenEdit, options: DecodeOptions): boolean {
  return edit.confidence >= (options.acceptConfidence ?? defaultAcceptConfidence);
}

function origin({ origins }: CorrectionState, index: number): Pick<TraceToken, 'sourceIndex'> {
  return origins[index]! >= 0 ? { sourceIndex: origins[index]! } : {};
}

function marks(state: CorrectionState, index: number): Partial<TraceToken> {
  return { ...origin(state, index), ...(state.locked[index] ? { locked: true } : {}) };
}
