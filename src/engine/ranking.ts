/** How much a summary needs each sentence: the model's salience, the sentence's centrality (TextRank), its place. */
import type { Sentence } from '../text/types';
import { textRank } from '../text/textrank';
import { cacheKey } from './cache';
import { pacer, type TaskContext } from './context';
import { prepare, windowTokens } from './prepare';
import { encodeLayout } from './scoring';
import { layoutOf } from './sentences';

/** Weights of the three, chosen on descriptions/dev (bench/summaries.mjs); without a model the salience's share goes to the others. */
const weights = { salience: 0.5, centrality: 0.15, place: 0.35 };

/** Sentences that the network looks at; of a longer document the most central and earliest ones. */
const mostEncoded = 600;
const fewestWords = 4;

/** Running text first; headings and table cells only when there is nothing else. Fragments are no statements. */
export function summarizable(sentences: readonly Sentence[]): Sentence[] {
  const running = sentences.filter(({ block, text }) => block !== 'heading' && block !== 'table-cell' && wordCount(text) >= fewestWords);
  if (running.length > 0) return running;
  const any = sentences.filter(({ text }) => wordCount(text) >= fewestWords);
  return any.length > 0 ? any : [...sentences];
}

export function wordCount(text: string): number {
  return text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
}

/** Scores without a model, 0..1, for each sentence. */
export function rankByText(sentences: readonly Sentence[]): number[] {
  const central = normalized(textRank(sentences.map((sentence) => sentence.text)));
  const share = weights.centrality + weights.place;
  return sentences.map((sentence, index) => (weights.centrality * central[index]! + weights.place * placeScore(sentence, index)) / share);
}

/** Scores 0..1. One forward pass for each sentence that is not in the cache. */
export async function rankByModel(context: TaskContext, sentences: readonly Sentence[]): Promise<number[]> {
  const base = rankByText(sentences);
  const chosen = base.map((_, index) => index).sort((a, b) => base[b]! - base[a]!).slice(0, mostEncoded);
  const salience = new Map<number, number>();
  const pace = pacer(context.signal);
  for (const index of chosen) {
    salience.set(index, await salienceOf(context, sentences[index]!));
    context.onProgress?.(salience.size, chosen.length);
    await pace();
  }
  return base.map((score, index) => {
    const value = salience.get(index);
    return (1 - weights.salience) * score + (value === undefined ? 0 : weights.salience * value);
  });
}

/** Sigmoid of the salience head at row 0. A sentence longer than a window is judged by its beginning. */
async function salienceOf(context: TaskContext, sentence: Sentence): Promise<number> {
  const { manifest, dtype, device, tokenizer } = context.model;
  const key = cacheKey('salience', manifest.name, manifest.version, dtype, device, sentence.text, layoutOf(sentence));
  const known = context.caches.salience.get(key);
  if (known !== undefined) return known;
  const { source } = prepare(sentence, 'summarize', tokenizer);
  const part = source.ids.length > windowTokens ? { ...source, ids: source.ids.slice(0, windowTokens), protected: source.protected.slice(0, windowTokens) } : source;
  const layout = encodeLayout(context.network, part);
  const { salienceLogits } = await context.network.forward({ batch: 1, length: layout.tokenIds.length, ...layout });
  const value = 1 / (1 + Math.exp(-salienceLogits[0]!));
  context.caches.salience.set(key, value);
  return value;
}

/** The first sentences of a page say what it is about; a list item or a quotation says it less often than a paragraph. */
function placeScore(sentence: Sentence, index: number): number {
  return (sentence.block === 'paragraph' ? 1 : 0.6) / (1 + 0.5 * index);
}

function normalized(values: readonly number[]): number[] {
  const largest = Math.max(...values, 0);
  return values.map((value) => (largest > 0 ? value / largest : 0));
}
