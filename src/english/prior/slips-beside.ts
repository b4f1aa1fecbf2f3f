/**
 * Slips of grammar that a misspelling hides: "Recieves the address and send it" lacks its "sends" only once "Receives"
 * is read. The patterns read the sentence with its misspellings mended; offsets are the sentence's own.
 */
import { applyEdits } from '../../protocol/word-edits';
import type { Range } from '../../text/protect';
import { grammarSlips, type GrammarSlip } from './grammar-slips';
import type { LexiconMatch, LexiconOptions } from './lexicon';

/**
 * The slips of `text`, and those that come to light when each of `misspelled` (in the order of the text, none meeting
 * another) stands as its first candidate.
 */
export function slipsBeside(
  text: string,
  misspelled: readonly LexiconMatch[],
  options: Pick<LexiconOptions, 'protected'> = {},
): GrammarSlip[] {
  const plain = grammarSlips(text, options);
  if (misspelled.length === 0) return plain;
  const edits = misspelled.map(({ start, end, candidates }) => ({ start, end, text: candidates[0]! }));
  /** Where a place of `text` lies in the mended one. */
  const moved = (at: number): number =>
    edits.reduce((sum, edit) => (edit.end <= at ? sum + edit.text.length - (edit.end - edit.start) : sum), at);
  const mended = applyEdits(text, edits);
  const taken = edits.map((edit) => ({ start: moved(edit.start), end: moved(edit.start) + edit.text.length }));
  /** And back; undefined inside of what was mended. */
  const original = (at: number): number | undefined => {
    if (taken.some(({ start, end }) => start < at && at < end)) return undefined;
    return taken.reduce(
      (sum, { end }, index) =>
        end <= at ? sum - edits[index]!.text.length + edits[index]!.end - edits[index]!.start : sum,
      at,
    );
  };
  const ranges = options.protected?.map(([start, end]): Range => [moved(start), moved(end)]);
  const hidden = grammarSlips(mended, ranges ? { protected: ranges } : {}).flatMap((slip): GrammarSlip[] => {
    if (taken.some(({ start, end }) => start < slip.end && slip.start < end)) return [];
    const [start, end] = [original(slip.start), original(slip.end)];
    if (start === undefined || end === undefined) return [];
    if (plain.some((known) => known.start < end && start < known.end)) return [];
    return [{ ...slip, start, end, scope: { start, end } }];
  });
  return [...plain, ...hidden].sort((left, right) => left.start - right.start);
}
