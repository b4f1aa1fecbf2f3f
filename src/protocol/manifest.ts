/** manifest.json of a model folder (docs/model-format.md). */
import type { CorrectionType } from './requests';
import type { Task } from './trace';

export interface SpecialTokens {
  pad: number;
  mask: number;
  begin: number;
  end: number;
  blank: number;
  copy: number;
  openDeleted: number;
  closeDeleted: number;
  drop: number;
  fix: number;
  rephrase: number;
  simplify: number;
  shorten: number;
  summarize: number;
}

export interface GraphShape {
  layers: number;
  heads: number;
  headSize: number;
  width: number;
  vocabulary: number;
  maximumPositions: number;
  candidates: number;
  maximumInsertion: number;
  lengthOffset: number;
}

export interface Thresholds {
  default: number;
  lexicon: number;
  highConfidence: number;
  /** By kind, by kind and form ("article/insert"), by kind for what the lexical prior lists ("lexicon/casing"), and "near" for unknown words with a neighbour. */
  byType: Partial<
    Record<
      CorrectionType | `${CorrectionType}/${'insert' | 'delete' | 'replace'}` | `lexicon/${CorrectionType}` | 'near',
      number
    >
  >;
}

export const capabilities = ['ctc', 'idle-head'] as const;
export type Capability = (typeof capabilities)[number];

export interface Manifest {
  formatVersion: 1;
  name: string;
  version: string;
  license: string;
  description: string;
  tasks: Task[];
  files: Record<string, { sha256: string; bytes: number }>;
  graph: GraphShape;
  specialTokens: SpecialTokens;
  temperatures: { operation: number; insertion: number; fill: number };
  thresholds: { correct: Thresholds };
  /** From an edit's raw confidence to an honest one: scale and offset of its log-odds; none: as it is. */
  confidence?: { scale: number; offset: number };
  /** Beyond the usual. "ctc": the head gives `<blank>` and reads CTC canvases; "idle-head": a pass without logit rows skips the token head. */
  capabilities?: Capability[];
  calibration?: { expectedCalibrationError: number; command: string };
}
