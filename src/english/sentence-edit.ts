/** One proposed edit of a sentence, as the rules of English read it. */
import type { CorrectionType, Dialect } from '../protocol/requests';

/** An edit of the view text of one sentence: what the cache holds, still without document offsets and thresholds. */
export interface SentenceEdit {
  start: number;
  end: number;
  text: string;
  confidence: number;
  /** Backed by the lists of the lexical prior. */
  lexicon: boolean;
  /** One of the neighbours of an unknown word, or that word in two. */
  near?: boolean;
  type: CorrectionType;
  /** How sure the network was before any calibration; of a settled word that it did not see, what it is shown with. */
  raw?: number;
  /** Names under which the model may have a threshold for it (engine/tasks/correct/thresholds.ts). */
  names?: readonly string[];
  /** A word that needs no judge (prior/settled-words.ts). */
  settled?: boolean;
  /** A matter of taste (judge/style.ts). */
  style?: boolean;
  /** The word is of the other dialect; this one spells it so (prior/dialect.ts). */
  dialect?: Dialect;
}
