/** Marks inside of a paragraph of AsciiDoc: monospace, passthroughs, macros, links, references, emphasis, escapes. */
import type { Mark } from '../inline-marks';

const before = String.raw`(?<=^|[\s([{<"'“‘,;:/>—–-])`;
const behind = String.raw`(?=$|[\s)\]}>.,;:!?"'”’/<—–-])`;

/** "*text*" of one mark, not glued to letters. */
const constrained = (name: string, mark: string): string =>
  `${before}(?<${name}>(?:\\[[^\\][\\s]{1,60}\\])?${mark})(?=[^\\s${mark}])(?:[^${mark}]{0,600}?[^\\s${mark}])${mark}${behind}`;

const constructs = new RegExp(
  [
    String.raw`\\(?=[*_#^~\x60{<([a-z]|https?:)(?<escape>)`,
    String.raw`(?<quoted>"\x60|'\x60)(?=\S)`,
    String.raw`(?<unquoted>\x60"|\x60')${behind}`,
    String.raw`(?<kept>\+\+\+[^]{1,500}?\+\+\+|\+\+[^]{1,500}?\+\+|\$\$[^]{1,500}?\$\$|\x60\x60[^\x60]{1,500}\x60\x60)`,
    String.raw`${before}(?<mono>\x60(?=\S)[^\x60]{1,500}\x60|\+(?=\S)[^+]{1,300}\+(?![A-Za-z0-9]))`,
    String.raw`(?<math>(?:stem|latexmath|asciimath|pass):[a-z,]{0,12}\[(?:[^\]\\]|\\[^]){0,500}\])`,
    String.raw`(?<anchor>\[\[[^\][]{1,120}\]\]|\(\(\([^()]{1,200}\)\)\)|footnote(?:ref)?:[\w-]{0,60}\[[^\]]{0,1000}\]|indexterm2?:\[[^\]]{0,200}\]|anchor:[^\s[]{1,100}\[[^\]]{0,100}\])`,
    String.raw`(?<cross><<[^<>,]{1,200},)(?<crossText>[^<>]{1,300})>>|(?<crossKept><<[^<>]{1,200}>>)`,
    String.raw`(?<link>(?:\{[\w-]{1,60}\}[^\s[\]{}]{0,300}|(?:link|xref):[^\s[\]]{1,400}|mailto:[^\s[\]]{1,200}|(?:https?|ftp|irc):\/\/[^\s[\]<>]{1,500})\[)(?<linkText>(?:[^\]\\]|\\[^]){0,400})\]`,
    String.raw`(?<macro>\b[a-z][a-z0-9_-]{1,30}:[^\s:[\]\x60"'*]{0,300}\[(?:[^\]\\]|\\[^]){0,300}\])`,
    String.raw`(?<unclosed>\b(?:link|xref|image|mailto):[^\s[\]]{1,400})`,
    String.raw`(?<index>\(\((?!\()[^()]{1,200}\)\))`,
    String.raw`(?<wide>(?:\[[^\][\s]{1,60}\])?(?<wideMark>\*\*|__|##))(?=\S)[^*_#]{1,500}\k<wideMark>`,
    constrained('bold', String.raw`\*`),
    constrained('italic', '_'),
    constrained('marked', '#'),
  ].join('|'),
  'g',
);

/** Attributes behind the text of a link: "text,window=_blank", "text^". */
const linkAttributes = /(?:\^|,\s{0,3}[\w-]{1,30}=[^]{0,300})$/;

/** @param text joined lines of a paragraph; @param offset of its first character in the source */
export function asciidocMarks(text: string, offset: number): Mark[] {
  const marks: Mark[] = [];
  const add = (start: number, end: number, shown: Mark['shown']): void => {
    if (end > start) marks.push({ start: start + offset, end: end + offset, shown });
  };
  /** Marks around text that is read on: their second part comes when it is reached. */
  const closers: { at: number; length: number }[] = [];
  const closeUntil = (at: number): void => {
    while (closers.length > 0 && closers.at(-1)!.at < at) {
      const { at: start, length } = closers.pop()!;
      add(start, start + length, 'hidden');
    }
  };
  constructs.lastIndex = 0;
  for (let match = constructs.exec(text); match !== null; match = constructs.exec(text)) {
    const { index } = match;
    closeUntil(index);
    const end = index + match[0].length;
    const groups = match.groups!;
    const open = (length: number, closing: number): void => {
      add(index, index + length, 'hidden');
      const inside = closers.at(-1)?.at ?? text.length;
      if (end - closing < inside) closers.push({ at: end - closing, length: closing });
      constructs.lastIndex = index + length;
    };
    if (groups.escape !== undefined) {
      add(index, index + 1, 'hidden');
      constructs.lastIndex = index + 2;
    } else if (groups.quoted !== undefined) add(index, end, { text: groups.quoted === '"`' ? '“' : '‘' });
    else if (groups.unquoted !== undefined) add(index, end, { text: groups.unquoted === '`"' ? '”' : '’' });
    else if (groups.anchor !== undefined) add(index, end, 'hidden');
    else if (groups.cross !== undefined) open(groups.cross.length, 2);
    else if (groups.index !== undefined) open(2, 2);
    else if (groups.link !== undefined) {
      const attributes = linkAttributes.exec(groups.linkText!)?.[0].length ?? 0;
      if (groups.linkText!.length > attributes) open(groups.link.length, attributes + 1);
      else add(index, end, 'protected');
    } else if (groups.wide !== undefined) open(groups.wide.length, 2);
    else {
      const opened = groups.bold ?? groups.italic ?? groups.marked;
      if (opened !== undefined) open(opened.length, 1);
      else add(index, end, 'protected');
    }
  }
  closeUntil(Infinity);
  return marks;
}
