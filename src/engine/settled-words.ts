/**
 * Listed misspellings that need no judge. A word that the lists know with one correction only, and that nobody writes
 * otherwise, is an error wherever it stands: 527 of 532 on the dev parts have that correction (`calibrate --check --lookup`). The
 * network is less sure of it the more errors stand around, and that is where a writer needs it most.
 * Twin of settled_words in training/nar_training/correct.py.
 */
import type { Lexicon, LexiconOptions } from '../text/lexicon';
import type { SentenceEdit } from './sentence-edits';

/** What such a word's correction is at least shown with: less than the share that was right. */
export const settledConfidence = 0.9;
/** From this confidence on another edit of the same word stands. */
const sureOther = 0.5;

/** The edits with those of settled words: raised where the network had the same, put in where it had none or a doubtful other one. */
export function withSettledWords(view: string, edits: readonly SentenceEdit[], lexicon: Lexicon, options: LexiconOptions): SentenceEdit[] {
  let result = [...edits];
  for (const { start, end, candidates } of lexicon.misspellings(view, options)) {
    const word = view.slice(start, end);
    const [text] = candidates;
    // "The Magentic manager": a capital inside a sentence may be a name's.
    const isName = /^\p{Lu}/u.test(word) && view.slice(0, start).trim() !== '';
    if (candidates.length !== 1 || isName || lexicon.wordCount(word) > 0) continue;
    const same = result.find((edit) => edit.start === start && edit.end === end && edit.text === text);
    const others = result.filter((edit) => edit !== same && edit.start < end && start < edit.end);
    if (others.some(({ confidence }) => confidence >= sureOther)) continue;
    result = result.filter((edit) => edit !== same && !others.includes(edit));
    result.push({ start, end, text: text!, lexicon: true, type: 'spelling', ...same, confidence: Math.max(settledConfidence, same?.confidence ?? 0) });
  }
  return result.sort((left, right) => left.start - right.start || left.end - right.end);
}
