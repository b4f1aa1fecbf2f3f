/**
 * "effort": decoder and budget for those who do not want numbers. Chosen from the curves of quality against time on the
 * dev sets (docs/results/curves.md, docs/decisions/0009-effort-takes-the-quickest-of-equals.md); a decoder or
 * budget of one's own comes first.
 */
import { decoderFor, inRounds } from './decoder-facts';
import type { DecoderName } from './trace';

export const effortNames = ['fast', 'balanced', 'best'] as const;
export type Effort = (typeof effortNames)[number];

/** Tasks whose decoder and budget a person may choose. */
export type DecodedTask = 'correct' | 'paraphrase' | 'summarize';

export interface Preset {
  decoder: DecoderName;
  /** A left-to-right decoder writes until its text ends, whatever this says (src/engine/run-decoder.ts). */
  passes: number;
}

/** One round of edit tags has the best scores of correction, and nothing is quicker: the same for all. */
const correct: Preset = { decoder: decoderFor('fix'), passes: 1 };

/**
 * The rewriting step of a summary is rarely used, and hardly ever says anything else with more passes or from left
 * to right (docs/results/curves.md has the figures).
 */
const summarize: Preset = { decoder: decoderFor('writeInRounds'), passes: 4 };

export const efforts: Readonly<Record<Effort, Readonly<Record<DecodedTask, Preset>>>> = {
  fast: {
    correct,
    paraphrase: { decoder: decoderFor('write'), passes: 1 },
    summarize: { decoder: decoderFor('write'), passes: 1 },
  },
  balanced: { correct, paraphrase: { decoder: decoderFor('writeInRounds'), passes: 2 }, summarize },
  best: { correct, paraphrase: { decoder: decoderFor('writeInRounds'), passes: 11 }, summarize },
};

/**
 * The budget of a decoder that somebody chose by name and without passes: a preset's passes
 * are those of its own decoder.
 */
const passesByName: Readonly<Record<DecodedTask, number>> = { correct: 2, paraphrase: 4, summarize: 4 };

interface Wishes {
  effort?: Effort | undefined;
  decoder?: DecoderName | undefined;
  passes?: number | undefined;
}

/** What decodes a task, from all that was said about it. */
export function presetOf(task: DecodedTask, { effort = 'balanced', decoder, passes }: Wishes = {}): Preset {
  const preset = efforts[effort][task];
  const chosen = decoder ?? ((passes ?? 1) > 1 ? inRounds(preset.decoder) : undefined) ?? preset.decoder;
  return { decoder: chosen, passes: passes ?? (chosen === preset.decoder ? preset.passes : passesByName[task]) };
}
