/**
 * From the edit heads of one encode pass to proposals: which words to delete or write anew, where words are missing.
 *
 * Operation labels are word-level decisions expanded to tokens (docs/model-format.md, "Edit labels"), so a word is one
 * unit here too: P(edit) is the mean of 1 − P(keep) over its tokens. The bar is low on purpose
 * (minimumEditProbability): every proposal carries its own probability, and the engine decides by
 * kind of edit which ones to show.
 */
import type { DecodeOptions } from '../../protocol/trace';
import type { CorrectionState } from './correction-state';
import type { DecoderContext } from '../decoder';
import { sourceOffset } from '../layout';
import type { ForwardResult } from '../network';
import { argmax, softmax } from '../softmax';
import { wordsOf, type Word } from '../token-words';

export const defaultMinimumEditProbability = 0.2;

export interface Proposal {
  /** Source tokens [start, end) are deleted; start = end: a pure insertion before token `start`. */
  start: number;
  end: number;
  /** Slots placed instead. */
  slots: number;
  /** P(action): temperature-scaled, without the keep bias. */
  probability: number;
  /** Slots placed in the gap after the last token, of `slots`, with the network's own probability of that count. */
  gap?: { count: number; probability: number };
  /** FastCorrect: target tokens that each of the source tokens owns, with the probability of that count. */
  durations?: { count: number; probability: number }[];
  /** Token sequences of the lexical prior, each `slots` long; the fill must be one of them. */
  candidates?: number[][];
}

/** What a pass over the source proposes; the policy in which correction decoders differ. */
export type Proposer = (
  context: DecoderContext,
  state: CorrectionState,
  result: ForwardResult,
  options: DecodeOptions,
) => Proposal[];

/** Proposals in the order of the text; an insertion stands before a deletion that starts at the same token. */
export function propose(
  context: DecoderContext,
  state: CorrectionState,
  result: ForwardResult,
  options: DecodeOptions,
): Proposal[] {
  const { source, locked } = state;
  const bar = options.minimumEditProbability ?? defaultMinimumEditProbability;
  const fixed = (index: number): boolean => source.protected[index] === 1 || locked[index] === 1;
  const heads = readHeads(context, result, options);
  const pieces = hasPieceLabels(context);
  const proposals: Proposal[] = [];
  let gapTaken = 0; // gaps below this one belong to a proposal already
  for (const unit of pieces ? pieceUnits(heads, source.ids, units(context, state), bar) : units(context, state)) {
    const { start, end } = unit;
    if (unit.prior) {
      if (!range(start, end).some(fixed)) proposals.push(unit.prior);
      gapTaken = end + 1;
      continue;
    }
    if (start >= gapTaken && !(start > 0 && source.protected[start - 1] && source.protected[start])) {
      const insertion = insertionAt(heads, start, bar);
      if (insertion) proposals.push(insertion);
    }
    if (range(start, end).some(fixed) || mean(start, end, (index) => 1 - heads.biased(index)[0]!) < bar) continue;
    const replacement = unit.candidates
      ? replacementByPrior(heads, source.ids, unit.candidates, start, end)
      : undefined;
    proposals.push(replacement ?? replacementOf(heads, start, end));
    gapTaken = end + 1;
  }
  const last = source.ids.length;
  const insertion = last >= gapTaken ? insertionAt(heads, last, bar) : undefined;
  if (insertion) proposals.push(insertion);
  return proposals;
}

/** The model's labels are decisions of single tokens: of a changed word the pieces that it keeps in front are kept. */
const hasPieceLabels = ({ network }: DecoderContext): boolean =>
  network.capabilities?.includes('piece-labels') ?? false;

/**
 * GECToR's sentence gate (Omelianchuk 2020, min_error_prob): some token or gap is wrong with
 * `minimumErrorProbability` or more.
 */
export function isSuspect(
  context: DecoderContext,
  length: number,
  result: ForwardResult,
  options: DecodeOptions,
): boolean {
  const gate = options.minimumErrorProbability ?? 0;
  const heads = readHeads(context, result, options);
  for (let index = 0; index <= length; index++) {
    if (1 - heads.gap(index).scaled[0]! >= gate || (index < length && 1 - heads.scaled(index)[0]! >= gate)) return true;
  }
  return false;
}

export interface Heads {
  /** keep, delete, generate of source token i, temperature-scaled. */
  scaled(index: number): Float64Array;
  /** The same with the keep bias: for decisions only. */
  biased(index: number): Float64Array;
  /** Counts 0..7 of the gap before token `gap`, temperature-scaled, and as the network gave them. */
  gap(gap: number): { scaled: Float64Array; raw: Float64Array };
}

export function readHeads(context: DecoderContext, result: ForwardResult, options: DecodeOptions): Heads {
  const classes = context.network.graph.maximumInsertion + 1;
  const { operation = 1, insertion = 1 } = options.temperatures ?? {};
  const bias = [options.keepBias ?? 0, 0, 0];
  return {
    scaled: (index) => softmax(result.operationLogits, (index + sourceOffset) * 3, 3, operation),
    biased: (index) => softmax(result.operationLogits, (index + sourceOffset) * 3, 3, operation, bias),
    gap: (gap) => {
      const offset = (gap + sourceOffset - 1) * classes;
      return {
        scaled: softmax(result.insertionLogits, offset, classes, insertion),
        raw: softmax(result.insertionLogits, offset, classes),
      };
    },
  };
}

function insertionAt(heads: Heads, gap: number, bar: number): Proposal | undefined {
  const { scaled, raw } = heads.gap(gap);
  if (1 - scaled[0]! < bar) return undefined;
  const count = argmax(scaled, 1);
  return { start: gap, end: gap, slots: count, probability: scaled[count]!, gap: { count, probability: raw[count]! } };
}

/** Per token the likelier of delete and generate; the gap after the word belongs to it. */
function replacementOf(heads: Heads, start: number, end: number): Proposal {
  let slots = 0;
  let logProbability = 0;
  for (let index = start; index < end; index++) {
    const [, remove, generate] = heads.scaled(index) as unknown as [number, number, number];
    if (generate >= remove) slots++;
    // tokens of a word decide together: geometric mean
    logProbability += Math.log(Math.max(remove, generate)) / (end - start);
  }
  const probability = Math.exp(logProbability);
  const { scaled, raw } = heads.gap(end);
  const count = argmax(scaled);
  if (count === 0) return { start, end, slots, probability };
  return {
    start,
    end,
    slots: slots + count,
    probability: probability * scaled[count]!,
    gap: { count, probability: raw[count]! },
  };
}

/**
 * The lexical prior says how, the operation head whether. All candidates of the first one's length are scored in the
 * fill pass; undefined when the head sees a word too many (its first token is deleted, not generated).
 */
export function replacementByPrior(
  heads: Heads,
  ids: readonly number[],
  all: readonly number[][],
  start: number,
  end: number,
): Proposal | undefined {
  const candidates = all.filter(
    (candidate) =>
      candidate.length > 0 &&
      !(candidate.length === end - start && candidate.every((id, offset) => id === ids[start + offset])),
  );
  const slots = candidates[0]?.length ?? 0;
  const first = heads.scaled(start);
  if (slots === 0 || first[1]! > first[2]!) return undefined;
  return {
    start,
    end,
    slots,
    probability: mean(start, end, (index) => 1 - heads.scaled(index)[0]!),
    candidates: candidates.filter((candidate) => candidate.length === slots),
  };
}

/**
 * Of a model with piece labels every token is a unit. Where the prior has candidates for a word that is likely wrong,
 * the pieces that the word shares with its candidate in front stay, and the rest is one proposal.
 */
function pieceUnits(heads: Heads, ids: readonly number[], list: readonly Unit[], bar: number): Unit[] {
  return list.flatMap(({ start, end, candidates }): Unit[] => {
    const prior = candidates ? tailByPrior(heads, ids, candidates, start, end) : undefined;
    const tokens = range(start, prior && prior.probability >= bar ? prior.start : end).map((at) => ({
      start: at,
      end: at + 1,
    }));
    return prior && prior.probability >= bar ? [...tokens, { start: prior.start, end, prior }] : tokens;
  });
}

/**
 * The candidates that share as many pieces in front, and have as many, as the first one; undefined
 * where they write nothing new.
 */
function tailByPrior(
  heads: Heads,
  ids: readonly number[],
  all: readonly number[][],
  start: number,
  end: number,
): Proposal | undefined {
  const word = ids.slice(start, end);
  const shared = (candidate: readonly number[]): number => {
    const at = candidate.findIndex((id, index) => id !== word[index]);
    return at < 0 ? candidate.length : at;
  };
  const [chosen] = all.filter((candidate) => candidate.length > shared(candidate));
  if (!chosen) return undefined;
  const prefix = shared(chosen);
  const first = start + prefix;
  if (first < end && heads.scaled(first)[1]! > heads.scaled(first)[2]!) return undefined;
  const wrong = range(first, end).flatMap((index) => [
    1 - heads.scaled(index)[0]!,
    1 - heads.gap(index + 1).scaled[0]!,
  ]);
  return {
    start: first,
    end,
    slots: chosen.length - prefix,
    probability: first < end ? Math.max(...wrong) : 1 - heads.gap(end).scaled[0]!,
    candidates: all
      .filter((candidate) => candidate.length === chosen.length && shared(candidate) === prefix)
      .map((candidate) => candidate.slice(prefix)),
  };
}

/** Tokens that are proposed together. */
interface Unit extends Word {
  candidates?: number[][];
  prior?: Proposal;
}

/** Words, and in their place the ranges for which the prior has candidates. Gaps are read only between units. */
export function units(context: DecoderContext, { source }: CorrectionState): Unit[] {
  const count = source.ids.length;
  const entries: NonNullable<typeof source.lexicon> = [];
  for (const entry of [...(source.lexicon ?? [])].sort((left, right) => left.start - right.start)) {
    if (entry.start >= (entries.at(-1)?.end ?? 0) && entry.start < entry.end && entry.end <= count) entries.push(entry);
  }
  const result: Unit[] = [];
  let next = 0;
  const words = hasPieceLabels(context)
    ? source.ids.map((_, index): Word => ({ start: index, end: index + 1 }))
    : wordsOf(context, source.ids);
  for (const word of words) {
    let { start } = word;
    while (next < entries.length && entries[next]!.start < word.end) {
      const entry = entries[next++]!;
      if (start < entry.start) result.push({ start, end: entry.start });
      result.push({ start: entry.start, end: entry.end, candidates: entry.candidates });
      start = entry.end;
    }
    start = Math.max(start, result.at(-1)?.end ?? 0);
    if (start < word.end) result.push({ start, end: word.end });
  }
  return result;
}

const range = (start: number, end: number): number[] =>
  Array.from({ length: end - start }, (_, offset) => start + offset);

function mean(start: number, end: number, value: (index: number) => number): number {
  let sum = 0;
  for (let index = start; index < end; index++) sum += value(index);
  return sum / (end - start);
}
