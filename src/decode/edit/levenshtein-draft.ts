/**
 * Levenshtein Transformer as a generator (Gu 2019, Alg. 1 and §3): from an empty draft, from a caller's draft, or from
 * the locked tokens of the source (Susanto 2020), over the cached source.
 *
 *   repeat:  Y' = Y without {i : 1 − P(keep_i) > 1/2};
 *            Y'' = Y' with argmax P(count_g) slots in each gap g;   Y = fill(Y'')
 *
 * Unlike `levenshtein`, which edits the user's sentence, the heads are read on the draft's own rows. The gap head
 * counts to 7 only, so the slots of an empty draft are the length head's and cost no pass of their own. Cost: encode +
 * up to 3 passes a round: delete, place, fill. Where nothing is deleted the placement is read from the same pass; where
 * nothing is placed there is no fill. The sum of all slots is capped at max(10, 2 N) tokens. Stops: a round changes
 * nothing (stable), a draft comes back (loop), nothing is left (empty), no pass left (budget).
 */
import type { DecodeOptions, Step, StopReason, TraceToken } from '../../protocol/trace';
import { passBudget } from '../budget';
import type { Decoder, DecoderContext, DecoderSource } from '../decoder';
import { mostOutputTokens } from './felix-draft';
import { draftRequest, sourceRequest } from '../layout';
import { checkTargetLength, chooseLengths, mostTargetTokens, predictedLengths } from '../length';
import { closedGaps, draftResult, startDraft, type DraftToken } from '../locked-draft';
import type { ForwardResult } from '../network';
import { argmax, softmax } from '../softmax';
import { plainToken, predictedToken, Run } from '../step';

export const levenshteinDraft: Decoder = async function* (context, source, options) {
  const run = new Run(context, 'levenshtein-draft', passBudget(options.passes, 9));
  const { network } = context;
  const { mask, end, drop } = network.specialTokens;
  checkTargetLength(options.targetLength);
  let draft: DraftToken[] = source.ids.length === 0 ? [] : startDraft(context, source, options);
  const locked = draft.filter(({ origin }) => origin >= 0).length;
  if (options.targetLength !== undefined && options.targetLength < locked) {
    throw new RangeError(
      `"lockedTokens" and "targetLength" contradict each other: ${locked} tokens are locked, the target has ${options.targetLength}. ` +
        'Lock fewer tokens or ask for a longer target.',
    );
  }
  let score = 0;
  const finish = (stop: StopReason) => draftResult(run, draft, options, stop, score);
  if (source.ids.length === 0) return finish('empty');
  if (run.cancelled) return finish('cancelled');
  const encoded = await run.forward(sourceRequest(network, source));
  const guesses = predictedLengths(encoded.lengthLogits, source.ids.length, network.graph);
  const mostTokens = Math.max(
    draft.length,
    Math.min(mostOutputTokens(source.ids.length, network.graph.maximumPositions), mostTargetTokens(network.graph)),
  );
  if (draft.length === 0)
    draft = emptySlots(Math.min(mostTokens, chooseLengths(guesses, 1, options.targetLength, network.graph)[0]!), mask);
  yield run.step(
    'encode',
    source.ids.map((id, index) => plainToken(context, id, 'given', { sourceIndex: index })),
    { lengths: guesses.slice(0, 9) },
  );

  const read = (slots: number[]) =>
    run.forward(
      draftRequest(
        network,
        encoded.cache,
        draft.map(({ id }) => id),
        slots,
      ),
    );
  const slotsOf = () => draft.flatMap(({ id }, index) => (id === mask ? [index] : []));
  const keyOf = () => draft.map(({ id }) => id).join(' ');
  const seen = new Set<string>();
  for (;;) {
    const before = keyOf();
    let step: Step | undefined;
    let starved = false; // slots are wanted, but no pass is left to fill them
    if (slotsOf().length === 0) {
      if (run.cancelled) return finish('cancelled');
      let result = await read([]);
      const gone = deletions(result, draft, options);
      if (gone.includes(true)) {
        step = run.step(
          'delete',
          draft.map((token, index) => shown(token, gone[index] ? 'deleted' : 'kept', result, index)),
        );
        draft = draft.filter((_, index) => !gone[index]);
        if (run.left < 1) {
          yield { ...step, stop: 'budget' };
          return finish('budget');
        }
        yield step;
        if (run.cancelled) return finish('cancelled');
        result = await read([]);
      }
      const wanted = placements(context, source, result, draft, options, mostTokens - draft.length);
      starved = run.left < 1 && wanted.some(({ count }) => count > 0);
      step = place(result, starved ? wanted.map((gap) => ({ ...gap, count: 0 })) : wanted);
    }
    const slots = slotsOf();
    if (slots.length > 0) {
      if (step) yield step;
      if (run.cancelled) return finish('cancelled');
      step = fill(await read(slots), slots);
      score = step.score;
    }
    const key = keyOf();
    const stop = starved
      ? 'budget'
      : key === ''
        ? 'empty'
        : key === before
          ? 'stable'
          : seen.has(key)
            ? 'loop'
            : run.left < 1
              ? 'budget'
              : undefined;
    seen.add(key);
    yield { ...step!, ...(stop ? { stop } : {}) };
    if (stop) return finish(stop);
  }

  /** `result`: the pass that read the draft, where this step shows what the operation head said of token `index`. */
  function shown(
    { id, origin, locked: given = false }: DraftToken,
    state: TraceToken['state'],
    result?: ForwardResult,
    index = 0,
  ): TraceToken {
    const locked = {
      ...(origin >= 0 ? { sourceIndex: origin } : {}),
      ...(origin >= 0 || given ? { locked: true } : {}),
    };
    if (!result) return plainToken(context, id, state, locked);
    const [keep, remove, generate] = softmax(result.operationLogits, (index + 1) * 3, 3) as unknown as [
      number,
      number,
      number,
    ];
    return plainToken(context, id, state, { ...locked, operation: [keep, remove, generate] });
  }

  function place(result: ForwardResult, gaps: readonly Gap[]): Step {
    const tokens: TraceToken[] = [];
    const placed: DraftToken[] = [];
    gaps.forEach((gap, index) => {
      if (index > 0) {
        const token = draft[index - 1]!;
        placed.push(token);
        tokens.push({ ...shown(token, 'kept', result, index - 1), ...(gap.count > 0 ? { gap } : {}) });
      }
      for (const slot of emptySlots(gap.count, mask)) {
        placed.push(slot);
        tokens.push(plainToken(context, mask, 'masked'));
      }
    });
    draft = placed;
    return run.step('place', tokens, gaps[0]!.count > 0 ? { leadingGap: gaps[0]! } : {});
  }

  function fill(result: ForwardResult, slots: readonly number[]): Step {
    const tokens = draft.map((token) => shown(token, 'kept'));
    slots.forEach((index, slot) => {
      // `<end>` means nothing inside a draft: the next best token stands in for it.
      const at =
        slot * network.graph.candidates + (result.candidateIds[slot * network.graph.candidates] === end ? 1 : 0);
      const id = result.candidateIds[at]!;
      draft[index] = { id, origin: -1 };
      tokens[index] = predictedToken(
        context,
        result,
        0,
        slot,
        id,
        result.candidateLogProbs[at]!,
        id === drop ? 'deleted' : 'inserted',
      );
    });
    draft = draft.filter(({ id }) => id !== drop);
    return run.step('fill', tokens);
  }
};

interface Gap {
  /** Slots placed. */
  count: number;
  /** The network's own probability of that count. */
  probability: number;
}

const emptySlots = (count: number, mask: number): DraftToken[] =>
  Array.from({ length: count }, () => ({ id: mask, origin: -1 }));

/** Which tokens go: 1 − P(keep) > 1/2 with the keep bias on the logit. Locked tokens stay. */
function deletions(result: ForwardResult, draft: readonly DraftToken[], options: DecodeOptions): boolean[] {
  const bias = [options.keepBias ?? 0, 0, 0];
  return draft.map(
    ({ origin, locked }, index) =>
      origin < 0 && !locked && 1 - softmax(result.operationLogits, (index + 1) * 3, 3, 1, bias)[0]! > 0.5,
  );
}

/** Slots for each gap 0..T, likeliest counts first while they fit into `room`. */
function placements(
  context: DecoderContext,
  source: DecoderSource,
  result: ForwardResult,
  draft: readonly DraftToken[],
  options: DecodeOptions,
  room: number,
): Gap[] {
  const classes = context.network.graph.maximumInsertion + 1;
  const bias = [-(options.noInsertionPenalty ?? 0), ...new Array<number>(classes - 1).fill(0)];
  const closed = closedGaps(context, source, draft);
  const gaps = Array.from(closed, (isClosed, gap): Gap => {
    const count = isClosed ? 0 : argmax(softmax(result.insertionLogits, gap * classes, classes, 1, bias));
    return { count, probability: softmax(result.insertionLogits, gap * classes, classes)[count]! };
  });
  for (const gap of [...gaps].sort((left, right) => right.probability - left.probability)) {
    // stable: of equals the earlier gap
    if (gap.count > room) gap.count = 0;
    room -= gap.count;
  }
  return gaps;
}
