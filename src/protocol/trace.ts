/**
 * The one trace format of all decoders (docs/trace-format.md). Probabilities are the network's own,
 * untouched by thresholds or biases.
 */
import type { DecoderName } from './decoders';
import type { SourceMap } from './source-map';
import type { Task } from './tasks';

export type { DecoderName, Task };

export const traceVersion = 1;

export const stepActions = [
  'encode',
  'length',
  'predict',
  'mask',
  'delete',
  'place',
  'fill',
  'insert',
  'propose',
  'verify',
  'rerank',
] as const;
export type StepAction = (typeof stepActions)[number];
export const tokenStates = ['given', 'masked', 'new', 'changed', 'kept', 'deleted', 'inserted'] as const;
export type TokenState = (typeof tokenStates)[number];
export const stopReasons = ['fixed', 'stable', 'confident', 'empty', 'budget', 'loop', 'cancelled'] as const;
export type StopReason = (typeof stopReasons)[number];

export interface Alternative {
  id: number;
  text: string;
  /** 0..1 */
  probability: number;
}

/** How the directed acyclic transformer looks for a path: src/decode/lattice/acyclic-paths.ts. */
export const pathSearches = ['greedy', 'lookahead', 'viterbi'] as const;
export type PathSearch = (typeof pathSearches)[number];

/** Directed acyclic transformer: where the text may go on after a vertex. */
export interface VertexLink {
  /** Index into the tokens of the step; their number is the end of the text. */
  position: number;
  /** 0..1 */
  probability: number;
}

export interface TraceToken {
  id: number;
  /** Decoded text of this one token, leading space included; masks are shown as "". */
  text: string;
  state: TokenState;
  /** Natural log; 0 for tokens that were not predicted. */
  logProbability: number;
  /** Nats over the full softmax; 0 for tokens that were not predicted. */
  entropy: number;
  /** At most 8, best first; empty for tokens that were not predicted. */
  alternatives: Alternative[];
  /** Index into `Trace.source` of the token that this one was kept from or replaces. */
  sourceIndex?: number;
  /** Probabilities of keep, delete, generate where the step read the operation head. */
  operation?: [keep: number, remove: number, generate: number];
  /** Slots placed after this token in this step, and the probability of that count. */
  gap?: { count: number; probability: number };
  /** CRF: probability of each of `alternatives` under all paths of the lattice, which the transition table shapes. */
  marginals?: number[];
  /**
   * Directed acyclic transformer: the three most probable next vertices, best first, and behind them the one that the
   * path takes, where it is another.
   */
  links?: VertexLink[];
  /**
   * Log-probability of this token under each mode of the network, where a step scored more
   * than one (JANUS, re-ranking).
   */
  modes?: { autoregressive?: number; nonAutoregressive?: number; auxiliary?: number };
  /** Target tokens that this source token owns (FastCorrect), and the probability of that count. */
  duration?: { count: number; probability: number };
  /** The user locked this token: no step may change it. */
  locked?: boolean;
}

export interface BeamCandidate {
  length: number;
  text: string;
  /** Mean log-probability a token. */
  score: number;
  chosen: boolean;
}

export interface Step {
  index: number;
  system: DecoderName;
  action: StepAction;
  tokens: TraceToken[];
  /** Mean log-probability of the predicted tokens; 0 when none. */
  score: number;
  /** Forward passes spent so far, this step included. The papers' "iterations" are derived from this. */
  passes: number;
  /** Tokens that this step sent through the network. */
  queryTokens: number;
  /** Wall-clock of this step. */
  milliseconds: number;
  /** Share of tokens equal to the token before them, before any de-duplication (JANUS Table 3). */
  repetitionRatio: number;
  /** Draft length (tokens) with its probability, best first, at most 9. */
  lengths?: { length: number; probability: number }[];
  /** Slots placed before the first token in this step (what `gap` says for the others). */
  leadingGap?: { count: number; probability: number };
  beam?: BeamCandidate[];
  /** Voting: source tokens [start, end), what each reading makes of them, and how many agree on the commonest. */
  columns?: { start: number; end: number; texts: string[]; agreement: number }[];
  /**
   * Tokens that this verify step settled, and their mean over all verify steps so far (blockwise parallel decoding).
   */
  accepted?: { tokens: number; mean: number };
  stop?: StopReason;
}

export interface SourceToken {
  id: number;
  text: string;
  /** UTF-16 offsets in `Trace.sourceText`. */
  start: number;
  end: number;
  protected?: boolean;
}

/** One fix that the run proposed, sure or not, as the correction command would see it before any threshold. */
export interface TraceEdit {
  /** UTF-16 offsets in `Trace.sourceText`. */
  start: number;
  end: number;
  text: string;
  /** Calibrated probability that the edit is right, 0..1. */
  confidence: number;
  /** The model's own bar for this kind of edit: offered from this confidence on. */
  threshold: number;
  /** Kind of error, a `CorrectionType` of requests.ts. */
  type: string;
  /** Backed by the misspelling lists. */
  lexicon: boolean;
}

export interface Trace {
  version: typeof traceVersion;
  task: Task;
  system: DecoderName;
  model: { name: string; version: string; device: string; dtype: string };
  options: DecodeOptions;
  sourceText: string;
  source: SourceToken[];
  steps: Step[];
  output: string;
  stop: StopReason;
  passes: number;
  milliseconds: number;
  /** Only of the task "fix": in the order of the text, none overlapping. */
  edits?: TraceEdit[];
  /** How `sourceText` stands in the text of the request. Missing in traces of other makers. */
  sentences?: TracedSentence[];
}

/** One sentence of `Trace.sourceText`, in order; between two stands a blank. */
export interface TracedSentence extends Omit<SourceMap, 'text'> {
  /** UTF-16 offset in `Trace.sourceText`; those of `pieces` are of the sentence and of the request's text. */
  start: number;
  length: number;
}

export interface DecodeOptions {
  /** Most forward passes after the encode; at least 1. */
  passes?: number;
  /** Length-beam width, 1..9. */
  lengthBeam?: number;
  /** Keep logit offset for correction, natural log units. */
  keepBias?: number;
  /** Re-rank the beam with the same weights in AR mode; weight of the AR score, 0..1. */
  rerankWeight?: number;
  /**
   * Source token indices that no step may delete or replace. Decoders without `keepsLocks` (decoders.ts) refuse them.
   */
  lockedTokens?: number[];
  /**
   * Start from this draft (token ids, `<mask>` for slots) instead of an empty one; left to right, from what stands
   * before its first slot. How each decoder reads it, and which refuse it, stands in its record (decoders.ts).
   */
  draft?: number[];
  /**
   * Positions of `draft` that no step may change: what the person chose or locked. Decoders that keep all given tokens
   * anyway need it for the mark alone.
   */
  lockedDraft?: number[];
  /** Target length in tokens, instead of the length head. */
  targetLength?: number;
  /**
   * The slots of the first pass hold source tokens, evenly spread, instead of `<mask>` (vanilla NAT); off by default.
   */
  sourceCopy?: boolean;
  /** What is revealed first in masked diffusion (Dream); default `entropy`. */
  order?: 'probability' | 'margin' | 'entropy';
  /**
   * Probability from which a slot counts as sure, 0..1: Fast-dLLM reveals it at once, the other refinement decoders end
   * when all open slots are sure.
   */
  sureProbability?: number;
  /** End when a pass changed nothing, though the schedule has passes left; off by default. */
  stopWhenStable?: boolean;
  /**
   * false: after the first pass only open slots and tokens that changed are computed, the others keep keys and values
   * of an earlier pass (Fast-dLLM's dual cache). Faster with many passes, and an approximation; default true.
   */
  exact?: boolean;
  /** Tokens a block: semi-autoregressive, blockwise parallel and block-wise diffusion decoding; 1 or more. */
  blockSize?: number;
  /** Mean probability a token below which JANUS writes from left to right instead, 0..1; 0 never. */
  fallbackProbability?: number;
  /** Start of the random numbers of the decoders that draw (noisy parallel decoding, ReMDM); default 0. */
  seed?: number;
  /** Divisors of the logits for confidences (manifest.temperatures); 1 where left out. Never applied to the trace. */
  temperatures?: { operation?: number; insertion?: number; fill?: number };
  /** Least P(edit) of a word, or P(count > 0) of a gap, at which a correction is proposed; 0..1, default 0.2. */
  minimumEditProbability?: number;
  /** Sentence gate: where no token and no gap is wrong with this probability, nothing is proposed; 0..1, default 0. */
  minimumErrorProbability?: number;
  /** Least confidence at which a proposed correction enters the output (and the next round); 0..1, default 0.5. */
  acceptConfidence?: number;
  /** Subtracted from the logit of "no insertion here" (the papers' EOS penalty), nats: more is inserted; default 0. */
  noInsertionPenalty?: number;
  /**
   * Correction: leave out what makes attested bigrams unattested (needs the model's n-gram table); default off, see
   * docs/decoders/ngram-fusion.md.
   */
  ngramVeto?: boolean;
  /** n-gram fusion: weight α of the language model's log score beside the network's; 0 or more, default 0.4. */
  languageModelWeight?: number;
  /**
   * CTC: slots of the canvas for each source token, 1 or more; default 2. Directed acyclic transformer: vertices;
   * default what its links were trained with.
   */
  upsampling?: number;
  /** CTC: width of the prefix beam, 1..9; 1 (default) is greedy. */
  beamWidth?: number;
  /** Directed acyclic transformer: default `lookahead`. */
  pathSearch?: PathSearch;
  /**
   * Its Viterbi search: exponent β of the length that a path's log-probability is divided by; 0 or more
   * (default 1): larger means longer.
   */
  lengthPenalty?: number;
  /** Collapse equal neighbouring tokens of the finished output; off by default, steps always show the raw text. */
  collapseRepeats?: boolean;
}
