/**
 * Marks of note taking and of publishing from notes: wiki links, embeds, comments, block names,
 * fields; citations of Pandoc.
 */
import { type Construct, after, farthest, found, matchEnd } from './constructs';

const wikiLink = /!?\[\[[^\][\r\n]{1,300}\]\](?![[(])/y;
const citation = /\[(?:[^\][\r\n@]{0,100}\s)?-?@\w[^\][\r\n]{0,300}\](?![[(:])/y;
const field = /[[(][^\][()\r\n:]{1,60}:: ?[^\][()\r\n]{0,300}[\])]/y;
const alert = /\[![A-Za-z-]{1,30}\][+-]?/y;
const exampleNumber = /\(@[\w-]{0,60}\)/y;
const textReference = /\(ref:[\w-]{1,60}\)/y;
const blockName = /\^[A-Za-z0-9-]{1,60}(?=[ \t]{0,10}(?:[\r\n]|$(?![\s\S])))/y;
const fieldLine = /[\w-]{1,60}::[ \t][^\r\n]*/y;
const inclusion = /(?:--8<--|<<<[ \t])[^\r\n]*/y;

export const bracket: Construct = (scan, at) =>
  found(matchEnd(scan, wikiLink, at), 'word') ??
  found(matchEnd(scan, citation, at), 'word') ??
  found(matchEnd(scan, field, at), 'tag') ??
  found(matchEnd(scan, alert, at), 'tag');

export const embed: Construct = (scan, at) => found(matchEnd(scan, wikiLink, at), 'word');

export const parenthesis: Construct = (scan, at) =>
  found(matchEnd(scan, textReference, at), 'tag') ??
  found(matchEnd(scan, exampleNumber, at), 'tag') ??
  found(matchEnd(scan, field, at), 'tag');

/** `%% … %%`; over blank lines only where the first mark stands at the end of its line. */
export const percentComment: Construct = (scan, at) => {
  if (!scan.text.startsWith('%%', at)) return undefined;
  return found(after(scan, '%%', at + 2, scan.endsLine(at + 2) ? at + farthest : scan.paragraphEnd(at)), 'tag');
};

/** The name of a block at the end of its line: "text ^name". */
export const caret: Construct = (scan, at) =>
  /[ \t\r\n]/.test(scan.text[at - 1] ?? '\n') ? found(matchEnd(scan, blockName, at), 'tag') : undefined;

/** `key:: value` of Dataview, and lines that bring in other files. */
export const noteLine: Construct = (scan, at) =>
  found(matchEnd(scan, fieldLine, at), 'line') ?? found(matchEnd(scan, inclusion, at), 'line');
