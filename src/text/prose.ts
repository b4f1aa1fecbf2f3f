/** From a document to the sentences that the model works on, each tied to the source it came from. */
import { type CodeFormat, codeFormats, type TextFormat } from '../protocol/formats';
import { asciidocBlocks } from './asciidoc/asciidoc';
import { type Block, cutSentences, maskProtected, protect } from './block';
import { blockParts, mostBlocks } from './block-parts';
import { codeBlocks } from './code/code';
import { commitBlocks } from './commit';
import { htmlBlocks } from './html/html';
import { isFiller } from './filler';
import { gettextBlocks } from './gettext';
import { jupyterBlocks, notebookFault } from './jupyter/jupyter';
import { commandLines } from './command-lines';
import { compoundNames, labelOfItem } from './compound-names';
import { type Directive, disabledRanges } from './directives';
import { latexBlocks } from './latex/latex';
import { mailBlocks } from './mail';
import { markdownBlocks } from './markdown';
import { markdownParts } from './markdown-parts';
import type { Dialect } from './opaque/opaque';
import { orgBlocks } from './org/org';
import { plainBlocks, plainParts } from './plain';
import { properNames } from './proper-names';
import { mergeRanges, protectedRanges, type Range } from './protect';
import { shownWords } from './quoted-words';
import { rstBlocks } from './rst/rst';
import { sentenceRanges } from './sentence-ends';
import { typstBlocks } from './typst/typst';
import type { Piece, Sentence } from './types';

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

/** What is read by itself: nothing in it depends on the rest of the document. Offsets are in the part. */
export interface PartProse {
  sentences: Sentence[];
  directives: Directive[];
}

export interface ProsePart {
  start: number;
  /** Parts of the same format with equal keys have equal prose. */
  key: string;
  read(): PartProse;
}

interface Parts {
  parts: ProsePart[];
  unread: Range[];
}

export interface Prose {
  /** In order; the alternative text of an image stands after the paragraph that shows it. */
  sentences: Sentence[];
  /** Source ranges that were left alone, since reading them would take too long. */
  unread: readonly Range[];
}

/** How each format is cut into parts. */
const readers: Record<TextFormat, (source: string) => Parts> = {
  markdown: (source) => markdown(source, 'markdown'),
  mdx: (source) => markdown(source, 'mdx'),
  plain: (source) => ({
    parts: plainParts(source).map(({ start, text }) => partOf(start, text, text, () => plainBlocks(text), true)),
    unread: [],
  }),
  commit: (source) => inBlocks(source, commitBlocks(source), true),
  restructuredtext: (source) => inBlocks(source, rstBlocks(source)),
  latex: (source) => inBlocks(source, latexBlocks(source)),
  asciidoc: (source) => inBlocks(source, asciidocBlocks(source)),
  org: (source) => inBlocks(source, orgBlocks(source)),
  typst: (source) => inBlocks(source, typstBlocks(source)),
  mail: (source) => inBlocks(source, mailBlocks(source), true),
  html: (source) => inBlocks(source, htmlBlocks(source), true),
  jupyter: (source) => inBlocks(source, jupyterBlocks(source)),
  gettext: (source) => inBlocks(source, gettextBlocks(source), true),
  ...(Object.fromEntries(
    codeFormats.map((format) => [format, (source: string) => inBlocks(source, codeBlocks(source, format), true)]),
  ) as Record<CodeFormat, (source: string) => Parts>),
};

/** A format whose blocks are all found at once. */
function inBlocks(
  source: string,
  { blocks, directives, unread = [] }: { blocks: Block[]; directives: Directive[]; unread?: Range[] },
  isPlain = false,
): Parts {
  const first = blocks[mostBlocks];
  const read = { blocks: blocks.slice(0, mostBlocks), directives };
  return {
    parts: blockParts(source, read).map((part) => partOf(part.start, part.source, part.key, part.read, isPlain)),
    unread: first === undefined ? unread : [...unread, [first.start, source.length]],
  };
}

function markdown(source: string, dialect: Dialect): Parts {
  const { parts, labels, unread } = markdownParts(source, dialect);
  const known = [...labels].join('\n');
  return {
    unread,
    parts: parts.map((part) =>
      partOf(
        part.start,
        part.source,
        `${known}\0${part.masked}\0${part.source}`,
        () => markdownBlocks(part, dialect, labels),
        false,
      ),
    ),
  };
}

function partOf(
  start: number,
  source: string,
  key: string,
  blocks: () => { blocks: Block[]; directives: Directive[] },
  isPlain: boolean,
): ProsePart {
  return {
    start,
    key,
    read: () => {
      const read = blocks();
      return { sentences: sentencesOf(source, read.blocks, isPlain), directives: read.directives };
    },
  };
}

/**
 * All prose of `source` (docs: types.ts). Every piece maps view text to the same source text;
 * view text outside all pieces stands for different source text (line break, character reference) and cannot be edited.
 * A document over `maximumSourceLength` gives none (see `tooLargeReason`).
 * @throws Error for code whose grammar is not loaded (`grammarReady`), nothing else
 * @param readPart what reads a part, where its prose may be known already
 */
export function readProse(
  source: string,
  format: TextFormat,
  readPart = (part: ProsePart): PartProse => part.read(),
): Prose {
  if (source.length > maximumSourceLength) return { sentences: [], unread: [] };
  const { parts, unread: hard } = readers[format](source);
  const all: Sentence[] = [];
  const directives: Directive[] = [];
  let blocks = 0;
  let unread = hard;
  for (const part of parts) {
    if (all.length >= mostBlocks) {
      unread = mergeRanges([...hard, [part.start, source.length]]);
      break;
    }
    const read = readPart(part);
    for (const sentence of read.sentences) all.push(moved(sentence, part.start, blocks));
    for (const directive of read.directives)
      directives.push({ ...directive, start: directive.start + part.start, end: directive.end + part.start });
    blocks = (all.at(-1)?.blockIndex ?? -1) + 1;
  }
  const disabled = disabledRanges(source, directives);
  if (disabled.length === 0) return { sentences: all, unread };
  const enabled = all.filter((sentence) => !touchesRange(disabled, sentence));
  return { sentences: renumbered(enabled), unread };
}

/** Whether one of the ranges (sorted, not overlapping) touches the sentence. */
function touchesRange(ranges: readonly Range[], { start, end }: Sentence): boolean {
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

function moved(sentence: Sentence, offset: number, blocks: number): Sentence {
  if (offset === 0 && blocks === 0) return sentence;
  return {
    ...sentence,
    start: sentence.start + offset,
    end: sentence.end + offset,
    blockIndex: sentence.blockIndex + blocks,
    pieces: sentence.pieces.map((piece) => ({ ...piece, sourceStart: piece.sourceStart + offset })),
  };
}

function sentencesOf(source: string, blocks: readonly Block[], isPlain: boolean): Sentence[] {
  const sentences: Sentence[] = [];
  let blockIndex = 0;
  for (const [index, block] of blocks.entries()) {
    if (isFiller(block.text)) continue;
    const kind = goesOn(source, blocks[index - 1], block) ? 'continuation' : block.kind;
    const words = maskProtected(block, ' ');
    const ranges = mergeRanges([
      ...protectedRanges(words, isPlain),
      ...shownWords(words),
      ...compoundNames(words),
      ...commandLines(block, words, source),
      ...(block.kind === 'list-item' ? labelOfItem(words) : []),
    ]);
    const marked = { ...protect(block, ranges), kind };
    const names = properNames(maskProtected(marked, ' '), block.kind === 'heading', block.text);
    const before = sentences.length;
    for (const sentence of cutSentences(marked, sentenceRanges(maskProtected(marked, 'X')), blockIndex, names)) {
      // Where nothing may be edited (a table cell with code alone), there is nothing to work on.
      if (sentence.pieces.some((piece) => !piece.protected && hasLetter(sentence.text, piece)))
        sentences.push(sentence);
    }
    if (sentences.length > before) blockIndex += 1;
  }
  return sentences;
}

/**
 * Whether a paragraph in small letters goes on with a sentence: after something that is no prose,
 * or a block that does not end.
 */
function goesOn(source: string, previous: Block | undefined, block: Block): boolean {
  if (block.kind !== 'paragraph' || !/^[^\p{L}]*\p{Ll}/u.test(block.text.slice(0, 60))) return false;
  const between = source.slice(previous?.end ?? 0, block.start);
  if (/[^\s>=#*_-]/.test(between)) return true;
  return (
    previous !== undefined && previous.kind !== 'heading' && !/[.!?…]["'”’)\]*_]*\s*$/.test(previous.text.slice(-20))
  );
}

function hasLetter(text: string, piece: Piece): boolean {
  return /\p{L}/u.test(text.slice(piece.viewStart, piece.viewStart + piece.length));
}
