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
    String.raw`(?<anchor>\[\[[^\][]{1,120}\]\]|\(\(\([^()]{1,200}\)\)\))`,
    String.raw`(?<cross><<[^<>,]{1,200},)(?<crossText>[^<>]{1,300})>>|(?<crossKept><<[^<>]{1,200}>>)`,
    String.raw`(?<link>(?:\{[\w-]{1,60}\}[^\s[\]{}]{0,300}|(?:link|xref):[^\s[\]]{1,400}|mailto:[^\s[\]]{1,200}|(?:https?|ftp|irc):\/\/[^\s[\]<>]{1,500})\[)`,
    String.raw`(?<macro>\b(?<name>[a-z][a-z0-9_-]{1,30}):[^\s:[\]\x60"'*]{0,300}\[)`,
    String.raw`(?<unclosed>\b(?:link|xref|image|mailto):[^\s[\]]{1,400})`,
    String.raw`(?<index>\(\((?!\()[^()]{1,200}\)\))`,
    String.raw`(?<wide>(?:\[[^\][\s]{1,60}\])?(?<wideMark>\*\*|__|##))(?=\S)[^*_#]{1,500}\k<wideMark>`,
    constrained('bold', String.raw`\*`),
    constrained('italic', '_'),
    constrained('marked', '#'),
  ].join('|'),
  'g',
);

/** Longest text between the brackets of a link, of a macro, and of those that have another limit. */
const mostText = { link: 400, macro: 300 };
const mostOfMacro: Readonly<Record<string, number>> = {
  footnote: 1000,
  footnoteref: 1000,
  indexterm: 200,
  indexterm2: 200,
  anchor: 100,
  stem: 500,
  latexmath: 500,
  asciimath: 500,
  pass: 500,
};
const hiddenMacro = /^(?:footnote(?:ref)?|indexterm2?|anchor)$/;
/** What stays a name without its brackets, too. */
const address = /^(?:link|xref|image|mailto):[^\s[\]]/;

/** Finds the bracket that closes what was opened before `from`; each part of the text is looked at once. */
function closingBrackets(text: string): (from: number, most: number) => number | undefined {
  let [known, next] = [0, -1];
  return (from, most) => {
    if (from < known || next < from) {
      known = from;
      next = text.indexOf(']', from);
      while (next >= 0 && /(?<!\\)(?:\\\\){0,20}\\$/.test(text.slice(Math.max(from, next - 41), next)))
        next = text.indexOf(']', next + 1);
      if (next < 0) next = Infinity;
    }
    return next <= from + most ? next : undefined;
  };
}

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
  const closing = closingBrackets(text);
  constructs.lastIndex = 0;
  for (let match = constructs.exec(text); match !== null; match = constructs.exec(text)) {
    const { index } = match;
    closeUntil(index);
    const groups = match.groups!;
    let end = index + match[0].length;
    if (groups.link !== undefined || groups.macro !== undefined) {
      const most = groups.link === undefined ? (mostOfMacro[groups.name!] ?? mostText.macro) : mostText.link;
      const close = closing(end, most);
      if (close === undefined) {
        const isAddress = address.test(match[0]) && !/\w/.test(text[index - 1] ?? ' ');
        if (isAddress) add(index, end - 1, 'protected');
        constructs.lastIndex = isAddress ? end - 1 : index + 1;
        continue;
      }
      end = close + 1;
      constructs.lastIndex = end;
    }
    const open = (length: number, behind: number): void => {
      add(index, index + length, 'hidden');
      const inside = closers.at(-1)?.at ?? text.length;
      if (end - behind < inside) closers.push({ at: end - behind, length: behind });
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
    else if (groups.macro !== undefined) add(index, end, hiddenMacro.test(groups.name!) ? 'hidden' : 'protected');
    else if (groups.link !== undefined) {
      const linkText = text.slice(index + groups.link.length, end - 1);
      const attributes = linkAttributes.exec(linkText)?.[0].length ?? 0;
      if (linkText.length > attributes) open(groups.link.length, attributes + 1);
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
