/** Shorter by deletion only: what the "shorten" operation head is sure that nobody misses. */
import { sourceOffset, sourceRequest } from '../../../decode/layout';
import { softmax } from '../../../decode/softmax';
import { applyEdits } from '../../../protocol/word-edits';
import type { Sentence, TextEdit } from '../../../text/types';
import type { TaskContext } from '../../task-context';
import { prepare, windowTokens } from '../../document/prepare';
import { editPressure } from '../../scoring';

export interface Compression {
  text: string;
  /** The least sure deletion's probability. */
  confidence: number;
}

interface Span extends TextEdit {
  confidence: number;
}

/** Finite verbs and negations carry the statement: a deletion that takes one of them away is no compression. */
const carriers =
  /\b(?:am|is|are|was|were|be|been|has|have|had|do|does|did|can|could|may|might|must|shall|should|will|would|not|no|never|n['’]t|only|unless|except|without)\b/iu;

/**
 * @param least P(delete) that every deleted token needs
 * @returns undefined when nothing can go, or what is left is no sound sentence
 */
export async function compress(
  context: TaskContext,
  sentence: Sentence,
  least: number,
): Promise<Compression | undefined> {
  const prepared = prepare(sentence, 'shorten', context.model.tokenizer);
  const { source, encoding } = prepared;
  if (source.ids.length === 0 || source.ids.length > windowTokens) return undefined;
  const { operationLogits } = await context.network.forward(sourceRequest(context.network, source));
  const spans: Span[] = [];
  for (let start = 0; start < source.ids.length; ) {
    let end = start;
    let confidence = 1;
    for (; end < source.ids.length && !source.protected[end]; end++) {
      const probability = softmax(operationLogits, (end + sourceOffset) * 3, 3)[1]!;
      if (probability < least) break;
      confidence = Math.min(confidence, probability);
    }
    if (end > start) {
      const span = { start: encoding.starts[start]!, end: encoding.ends[end - 1]!, text: '', confidence };
      const text = sentence.text.slice(span.start, span.end);
      if (isWholeWords(sentence.text, span) && !carriers.test(text) && !/^\s*(?:the|an?)\s*$/i.test(text))
        spans.push(span);
    }
    start = Math.max(end, start + 1);
  }
  if (spans.length === 0) return undefined;
  // All of them, or else each alone, the surest first.
  const choices =
    spans.length > 1
      ? [spans, ...[...spans].sort((a, b) => b.confidence - a.confidence).map((span) => [span])]
      : [spans];
  const before = await editPressure(context.network, source);
  for (const choice of choices) {
    const text = tidy(applyEdits(sentence.text, choice));
    if (!isSound(text, sentence.text)) continue;
    const { ids } = context.model.tokenizer.encode(text);
    if (
      (await editPressure(context.network, { task: 'fix', ids, protected: new Uint8Array(ids.length) })) <=
      Math.max(0.5, before + 0.1)
    ) {
      return { text, confidence: Math.min(...choice.map((span) => span.confidence)) };
    }
  }
  return undefined;
}

function isWholeWords(view: string, { start, end }: Span): boolean {
  const word = /[\p{L}\p{N}\p{M}_'’-]/u;
  // A lone blank between two words is no word to delete.
  if (word.test(view[start - 1] ?? ' ') && word.test(view[end] ?? ' ')) return false;
  return (
    !(word.test(view[start] ?? ' ') && word.test(view[start - 1] ?? ' ')) &&
    !(word.test(view[end - 1] ?? ' ') && word.test(view[end] ?? ' '))
  );
}

/** Blanks and marks that a deletion left over, and the capital of the new first word. */
export function tidy(text: string): string {
  const cleaned = text
    .replace(/\(\s*\)/g, '')
    .replace(/(?<!\s)\s+([,;:.!?)])/g, '$1')
    .replace(/([,;:])(?=[,;:.!?])/g, '')
    .replace(/^[\s,;:–—-]+/, '')
    .replace(/ {2,}/g, ' ')
    .trim();
  return cleaned.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
}

/** Brackets and quotation marks in pairs, enough words, no word of connection at either end. */
export function isSound(text: string, before: string): boolean {
  const count = (value: string, mark: RegExp): number => value.match(mark)?.length ?? 0;
  for (const [open, close] of [
    [/\(/g, /\)/g],
    [/\[/g, /\]/g],
    [/[“„]/g, /”/g],
  ] as const) {
    if (count(text, open) - count(text, close) !== count(before, open) - count(before, close)) return false;
  }
  if (count(text, /"/g) % 2 !== count(before, /"/g) % 2 || count(text, /`/g) !== count(before, /`/g)) return false;
  const words = text.match(/[\p{L}\p{N}`]+/gu) ?? [];
  if (words.length < 4) return false;
  if (
    /(?:^|\s)(?:and|or|but|the|a|an|of|to|for|in|on|with|by|from|as|that|which|because|if|when|its|their)[.!?]?$/iu.test(
      text,
    )
  )
    return false;
  // An initial that opened a sentence is kept; a new first word must not be one that hangs on what was deleted.
  return (
    !/^(?:and|or|but|which|who|because|than)\b/iu.test(text) ||
    /^(?:and|or|but|which|who|because|than)\b/iu.test(before)
  );
}
