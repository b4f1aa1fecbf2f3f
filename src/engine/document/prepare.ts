/** From a sentence to what a decoder reads: tokens with offsets, protected tokens, candidates of the lexical prior. */
import type { DecoderSource } from '../../decode/decoder';
import type { Task } from '../../protocol/trace';
import type { Candidate } from '../../english/prior/prior';
import { isProtected } from '../../protocol/source-map';
import { leadingGap } from '../../text/word-piece';
import type { Tokenizer } from '../../text/tokenizer';
import type { OffsetEncoding, Sentence } from '../../text/types';

export interface Prepared {
  encoding: OffsetEncoding;
  source: DecoderSource;
}

/** Lexicon candidates of one word, as token range and token ids. */
export type LexiconEntry = NonNullable<DecoderSource['lexicon']>[number];

/** @param candidates for correction only: the words of those that are offered are marked for the network (segment 2) */
export function prepare(
  sentence: Sentence,
  task: Task,
  tokenizer: Tokenizer,
  candidates: readonly Candidate[] = [],
): Prepared {
  const encoding = tokenizer.encode(sentence.text);
  const { ids, starts, ends } = encoding;
  const flags = new Uint8Array(ids.length); // 1: protected
  if (
    sentence.pieces.length !== 1 ||
    sentence.pieces[0]!.protected ||
    sentence.pieces[0]!.length !== sentence.text.length
  ) {
    for (let index = 0; index < ids.length; index++) {
      // A token without a character of its own (the middle of an emoji's bytes) goes with the
      // character that it belongs to.
      const start = starts[index]!;
      const end = Math.max(ends[index]!, start + 1);
      flags[index] = isProtected(sentence, start, Math.min(end, sentence.text.length)) ? 1 : 0;
    }
  }
  const source: DecoderSource = { task, ids, protected: flags };
  if (!tokenizer.carriesSpace) source.glued = gluedTokens(sentence.text, encoding);
  const offered = candidates.filter((candidate) => candidate.offered).sort((left, right) => left.start - right.start);
  const entries = lexiconEntries(sentence, encoding, flags, tokenizer, offered);
  if (entries.length > 0) source.lexicon = entries;
  return { encoding, source };
}

function lexiconEntries(
  sentence: Sentence,
  { starts, ends }: OffsetEncoding,
  flags: Uint8Array,
  tokenizer: Tokenizer,
  matches: readonly Candidate[],
): LexiconEntry[] {
  const entries: LexiconEntry[] = [];
  for (const match of matches) {
    const range = tokenRange(sentence.text, starts, ends, match.start, match.end);
    if (!range || flags.subarray(range.start, range.end).includes(1)) continue;
    const space = sentence.text.slice(starts[range.start]!, match.start);
    const candidates = match.candidates
      .map((candidate) => tokenizer.encode(space + candidate).ids)
      .filter((ids) => tokenizer.unknownId === undefined || !ids.includes(tokenizer.unknownId));
    if (candidates.length > 0) entries.push({ ...range, candidates });
  }
  return entries;
}

/** 1 for each token that stands directly behind the one before it. */
function gluedTokens(text: string, { starts, ends }: OffsetEncoding): Uint8Array {
  return Uint8Array.from(starts, (start, index) =>
    Number(index > 0 && leadingGap(text.slice(start, ends[index])) === 0),
  );
}

/** The tokens that cover exactly [start, end), leading white space aside; undefined when a token reaches across. */
export function tokenRange(
  text: string,
  starts: number[],
  ends: number[],
  start: number,
  end: number,
): { start: number; end: number } | undefined {
  let first = 0;
  while (first < starts.length && ends[first]! <= start) first++;
  let last = first;
  while (last < starts.length && ends[last]! < end) last++;
  if (last >= starts.length || ends[last]! !== end) return undefined;
  if (text.slice(starts[first], start).trim() !== '' || starts[first]! > start) return undefined;
  return { start: first, end: last + 1 };
}

export interface Window {
  /** Tokens that the decoder sees. */
  start: number;
  end: number;
  /** Of these, the tokens whose edits count. */
  coreStart: number;
  coreEnd: number;
}

/** Longest run of tokens that is decoded at once; cost grows with the square, and the model has learnt on sentences. */
export const windowTokens = 224;
const marginTokens = 32;

/** Overlapping windows of a very long sentence: each edit comes from a window in which it has context on both sides. */
export function windows(length: number, starts: readonly number[], text: string): Window[] {
  if (length <= windowTokens) return [{ start: 0, end: length, coreStart: 0, coreEnd: length }];
  const isWordStart = (token: number): boolean =>
    token <= 0 || token >= length || /\s/.test(text[starts[token]!] ?? ' ');
  /** The next word start at or before `token`, but after `least`; a word of hundreds of tokens is cut anyway. */
  const snap = (token: number, least: number): number => {
    for (let index = token; index > least; index--) if (isWordStart(index)) return index;
    return token;
  };
  const list: Window[] = [];
  const core = windowTokens - 2 * marginTokens;
  for (let coreStart = 0; coreStart < length; ) {
    const coreEnd = length - coreStart <= core + marginTokens ? length : snap(coreStart + core, coreStart + core / 2);
    const start =
      coreStart === 0 ? 0 : snap(Math.max(0, coreStart - marginTokens), Math.max(0, coreStart - 2 * marginTokens + 1));
    const end = coreEnd === length ? length : snap(Math.min(length, coreEnd + marginTokens), coreEnd);
    list.push({ start, end, coreStart, coreEnd });
    coreStart = coreEnd;
  }
  return list;
}

/** The part of a source that a window shows. */
export function cut(source: DecoderSource, { start, end }: Window): DecoderSource {
  if (start === 0 && end === source.ids.length) return source;
  const part: DecoderSource = {
    task: source.task,
    ids: source.ids.slice(start, end),
    protected: source.protected.slice(start, end),
    ...(source.glued ? { glued: source.glued.slice(start, end) } : {}),
  };
  const entries = source.lexicon
    ?.filter((entry) => entry.start >= start && entry.end <= end)
    .map((entry) => ({ ...entry, start: entry.start - start, end: entry.end - start }));
  if (entries && entries.length > 0) part.lexicon = entries;
  return part;
}
