/**
 * How much a summary needs each sentence: the model's salience and the sentence's centrality,
 * place and words of the title.
 */
import { sourceRequest } from '../../../decode/layout';
import { sentenceCentrality } from '../../../english/judge/keysentences';
import { statementShare } from '../../../english/judge/statement';
import type { Sentence } from '../../../text/types';
import { cacheKey } from '../../cache';
import { pacer, type TaskContext } from '../../task-context';
import { prepare, windowTokens } from '../../document/prepare';
import { layoutOf } from '../../document/requested-sentences';

export interface Ranked {
  /** The sentences that a summary may take, in order. */
  sentences: Sentence[];
  /** For each of them, 0 or more. */
  scores: number[];
  /** By how much it can stand alone (statement.ts). */
  shares: number[];
}

/** Share of the model's salience head in the score; the rest is the text's own structure. */
const salienceWeight = 0.4;
/**
 * How much a sentence at the start gains over one at the end. Pages say first what they are about: for one sentence the
 * prior is strong (ROUGE-L with 854 pages' own descriptions: 24.4 at 1, 26.3 at 16, 26.5 at 50; always the first:
 * 26.6); several sentences shall cover the page.
 */
export const positionPriors = { one: 50, several: 2 };
/** Sentences that the network looks at; of a longer document the best by structure. */
const mostEncoded = 600;
const fewestWords = 4;

/** Scores from the text alone. Running text first; headings and table cells only when there is nothing else. */
export function rankByText(all: readonly Sentence[], positionPrior: number): Ranked {
  const isHeading = (sentence: Sentence): boolean => sentence.block === 'heading';
  const enough = all.filter(({ text }) => wordCount(text) >= fewestWords);
  const running = enough.filter((sentence) => !isHeading(sentence) && sentence.block !== 'table-cell');
  const sentences = running.length > 0 ? running : enough.length > 0 ? enough : [...all];
  const title = all.find(isHeading)?.text;
  const scores = sentenceCentrality(
    sentences.map(({ text, blockIndex }) => ({ text, blockIndex })),
    { positionPrior, ...(title === undefined ? {} : { title }) },
  );
  const shares = sentences.map(({ text }, index) => statementShare(text, index, title ?? ''));
  return { sentences, scores: scores.map((score, index) => score * shares[index]!), shares };
}

export function wordCount(text: string): number {
  return text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
}

/** Scores with the model. One forward pass for each sentence that is not in the cache. */
export async function rankByModel(
  context: TaskContext,
  all: readonly Sentence[],
  positionPrior: number,
): Promise<Ranked> {
  const { sentences, scores, shares } = rankByText(all, positionPrior);
  const chosen = scores
    .map((_, index) => index)
    .sort((a, b) => scores[b]! - scores[a]!)
    .slice(0, mostEncoded);
  const salience = new Map<number, number>();
  const pace = pacer(context.signal);
  for (const index of chosen) {
    salience.set(index, await salienceOf(context, sentences[index]!));
    context.onProgress?.(salience.size, chosen.length);
    await pace();
  }
  return {
    sentences,
    scores: scores.map(
      (score, index) => (1 - salienceWeight) * score + salienceWeight * shares[index]! * (salience.get(index) ?? 0),
    ),
    shares,
  };
}

/** Sigmoid of the salience head at row 0. A sentence longer than a window is judged by its beginning. */
async function salienceOf(context: TaskContext, sentence: Sentence): Promise<number> {
  const { manifest, dtype, device, tokenizer } = context.model;
  const key = cacheKey('salience', manifest.name, manifest.version, dtype, device, sentence.text, layoutOf(sentence));
  const known = context.caches.salience.get(key);
  if (known !== undefined) return known;
  const { source } = prepare(sentence, 'summarize', tokenizer);
  const part =
    source.ids.length > windowTokens
      ? { ...source, ids: source.ids.slice(0, windowTokens), protected: source.protected.slice(0, windowTokens) }
      : source;
  const { salienceLogits } = await context.network.forward(sourceRequest(context.network, part));
  const value = 1 / (1 + Math.exp(-salienceLogits[0]!));
  context.caches.salience.set(key, value);
  return value;
}
