/**
 * Lines of MyST (and of Pandoc's and Docusaurus' fenced divisions): directives with their
 * options, targets, comments, breaks.
 */
import { type Construct, found, matchEnd } from './constructs';
import type { Scan } from './scan';

const directive = /:{3}[^\r\n]*/y;
const option = /[ \t>]*:[A-Za-z][\w-]*:(?:[ \t][^\r\n]*)?(?=[\r\n]|$(?![\s\S]))/y;
const optionFence = /[ \t>]*---[ \t]*(?=[\r\n])/y;
const target = /\([^()\s]{1,200}\)=[ \t]*(?=[\r\n]|$(?![\s\S]))/y;
const comment = /%(?!%)(?:[ \t][^\r\n]*)?(?=[\r\n]|$(?![\s\S]))/y;
const blockBreak = /\+{3}(?:[ \t][^\r\n]*)?(?=[\r\n]|$(?![\s\S]))/y;
/** Most lines of options that are looked at. */
const mostOptions = 100;

export const mystLine: Construct = (scan, at) => {
  const opening = matchEnd(scan, directive, at);
  if (opening > 0) return found(optionsEnd(scan, opening), 'line');
  return (
    found(matchEnd(scan, target, at), 'line') ??
    found(matchEnd(scan, comment, at), 'line') ??
    found(matchEnd(scan, blockBreak, at), 'line')
  );
};

/** End of the option lines (`:name: value`, or YAML between `---`) that follow the line which ends at `lineEnd`. */
function optionsEnd(scan: Scan, lineEnd: number): number {
  let end = lineEnd;
  const fence = matchEnd(scan, optionFence, scan.nextLine(end));
  if (fence > 0) {
    let at = fence;
    for (let lines = 0; lines < mostOptions && at < scan.text.length; lines += 1) {
      const next = scan.nextLine(at);
      const close = matchEnd(scan, optionFence, next);
      if (close > 0) return close;
      at = scan.lineEnd(next);
    }
  }
  for (let lines = 0; lines < mostOptions; lines += 1) {
    const next = matchEnd(scan, option, scan.nextLine(end));
    if (next < 0) break;
    end = next;
  }
  return end;
}
