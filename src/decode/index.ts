/** All decoders by name. A new one is a file, a name in src/protocol/trace.ts and a line here. */
import type { DecoderName } from '../protocol/trace';
import { autoregressive } from './autoregressive';
import type { Decoder } from './decoder';
import { editTags } from './edit-tags';
import { inat } from './inat';
import { levenshtein } from './levenshtein';
import { levenshteinDraft } from './levenshtein-draft';
import { maskPredict } from './mask-predict';
import { mist } from './mist';
import { singlePass } from './single-pass';

export const decoders: Record<DecoderName, Decoder> = {
  levenshtein,
  'levenshtein-draft': levenshteinDraft,
  'edit-tags': editTags,
  'single-pass': singlePass,
  'mask-predict': maskPredict,
  mist,
  autoregressive,
  inat,
};
