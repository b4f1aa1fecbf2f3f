/**
 * Insertion Transformer (Stern 2019): every gap of the draft gets at most one token in each pass, all gaps at once, so
 * that T tokens take about log2(T + 1) passes (§3.2, parallel decoding).
 *
 *   Y <- Y with argmax_v log p(v | gap g) in each gap g where it beats log p(<drop> | g) − noInsertionPenalty
 *
 * A gap is read as a `<mask>` slot; `<drop>`, a slot that is not needed, is the paper's "no insertion". The draft
 * starts empty, with the locked tokens, or as the caller gives it. For the task `fix` it is the missing-word pass of
 * correction: the user's sentence, gaps where the gap head misses a word, one token a gap and round. Cost: encode + 1
 * pass for each doubling, + 1 that finds nothing to insert; correction: 2 a round. Stops: no gap takes a token
 * (stable), the length cap is reached (fixed), no pass left (budget).
 */
import type { Step, StopReason, TraceToken } from '../../protocol/trace';
import { passBudget } from '../budget';
import { correctionLoop } from './correction-loop';
import type { Decoder } from '../decoder';
import { mostOutputTokens } from './felix-draft';
import { draftRequest, sourceRequest } from '../layout';
import { mostTargetTokens } from '../length';
import { closedGaps, draftResult, startDraft, type DraftToken } from '../locked-draft';
import type { ForwardResult } from '../network';
import { propose } from './proposals';
import { plainToken, predictedToken, Run } from '../step';

export const insertion: Decoder = (context, source, options) =>
  (source.task === 'fix' ? missingWords : generate)(context, source, options);

const missingWords = correctionLoop({
  system: 'insertion',
  passes: 3,
  proposer: (context, state, result, options) =>
    propose(context, state, result, options)
      .filter(({ start, end }) => start === end)
      .map((proposal) => ({ ...proposal, slots: 1, gap: { ...proposal.gap!, count: 1 } })),
});

/** What one gap was read as. */
interface Insertion {
  gap: number;
  slot: number;
  id: number;
  logProbability: number;
  /** Of `<drop>`. */
  nothing: number;
}

const generate: Decoder = async function* (context, source, options) {
  const { network } = context;
  const { mask, drop, end } = network.specialTokens;
  const longest = Math.min(
    mostOutputTokens(source.ids.length, network.graph.maximumPositions),
    mostTargetTokens(network.graph),
  );
  const run = new Run(context, 'insertion', passBudget(options.passes, Math.ceil(Math.log2(longest + 1)) + 1));
  let draft: DraftToken[] =
    source.ids.length === 0 ? [] : startDraft(context, source, options).filter(({ id }) => id !== mask);
  let score = 0;
  const finish = (stop: StopReason) => draftResult(run, draft, options, stop, score);
  if (source.ids.length === 0) return finish('empty');
  if (run.cancelled) return finish('cancelled');
  const encoded = await run.forward(sourceRequest(network, source));
  yield run.step(
    'encode',
    source.ids.map((id, index) => plainToken(context, id, 'given', { sourceIndex: index })),
  );
  for (;;) {
    if (run.cancelled) return finish('cancelled');
    const closed = closedGaps(context, source, draft);
    // A draft near the model's positions has no room for a slot in every gap: the first ones are read.
    const open = [...closed.keys()]
      .filter((gap) => !closed[gap])
      .slice(0, mostTargetTokens(network.graph) - draft.length);
    const ids: number[] = [];
    const slots: number[] = [];
    for (let gap = 0; gap <= draft.length; gap++) {
      if (open.includes(gap)) slots.push(ids.push(mask) - 1);
      if (gap < draft.length) ids.push(draft[gap]!.id);
    }
    const result = await run.forward(
      draftRequest(
        network,
        encoded.cache,
        ids,
        slots,
        slots.map(() => drop),
      ),
    );
    const read = open.map((gap, slot) => readGap(result, gap, slot));
    const room = Math.max(0, longest - draft.length);
    const inserted = new Set(
      read
        .filter(({ logProbability, nothing }) => logProbability > nothing - (options.noInsertionPenalty ?? 0))
        .sort((left, right) => right.logProbability - left.logProbability || left.gap - right.gap)
        .slice(0, room),
    );
    const step = insert(result, read, inserted);
    if (inserted.size > 0) score = step.score;
    const stop =
      inserted.size === 0 ? 'stable' : draft.length >= longest ? 'fixed' : run.left < 1 ? 'budget' : undefined;
    yield { ...step, ...(stop ? { stop } : {}) };
    if (stop) return finish(stop);
  }

  /** The best token that is neither `<drop>` nor `<end>`, which means nothing inside a draft. */
  function readGap(result: ForwardResult, gap: number, slot: number): Insertion {
    let at = slot * network.graph.candidates;
    while (result.candidateIds[at] === drop || result.candidateIds[at] === end) at++;
    return {
      gap,
      slot,
      id: result.candidateIds[at]!,
      logProbability: result.candidateLogProbs[at]!,
      nothing: result.scoreLogProbs[slot]!,
    };
  }

  /**
   * Takes the insertions over. Each token says in `gap` what was read after it: 1 and 1 −
   * P(<drop>), or 0 and P(<drop>).
   */
  function insert(result: ForwardResult, read: readonly Insertion[], inserted: ReadonlySet<Insertion>): Step {
    const tokens: TraceToken[] = [];
    const grown: DraftToken[] = [];
    const said = ({ nothing }: Insertion, taken: boolean) => ({
      count: taken ? 1 : 0,
      probability: taken ? 1 - Math.exp(nothing) : Math.exp(nothing),
    });
    let leadingGap: TraceToken['gap'];
    for (let gap = 0; gap <= draft.length; gap++) {
      const found = read.find((one) => one.gap === gap);
      const taken = found !== undefined && inserted.has(found);
      if (gap === 0 && found) leadingGap = said(found, taken);
      if (gap > 0) {
        const { id, origin, locked = false } = draft[gap - 1]!;
        tokens.push(
          plainToken(context, id, 'kept', {
            ...(origin >= 0 ? { sourceIndex: origin } : {}),
            ...(origin >= 0 || locked ? { locked: true } : {}),
            ...(found ? { gap: said(found, taken) } : {}),
          }),
        );
        grown.push(draft[gap - 1]!);
      }
      if (taken) {
        tokens.push(predictedToken(context, result, 0, found.slot, found.id, found.logProbability, 'inserted'));
        grown.push({ id: found.id, origin: -1 });
      }
    }
    draft = grown;
    return run.step('insert', tokens, leadingGap ? { leadingGap } : {});
  }
};
