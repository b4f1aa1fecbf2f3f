/**
 * Prose in the lines of one comment: paragraphs, items, the descriptions of documentation tags. Code samples, tables,
 * tags' names and types stay as they are. Comments begin as their writers like, so no block of them is a "paragraph".
 */
import type { Block } from '../block';
import { type Directive, lineDirective } from '../directives';
import { type Mark, markedBlock } from '../inline-marks';
import { type Line, trimmedEnd } from '../lines';
import type { Range } from '../protect';
import { isInstruction, isLicence, isSetting, looksLikeCode } from './no-prose';

const fence = /^(`{3,}|~{3,})/;
const bullet = /^(?:[-*+•‣–]|\(?\d{1,3}[.)]|\(?[a-z]\))[ \t]+/;
const tag = /^[@\\]([A-Za-z][\w-]{0,40})(?:\[[a-z, ]{1,10}\])?[ \t]*/;
/** A heading of PowerShell's help, with the name that it is about; examples are commands. */
const helpKeyword =
  /^\.(SYNOPSIS|DESCRIPTION|PARAMETER|EXAMPLE|INPUTS|OUTPUTS|NOTES|LINK|COMPONENT|ROLE|FUNCTIONALITY|EXTERNALHELP|FORWARDHELP\w+)(?:\s[^]{0,80})?$/i;
/** "- Parameter name:", "- Returns:" of Swift, and what they are called in other notations of that kind. */
const listTag =
  /^[-*][ \t]+(?:Parameter[ \t]+[\w.`]{1,60}|Parameters|Returns|Throws|Note|Warning|Important|Attention|Author|Bug|Complexity|Copyright|Date|Experiment|Invariant|Precondition|Postcondition|Remark|Requires|SeeAlso|Since|Todo|Version):(?:[ \t]+|$)/;
/** Tags with a name before their text, tags with text alone, and tags that show code up to the next tag. */
const namedTags =
  /^(?:param|arg|argument|prop|property|tparam|template|typeparam|throws?|exception|raises|retval|kwarg|option|var|field|defgroup|section|subsection)$/i;
const textTags =
  /^(?:returns?|result|deprecated|remarks?|summary|brief|short|details|note|notes|warning|attention|todo|description|desc|yields?|li|pre|post|invariant|bug|classdesc|fileoverview|overview|file|par|implNote|implSpec|apiNote|privateRemarks|defaultValue)$/i;
const codeTags = /^(?:example|code|verbatim|snippet|dot|msc|startuml)$/i;
const typeAndName = /^(?:\{[^{}]{0,200}(?:\{[^{}]{0,100}\}[^{}]{0,100})?\}[ \t]*)?/;
const parameterName = /^(?:\[[^\]]{0,120}\]|[$&*\w.<>:|\\-]{1,80})(?:[ \t]*-)?(?:[ \t]+|$)/;
/** "@return string|null what it is". */
const plainType =
  /^(?:string|int|integer|bool|boolean|float|array|mixed|void|null|object|number|callable|iterable|self|static)(?:\|[\w\\]{1,60}|\[\]){0,6}[ \t]+/;
const typeBehind = /^(?:fun\([^()]{0,200}\)(?::[ \t]*\S{1,80})?|[\w.]{1,60}<[^<>]{0,120}>\S*|\S{1,120})(?:[ \t]+|$)/;
/** "[name]", "[a.b]": links of KDoc, rustdoc and Doxygen to what is declared. */
const nameLink = /\[[`\w.:#]{1,80}\](?!\()/g;
/** A tag in the middle of a line, with the name that it is about. */
const innerTag = /(?<=\s)@(?:param|arg|tparam|property|prop|throws|exception|raises)[ \t]+[$\w.]{1,60}/g;
const singleItem = /^- \S+$/;
/** An item of "- Parameters:". */
const listedName = /^[-*][ \t]+[\w`]{1,60}:(?:[ \t]+|$)/;
const label = /^(?:TODO|FIXME|XXX|HACK|NOTE|BUG|SAFETY|PERF|REVIEW|OPTIMIZE)(?:\([^()]{0,60}\))?:?(?=\s)/;
const xmlTag =
  /<\/?(?:summary|param|returns|remarks|value|example|code|exception|para|p|ul|ol|li|br|pre|typeparam|inheritdoc|list|item|description|b|i|em|strong)\b[^<>]{0,200}>/gi;
const tagLine = /^<\/?[A-Za-z][^<>]*>$/;
const codeElement = /^<(pre|code|example)\b[^<>]*>/i;

/** @param lines of the comment, marks taken away, in order */
export function commentText(source: string, lines: readonly Line[]): { blocks: Block[]; directives: Directive[] } {
  const blocks: Block[] = [];
  const directives: Directive[] = [];
  const texts = lines.map(({ content, end }) => source.slice(content, trimmedEnd(source, content, end)));
  if (isLicence(texts.join('\n'))) return { blocks, directives };
  const written = withoutFences(texts);
  const code = written.filter(looksLikeCode).length * 2 - written.length;
  if (code > 0 || (code === 0 && written.length > 0 && looksLikeCode(written[0]!))) return { blocks, directives };
  let open: Range[] = [];
  let isItem = false;
  const close = (): void => {
    if (open.length > 0) {
      const block = commentBlock(source, open, isItem);
      if (block !== undefined) blocks.push(block);
    }
    open = [];
    isItem = false;
  };
  let openFence: string | undefined;
  let isSample = false;
  let isParameters = false;
  /** Column from which on a line behind a blank one is code. */
  let codeColumn = Infinity;
  let least = Infinity;
  /** Lists of single words below a setting are its values. */
  let inSetting = false;
  for (const [at, line] of lines.entries()) {
    const text = texts[at]!;
    const name = lineDirective(text);
    if (name !== undefined) directives.push({ name, start: line.start, end: line.end });
    const mark = fence.exec(text)?.[1];
    if (mark !== undefined && (openFence === undefined || mark.startsWith(openFence))) {
      openFence = openFence === undefined ? mark : undefined;
      close();
      continue;
    }
    const element = codeElement.exec(text)?.[1];
    if (openFence === undefined && element !== undefined && !text.includes(`</${element}>`))
      openFence = `</${element}>`;
    else if (openFence?.startsWith('<') && text.includes(openFence)) {
      openFence = undefined;
      close();
      continue;
    }
    const help = helpKeyword.exec(text)?.[1]?.toUpperCase();
    if (help !== undefined) {
      close();
      isSample = help === 'EXAMPLE' || help === 'LINK';
      codeColumn = Infinity;
      continue;
    }
    const tagged = tag.exec(text);
    if (tagged !== null && !/^end/.test(tagged[1]!)) isSample = codeTags.test(tagged[1]!);
    else if (tagged !== null) isSample = false;
    if (
      openFence !== undefined ||
      isSample ||
      name !== undefined ||
      !/[\p{L}\p{N}]/u.test(text) ||
      isInstruction(text)
    ) {
      close();
      continue;
    }
    if (open.length === 0 && line.indent >= codeColumn) continue;
    least = Math.min(least, line.indent);
    if (tagged !== null) {
      close();
      // Lua's annotations have the type behind the name.
      const length = tagLength(tagged, text, source.startsWith('---', line.start - 3));
      codeColumn = Infinity;
      isItem = true;
      if (length !== undefined && length < text.length) open.push([line.content + length, line.content + text.length]);
      else if (length === undefined) isSample = !/^(?:see|link|inheritDoc)/i.test(tagged[1]!) ? isSample : false;
      continue;
    }
    inSetting =
      (isSetting(text) && !listTag.test(text)) ||
      (inSetting ? singleItem.test(text) : /^[\w.-]+:$/.test(text) && singleItem.test(texts[at + 1] ?? ''));
    if (looksLikeCode(text) || inSetting || /^\|.*\|$/.test(text) || tagLine.test(text)) {
      close();
      continue;
    }
    const listed: RegExpExecArray | null = listTag.exec(text) ?? (isParameters ? listedName.exec(text) : null);
    const item = (listed ?? bullet.exec(text))?.[0].length ?? 0;
    if (item > 0) isParameters = listed !== null && (isParameters || /Parameters:/.test(listed[0]));
    if (item > 0) {
      close();
      isItem = true;
    }
    const heading = item === 0 ? (/^#{1,6}[ \t]+/.exec(text)?.[0].length ?? 0) : 0;
    if (heading > 0) close();
    open.push([line.content + item + heading, line.content + text.length]);
    codeColumn = isItem ? Infinity : least + 4;
    if (heading > 0) close();
    // "As follows:" and then something further right.
    else if (text.endsWith(':') && (lines[at + 1]?.indent ?? 0) >= least + 2 && !lines[at + 1]!.blank) {
      close();
      if (!bullet.test(texts[at + 1]!)) codeColumn = least + 2;
    }
  }
  close();
  return { blocks, directives };
}

/** Lines with words outside of Markdown's code. */
function withoutFences(texts: readonly string[]): string[] {
  let isOpen = false;
  return texts.filter((text) => {
    const isFence = fence.test(text);
    if (isFence) isOpen = !isOpen;
    return !isFence && !isOpen && /[\p{L}\p{N}]/u.test(text) && !tagLine.test(text);
  });
}

/** Where the text of a tag starts; undefined for a tag without one. @param hasTypeBehind a type follows the name */
function tagLength(tagged: RegExpExecArray, text: string, hasTypeBehind: boolean): number | undefined {
  let { length } = tagged[0];
  const name = tagged[1]!;
  if (!namedTags.test(name) && !textTags.test(name)) return undefined;
  length += typeAndName.exec(text.slice(length))![0].length;
  if (namedTags.test(name)) length += parameterName.exec(text.slice(length))?.[0].length ?? 0;
  else length += plainType.exec(text.slice(length))?.[0].length ?? 0;
  if (hasTypeBehind) length += typeBehind.exec(text.slice(length))?.[0].length ?? 0;
  length += /^-[ \t]+/.exec(text.slice(length))?.[0].length ?? 0;
  return length;
}

function commentBlock(source: string, ranges: readonly Range[], isItem: boolean): Block | undefined {
  const marks: Mark[] = [];
  const first = ranges[0]!;
  const lead = label.exec(source.slice(first[0], first[1]))?.[0].length ?? 0;
  if (lead > 0) marks.push({ start: first[0], end: first[0] + lead, shown: 'protected' });
  const find = (text: string, offset: number, pattern: RegExp, shown: 'hidden' | 'protected'): void => {
    for (const { index, 0: found } of text.matchAll(pattern))
      marks.push({ start: offset + index, end: offset + index + found.length, shown });
  };
  for (const [start, end] of ranges) {
    const text = source.slice(start, end);
    if (text.includes('<')) find(text, start, xmlTag, 'hidden');
    if (text.includes('[')) find(text, start, nameLink, 'protected');
    if (text.includes('@')) find(text, start, innerTag, 'protected');
  }
  marks.sort((left, right) => left.start - right.start);
  return markedBlock(source, ranges, marks, isItem ? 'list-item' : 'other');
}
