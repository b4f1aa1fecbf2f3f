/** JSX, expressions and modules of MDX; in other Markdown only tags that nothing but JSX can be. */
import { type Construct, type Found, farthest, found } from './constructs';
import { expressionEnd, readTag } from './javascript';
import type { Scan } from './scan';

/** Elements whose content is code, whatever stands in it. */
const codeElements = new Set('code kbd samp var pre tt script style'.split(' '));

const importLine = /import\s(?:[^\r\n]{0,300}\sfrom\s)?\s{0,20}['"{*]|import\s[\w*{][^\r\n]{0,300}/y;
const exportLine = /export\s+(?:default|const|let|var|function|async|class|type|interface|\{|\*)/y;

/** Work on marks that are never closed, in UTF-16 units; after that a mark is looked for in its paragraph only. */
const wastedAtMost = 200_000;

/** The constructs of one document: they remember how much was searched in vain. */
export function mdxConstructs(): { expression: Construct; tag: Construct; moduleLine: Construct } {
  let wasted = 0;
  const limitOf = (scan: Scan, at: number, far = farthest): number => {
    const paragraph = scan.paragraphEnd(at);
    return wasted > wastedAtMost
      ? Math.min(paragraph, at + 1000)
      : Math.max(paragraph, Math.min(scan.text.length, at + far));
  };
  const closed = (scan: Scan, at: number, end: number, limit: number): Found | undefined => {
    if (end > 0) return found(end, 'tag');
    wasted += limit - at;
    return found(scan.paragraphEnd(at), 'tag');
  };
  return {
    expression: (scan, at) => {
      const limit = limitOf(scan, at);
      return closed(scan, at, expressionEnd(scan.text, at, limit), limit);
    },
    tag: (scan, at) => {
      const limit = limitOf(scan, at);
      const tag = readTag(scan.text, at, limit);
      if (tag === undefined) return undefined;
      if (tag.end < 0 || tag.closing || tag.selfClosing || !codeElements.has(tag.name))
        return closed(scan, at, tag.end, limit);
      const close = scan.find(`</${tag.name}>`, tag.end, at + farthest);
      return found(close < 0 ? scan.paragraphEnd(at) : close + tag.name.length + 3, 'tag');
    },
    moduleLine: (scan, at) => {
      importLine.lastIndex = exportLine.lastIndex = at;
      if (!importLine.test(scan.text) && !exportLine.test(scan.text)) return undefined;
      const limit = limitOf(scan, at, 5 * farthest);
      const end = moduleEnd(scan, at, limit);
      if (end < 0) wasted += limit - at;
      return found(end < 0 ? scan.paragraphEnd(at) : end, 'line');
    },
  };
}

/** A module ends at the first blank line that no bracket holds open; -1 where a bracket is not closed. */
function moduleEnd(scan: Scan, at: number, limit: number): number {
  let from = at;
  for (;;) {
    const paragraph = Math.min(limit, scan.paragraphEnd(from));
    const open = scan.text.slice(from, paragraph).search(/[({[]/);
    if (open < 0) return paragraph;
    from = expressionEnd(scan.text, from + open, limit);
    if (from < 0) return -1;
  }
}

/** `<Tabs values={[…]}>`: in Markdown without JSX a tag in HTML has no braces after an equals sign. */
export const tagWithBraces: Construct = (scan, at) => {
  const tag = readTag(scan.text, at, Math.min(scan.text.length, at + 3000));
  return tag?.braces === true ? found(tag.end, 'tag') : undefined;
};
