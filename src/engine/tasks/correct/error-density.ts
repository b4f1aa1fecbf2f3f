/**
 * Where one sure error stands, a doubtful one beside it is likelier: the network's confidence is calibrated on text with
 * one error in 1,500 words, and a hasty draft has one in ten. A shift of the prior moves the log-odds by a constant
 * (Saerens, Latinne and Decaestecker 2002, eq. 2.4); here by the number of sure errors around.
 * Twin of training/nar_training/fit/error_density.py.
 */

/** From this confidence on an edit counts as an error that is there. */
const sureConfidence = 0.6;
/** Most that is added to the log-odds. */
const mostShift = 2;
/** One sure error beside it says little of a sentence: 84 % of the sentences that people correct have just one. */
const oneMayBe = 1;
/**
 * How many times likelier an edit becomes with a sure error in every other sentence of the document (by counts it would
 * be 75; a part of that, since an error seldom looks like its neighbour), and the clean sentences that every document is
 * taken to have more: one error in three sentences says little.
 */
const documentWeight = 12;
const cleanSentences = 10;

/**
 * Confidences in the light of the other edits. Only for a run over a whole text: while somebody types, what is shown must
 * not vanish because its neighbour was put right.
 *
 * @param sentences confidences of the edits of each sentence, 0..1
 * @returns the same shape; no confidence is lowered
 */
export function withErrorDensity(sentences: readonly (readonly number[])[]): number[][] {
  const sureIn = sentences.map((edits) => edits.reduce((sum, confidence) => sum + sure(confidence), 0));
  const inAll = sureIn.reduce((sum, count) => sum + count, 0);
  return sentences.map((edits, index) =>
    edits.map((confidence) => {
      const own = sure(confidence);
      const around =
        Math.max(0, sureIn[index]! - own - oneMayBe) +
        Math.log1p((documentWeight * (inAll - sureIn[index]!)) / (sentences.length + cleanSentences));
      if (around <= 0 || confidence <= 0 || confidence >= 1) return confidence;
      const odds = (confidence / (1 - confidence)) * Math.exp(Math.min(mostShift, around));
      return odds / (1 + odds);
    }),
  );
}

const sure = (confidence: number): number => (confidence >= sureConfidence ? confidence : 0);
