/** The parser of Markdown, with the extensions that a document needs and the labels that the whole document defines. */
import { parse, postprocess, preprocess } from 'micromark';
import { gfmFootnote } from 'micromark-extension-gfm-footnote';
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough';
import { gfmTable } from 'micromark-extension-gfm-table';
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item';
import { math } from 'micromark-extension-math';
import type { Dialect } from './opaque/opaque';

/**
 * Each extension slows the parser down (tables by half), so a document gets those whose marks it has. Bare addresses
 * (GFM's literal autolinks) are found afterwards by protect.ts, which has to look for them in plain text anyway.
 */
const extensions: readonly [mark: RegExp, extension: ReturnType<typeof math>][] = [
  [/^(?=[ \t>|:]*-)(?=[ \t>:-]*\|)[ \t>|:-]+$/m, gfmTable()],
  [/~/, gfmStrikethrough()],
  [/\[[ xX\t\r\n]\]/, gfmTaskListItem()],
  [/\[\^/, gfmFootnote()],
  [/\$/, math()],
];

/** MDX has no indented code: what is indented stands in an element. */
const withoutIndentedCode: ReturnType<typeof math> = { disable: { null: ['codeIndented'] } };

export type Event = ReturnType<typeof postprocess>[number];

/** Enter and exit events of a text without a byte order mark. @param labels of the definitions of the whole document */
export function markdownEvents(text: string, dialect: Dialect, labels: ReadonlySet<string>): Event[] {
  const chosen = extensions.filter(([mark]) => mark.test(text)).map(([, extension]) => extension);
  const parser = parse({ extensions: dialect === 'mdx' ? [...chosen, withoutIndentedCode] : chosen });
  Object.assign(parser, { defined: new Labels(labels), gfmFootnotes: new Labels(labels) });
  return postprocess(parser.document().write(preprocess()(text, undefined, true)));
}

/** The parser's list of labels, with those of the whole document in it and without a search through all of them. */
class Labels extends Array<string> {
  private readonly here = new Set<string>();
  constructor(private readonly known: ReadonlySet<string>) {
    super();
  }
  override includes(label: string): boolean {
    return this.known.has(label) || this.here.has(label);
  }
  override push(label: string): number {
    return this.here.add(label).size;
  }
}
