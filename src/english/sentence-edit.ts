/** One proposed edit of a sentence, as the rules of English read it. */
import type { CorrectionType } from '../protocol/requests';

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
}
