/**
 * Ways to say a sentence differently that hold for technical English in general: patterns of phrases, voice, the order
 * of parts. They only propose; every result is judged.
 */
import { type ParaphraseMode, paraphraseModes } from '../../protocol/tasks';
import { otherClauses } from './clauses';
import { moveCondition } from './condition';
import { withEqualPhrases } from './equal-phrases';
import { reordered } from './order';
import { recast } from './recast';
import { phrasePatterns } from './phrase-patterns';
import { replacePhrase } from './replace-phrase';
import { turnedAround } from './turns';
import { split, turned } from './voice';

/**
 * Texts that differ from `view`, without doubles. Words beside code keep their places:
 * whatever is protected stays text. A code span counts as one word, whatever marks it holds.
 */
export function rewrites(view: string, mode: ParaphraseMode): string[] {
  const spans: string[] = [];
  const plain = view.replace(/`[^`]*`/gu, (span) => `\`c${spans.push(span) - 1}\``);
  return rewritesOfWords(plain, mode).map((text) =>
    text.replace(/`c(\d+)`/gu, (_, index: string) => spans[Number(index)]!),
  );
}

function rewritesOfWords(view: string, mode: ParaphraseMode): string[] {
  const { aim } = paraphraseModes[mode];
  const texts: string[] = [];
  let together = view;
  for (const { from, to, aims } of phrasePatterns) {
    if (!aims.includes(aim)) continue;
    texts.push(replacePhrase(view, from, to));
    together = replacePhrase(together, from, to);
  }
  texts.unshift(together);
  texts.push(
    ...turned(view),
    ...turnedAround(view),
    ...reordered(view),
    ...recast(view),
    ...otherClauses(view),
    ...withEqualPhrases(view),
  );
  const halves = aim === 'plainer' ? split(view) : undefined;
  if (halves !== undefined) texts.push(halves);
  const shift = moveCondition(view);
  if (shift !== undefined && aim === 'other') texts.push(shift);
  return [...new Set(texts)].filter((text) => text !== view);
}
