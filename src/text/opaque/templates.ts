/**
 * Tags of site generators and template engines: Hugo, Jekyll (Liquid, kramdown), Jinja,
 * Templater; attributes in braces.
 */
import { type Construct, after, farthest, found, matchEnd } from './constructs';
import type { Scan } from './scan';

const shortcode = /\{\{[<%]-?\s{0,10}([\w/-]+)/y;
const liquid = /\{%-?\s{0,10}(\w+)/y;
const attributes = /\{[^{}\r\n]{0,300}\}/y;
/** Shortcodes of Hugo and tags of Liquid whose content is no prose. */
const rawShortcodes = new Set(
  'highlight code mermaid math katex latex raw rawhtml html plantuml graphviz goat chart'.split(' '),
);
const rawTags = new Set('highlight raw comment mermaid math katex schema javascript stylesheet'.split(' '));

/** Everything that a brace begins in Markdown (in MDX it begins an expression). */
export const brace: Construct = (scan, at) => {
  const { text } = scan;
  if (text.startsWith('{{', at)) return found(doubleBrace(scan, at), 'tag');
  if (text.startsWith('{%', at)) return found(liquidTag(scan, at), 'tag');
  if (text.startsWith('{/*', at)) return found(after(scan, '*/}', at + 3, at + farthest), 'tag');
  if (text.startsWith('{::comment}', at) || text.startsWith('{::nomarkdown}', at)) {
    const close = scan.find('{:/', at, at + farthest);
    return close < 0 ? undefined : found(after(scan, '}', close, close + 20), 'tag');
  }
  return found(matchEnd(scan, attributes, at), 'tag');
};

function doubleBrace(scan: Scan, at: number): number {
  shortcode.lastIndex = at;
  const match = shortcode.exec(scan.text);
  // The arguments of a shortcode may stand on lines of their own.
  const end = after(scan, '}}', at + 2, match === null ? Math.min(scan.paragraphEnd(at), at + 1000) : at + 3000);
  if (end < 0 || match === null || !rawShortcodes.has(match[1]!) || scan.text.startsWith('/', end - 4)) return end;
  const mark = scan.text[at + 2]!;
  for (const closing of [`{{${mark} /${match[1]!}`, `{{${mark}/${match[1]!}`]) {
    const close = scan.find(closing, end, end + farthest);
    if (close >= 0) return after(scan, '}}', close, close + 300);
  }
  return end;
}

function liquidTag(scan: Scan, at: number): number {
  const end = after(scan, '%}', at + 2, at + 3000);
  liquid.lastIndex = at;
  const name = liquid.exec(scan.text)?.[1];
  if (end < 0 || name === undefined || !rawTags.has(name)) return end;
  for (const closing of [`{% end${name}`, `{%- end${name}`, `{%end${name}`]) {
    const close = scan.find(closing, end, end + farthest);
    if (close >= 0) return after(scan, '%}', close, close + 100);
  }
  return end;
}

/** `<% … %>` of Templater and EJS. */
export const percentTag: Construct = (scan, at) =>
  scan.text.startsWith('<%', at) ? found(after(scan, '%>', at + 2, at + 3000), 'tag') : undefined;
