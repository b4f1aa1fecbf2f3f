/**
 * What is known of the parts of a document from one request to the next, so that a keystroke costs what the changed
 * part costs: edits of parts whose sentences were all looked at, and what is offered of a sentence's edits.
 */
import type { SentenceEdit } from '../../../english/sentence-edit';
import type { Correction } from '../../../protocol/requests';
import type { PartProse } from '../../../text/prose';
import type { Sentence } from '../../../text/types';
import { type Choice, correctionsOf, sureEdits, thresholdOf } from './offered';

/** A sentence that has edits. Offsets are in its part. */
export interface FoundEdits {
  sentence: Sentence;
  edits: SentenceEdit[];
}

interface KnownPart {
  /** Of all that the edits depend on beside the part. */
  key: string;
  /** Sentences that were looked at. */
  count: number;
  found: FoundEdits[];
}

/** Goes with the part, which the reader of documents keeps. */
const parts = new WeakMap<PartProse, KnownPart>();

export function knownPart(prose: PartProse, key: string): KnownPart | undefined {
  const known = parts.get(prose);
  return known?.key === key ? known : undefined;
}

export function keepPart(prose: PartProse, known: KnownPart): void {
  parts.set(prose, known);
}

/** Whether one of the edits is sure enough, whatever the rest of the document says. */
export const isLikely = ({ edits }: FoundEdits, choice: Choice): boolean =>
  edits.some((edit) => edit.confidence >= thresholdOf(edit, choice));

interface Offered {
  sure: readonly SentenceEdit[];
  corrections: Correction[];
}

const offers = new WeakMap<Sentence, Offered>();

/** As `offered` of the sentence where it stands in the document. @param start of its part */
export function offeredAt(start: number, { sentence, edits }: FoundEdits, choice: Choice): Correction[] {
  const sure = sureEdits(sentence, edits, choice);
  if (sure.length === 0) return [];
  let known = offers.get(sentence);
  if (known?.sure.length !== sure.length || sure.some((edit, index) => known!.sure[index] !== edit))
    offers.set(sentence, (known = { sure, corrections: correctionsOf(sentence, sure) }));
  return known.corrections.map((correction) => ({
    ...correction,
    startIndex: correction.startIndex + start,
    endIndex: correction.endIndex + start,
  }));
}
