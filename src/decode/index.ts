/**
 * All decoders by name, behind the checks of what they are given. A new one is a file, a record in
 * src/protocol/decoders.ts and a line here.
 */
import { decoderNames } from '../protocol/decoders';
import type { DecoderName } from '../protocol/trace';
import { autoregressive } from './ordered/autoregressive';
import { bang } from './refine/bang';
import { blockwiseParallel } from './ordered/blockwise-parallel';
import { crf } from './lattice/crf';
import { ctc } from './lattice/ctc';
import { daTransformer } from './lattice/da-transformer';
import type { Decoder } from './decoder';
import { dream } from './refine/dream';
import { editTags } from './edit/edit-tags';
import { fastCorrect } from './edit/fast-correct';
import { fastDllm } from './refine/fast-dllm';
import { checked } from './given-input';
import { imputer } from './lattice/imputer';
import { inat } from './refine/inat';
import { insertion } from './edit/insertion';
import { janus } from './refine/janus';
import { levenshtein } from './edit/levenshtein';
import { levenshteinDraft } from './edit/levenshtein-draft';
import { llada } from './refine/llada';
import { maskPredict } from './refine/mask-predict';
import { mist } from './refine/mist';
import { mistCached } from './refine/mist-cached';
import { ngramFusion } from './lattice/ngram-fusion';
import { noisyParallel } from './refine/noisy-parallel';
import { remdm } from './refine/remdm';
import { semiAutoregressive } from './ordered/semi-autoregressive';
import { singlePass } from './refine/single-pass';
import { voting } from './edit/voting';

const unchecked: Record<DecoderName, Decoder> = {
  levenshtein,
  'levenshtein-draft': levenshteinDraft,
  insertion,
  voting,
  'edit-tags': editTags,
  'fast-correct': fastCorrect,
  ctc,
  imputer,
  crf,
  'da-transformer': daTransformer,
  'ngram-fusion': ngramFusion,
  'single-pass': singlePass,
  'mask-predict': maskPredict,
  mist,
  autoregressive,
  inat,
  llada,
  dream,
  'fast-dllm': fastDllm,
  remdm,
  'mist-cached': mistCached,
  'semi-autoregressive': semiAutoregressive,
  'blockwise-parallel': blockwiseParallel,
  'noisy-parallel': noisyParallel,
  janus,
  bang,
};

export const decoders = Object.fromEntries(
  decoderNames.map((name) => [name, checked(name, unchecked[name])]),
) as Record<DecoderName, Decoder>;
