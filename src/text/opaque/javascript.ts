/**
 * Ends of JavaScript expressions and JSX tags in MDX, also of those that a writer has not finished: no parser of
 * JavaScript reads half an expression, and an editor holds one most of the time. Brackets, strings, templates, comments
 * and regular expressions are told apart; nothing else matters for where an expression ends.
 */

const closers: Record<string, string> = { '{': '}', '(': ')', '[': ']' };
/** After one of these a slash begins a regular expression. */
const beforeRegularExpression = /[({[,;=:!&|?+*%~^-]\s?$|\breturn\s?$/;
const regularExpression = /\/(?![*/])(?:[^\\/[\r\n]|\\.|\[(?:[^\]\\\r\n]|\\.){1,100}\]){1,200}\//y;

/** Offset after the bracket that closes the one at `start`; -1 where it is not closed before `limit`. */
export function expressionEnd(text: string, start: number, limit: number): number {
  const open: string[] = [];
  for (let at = start; at < limit; ) {
    const character = text[at]!;
    if (open.at(-1) === '`') {
      const opens = character === '$' && text[at + 1] === '{';
      if (opens) open.push('}');
      else if (character === '`') open.pop();
      at += opens || character === '\\' ? 2 : 1;
      continue;
    }
    const end = literalEnd(text, at, limit);
    if (end > at) {
      at = end;
      continue;
    }
    const closer = closers[character];
    if (closer !== undefined) open.push(closer);
    else if (character === '`') open.push(character);
    else if (character === open.at(-1)) {
      open.pop();
      if (open.length === 0) return at + 1;
    }
    at += 1;
  }
  return -1;
}

/** End of the string, comment or regular expression at `at`; `at` where none begins. */
function literalEnd(text: string, at: number, limit: number): number {
  const character = text[at];
  if (character === '"' || character === "'") return stringEnd(text, at, limit);
  if (character !== '/') return at;
  if (text[at + 1] === '*') return afterMark(text, '*/', at + 2, limit);
  const before = text.slice(Math.max(0, at - 10), at);
  if (text[at + 1] === '/') return before.endsWith(':') ? at : afterMark(text, '\n', at, limit);
  if (!beforeRegularExpression.test(before)) return at;
  regularExpression.lastIndex = at;
  return regularExpression.test(text) ? regularExpression.lastIndex : at;
}

/** A string ends on its line; an apostrophe inside of a word begins none ("<p>don't</p>"). */
function stringEnd(text: string, start: number, limit: number): number {
  if (text[start] === "'" && /[\p{L}\p{N}]/u.test(text[start - 1] ?? ' ')) return start;
  for (let at = start + 1; at < limit; at += 1) {
    const character = text[at]!;
    if (character === text[start]) return at + 1;
    if (character === '\n' || character === '\r') return start;
    if (character === '\\') at += 1;
  }
  return start;
}

/** Offset after the next `mark`, at most `limit`. */
function afterMark(text: string, mark: string, from: number, limit: number): number {
  const at = text.slice(from, limit).indexOf(mark);
  return at < 0 ? limit : from + at + mark.length;
}

const tagStart = /<(?:\/?([A-Za-z_$][\w$.:-]{0,100})|\/?(?=>))/y;
const attributeName = /[A-Za-z_$:@#.][\w$:.@-]*/y;

export interface Tag {
  /** Offset after `>`; -1 where the tag is not closed before the limit. */
  end: number;
  /** Empty for a fragment. */
  name: string;
  closing: boolean;
  selfClosing: boolean;
  /** It has an attribute in braces, as only JSX has. */
  braces: boolean;
}

/** The JSX tag that begins at `start`; undefined where none does. @param limit how far an open tag may reach */
export function readTag(text: string, start: number, limit: number): Tag | undefined {
  tagStart.lastIndex = start;
  const match = tagStart.exec(text);
  if (match === null) return undefined;
  const tag: Tag = {
    end: -1,
    name: match[1] ?? '',
    closing: text[start + 1] === '/',
    selfClosing: false,
    braces: false,
  };
  for (let at = tagStart.lastIndex; at < limit; ) {
    const character = text[at]!;
    if (character === '>') return { ...tag, end: at + 1 };
    if (character === '/') {
      if (text[at + 1] === '>') return { ...tag, end: at + 2, selfClosing: true };
      if (text[at + 1] !== '*') return undefined;
      at = afterMark(text, '*/', at + 2, limit);
    } else if (character === '{') {
      tag.braces = true;
      const end = expressionEnd(text, at, limit);
      if (end < 0) return tag;
      at = end;
    } else if (character === '"' || character === "'") {
      const closing = text.slice(at + 1, limit).indexOf(character);
      if (closing < 0) return tag;
      at += closing + 2;
    } else if (character === '=' || /\s/.test(character)) at += 1;
    else {
      attributeName.lastIndex = at;
      if (!attributeName.test(text)) return undefined;
      at = attributeName.lastIndex;
    }
  }
  return tag;
}
