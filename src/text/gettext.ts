/**
 * Prose of message catalogues (gettext's .po): the translations of a catalogue whose header says that they are English.
 * Originals, comments, contexts and obsolete entries stay as they are, and so do placeholders.
 */
import { type Block, protectSource } from './block';
import type { Directive } from './directives';
import { linesOf, trimmedEnd } from './lines';
import { plainBlocks } from './plain';
import { mergeRanges, type Range } from './protect';
import { StringText } from './string-text';

const keyword = /^(msgctxt|msgid|msgid_plural|msgstr(?:\[\d{1,3}\])?)[ \t]*(?=")/;
const escapes = /\\(?:[0-7]{1,3}|x[0-9a-fA-F]{1,2}|[^])/g;
const named: Record<string, string> = { n: '\n', t: '\t', r: '\r' };
/** printf's, Python's and Qt's placeholders, and words with a mark for the key that chooses them. */
const placeholders =
  /%(?:\(\w{1,60}\)|\d{1,2}\$)?[-+ #0]{0,3}\d{0,4}(?:\.\d{1,3})?(?:hh?|ll?|[zjtqL])?[A-Za-z%]|%L?\d{1,2}|[\p{L}\d]{0,40}[&_][\p{L}\d&_]{0,40}/gu;

/** A message that begins with the name of what sends it: "arange: cannot compute length". */
const sender = /^[a-z][\w.-]{1,40}(?=: )/;
/** What a program looks for, not what it says: "lightyear,lightyears,ly". */
const keyWords = /^[^\s,;]+(?:[,;][^\s,;]+)+[,;]?$/;

interface Message {
  keyword: string;
  text: StringText;
}

export function gettextBlocks(source: string): { blocks: Block[]; directives: Directive[] } {
  const messages = readMessages(source);
  const header = messages.find(({ keyword: name }) => name === 'msgstr')?.text.text ?? '';
  if (!/^Language:[ \t]*en(?:[_@.-]|[ \t]*$)/im.test(header)) return { blocks: [], directives: [] };
  const blocks: Block[] = [];
  let isHeader = false;
  for (const { keyword: name, text } of messages) {
    if (name === 'msgid') isHeader = text.text === '';
    if (isHeader || !name.startsWith('msgstr')) continue;
    if (keyWords.test(text.text)) continue;
    for (const block of plainBlocks(text.text).blocks) {
      const kept = Array.from(
        text.text.matchAll(placeholders),
        ({ index, 0: found }): Range => [index, index + found.length],
      );
      const name = sender.exec(text.text);
      if (name !== null) kept.push([0, name[0].length]);
      blocks.push(text.inSource(protectSource({ ...block, kind: 'other' }, mergeRanges(kept))));
    }
  }
  return { blocks, directives: [] };
}

/** Each keyword with the strings behind and below it. */
function readMessages(source: string): Message[] {
  const messages: Message[] = [];
  let open: Message | undefined;
  for (const { content, end } of linesOf(source)) {
    const line = source.slice(content, trimmedEnd(source, content, end));
    const name = keyword.exec(line);
    if (name !== null) messages.push((open = { keyword: name[1]!, text: new StringText(source, '"') }));
    else if (!line.startsWith('"')) open = undefined;
    if (open !== undefined) readString(source, content + (name?.[0].length ?? 0), content + line.length, open.text);
  }
  return messages;
}

/** @param start of the opening mark; a string that is not closed on its line ends with it */
function readString(source: string, start: number, end: number, text: StringText): void {
  let close = start + 1;
  while (close < end && source[close] !== '"') close += source[close] === '\\' ? 2 : 1;
  close = Math.min(close, end);
  let from = start + 1;
  for (const { index, 0: escape } of source.slice(from, close).matchAll(escapes)) {
    const at = start + 1 + index;
    text.copy(from, at);
    from = at + escape.length;
    const mark = escape.slice(1);
    const isCode = /^[0-7x]/.test(mark) && mark !== 'x';
    const character = isCode
      ? String.fromCharCode(mark.startsWith('x') ? parseInt(mark.slice(1), 16) : parseInt(mark, 8))
      : (named[mark] ?? mark);
    text.escape(character, at, from);
  }
  text.copy(from, close);
}
