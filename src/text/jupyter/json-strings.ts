/** Where strings stand in a JSON text, and what they say. The text is known to be JSON: nothing is checked again. */
import type { StringText } from '../string-text';

const simpleEscapes: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

export function skipBlanks(source: string, at: number): number {
  while (/[\s,:]/.test(source[at] ?? '')) at += 1;
  return at;
}

/** Behind the string that begins at `at`. */
export function stringEnd(source: string, at: number): number {
  for (let end = at + 1; end < source.length; end += 1) {
    if (source[end] === '\\') end += 1;
    else if (source[end] === '"') return end + 1;
  }
  return source.length;
}

/** Behind the value that begins at `at`, however deep it is. */
export function valueEnd(source: string, at: number): number {
  if (source[at] === '"') return stringEnd(source, at);
  if (source[at] !== '{' && source[at] !== '[') return at + /^[^\s,\]}]*/.exec(source.slice(at, at + 400))![0].length;
  let depth = 0;
  for (let end = at; end < source.length; end += 1) {
    const character = source[end];
    if (character === '"') end = stringEnd(source, end) - 1;
    else if (character === '{' || character === '[') depth += 1;
    else if ((character === '}' || character === ']') && --depth === 0) return end + 1;
  }
  return source.length;
}

/** Starts of the values of an array; nothing for what is none. */
export function elements(source: string, at: number): number[] {
  const starts: number[] = [];
  if (source[at] !== '[') return starts;
  for (let next = skipBlanks(source, at + 1); next < source.length && source[next] !== ']'; ) {
    starts.push(next);
    next = skipBlanks(source, valueEnd(source, next));
  }
  return starts;
}

/** Starts of the values of an object by their keys; nothing for what is none. */
export function members(source: string, at: number): Map<string, number> {
  const starts = new Map<string, number>();
  if (source[at] !== '{') return starts;
  for (let next = skipBlanks(source, at + 1); next < source.length && source[next] !== '}'; ) {
    const end = stringEnd(source, next);
    const value = skipBlanks(source, end);
    starts.set(JSON.parse(source.slice(next, end)) as string, value);
    next = skipBlanks(source, valueEnd(source, value));
  }
  return starts;
}

/** Adds what the string at `at` says to `text`. */
export function readString(source: string, at: number, text: StringText): void {
  const end = stringEnd(source, at) - 1;
  let from = at + 1;
  for (let next = source.indexOf('\\', from); next >= 0 && next < end; next = source.indexOf('\\', from)) {
    text.copy(from, next);
    const mark = source[next + 1]!;
    from = next + (mark === 'u' ? 6 : 2);
    const character = mark === 'u' ? String.fromCharCode(parseInt(source.slice(next + 2, from), 16)) : mark;
    text.escape(mark === 'u' ? character : (simpleEscapes[mark] ?? character), next, from);
  }
  text.copy(from, end);
}
