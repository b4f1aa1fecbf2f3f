/**
 * LaTeX in Markdown: formulas between `\(` and `\)`, `\[` and `\]`, `$$`; environments; commands with their arguments.
 */
import { type Construct, after, farthest, found, matchEnd } from './constructs';
import type { Scan } from './scan';

const environment = /\\begin\{[A-Za-z]{1,40}\*?\}/y;
const command = /\\[A-Za-z]{1,40}\*?(?=[[{])/y;
const reference = /\\?@ref\([^)\r\n]{1,100}\)/y;
/** `$$ (eq:name)` of MyST, `$$ {#eq-name}` of Quarto. */
const label = /[ \t]{0,10}(?:\([\w:.-]{1,100}\)|\{[^{}\r\n]{1,100}\})?/y;

/** Everything that a backslash begins. */
export const backslash: Construct = (scan, at) => {
  const { text } = scan;
  const next = text[at + 1];
  // Where the Markdown of a site escapes once more, formulas are written \\( … \\).
  if (next === '\\' && (text[at + 2] === '(' || text[at + 2] === '['))
    return found(formulaEnd(scan, at, `\\\\`), 'word');
  if (next === '(' || next === '[') return found(formulaEnd(scan, at, '\\'), 'word');
  if (next === '@') return found(matchEnd(scan, reference, at), 'word');
  if (matchEnd(scan, environment, at) > 0) {
    const end = scan.environmentEnd(at);
    return found(end > 0 && end - at <= 5 * farthest ? end : scan.paragraphEnd(at), 'word');
  }
  return found(commandEnd(scan, at), 'word');
};

function formulaEnd(scan: Scan, at: number, marks: string): number {
  const bracket = scan.text[at + marks.length]!;
  const closing = marks + (bracket === '(' ? ')' : ']');
  const from = at + marks.length + 1;
  // A formula on lines of its own may hold blank lines.
  const far = bracket === '[' && scan.endsLine(from) ? at + farthest : 0;
  const end = after(scan, closing, from, Math.max(scan.paragraphEnd(at), far));
  // No formula holds a fence: these marks belong to different paragraphs.
  return end > 0 && /[\r\n][ \t>]*(?:`{3}|~{3})/.test(scan.text.slice(at, end)) ? -1 : end;
}

function commandEnd(scan: Scan, at: number): number {
  let end = matchEnd(scan, command, at);
  if (end < 0) return -1;
  const limit = Math.min(scan.paragraphEnd(at), end + 1000);
  while (scan.text[end] === '{' || scan.text[end] === '[') {
    const argument = argumentEnd(scan.text, end, limit);
    if (argument < 0) break;
    end = argument;
  }
  return end;
}

function argumentEnd(text: string, start: number, limit: number): number {
  const [open, close] = text[start] === '{' ? '{}' : '[]';
  let depth = 0;
  for (let at = start; at < limit; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === open) depth += 1;
    else if (text[at] === close) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}

/** `$$ … $$` at the start of a line, with the label behind it. */
export const display: Construct = (scan, at) => {
  if (!scan.text.startsWith('$$', at)) return undefined;
  const end = after(scan, '$$', at + 2, at + farthest);
  return end < 0 ? undefined : found(matchEnd(scan, label, end), 'word');
};
