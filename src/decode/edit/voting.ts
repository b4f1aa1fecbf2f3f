/**
 * N-best voting over corrections (FastCorrect 2, Leng 2021; majority vote over span edits, Tarnavskyi 2022): three
 * readings of the sentence are aligned in columns over the source, and only what two of them agree on is offered.
 *
 *   vote(c) = Σ_k w_k p_k(c),  w_k = 1 / K over the readings that say c;  offered where agreement ≥ 2
 *
 * The readings: `tags`, the proposals with their fills as in edit-tags; `blind`, the same slots filled without seeing
 * the deleted words (PIE's replacement stream, Awasthi 2019), silent where nothing is to be filled; `again`, the
 * corrected sentence read once more as in levenshtein. Cost: 1 pass for a clean sentence, else up to 5. Stops: nothing
 * proposed (stable), all readings heard (fixed), fewer of them for want of passes (budget). With `passes` 1 there is
 * one reading, and nothing is offered.
 */
import type { Step, StopReason } from '../../protocol/trace';
import { passBudget } from '../budget';
import { deletionEdits, fillDraft, isAccepted, readSentence, type Reading } from './correction-round';
import { advance, startState } from './correction-state';
import type { Decoder, DecodeResult, DecoderContext, TokenEdit } from '../decoder';
import { mostOutputTokens, type Draft } from './felix-draft';
import { applyEdits, composeEdits } from './token-edits';
import { fillQueries, reproduces } from './fills';
import { Run, tokenText } from '../step';
import { alignColumns, electEdits, type Column } from './vote-columns';

export const voting: Decoder = async function* (context, source, options) {
  const run = new Run(context, 'voting', passBudget(options.passes, 4));
  const { ids } = source;
  const readings: TokenEdit[][] = [];
  let score = 0;
  if (ids.length === 0) return finish('empty');
  if (run.cancelled) return finish('cancelled');
  const mostTokens = mostOutputTokens(ids.length, context.network.graph.maximumPositions);
  const state = startState(source, options);
  const first = await readSentence(run, state, options, mostTokens);
  let { step } = first;
  if (first.proposals.length === 0) {
    yield { ...step, stop: 'stable' };
    return finish('stable');
  }
  if (first.queries.length === 0) {
    readings.push(deletionEdits(run, state, first));
  } else {
    yield step;
    if (run.cancelled) return finish('cancelled');
    const tags = await fillDraft(run, state, first, options);
    ({ step } = tags);
    score = step.score;
    readings.push(tags.edits);
    if (run.left >= 1) {
      yield step;
      if (run.cancelled) return finish('cancelled');
      const blind = await fillDraft(run, state, blindReading(first), options);
      ({ step } = blind);
      readings.push(
        blind.edits.filter((edit) =>
          first.proposals.some(({ start, end, slots }) => slots > 0 && edit.start <= start && end <= edit.end),
        ),
      );
    }
  }
  const corrected = advance(state, readings[0]!);
  let heard = corrected.source.ids.length === 0;
  if (!heard && run.left >= 1) {
    yield step;
    if (run.cancelled) return finish('cancelled');
    const second = await readSentence(run, corrected, options, mostTokens);
    ({ step } = second);
    let edits = deletionEdits(run, corrected, second);
    heard = second.queries.length === 0;
    if (!heard && run.left >= 1) {
      yield step;
      if (run.cancelled) return finish('cancelled');
      ({ step, edits } = await fillDraft(run, corrected, second, options));
      heard = true;
    }
    if (heard)
      readings.push(
        composeEdits(
          readings[0]!,
          edits.filter((edit) => isAccepted(edit, options)),
        ).filter((edit) => !reproduces(ids, edit)),
      );
  }
  const stop = heard ? 'fixed' : 'budget';
  yield { ...step, columns: shownColumns(context, alignColumns(ids, readings)), stop };
  return finish(stop);

  function finish(reason: StopReason): DecodeResult {
    const edits = electEdits(alignColumns(ids, readings)).filter((edit) => !reproduces(ids, edit));
    return run.result(
      applyEdits(
        ids,
        edits.filter((edit) => isAccepted(edit, options)),
      ),
      reason,
      score,
      { edits },
    );
  }
};

/** The same proposals over a draft without the deleted words and their brackets. */
function blindReading(reading: Reading): Reading {
  const draft: Draft = { ids: [], entries: [] };
  reading.draft.entries.forEach((entry, index) => {
    if (entry.kind === 'bracket' || entry.kind === 'deleted') return;
    draft.entries.push(entry);
    draft.ids.push(reading.draft.ids[index]!);
  });
  return { ...reading, draft, queries: fillQueries(draft, reading.proposals) };
}

function shownColumns(context: DecoderContext, columns: readonly Column[]): NonNullable<Step['columns']> {
  return columns.map(({ start, end, variants, agreement }) => ({
    start,
    end,
    agreement,
    texts: variants.map(({ ids }) => ids.map((id) => tokenText(context, id)).join('')),
  }));
}
