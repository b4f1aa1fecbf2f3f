/** Marks inside of a paragraph of Org: emphasis, code, links, footnotes, timestamps, macros, formulas. */
import type { Mark } from '../inline-marks';

const before = String.raw`(?<=^|[\s\-('"{–—\0])`;
const behind = String.raw`(?=$|[\s\-.,:!?;'")}[\]–—\0])`;
/** Text between two of a mark, not beginning or ending with a blank. */
const between = (mark: string): string => `${mark}(?=[^\\s${mark}])[^${mark}]{0,600}?(?<=\\S)${mark}`;

const constructs = new RegExp(
  [
    `${before}(?<code>${between('=')}|${between('~')})${behind}`,
    String.raw`(?<link>\[\[[^\][]{1,500}\]\[)(?<linkText>[^\][]{1,500})\]\]`,
    String.raw`(?<kept>\[\[[^\][]{1,500}\]\]|\[\[[^\][\s]{1,300}(?:\]\[?)?|\{\{\{[^{}]{1,300}\}\}\}|[<[]\d{4}-\d{2}-\d{2}[^<>\][]{0,40}[>\]]|\\\([^]{1,300}?\\\)|\\\[[^]{1,300}?\\\]|\b(?:src|call)_\w{1,40}(?:\[[^\]]{0,100}\])?(?:\{[^{}]{0,300}\}|\([^()]{0,300}\)))`,
    String.raw`${before}(?<math>\$(?!\s)[^$]{1,200}(?<=\S)\$)${behind}`,
    String.raw`(?<hidden>\[fn:[^\][]{0,600}\]|\[cite[^\][]{1,300}\]|<<<?[^<>]{1,100}>>>?|@@\w{1,20}:[^@]{0,300}@@|\[\d{0,4}(?:%|\/\d{0,4})\]|\\\\(?=\s*$))`,
    `${before}(?<emphasis>${['\\*', '/', '_', '\\+'].map(between).join('|')})${behind}`,
  ].join('|'),
  'g',
);

/** @param text joined lines of a paragraph; @param offset of its first character in the source */
export function orgMarks(text: string, offset: number): Mark[] {
  const marks: Mark[] = [];
  const add = (start: number, end: number, shown: Mark['shown']): void => {
    if (end > start) marks.push({ start: start + offset, end: end + offset, shown });
  };
  constructs.lastIndex = 0;
  for (let match = constructs.exec(text); match !== null; match = constructs.exec(text)) {
    const { index } = match;
    const end = index + match[0].length;
    const groups = match.groups!;
    if (groups.code !== undefined) {
      // Backticks, as the model knows code.
      add(index, index + 1, { text: '`' });
      add(index + 1, end - 1, 'protected');
      add(end - 1, end, { text: '`' });
    } else if (groups.link !== undefined) {
      const from = index + groups.link.length;
      const isAddress = /[:/]/.test(groups.linkText!) && !/\s/.test(groups.linkText!);
      add(index, from, 'hidden');
      if (isAddress) add(from, end - 2, 'protected');
      add(end - 2, end, 'hidden');
      if (!isAddress) constructs.lastIndex = from;
    } else if (groups.emphasis !== undefined) {
      add(index, index + 1, 'hidden');
      add(end - 1, end, 'hidden');
      constructs.lastIndex = index + 1;
    } else add(index, end, groups.hidden !== undefined ? 'hidden' : 'protected');
  }
  return marks.sort((left, right) => left.start - right.start || right.end - left.end);
}
