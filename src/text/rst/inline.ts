/** Marks inside of a paragraph of reStructuredText: literals, roles, references, emphasis, escapes. */
import type { Mark } from '../inline-marks';

/** What may stand before and behind a construct; docutils' rule, without the rarer Unicode punctuation. */
const before = String.raw`(?<=^|[\s'"([{<\-/:‘“’«–—\0])`;
const behind = String.raw`(?=$|[\s'")\]}>\-/:.,;!?\\’”»–—\0])`;
const roleName = String.raw`:[A-Za-z0-9](?:[\w+.:-]{0,40}[A-Za-z0-9])?:`;

const constructs = new RegExp(
  [
    String.raw`(?<escape>\\[^])`,
    // Epytext, which older docstrings of Python are written in: "L{Deferred}", "C{None}", "I{not}".
    String.raw`(?<![A-Za-z0-9_])(?<tag>[BCGILMUX])\{(?<tagged>[^{}\r\n]{1,100})\}`,
    `${before}(?<literal>\`\`(?=\\S)[^]{0,500}?[^\\s]\`\`)${behind}`,
    `${before}(?<role>${roleName})(?<roleText>\`(?=\\S)(?:[^\`\\\\]|\\\\[^]){1,500}\`)${behind}`,
    `${before}(?<interpreted>\`(?=\\S)(?:[^\`\\\\]|\\\\[^]){1,500}\`)(?<suffix>__?|${roleName})?${behind}`,
    `${before}(?<target>_\`(?:[^\`\\\\]|\\\\[^]){1,200}\`)${behind}`,
    String.raw`${before}(?<substitution>\|(?=\S)[^|]{1,80}\|(?:__?)?)${behind}`,
    String.raw`${before}(?<note>\[(?:\d{1,4}|#[\w-]{0,60}|\*|[A-Za-z][\w.+-]{0,60})\]_)${behind}`,
    `${before}(?<reference>[A-Za-z0-9](?:[\\w.+:-]{0,60}[A-Za-z0-9])?)(?<mark>__?)${behind}`,
    String.raw`${before}(?<strong>\*\*)(?=\S)(?<strongText>[^]{0,600}?[^\s\\])\*\*${behind}`,
    String.raw`${before}(?<emphasis>\*)(?![\s*])(?<emphasisText>[^*]{0,600}?[^\s\\*])\*${behind}`,
  ].join('|'),
  'g',
);

/** Of "`text <target>`" the text, without the blanks behind it. */
function textOfLink(interpreted: string): string | undefined {
  const open = interpreted.lastIndexOf('<');
  return open > 0 && interpreted.endsWith('>`') ? interpreted.slice(1, open).trimEnd() : undefined;
}

/** @param text joined lines of a paragraph; @param offset of its first character in the source */
export function rstMarks(text: string, offset: number): Mark[] {
  const marks: Mark[] = [];
  const add = (start: number, end: number, shown: Mark['shown']): void => {
    if (end > start) marks.push({ start: start + offset, end: end + offset, shown });
  };
  constructs.lastIndex = 0;
  for (let match = constructs.exec(text); match !== null; match = constructs.exec(text)) {
    const { index } = match;
    const end = index + match[0].length;
    const groups = match.groups!;
    if (groups.escape !== undefined) {
      // An escaped blank joins what stands beside it.
      if (/\s/.test(groups.escape[1]!)) add(index, end, 'hidden');
      else add(index, end, { text: groups.escape[1]! });
    } else if (groups.tag !== undefined) {
      add(index, index + 2, 'hidden');
      // Bold and italic words are words.
      if (!/[BI]/.test(groups.tag)) add(index + 2, end - 1, 'protected');
      add(end - 1, end, 'hidden');
    } else if (groups.literal !== undefined) {
      // One backtick on each side: as the model knows code.
      add(index, index + 1, 'hidden');
      add(index + 1, end - 1, 'protected');
      add(end - 1, end, 'hidden');
    } else if (groups.role !== undefined) {
      const start = index + groups.role.length;
      const title = textOfLink(groups.roleText!);
      // A title of its own is prose; a single word is as likely a name.
      if (title !== undefined && /\S\s+\S/.test(title)) {
        add(index, start + 1, 'hidden');
        add(start + 1 + title.length, end, 'hidden');
      } else {
        add(index, start, 'hidden');
        add(start, end, 'protected');
      }
    } else if (groups.interpreted !== undefined) {
      const length = groups.interpreted.length;
      const title = groups.suffix?.startsWith('_') ? textOfLink(groups.interpreted) : undefined;
      if (title !== undefined && title !== '') {
        add(index, index + 1, 'hidden');
        add(index + 1 + title.length, end, 'hidden');
      } else {
        add(index, index + length, 'protected');
        add(index + length, end, 'hidden');
      }
    } else if (groups.reference !== undefined) {
      add(index, end - groups.mark!.length, 'protected');
      add(end - groups.mark!.length, end, 'hidden');
    } else if (groups.strong !== undefined || groups.emphasis !== undefined) {
      const length = (groups.strong ?? groups.emphasis)!.length;
      add(index, index + length, 'hidden');
      // Docutils nests nothing; escapes inside are looked at like elsewhere.
      for (const inner of rstEscapes(text, index + length, end - length)) add(inner[0], inner[1], { text: inner[2] });
      add(end - length, end, 'hidden');
    } else add(index, end, 'protected');
  }
  return marks;
}

function rstEscapes(text: string, start: number, end: number): [start: number, end: number, text: string][] {
  return Array.from(text.slice(start, end).matchAll(/\\([^])/g), (match) => [
    start + match.index,
    start + match.index + 2,
    match[1]!,
  ]);
}
