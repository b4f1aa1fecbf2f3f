/** Several changes of one sentence, and the candidates of several sentences, as one. */
import type { ParaphraseCandidate } from '../../../protocol/requests';
import { applyEdits, wordEdits, type TextEdit } from '../../../protocol/word-edits';
import type { Candidate } from './judge';

/** The k-th candidate of the whole takes each sentence's k-th best, or its best when there are fewer. */
export function combine(
  text: string,
  start: number,
  end: number,
  perSentence: readonly Candidate[][],
  most: number,
): ParaphraseCandidate[] {
  const rounds = Math.min(most, Math.max(0, ...perSentence.map((list) => list.length)));
  const combined: ParaphraseCandidate[] = [];
  for (let round = 0; round < rounds; round++) {
    const chosen = perSentence.map((list) => list[round] ?? list[0]).filter((candidate) => candidate !== undefined);
    const edits = chosen.flatMap((candidate) => candidate.edits);
    const inside = edits.map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start }));
    const result = applyEdits(text.slice(start, end), inside);
    const score = chosen.reduce((sum, candidate) => sum + candidate.score, 0) / chosen.length;
    const origin = (['network', 'phrase'] as const).find((one) => chosen.some((candidate) => candidate.origin === one));
    if (!combined.some((other) => other.text === result))
      combined.push({ text: result, edits, score, origin: origin ?? 'rule' });
  }
  return combined;
}

/**
 * The changes of all texts on one sentence; of texts whose changes meet, the earlier one counts. undefined for a
 * single change.
 */
export function allTogether(view: string, texts: readonly string[]): string | undefined {
  const chosen: TextEdit[] = [];
  for (const text of texts) {
    const edits = wordEdits(view, text);
    // All of a text's edits or none: half of a moved clause would stand there twice.
    if (edits.every((edit) => chosen.every((other) => edit.start > other.end || edit.end < other.start)))
      chosen.push(...edits);
  }
  if (chosen.length < 2) return undefined;
  return applyEdits(
    view,
    chosen.sort((a, b) => a.start - b.start),
  );
}
