/** From a document to the sentences that the model works on, each tied to the source it came from. */
import type { TextFormat } from '../protocol/formats';
import { mostBlocks } from './block-parts';
import { cutText } from './cuts';
import { type Directive, disabledRanges } from './directives';
import { notebookFault } from './jupyter/jupyter';
import type { PartContent, PartProse, Parts } from './part-content';
import { mergeRanges, type Range } from './protect';
import type { Sentence } from './types';

export type { PartContent, PartProse } from './part-content';
export { grammarReady } from './code/grammars';

/** Longest document that is read, in UTF-16 units. */
export const maximumSourceLength = 2_000_000;

/** Why the document is too large to be worked on, for a person; undefined when it is not. */
export function tooLargeReason(source: string): string | undefined {
  if (source.length <= maximumSourceLength) return undefined;
  return `The document has ${(source.length / 1e6).toFixed(1)} million characters; at most ${maximumSourceLength / 1e6} million are read. Select a part of it, or split the file.`;
}

/** Why a document of the format cannot be read at all, for a person; undefined when it can. */
export function unreadableReason(source: string, format: TextFormat): string | undefined {
  return tooLargeReason(source) ?? (format === 'jupyter' ? notebookFault(source) : undefined);
}

/** A part of a document with its prose. The same prose is the same object from one reading to the next. */
export interface PlacedPart {
  start: number;
  /** UTF-16 units. */
  length: number;
  /** Blocks before it. */
  firstBlock: number;
  prose: PartProse;
}

export class Prose {
  private all: Sentence[] | undefined;

  constructor(
    /** Those that have sentences, in order. */
    readonly parts: readonly PlacedPart[],
    /** Source ranges that were left alone, since reading them would take too long. */
    readonly unread: readonly Range[],
    /** How it was cut, for the next reading. */
    readonly cut: Parts,
  ) {}

  /** In order; the alternative text of an image stands after the paragraph that shows it. */
  get sentences(): Sentence[] {
    this.all ??= this.parts.flatMap((part) => part.prose.sentences.map((sentence) => placedSentence(sentence, part)));
    return this.all;
  }
}

/**
 * All prose of `source` (docs: types.ts). Every piece maps view text to the same source text;
 * view text outside all pieces stands for different source text (line break, character reference) and cannot be edited.
 * A document over `maximumSourceLength` gives none (see `tooLargeReason`).
 * @throws Error for code whose grammar is not loaded (`grammarReady`), nothing else
 * @param readPart what reads a part, where its prose may be known already
 * @param before how an earlier text of the same format was cut
 */
export function readProse(
  source: string,
  format: TextFormat,
  readPart = (part: PartContent): PartProse => part.read(),
  before?: Parts,
): Prose {
  if (source.length > maximumSourceLength) return new Prose([], [], { parts: [], unread: [] });
  const cut = cutText(source, format, before);
  const directives: Directive[] = [];
  const parts: PlacedPart[] = [];
  let firstBlock = 0;
  let sentences = 0;
  let { unread } = cut;
  for (const { start, content } of cut.parts) {
    if (sentences >= mostBlocks) {
      unread = mergeRanges([...cut.unread, [start, source.length]]);
      break;
    }
    const prose = readPart(content);
    for (const directive of prose.directives)
      directives.push({ ...directive, start: directive.start + start, end: directive.end + start });
    if (prose.sentences.length === 0) continue;
    parts.push({ start, length: content.length, firstBlock, prose });
    sentences += prose.sentences.length;
    firstBlock += blocksIn(prose);
  }
  const disabled = directives.length === 0 ? [] : disabledRanges(source, directives);
  return new Prose(disabled.length === 0 ? parts : enabledParts(parts, disabled), unread, cut);
}

const blocksIn = ({ sentences }: PartProse): number => (sentences.at(-1)?.blockIndex ?? -1) + 1;

/** Without the sentences that one of the ranges (sorted, not overlapping) touches. */
function enabledParts(parts: readonly PlacedPart[], disabled: readonly Range[]): PlacedPart[] {
  const enabled: PlacedPart[] = [];
  let firstBlock = 0;
  for (const part of parts) {
    const { start, prose } = part;
    const left = prose.sentences.filter(
      (sentence) => !touchesRange(disabled, { start: sentence.start + start, end: sentence.end + start }),
    );
    if (left.length === 0) continue;
    const kept =
      left.length === prose.sentences.length ? prose : { sentences: renumbered(left), directives: prose.directives };
    enabled.push({ ...part, firstBlock, prose: kept });
    firstBlock += blocksIn(kept);
  }
  return enabled;
}

/** Whether one of the ranges (sorted, not overlapping) touches the sentence. */
function touchesRange(ranges: readonly Range[], { start, end }: { start: number; end: number }): boolean {
  let low = 0;
  let high = ranges.length;
  // The first range that ends behind the start.
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ranges[middle]![1] > start) high = middle;
    else low = middle + 1;
  }
  return low < ranges.length && ranges[low]![0] < end;
}

/** Blocks counted without those that have no sentence left. */
function renumbered(sentences: readonly Sentence[]): Sentence[] {
  let blockIndex = -1;
  return sentences.map((sentence, index) => {
    if (sentence.blockIndex !== sentences[index - 1]?.blockIndex) blockIndex += 1;
    return { ...sentence, blockIndex };
  });
}

/** The sentences of `readProse`. */
export function proseSentences(source: string, format: TextFormat): Sentence[] {
  return readProse(source, format).sentences;
}

/** A sentence of a part as one of the document. */
export function placedSentence(sentence: Sentence, { start, firstBlock }: PlacedPart): Sentence {
  if (start === 0 && firstBlock === 0) return sentence;
  return {
    ...sentence,
    start: sentence.start + start,
    end: sentence.end + start,
    blockIndex: sentence.blockIndex + firstBlock,
    pieces: sentence.pieces.map((piece) => ({ ...piece, sourceStart: piece.sourceStart + start })),
  };
}
