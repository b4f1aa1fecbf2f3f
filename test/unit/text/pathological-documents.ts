/** Documents that are hard for a parser: one mark or construct again and again, up to any length. */
import type { TextFormat } from '../../../src/protocol/formats';

export interface Pathological {
  name: string;
  format: TextFormat;
  /** A text of about `length` UTF-16 units. */
  make(length: number): string;
}

const again =
  (unit: string) =>
  (length: number): string =>
    unit.repeat(Math.ceil(length / unit.length));
const numbered =
  (unit: (index: number) => string, between = '') =>
  (length: number): string => {
    const parts: string[] = [];
    for (let size = 0, index = 0; size < length; index += 1) {
      parts.push(unit(index));
      size += parts.at(-1)!.length + between.length;
    }
    return parts.join(between);
  };
/** Each line deeper than the one before it. */
const nested = (length: number, line: (depth: number) => string): string =>
  Array.from({ length: Math.floor(Math.sqrt(length)) }, (_, depth) => line(depth)).join('');
const markdown = (name: string, make: Pathological['make']): Pathological => ({ name, format: 'markdown', make });
const mdx = (name: string, make: Pathological['make']): Pathological => ({ name, format: 'mdx', make });

export const pathological: readonly Pathological[] = [
  markdown('list marks in one line', again('- ')),
  markdown('numbers in one line', again('1. ')),
  markdown('quotation marks in one line', again('> ')),
  markdown('marks of all containers in one line', again('- > 1. ')),
  markdown('lists in lists', (length) => nested(length, (depth) => `${' '.repeat(depth * 2)}- item\n`)),
  markdown('quotations that go on', (length) => `${'> '.repeat(60)}text\n${again('text\n')(length)}`),
  markdown(
    'backticks, ever more of them',
    numbered((index) => '`'.repeat(index + 1), ' a '),
  ),
  markdown('open code spans', again('`` ` a ')),
  markdown('open emphasis', again('*a ')),
  markdown('emphasis of two kinds', again('**a_b ')),
  markdown('underscores in words', again('a_')),
  markdown('struck words', again('~~a ')),
  markdown('opening brackets', again('[')),
  markdown('open links', again('[a](')),
  markdown('open images', again('![a](')),
  markdown(
    'definitions and references',
    numbered((index) => `[a${index}]: b\n[a${index}]\n\n`),
  ),
  markdown(
    'columns of a table',
    (length) => `${again('|a')(length / 3)}|\n${again('|-')(length / 3)}|\n${again('|b')(length / 3)}|\n`,
  ),
  markdown('rows of a table', (length) => `| a | b |\n|---|---|\n${again('| *c* `d` | e |\n')(length)}`),
  markdown('rows without a table', again('| *a `b [c |\n')),
  markdown('opening angles', again('<')),
  markdown('open comments', again('<!-- a ')),
  markdown('character references', again('&amp;')),
  markdown('dollars', again('$a ')),
  markdown(
    'footnotes',
    numbered((index) => `a[^${index}]\n\n[^${index}]: b\n\n`),
  ),
  markdown('open formulas', again('\\( a ')),
  markdown('open environments', again('\\begin{a} ')),
  markdown('open template tags', again('{{ a ')),
  markdown('open wiki links', again('[[a ')),
  markdown('lines of tabs', (length) => `${'\t'.repeat(length)}x`),
  markdown('tabs in the lines of a long text', (length) =>
    again(`${'\t'.repeat(34)}x\n\nA line of text stands here.\n\n`)(length),
  ),
  markdown('one line of words', again('words and ')),
  markdown('one line of sentences', again('A sentence stands here. ')),
  markdown('front matter of many lines', (length) => `---\n${again('key: value\n')(length)}---\n\nText.\n`),
  markdown('line breaks', again('\n')),
  markdown('empty quotations', again('>\n')),
  markdown('quotation marks of speech', again('"a \'b ')),
  markdown('addresses', again('http://')),
  markdown('handles', again('@a/')),
  markdown('capitals', again('Aa Bb, ')),
  markdown('hyphens', again('a-')),
  markdown('emoji', again('👩‍👩‍👧 ')),
  markdown('one word', again('x')),
  mdx('open braces', again('{ a ')),
  mdx('open braces, a paragraph each', again('{ a\n\n')),
  mdx('open tags', again('<a b ')),
  mdx('open tags, a paragraph each', again('<A b="\n\n')),
  mdx('open templates', again('{`${ ')),
  mdx('open modules', again('export const a = {\n\n')),
  { name: 'dots', format: 'plain', make: again('. ') },
  { name: 'abbreviations', format: 'plain', make: again('e.g. A. ') },
  { name: 'brackets and backticks', format: 'plain', make: again('{`<$[') },
  { name: 'lines of blanks', format: 'plain', make: again(`${' '.repeat(1000)}\n`) },
  { name: 'fences', format: 'plain', make: again('```a\n') },
  { name: 'comment lines', format: 'commit', make: again('a\n# b\n') },
  { name: 'trailers', format: 'commit', make: (length) => `a\n\n${again('Fixes: b\n')(length)}` },
  { name: 'indented lines', format: 'commit', make: (length) => `a\n\n${again('    b\n\n')(length)}` },
  markdown('backslashes', again('\\\\a ')),
  markdown('open inline footnotes', again('^[a ')),
  markdown('links in links', again('[a [b](c) ')),
  markdown('references that lead nowhere', again('[a][b] ')),
  markdown('definitions alone', again('[a]: b "c"\n')),
  markdown('titles by underlines', again('A title\n---\n\n')),
  markdown('titles', again('# A title\n')),
  markdown('pieces of HTML', again('<b>a</i> ')),
  markdown('blocks of HTML that stay open', again('<div>\na\n\n')),
  markdown('open fences', again('````a\nb\n```\n\n')),
  markdown('directives that stay open', again(':::{note}\na\n\n')),
  markdown('open dollars of blocks', again('$$\na\n\n')),
  markdown('tasks', again('- [ ] A task of the list.\n')),
  { name: 'titles of one word', format: 'restructuredtext', make: again('a\n=\n\n') },
  { name: 'open roles', format: 'restructuredtext', make: again(':a:`b ') },
  { name: 'open substitutions', format: 'restructuredtext', make: again('|a *b ``c ') },
  { name: 'directives', format: 'restructuredtext', make: again('.. note::\n\n   a\n\n') },
  {
    name: 'lists in lists',
    format: 'restructuredtext',
    make: (length) => nested(length, (depth) => `${' '.repeat(depth * 2)}- a\n\n`),
  },
  { name: 'rows of a grid', format: 'restructuredtext', make: (length) => `+---+\n${again('| a |\n+---+\n')(length)}` },
  { name: 'open braces', format: 'latex', make: again('\\a{b ') },
  { name: 'open environments', format: 'latex', make: again('\\begin{a}\nb\n') },
  { name: 'open formulas', format: 'latex', make: again('$a \\[ b ') },
  { name: 'comments', format: 'latex', make: again('a % b\n') },
  { name: 'open delimiters', format: 'asciidoc', make: again('----\na\n====\nb\n') },
  { name: 'open macros', format: 'asciidoc', make: again('link:a[b ') },
  { name: 'lists in lists', format: 'asciidoc', make: numbered((index) => `${'*'.repeat((index % 40) + 1)} a\n`) },
  { name: 'comment lines', format: 'python', make: again('# A comment.\nb = 1\n') },
  { name: 'open strings', format: 'python', make: again('"""a\n') },
  { name: 'open comments', format: 'javascript', make: again('/* a\n') },
  { name: 'open templates', format: 'typescript', make: again('`${ a\n') },
  { name: 'braces', format: 'rust', make: again('{ // a\n') },
  { name: 'strings in strings', format: 'kotlin', make: again('"${ // a\n') },
  { name: 'expressions in strings', format: 'powershell', make: again('"$( # a\n') },
  { name: 'open strings', format: 'yaml', make: again('a: "b # c\n') },
  { name: 'emphasis', format: 'org', make: again('*a /b ') },
  { name: 'open blocks', format: 'org', make: again('#+begin_src\n* a\n') },
  { name: 'directives', format: 'org', make: again('a.\n# nar-disable\nb.\n# nar-enable\n') },
  { name: 'content in content', format: 'typst', make: again('#a[b ') },
  { name: 'code in content', format: 'typst', make: again('#{ [a ') },
  { name: 'open elements', format: 'html', make: again('<b><code>a ') },
  { name: 'open tags', format: 'html', make: again('<a href="b ') },
  { name: 'quotations', format: 'mail', make: again('On a wrote:\n> b\n') },
  { name: 'open cells', format: 'asciidoc', make: (length) => `|===\n${again('2+|a | b\n')(length)}` },
];
