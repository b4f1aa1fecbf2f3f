/**
 * Prose of a commit message: subject and body. Comment lines, everything under the scissors line, trailers, titles of
 * other commits and code stay as they are.
 */
import type { Directive } from './directives';
import { mostBlocks } from './block-parts';
import { plainBlocks } from './plain';
import { type Block, protectSource } from './block';
import type { Range } from './protect';

const scissors = /^([#;@!$%^&|:])[ \t]*-{3,} >8 -{3,}/m;
const askedToWrite = /^([#;@!$%^&|:]) Please enter /m;
/** Trailers that stand for themselves wherever they are. */
const trailer =
  /^(?:[A-Za-z]+(?:-[A-Za-z]+)*-by|Fixe[sd]|Close[sd]?|Resolve[sd]?|Refs?|References?|See(?:-also)?|Related(?:-to)?|Cc|Link|Bug|Issue|Change-Id|Bugzilla|Depends-on|Part-of|Reverts|Commit-Queue|Differential Revision|Message-Id|In-Reply-To|Gerrit[\w-]*|Git-[\w-]+|X-[\w-]+)(?::[ \t]|:$|[ \t]#\d)/i;
const anyTrailer = /^[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*:[ \t]+\S/;
const otherTitle =
  /^(?:fixup|squash|amend|reword)! |^Merge (?:branch|branches|pull request|remote-tracking branch|tag|commit)\b|^\(cherry picked from /;
/** "* branch:", "* branch: (12 commits)": titles of what was merged stand below, further in. */
const mergedBranch = /^\* \S[^\r\n]*:(?: \(\d+ commits\))?$/;
const fence = /^[ \t]*(`{3,}|~{3,})/;

interface Line {
  start: number;
  end: number;
  text: string;
}

export function commitBlocks(source: string): { blocks: Block[]; directives: Directive[] } {
  const lines = linesOf(source);
  const hidden = hiddenLines(source, lines);
  const parts: string[] = [];
  let at = 0;
  for (const line of lines) {
    if (!hidden.has(line)) continue;
    parts.push(source.slice(at, line.start), ' '.repeat(line.end - line.start));
    at = line.end;
  }
  const { blocks, directives } = plainBlocks(parts.join('') + source.slice(at), mostBlocks + 1);
  const subject = lines.find((line) => line.text.trim() !== '' && !hidden.has(line));
  const names = subject === undefined ? [] : namesOfSubject(subject);
  return {
    directives,
    // A subject is a title: it ends without a full stop, and begins as the project likes.
    blocks: blocks.map((block, index) => {
      const titled = block.start === subject?.start ? { ...block, kind: 'heading' as const } : block;
      return index === 0 ? protectSource(titled, names) : titled;
    }),
  };
}

function linesOf(source: string): Line[] {
  return Array.from(source.matchAll(/[^\r\n]+/g), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
    text: match[0],
  }));
}

/** Where the subject says what it is about: "net: …", "feat(parser)!: …", and the title that a revert quotes. */
function namesOfSubject({ start, text }: Line): Range[] {
  const match = /^Revert "[^\r\n]*"/.exec(text) ?? /^[\w./-]{1,40}(?:\([^()\r\n]{0,60}\))?!?:(?=[ \t])/.exec(text);
  return match === null ? [] : [[start, start + match[0].length]];
}

/** The character that begins Git's comments: what its own lines begin with, else "#". */
function commentMark(source: string): string {
  return (scissors.exec(source) ?? askedToWrite.exec(source))?.[1] ?? '#';
}

function hiddenLines(source: string, lines: readonly Line[]): Set<Line> {
  const hidden = new Set<Line>();
  const mark = commentMark(source);
  const cut = scissors.exec(source)?.index ?? source.length;
  const paragraphs: Line[][] = [];
  let openFence: string | undefined;
  let previous: Line | undefined;
  let isYaml = false;
  let isMerge = false;
  let inMerged = false;
  for (const line of lines) {
    if (line.start >= cut || line.text.startsWith(mark)) {
      hidden.add(line);
      continue;
    }
    if (line.text.trim() === '') continue;
    const separated = previous === undefined || isBlankLineBetween(source, previous, line);
    const fenceMark = fence.exec(line.text)?.[1];
    const isFence = fenceMark !== undefined && (openFence === undefined || fenceMark.startsWith(openFence));
    if (line.text === '---' && paragraphs.length > 1) isYaml = true;
    const isCode = openFence !== undefined || isFence || isYaml || isIndentedCode(line, separated, previous, hidden);
    if (isFence) openFence = openFence === undefined ? fenceMark : undefined;
    if (isYaml && line.text === '...') isYaml = false;
    isMerge ||= previous === undefined && /^Merge /.test(line.text);
    inMerged = isMerge && (mergedBranch.test(line.text) || (inMerged && /^ {2}\S/.test(line.text)));
    if (isCode || inMerged || (previous !== undefined && trailer.test(line.text)) || otherTitle.test(line.text))
      hidden.add(line);
    if (separated) paragraphs.push([]);
    paragraphs.at(-1)!.push(line);
    previous = line;
  }
  const last = paragraphs.length > 1 ? paragraphs.at(-1)! : [];
  if (isTrailerBlock(last)) last.forEach((line) => hidden.add(line));
  return hidden;
}

function isBlankLineBetween(source: string, { end }: Line, { start }: Line): boolean {
  return source.slice(end, start).replace(/\r\n?/g, '\n').split('\n').length > 2;
}

/** Four blanks or a tab begin code, except in a list item that goes on. */
function isIndentedCode(
  line: Line,
  separated: boolean,
  previous: Line | undefined,
  hidden: ReadonlySet<Line>,
): boolean {
  if (!/^(?: {4}|\t)/.test(line.text)) return false;
  return separated
    ? !/^[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]/.test(line.text)
    : previous !== undefined && hidden.has(previous);
}

/**
 * The last paragraph, when its lines are trailers and one of them is known or has a hyphen; further lines are indented.
 */
function isTrailerBlock(lines: readonly Line[]): boolean {
  if (
    !lines.every(
      ({ text }) => anyTrailer.test(text) || trailer.test(text) || otherTitle.test(text) || /^[ \t]+\S/.test(text),
    )
  )
    return false;
  return lines.some(({ text }) => trailer.test(text) || /^[A-Za-z0-9]+-[\w-]*:/.test(text));
}
