/**
 * "effort": decoder and budget for those who do not want numbers. Chosen from the curves of quality against time on the
 * dev sets (docs/results/curves.md, `python -m nar_training.evaluate curves`); a decoder or budget of one's own comes first.
 */
import type { DecoderName } from './trace';

export const effortNames = ['fast', 'balanced', 'best'] as const;
export type Effort = (typeof effortNames)[number];

interface Preset {
  decoder: DecoderName;
  passes: number;
}

export const efforts: Readonly<Record<Effort, { correct: Preset; paraphrase: Preset }>> = {
  fast: { correct: { decoder: 'edit-tags', passes: 1 }, paraphrase: { decoder: 'single-pass', passes: 1 } },
  balanced: { correct: { decoder: 'levenshtein', passes: 2 }, paraphrase: { decoder: 'mask-predict', passes: 4 } },
  // More rounds of correction make it slower and a little worse: the network was not trained on its own corrections.
  best: { correct: { decoder: 'levenshtein', passes: 2 }, paraphrase: { decoder: 'mask-predict', passes: 8 } },
};
