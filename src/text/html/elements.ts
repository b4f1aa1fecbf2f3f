/** What HTML's elements are to a reader of prose. */
import type { BlockKind } from '../types';

const set = (names: string): ReadonlySet<string> => new Set(names.split(' '));

/** Nothing in them is prose. */
export const closedElements = set(
  'script style template svg math pre textarea select datalist object iframe canvas audio video noembed noframes xmp plaintext listing',
);

/** Their text is a name or code inside of a sentence. */
export const codeElements = set('code kbd samp var tt output data');

/** They stand inside of sentences; all others end one. */
export const inlineElements = set(
  'a abbr acronym b bdi bdo big blink cite del dfn em font i img ins mark meter nobr q rb rp rt ruby s small span strike strong sub sup time u wbr',
);

export const voidElements = set(
  'area base br col embed hr img input link meta param source track wbr basefont frame keygen',
);

/** Elements whose text the tokenizer reads by another rule. */
export const rawElements = set('style xmp iframe noembed noframes');

const kinds = new Map<string, BlockKind>([
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'title', 'caption', 'legend'].map((name) => [name, 'heading'] as const),
  ...['li', 'dt', 'dd'].map((name) => [name, 'list-item'] as const),
  ...['td', 'th'].map((name) => [name, 'table-cell'] as const),
  ['p', 'paragraph'],
  ['blockquote', 'quote'],
]);

/** What the text behind an element's start is. Labels, buttons and loose text begin as their writers like. */
export function kindInside(name: string): BlockKind {
  return kinds.get(name) ?? 'other';
}
