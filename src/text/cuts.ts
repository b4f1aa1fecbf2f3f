/** How a text of each format is cut into parts that are read one by one. */
import { type CodeFormat, codeFormats, type TextFormat } from '../protocol/formats';
import { alike, oldIndex } from './alike';
import { asciidocBlocks } from './asciidoc/asciidoc';
import { blockParts } from './block-parts';
import { type CodeCut, codeParts } from './code/code-parts';
import { commitBlocks } from './commit';
import { gettextBlocks } from './gettext';
import { htmlBlocks } from './html/html';
import { jupyterBlocks } from './jupyter/jupyter';
import { latexBlocks } from './latex/latex';
import { mailBlocks } from './mail';
import { markdownBlocks } from './markdown';
import { type MarkdownPart, markdownParts } from './markdown-parts';
import type { Dialect } from './opaque/opaque';
import { orgBlocks } from './org/org';
import { copied, PartContent, type Parts, type ProsePart } from './part-content';
import { plainBlocks, plainParts } from './plain';
import { rstBlocks } from './rst/rst';
import { typstBlocks } from './typst/typst';

/** How each format is cut into parts. */
const readers: Record<TextFormat, (source: string, before?: Parts) => Parts> = {
  markdown: (source, before) => markdown(source, 'markdown', before),
  mdx: (source, before) => markdown(source, 'mdx', before),
  plain,
  commit: (source) => blockParts(source, commitBlocks(source), true),
  restructuredtext: (source) => blockParts(source, rstBlocks(source)),
  latex: (source) => blockParts(source, latexBlocks(source)),
  asciidoc: (source) => blockParts(source, asciidocBlocks(source)),
  org: (source) => blockParts(source, orgBlocks(source)),
  typst: (source) => blockParts(source, typstBlocks(source)),
  mail: (source) => blockParts(source, mailBlocks(source), true),
  html: (source) => blockParts(source, htmlBlocks(source), true),
  jupyter: (source) => blockParts(source, jupyterBlocks(source)),
  gettext: (source) => blockParts(source, gettextBlocks(source), true),
  ...(Object.fromEntries(
    codeFormats.map((format) => [
      format,
      (source: string, before?: Parts) => codeParts(source, format, before as CodeCut | undefined),
    ]),
  ) as Record<CodeFormat, (source: string) => Parts>),
};

/** A part with its text as it stands in the text that was read last. */
interface CutPart<Text> extends ProsePart {
  text: Text;
}

function plain(source: string, before?: Parts): Parts {
  const old = (before?.parts ?? []) as CutPart<string>[];
  const parts = plainParts(source);
  const same = alike(old, parts, (one, { text }) => one.text === text);
  return {
    unread: [],
    parts: parts.map(({ start, text }, index): CutPart<string> => {
      const at = oldIndex(same, index);
      return { start, text, content: at === undefined ? plainContent(text) : old[at]!.content };
    }),
  };
}

const plainContent = (text: string): PartContent =>
  new PartContent(text.length, {
    key: () => text,
    blocks: () => {
      const source = copied(text);
      return { source, ...plainBlocks(source) };
    },
    isPlain: true,
  });

/** A document of Markdown, and what the reading of its parts depends on beside them. */
interface MarkdownCut extends Parts {
  known: string;
  parts: CutPart<MarkdownPart>[];
}

function markdown(source: string, dialect: Dialect, before?: Parts): MarkdownCut {
  const { parts, labels, unread } = markdownParts(source, dialect);
  const known = [...labels].join('\n');
  const earlier = before as MarkdownCut | undefined;
  const old = earlier?.known === known ? earlier.parts : [];
  const same = alike(old, parts, (one, part) => one.text.masked === part.masked && one.text.source === part.source);
  return {
    unread,
    known,
    parts: parts.map((part, index) => {
      const at = oldIndex(same, index);
      const content = at === undefined ? markdownContent(part, dialect, labels, known) : old[at]!.content;
      return { start: part.start, text: part, content };
    }),
  };
}

function markdownContent(
  part: MarkdownPart,
  dialect: Dialect,
  labels: ReadonlySet<string>,
  known: string,
): PartContent {
  return new PartContent(part.source.length, {
    key: () => `${known}\0${part.masked}\0${part.source}`,
    blocks: () => {
      const own = { ...part, source: copied(part.source), masked: copied(part.masked) };
      return { source: own.source, ...markdownBlocks(own, dialect, labels) };
    },
    isPlain: false,
  });
}

/**
 * A text in parts.
 * @param before how an earlier text of the same format was cut: what is the same in both is the same object
 * @throws Error for code whose grammar is not loaded
 */
export function cutText(source: string, format: TextFormat, before?: Parts): Parts {
  return readers[format](source, before);
}
