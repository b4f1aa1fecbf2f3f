/**
 * Text between the tags of JSX. Elements such as <b> and <a>, and expressions in braces, stand inside of a sentence:
 * the texts beside them are one, the tags are not seen and the expressions are kept.
 */
import type { Block } from '../block';
import { type Mark, markedBlock } from '../inline-marks';
import { linesOf, trimmedEnd } from '../lines';
import type { Range } from '../protect';

/** A tag that stands inside of a sentence, an expression, or a character's name. */
const parts =
  /(<\/?(?:a|abbr|b|br|cite|code|del|dfn|em|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|time|u|var|Link|Code|Trans|Strong|Em)(?:\s(?:[^<>{}]|\{[^{}]{0,150}\}){0,300})?>)|\{(?:[^{}]|\{[^{}]{0,200}\}){0,300}\}|&#?\w{1,30};/g;
const codeTag = /^<(\/?)(?:code|kbd|samp|var|Code)\b/;
/** Longer markup between two texts parts them. */
const longestGap = 400;

/** @param texts source ranges, sorted */
export function jsxBlocks(source: string, texts: readonly Range[]): Block[] {
  const blocks: Block[] = [];
  for (let at = 0; at < texts.length; ) {
    let end = at + 1;
    while (end < texts.length && goesOn(source, texts[end - 1]!, texts[end]!)) end += 1;
    const block = textBlock(source, texts.slice(at, end));
    if (block !== undefined) blocks.push(block);
    at = end;
  }
  return blocks;
}

function goesOn(source: string, [, end]: Range, [start]: Range): boolean {
  return start - end <= longestGap && source.slice(end, start).replace(parts, '').trim() === '';
}

function textBlock(source: string, texts: readonly Range[]): Block | undefined {
  const marks: Mark[] = [];
  let isCode = false;
  for (const [index, [start, end]] of texts.entries()) {
    if (isCode) marks.push({ start, end, shown: 'protected' });
    const next = texts[index + 1]?.[0] ?? end;
    for (const match of source.slice(end, next).matchAll(parts)) {
      const from = end + match.index;
      const close = from + match[0].length;
      const code = match[1] === undefined ? null : codeTag.exec(match[1]);
      if (code !== null) isCode = code[1] === '' && !match[0].endsWith('/>');
      const isLong = match[0].length > 60 || /[\r\n]/.test(match[0]);
      const isComment = /^\{\s*\/[/*]/.test(match[0]);
      if (code !== null) marks.push({ start: from, end: close, shown: { text: '`' } });
      else if (match[1] !== undefined || isComment || /^\{\s*['"]\s*['"]\s*\}$/.test(match[0]))
        marks.push({ start: from, end: close, shown: /^<br|^\{\s*['"]/.test(match[0]) ? { text: ' ' } : 'hidden' });
      else marks.push({ start: from, end: close, shown: isLong ? { text: '`code`' } : 'protected' });
    }
  }
  const first = texts[0]![0];
  const lines = linesOf(source.slice(first, texts.at(-1)![1])).flatMap((line): Range[] => {
    const start = first + line.content;
    const end = trimmedEnd(source, start, first + line.end);
    return end > start ? [[start, end]] : [];
  });
  return lines.length === 0 ? undefined : markedBlock(source, lines, marks, 'other');
}
