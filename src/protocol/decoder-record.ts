/** What is said of each decoder: the shape of the records in decoders.ts. */
import type { DecoderOptionName } from './decoder-options';

/** What a model must have beyond the usual: the capability "ctc", or a table of its folder (docs/model-format.md). */
export type Need = 'ctc' | 'transitions' | 'links' | 'ngrams';

/** What a decoder does with `draft`: what stays of it. */
export const draftUses = {
  slots: 'every token other than `<mask>`',
  prefix: 'what stands before the first `<mask>`; the rest is written anew',
  edits: 'locked tokens; what the draft has other than the source counts as edits with confidence 1',
  whole: 'locked tokens; it is one state among others',
} as const;
export type DraftUse = keyof typeof draftUses;

/**
 * What the product takes a decoder for. fix: corrects in one round, as the editor does it; fixInRounds: goes on where
 * more passes are wanted, and is what there is to watch; write, writeInRounds: the same for a new text; writeInOrder:
 * what the others' speed is compared with.
 */
export type Role = 'fix' | 'fixInRounds' | 'write' | 'writeInRounds' | 'writeInOrder';

export interface DecoderRecord {
  /** What it does. The name of a training (MIST, JANUS) would promise what a model's weights need not have seen. */
  title: string;
  /** One line for the panel, the settings and the index of docs/decoders. */
  about: string;
  /** First author and year; docs/decoders says the rest. */
  paper: string;
  /** What it is for. */
  use: string;
  /** Forward passes beyond the encode. */
  cost: string;
  /** The options that it reads, each with what it does where nothing is chosen. */
  options: Partial<Record<DecoderOptionName, number | boolean | string | undefined>>;
  /** `lockedTokens` stay: it edits the sentence, begins with the locked tokens, or aligns its slots with the source. */
  keepsLocks?: true;
  /** Without this a draft is refused. */
  draft?: DraftUse;
  needs?: Need;
  /** Its passes grow with the text: it gets `passes` only where a person chose a number, which may cut the text off. */
  toTheEnd?: true;
  /** What it is taken for where nobody names a decoder; each role has one. */
  role?: Role;
  /** What it does with `draft` when it corrects, where that is something else. */
  draftOfFix?: DraftUse;
  /** false: the training package has no reference for it, so no golden trace is asked for. */
  reference?: false;
}
