/** All decoders by name, behind the checks of what they are given. A new one is a file, a name in src/protocol/trace.ts and a line here. */
import { decoderNames, type DecoderName } from '../protocol/trace';
import { autoregressive } from './autoregressive';
import { bang } from './bang';
import { blockwiseParallel } from './blockwise-parallel';
import { crf } from './crf';
import { ctc } from './ctc';
import { daTransformer } from './da-transformer';
import type { Decoder } from './decoder';
import { dream } from './dream';
import { editTags } from './edit-tags';
import { fastCorrect } from './fast-correct';
import { fastDllm } from './fast-dllm';
import { checked } from './given-input';
import { imputer } from './imputer';
import { inat } from './inat';
import { insertion } from './insertion';
import { janus } from './janus';
import { levenshtein } from './levenshtein';
import { levenshteinDraft } from './levenshtein-draft';
import { llada } from './llada';
import { maskPredict } from './mask-predict';
import { mist } from './mist';
import { mistCached } from './mist-cached';
import { ngramFusion } from './ngram-fusion';
import { noisyParallel } from './noisy-parallel';
import { remdm } from './remdm';
import { semiAutoregressive } from './semi-autoregressive';
import { singlePass } from './single-pass';
import { voting } from './voting';

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

export const decoders = Object.fromEntries(decoderNames.map((name) => [name, checked(name, unchecked[name])])) as Record<DecoderName, Decoder>;
