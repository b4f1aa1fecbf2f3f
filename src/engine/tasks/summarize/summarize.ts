/**
 * Summarize: choose sentences, shorten them by deletion, rewrite only where the model is very sure.
 *
 * A faithful short text beats a fluent invention: every output sentence names the source ranges on which it stands, and
 * whatever a guard refuses stays as it was written, but for slips that would be underlined. Without a model the chosen
 * sentences are given as they are.
 */
import { presetOf } from '../../../protocol/effort';
import type { SummarizeParams, SummarizeResult, SummaryLength, SummarySentence } from '../../../protocol/requests';
import { pickKeySentences } from '../../../english/judge/keysentences';
import { asStatement } from '../../../english/judge/statement';
import { keepsMeaning } from '../../../english/judge/meaning';
import { withImageTexts } from '../../../text/image-text';
import type { Sentence } from '../../../text/types';
import { compress, isSound } from './compress';
import { breathe, type TaskContext } from '../../task-context';
import type { DocumentReader } from '../../document/document-parts';
import { throwIfCancelled } from '../../errors';
import { prepare } from '../../document/prepare';
import { positionPriors, rankByModel, rankByText, wordCount } from './ranking';
import { runDecoder, untilTheEnd } from '../../run-decoder';
import { editPressure } from '../../scoring';
import { placedSentences, readSentences } from '../../document/requested-sentences';
import { correctedSentence } from './corrected-sentence';

/** P(delete) that each deleted token needs; a headline may lose more. */
const sureDeletion = { headline: 0.8, other: 0.85 };
/** Mean log-probability a token (about 0.85 each) from which a rewriting is trusted. */
const sureRewriting = Math.log(0.85);

/** @throws CancelledError; InputError (text too long); RuntimeError */
export async function summarize(context: TaskContext, params: SummarizeParams): Promise<SummarizeResult> {
  const started = performance.now();
  const placed = new Map(placedSentences(context.caches.reader, params).map((each) => [each.sentence, each]));
  const { sentences, scores } = await rankByModel(context, [...placed.keys()], priorOf(params.length));
  const result: SummarySentence[] = [];
  for (const index of choose(sentences, scores, params.length)) {
    const original = sentences[index]!;
    const { sentence, corrections } = await correctedSentence(context, placed.get(original)!, params);
    const shaped = await shape(context, sentence, scores[index]!, params);
    const text = withImageTexts(shaped.text, original, params.text);
    result.push({ ...shaped, text, ...(corrections > 0 ? { corrections } : {}) });
  }
  return {
    output: layOut(result, params.length),
    sentences: result,
    milliseconds: performance.now() - started,
    passes: context.network.passes,
  };
}

/** The same choice without a model. */
export async function summarizeByExtraction(
  reader: DocumentReader,
  params: SummarizeParams,
  signal?: AbortSignal,
): Promise<SummarizeResult> {
  const started = performance.now();
  const all = readSentences(reader, params);
  await breathe();
  throwIfCancelled(signal);
  const { sentences, scores } = rankByText(all, priorOf(params.length));
  const result = choose(sentences, scores, params.length).map((index) => {
    const sentence = extracted(sentences[index]!, scores[index]!);
    return { ...sentence, text: withImageTexts(sentence.text, sentences[index]!, params.text) };
  });
  return {
    output: layOut(result, params.length),
    sentences: result,
    milliseconds: performance.now() - started,
    passes: 0,
  };
}

function priorOf(length: SummaryLength): number {
  return length === 'headline' || length === 'sentence' ? positionPriors.one : positionPriors.several;
}

/** How many sentences a summary has: of a long document more key sentences than of a short one. */
export function sentenceCount(length: SummaryLength, available: number): number {
  if (length === 'headline' || length === 'sentence') return Math.min(1, available);
  if (length === 'short') return Math.min(available, available < 6 ? 2 : 3);
  return Math.min(available, Math.max(3, Math.min(7, Math.round(Math.sqrt(available)))));
}

/** Indices of the best sentences that do not say the same, in the order of the text. */
export function choose(sentences: readonly Sentence[], scores: readonly number[], length: SummaryLength): number[] {
  const wanted = sentenceCount(length, sentences.length);
  const chosen = pickKeySentences(sentences, scores, wanted);
  // A text without a single content word still has a first sentence.
  return chosen.length > 0 ? chosen : sentences.slice(0, wanted).map((_, index) => index);
}

function extracted(sentence: Sentence, score: number): SummarySentence {
  return {
    text: asStatement(sentence.text),
    sources: [{ startIndex: sentence.start, endIndex: sentence.end }],
    method: 'extracted',
    confidence: Math.min(1, Math.max(0, score)),
  };
}

async function shape(
  context: TaskContext,
  sentence: Sentence,
  score: number,
  params: SummarizeParams,
): Promise<SummarySentence> {
  const { length } = params;
  const plain = extracted(sentence, score);
  const short = await compress(context, sentence, length === 'headline' ? sureDeletion.headline : sureDeletion.other);
  const best: SummarySentence = short
    ? { ...plain, text: asStatement(short.text), method: 'compressed', confidence: short.confidence }
    : plain;
  if (length !== 'headline' && length !== 'sentence') return best;
  const rewritten = await rewrite(context, sentence, params);
  return rewritten && rewritten.text.length < best.text.length ? { ...plain, ...rewritten, method: 'rewritten' } : best;
}

/** A new sentence from the summarize task, when the model is sure and every word of weight stands in the source. */
async function rewrite(
  context: TaskContext,
  sentence: Sentence,
  params: SummarizeParams,
): Promise<{ text: string; confidence: number } | undefined> {
  const { decoder, passes } = presetOf('summarize', { decoder: params.decoder, passes: params.options?.passes });
  const { tokenizer } = context.model;
  const { source } = prepare(sentence, 'summarize', tokenizer);
  if (source.ids.length === 0 || source.ids.length > 160) return undefined;
  const result = await runDecoder(
    context,
    decoder,
    source,
    untilTheEnd(decoder, { passes, lengthBeam: 3, ...params.options }),
    context.onStep,
  );
  if (!(result.score >= sureRewriting)) return undefined;
  const text = tokenizer.decode(result.ids).trim();
  if (text.includes('\ufffd') || wordCount(text) < 4 || !isSound(text, sentence.text)) return undefined;
  if (!keepsMeaning(sentence.text, text, { partial: true, leastSupport: 1 }).ok) return undefined;
  const { ids } = tokenizer.encode(text);
  const pressure = await editPressure(context.network, { task: 'fix', ids, protected: new Uint8Array(ids.length) });
  return pressure <= 0.3 ? { text, confidence: Math.exp(result.score) } : undefined;
}

function layOut(sentences: readonly SummarySentence[], length: SummaryLength): string {
  const texts = sentences.map((sentence) => sentence.text);
  if (length === 'key-sentences') return texts.map((text) => `- ${text}`).join('\n');
  if (length === 'headline') return headline(texts[0] ?? '');
  // A caption among sentences gets the stop that it lacks.
  return texts.map((text) => (/[\p{L}\p{N}]$/u.test(text) ? `${text}.` : text)).join(' ');
}

/** Words from which a headline gives up what is only added to it. */
const longHeadline = 10;
/** What a comma, a dash or a bracket adds to a clause that says enough without it; a list goes on in other words. */
const added =
  /^(?<clause>[^,;:(–—`]+?)(?:, (?:which|with|including|such as|inspired|based|written|made|built|designed|used)\b| [–—] | \(|; )/u;

/** Without its full stop; of a long one the clause that it begins with, where that says enough. */
export function headline(text: string): string {
  const whole = text.replace(/(?<![.!?…])[.:;,]$/u, '');
  if (wordCount(whole) <= longHeadline) return whole;
  const clause = added.exec(whole)?.groups?.clause?.trim();
  return clause !== undefined &&
    wordCount(clause) >= 5 &&
    !/^(?:if|when|because|although|to|for|in|on|with|by|as)\b/i.test(clause)
    ? clause
    : whole;
}
