/**
 * Messages between a client (VS Code, another editor) and the engine process, beside standard LSP.
 * Types and method names only.
 */
import type { TextFormat } from './formats';
import type {
  CorrectionLevel,
  CorrectionType,
  Device,
  Dialect,
  DialectChoice,
  ParaphraseMode,
  StyleChoice,
  SummaryLength,
  Task,
} from './tasks';
import type { DecodeOptions, DecoderName, Step, Trace } from './trace';

export type {
  CorrectionLevel,
  CorrectionType,
  Device,
  Dialect,
  DialectChoice,
  ParaphraseMode,
  StyleChoice,
  SummaryLength,
};

export type { TextFormat };

/**
 * Shape of the browser's Proofreader API, plus kind and confidence. Offsets are UTF-16 units in
 * the request's text or document.
 */
export interface Correction {
  startIndex: number;
  endIndex: number;
  correction: string;
  type: CorrectionType;
  /** Calibrated probability that the edit is right, 0..1. */
  confidence: number;
  /** One sentence for a person. */
  explanation: string;
  /** Backed by the misspelling lists. */
  lexicon: boolean;
  /** A matter of style, no error. */
  style?: true;
  /** How sure the network was before calibration. */
  raw?: number;
  /** Names under which the model may have a threshold for it, the one that holds first. */
  keys?: readonly string[];
  /** Shown whatever the network says. */
  settled?: true;
}

/** A word that no list, no name and no other place of the document knows: shown, and never changed by itself. */
export interface UnknownWord {
  startIndex: number;
  endIndex: number;
  /** Known words that look like it, nearest first; often none. */
  suggestions: string[];
}

export interface RunInfo {
  milliseconds: number;
  passes: number;
}

export interface TextInput {
  text: string;
  format: TextFormat;
  /** Only sentences that touch this range (UTF-16 offsets) are worked on; default: everything. */
  range?: { start: number; end: number };
}

export interface CorrectParams extends TextInput {
  decoder?: DecoderName;
  options?: DecodeOptions;
  /** Least confidence that is reported; default: the model's calibrated thresholds of the level. */
  threshold?: number;
  /** Default: balanced. */
  level?: CorrectionLevel;
  /** Default: auto. */
  style?: StyleChoice;
  /** Default: either. */
  dialect?: DialectChoice;
  /** Words that are never called misspelled. */
  dictionary?: string[];
  ignoredTypes?: CorrectionType[];
  /**
   * Exact texts of sentences (source slice, white space at the ends left out) in which nothing is reported;
   * the setting `ignoredSentences`.
   */
  ignoredSentences?: string[];
  /** Single remarks that are not made again. */
  ignoredRemarks?: IgnoredRemark[];
}

/** One remark at one place: the least change that it proposes and the text around it (remark-place.ts). */
export interface IgnoredRemark {
  original: string;
  correction: string;
  before: string;
  after: string;
}

/** A sentence that could not be checked; nothing is offered in it, and the others were checked. */
export interface SentenceFailure {
  startIndex: number;
  endIndex: number;
  message: string;
}
/** A passage that was left alone, since reading it would take too long; how it is told: unread.ts. */
export interface UnreadPassage {
  startIndex: number;
  endIndex: number;
}
export interface CorrectResult extends RunInfo {
  /** Sorted and disjoint: all of them can be applied together. */
  corrections: Correction[];
  output: string;
  /** From this confidence on a correction may be applied without being looked at; the model's own value. */
  highConfidence: number;
  /** Left out when there are none. */
  failures?: SentenceFailure[];
  /** In order; left out when there are none. */
  unread?: UnreadPassage[];
  /** Passages in another language than English, which were left alone; left out when there are none. */
  foreign?: UnreadPassage[];
  /** At the level `thorough`, outside of the corrections; in order, left out when there are none. */
  unknownWords?: UnknownWord[];
}

export interface ParaphraseParams extends TextInput {
  mode: ParaphraseMode;
  /** How many candidates at most. */
  candidates?: number;
  decoder?: DecoderName;
  options?: DecodeOptions;
}
/** Who wrote a candidate: the network wrote at least a part of it, or a phrase of the list, or rules alone. */
export type ParaphraseOrigin = 'network' | 'phrase' | 'rule';
export interface ParaphraseCandidate {
  text: string;
  /**
   * What gives `text`: sorted, none overlapping, UTF-16 offsets in the request's text. No code and no markup is in one.
   */
  edits: { start: number; end: number; text: string }[];
  origin: ParaphraseOrigin;
  /** Mean log-probability a token; higher is better. */
  score: number;
}
export interface ParaphraseResult extends RunInfo {
  /** The part of the text that the candidates replace. */
  startIndex: number;
  endIndex: number;
  candidates: ParaphraseCandidate[];
}

export interface SummarizeParams extends TextInput {
  length: SummaryLength;
  decoder?: DecoderName;
  options?: DecodeOptions;
}
export interface SummarySentence {
  text: string;
  /** The source sentences on which this one stands. */
  sources: { startIndex: number; endIndex: number }[];
  /** How it was made. */
  method: 'extracted' | 'compressed' | 'rewritten';
  /** Slips of the source that were corrected in it; missing where there were none. */
  corrections?: number;
  confidence: number;
}
export interface SummarizeResult extends RunInfo {
  output: string;
  sentences: SummarySentence[];
}

export interface ProseSentence {
  /** Source range, outer markup included. */
  startIndex: number;
  endIndex: number;
  /** What the model would read of it. */
  text: string;
}
export interface ProseResult {
  /** In order: all of the text, or those that touch the range; for an empty range the one at the cursor, or none. */
  sentences: ProseSentence[];
  /** How many of them are in another language than English, which are left alone. */
  foreign: number;
}

export interface TraceParams {
  /** Chosen by the client; every `step` notification carries it. */
  traceId: string;
  task: Task;
  text: string;
  format: TextFormat;
  decoder: DecoderName;
  options?: DecodeOptions;
  /** `options.draft` in words: text with `<mask>` for each open slot. */
  draftText?: string;
  /** Words of the text that no step may change, added to `options.lockedTokens` everywhere they stand. */
  lockedTexts?: string[];
  /**
   * What a correction of the text would run with; the trace's list offers its edits. Default: the trace's own decoder.
   */
  correction?: Pick<CorrectParams, 'decoder' | 'options'>;
  /** As in `CorrectParams`, for that list. */
  dictionary?: string[];
  ignoredTypes?: CorrectionType[];
  threshold?: number;
  level?: CorrectionLevel;
  style?: StyleChoice;
  dialect?: DialectChoice;
}
export interface StepNotification {
  traceId: string;
  step: Step;
}

/** A document that is open was checked to its end, whether something was found or it could not be read. */
export interface CheckedNotification {
  uri: string;
}

export type EngineState = 'loading' | 'ready' | 'busy' | 'failed' | 'unloaded';
export interface EngineStatus {
  state: EngineState;
  model?: string;
  modelVersion?: string;
  device?: string;
  dtype?: string;
  latestMilliseconds?: number;
  /** All that are loaded; `model` is the one that corrects. */
  models?: { name: string; version: string; tasks: Task[] }[];
  /** What the loaded models can run. */
  decoders?: DecoderName[];
  /** What went wrong and what to do, for a person. */
  message?: string;
}

export interface ModelDescription {
  name: string;
  version: string;
  folder: string;
  description: string;
  tasks: Task[];
  bytes: number;
  dtypes: string[];
}

export interface BenchmarkResult {
  model: string;
  device: string;
  rows: { name: string; medianMilliseconds: number; p95Milliseconds: number; passes: number; tokens: number }[];
}

/** Method names. Requests can be cancelled with the protocol's own cancellation tokens. */
export const methods = {
  correct: 'narText/correct', // CorrectParams -> CorrectResult
  paraphrase: 'narText/paraphrase', // ParaphraseParams -> ParaphraseResult
  summarize: 'narText/summarize', // SummarizeParams -> SummarizeResult
  prose: 'narText/prose', // TextInput -> ProseResult
  trace: 'narText/trace', // TraceParams -> Trace
  step: 'narText/step', // notification StepNotification, engine -> client
  status: 'narText/status', // notification EngineStatus, engine -> client
  checked: 'narText/checked', // notification CheckedNotification, engine -> client with an interface of its own
  getStatus: 'narText/getStatus', // {} -> EngineStatus
  models: 'narText/models', // {} -> ModelDescription[]
  benchmark: 'narText/benchmark', // {} -> BenchmarkResult
} as const;

export type { Trace };
