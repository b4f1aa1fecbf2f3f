/** manifest.json of a model folder (docs/model-format.md). */
import type { CorrectionLevel, CorrectionType } from './requests';
import type { Task } from './trace';

/** Of the tasks, those that the model serves have one, and `fix` has, by which candidates of all tasks are judged. */
export interface SpecialTokens extends Record<Task, number> {
  pad: number;
  mask: number;
  begin: number;
  end: number;
  blank: number;
  copy: number;
  openDeleted: number;
  closeDeleted: number;
  drop: number;
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
  /**
   * By kind, by kind and form ("article/insert"), by kind for what the lexical prior lists ("lexicon/casing"), and
   * "near" for unknown words with a neighbour.
   */
  byType: Partial<
    Record<
      CorrectionType | `${CorrectionType}/${'insert' | 'delete' | 'replace'}` | `lexicon/${CorrectionType}` | 'near',
      number
    >
  >;
  /** One table for each level of `correct.level`; without it the fields above hold at all of them. */
  levels?: Record<CorrectionLevel, LevelThresholds>;
}

/** Thresholds of one level: of the first of an edit's names that stands in `byType`, else `default`. */
export interface LevelThresholds {
  default: number;
  byType: Record<string, number>;
}

export interface LogOdds {
  scale: number;
  offset: number;
}
export type Confidence = LogOdds & { byType?: Record<string, LogOdds> };

export const capabilities = ['ctc', 'idle-head', 'piece-labels', 'one-pass', 'edits-only'] as const;
export type Capability = (typeof capabilities)[number];

export interface Manifest {
  formatVersion: 1;
  name: string;
  version: string;
  license: string;
  description: string;
  tasks: Task[];
  files: Record<string, { sha256: string; bytes: number }>;
  /** SHA-256 of the vocabulary that the weights were trained with; without it any tokenizer is taken. */
  vocabularySha256?: string;
  graph: GraphShape;
  specialTokens: SpecialTokens;
  temperatures: { operation: number; insertion: number; fill: number };
  thresholds: { correct: Thresholds };
  /**
   * From an edit's raw confidence to an honest one: scale and offset of its log-odds, by kind where it
   * has its own; none: as it is.
   */
  confidence?: Confidence;
  /**
   * Beyond the usual. "ctc": the head gives `<blank>` and reads CTC canvases; "idle-head": a pass without logit rows
   * skips the token head; "piece-labels": edit labels are decisions of single tokens; "one-pass": the token head also
   * reads the source's own rows, where one token replaces or follows another; "edits-only": it edits its source and
   * writes no text of its own, so decoders that begin with an empty draft do not get it.
   */
  capabilities?: Capability[];
  /**
   * Where the fills of proposals with one slot are read, with "one-pass": in the source's
   * rows, or (usual) in the draft.
   */
  fillFrom?: 'source' | 'draft';
  calibration?: { expectedCalibrationError: number; command: string };
}

/** `Thresholds.highConfidence` where no model is loaded that has its own. */
export const defaultHighConfidence = 0.9;
