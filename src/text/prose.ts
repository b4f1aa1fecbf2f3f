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
import { type MarkdownPart, markdownParts } from './markdown-parts';
import { alike, oldIndex } from './alike';
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

/** What one part is made of, wherever in the document it stands. */
export interface PartContent {
  /** UTF-16 units. */
  length: number;
  /** Parts of the same format with equal keys have equal prose. */
  key(): string;
  read(): PartProse;
}

export interface ProsePart {
  start: number;
  content: PartContent;
}

/** A document that was cut into parts: what the next reading takes what has not changed from. */
export interface Parts {
  parts: ProsePart[];
  unread: Range[];
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
 * How each format is cut into parts.
 * @param before the parts of an earlier text of the same format: what is the same is the same object
 */
const readers: Record<TextFormat, (source: string, before?: Parts) => Parts> = {
  markdown: (source, before) => markdown(source, 'markdown', before),
  mdx: (source, before) => markdown(source, 'mdx', before),
  plain,
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
    parts: blockParts(source, read).map(({ start, source: text, key, read: blocksOf }) => ({
      start,
      content: contentOf(text, key, blocksOf, isPlain),
    })),
    unread: first === undefined ? unread : [...unread, [first.start, source.length]],
  };
}

interface PlainCut extends Parts {
  texts: string[];
}

function plain(source: string, before?: Parts): PlainCut {
  const old = before as PlainCut | undefined;
  const parts = plainParts(source);
  const texts = parts.map(({ text }) => text);
  const same = alike(old?.texts ?? [], texts, (one, other) => one === other);
  return {
    texts,
    unread: [],
    parts: parts.map(({ start, text }, index) => {
      const at = oldIndex(same, index);
      const read = (): { blocks: Block[]; directives: Directive[] } => plainBlocks(text);
      return { start, content: at === undefined ? contentOf(text, () => text, read, true) : old!.parts[at]!.content };
    }),
  };
}

/** A document of Markdown, and what the reading of its parts depends on beside them. */
interface MarkdownCut extends Parts {
  known: string;
  cut: MarkdownPart[];
}

function markdown(source: string, dialect: Dialect, before?: Parts): MarkdownCut {
  const old = before as MarkdownCut | undefined;
  const { parts, labels, unread } = markdownParts(source, dialect);
  const known = [...labels].join('\n');
  const same = alike(old?.known === known ? old.cut : [], parts, isSamePart);
  return {
    unread,
    known,
    cut: parts,
    parts: parts.map((part, index) => {
      const at = oldIndex(same, index);
      return {
        start: part.start,
        content:
          at === undefined
            ? contentOf(
                part.source,
                () => `${known}\0${part.masked}\0${part.source}`,
                () => markdownBlocks(part, dialect, labels),
                false,
              )
            : old!.parts[at]!.content,
      };
    }),
  };
}

const isSamePart = (one: MarkdownPart, other: MarkdownPart): boolean =>
  one.masked === other.masked && one.source === other.source;

function contentOf(
  source: string,
  key: () => string,
  blocks: () => { blocks: Block[]; directives: Directive[] },
  isPlain: boolean,
): PartContent {
  return {
    length: source.length,
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
 * @param before how an earlier text of the same format was cut
 */
export function readProse(
  source: string,
  format: TextFormat,
  readPart = (part: PartContent): PartProse => part.read(),
  before?: Parts,
): Prose {
  if (source.length > maximumSourceLength) return new Prose([], [], { parts: [], unread: [] });
  const cut = readers[format](source, before);
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
