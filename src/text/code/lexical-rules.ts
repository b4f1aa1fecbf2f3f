/**
 * Comments of languages without a grammar of tree-sitter: where strings and comments begin and end is all that has to
 * be known to tell them from code. One pass; what is not closed goes on to the end of its line or of the file.
 */
import { yamlComments } from './yaml-comments';

export interface SourceRange {
  start: number;
  end: number;
}

/** A token that begins with `open` (a regular expression's source) and is read to the end of `close`. */
interface Rule {
  kind: 'comment' | 'string';
  open: string;
  /** @param opened what `open` has matched; a regular expression's source */
  close(opened: string): string;
  /** Skipped inside: escapes. */
  skipped?: (opened: string) => string;
  /** Code inside of a string, up to the bracket that closes it. */
  embedded?: { open(opened: string): string; bracket: '{' | '(' };
  /** Opens again inside of itself. */
  nested?: boolean;
}

const lineEnd = String.raw`(?=[\r\n])`;
const escapes = (): string => String.raw`\\[^]`;
const line = (open: string): Rule => ({ kind: 'comment', open, close: () => lineEnd });
const block: Rule = { kind: 'comment', open: String.raw`/\*`, close: () => String.raw`\*/` };
const quoted = (mark: string, skipped?: Rule['skipped']): Rule => ({
  kind: 'string',
  open: mark,
  close: () => `${mark}|${lineEnd}`,
  ...(skipped === undefined ? {} : { skipped }),
});
const tripled = (mark: string, skipped?: Rule['skipped']): Rule => ({
  kind: 'string',
  open: mark.repeat(3),
  close: () => `${mark}{3,5}`,
  ...(skipped === undefined ? {} : { skipped }),
});
const hashes = (opened: string): string => '#'.repeat(opened.lastIndexOf('#') + 1);

const kotlinTemplate: Rule['embedded'] = { open: () => String.raw`\$\{`, bracket: '{' };
const kotlin: readonly Rule[] = [
  line('//'),
  { ...block, nested: true },
  { ...tripled('"'), embedded: kotlinTemplate },
  { ...quoted('"', escapes), embedded: kotlinTemplate },
  quoted("'", escapes),
  quoted('`'),
];

/** With as many hashes as the string has. */
const swiftEscapes = (opened: string): string => String.raw`\\${hashes(opened)}[^(]`;
const swiftTemplate: Rule['embedded'] = { open: (opened) => String.raw`\\${hashes(opened)}\(`, bracket: '(' };
const swift: readonly Rule[] = [
  line('//'),
  { ...block, nested: true },
  {
    kind: 'string',
    open: '#*"""',
    close: (opened) => `"""${hashes(opened)}`,
    skipped: swiftEscapes,
    embedded: swiftTemplate,
  },
  {
    kind: 'string',
    open: '#*"',
    close: (opened) => `"${hashes(opened)}|${lineEnd}`,
    skipped: swiftEscapes,
    embedded: swiftTemplate,
  },
  { kind: 'string', open: '#+/', close: (opened) => `/${hashes(opened)}` },
];

const longBracket = (opened: string): string => `\\]${'='.repeat(opened.split('=').length - 1)}\\]`;
const lua: readonly Rule[] = [
  { kind: 'comment', open: String.raw`--\[=*\[`, close: longBracket },
  line('--'),
  { kind: 'string', open: String.raw`\[=*\[`, close: longBracket },
  quoted('"', escapes),
  quoted("'", escapes),
];

const sql: readonly Rule[] = [
  line('--'),
  { ...block, nested: true },
  // A doubled mark is two strings beside each other. MySQL escapes it, standard SQL ends 'C:\' there.
  { kind: 'string', open: "'", close: () => "'", skipped: () => String.raw`\\'(?=\w)` },
  quoted('"'),
  quoted('`'),
  { kind: 'string', open: String.raw`\$\w*\$`, close: (opened) => opened.replaceAll('$', String.raw`\$`) },
];

const toml: readonly Rule[] = [line('#'), tripled('"', escapes), tripled("'"), quoted('"', escapes), quoted("'")];

/** Typographic quotation marks quote as the straight ones do. */
const [doubleMark, singleMark] = ['["“”„]', "['‘’‚‛]"];
const subexpression: Rule['embedded'] = { open: () => String.raw`\$\(`, bracket: '(' };
/** Its last line begins with the closing mark. */
const hereString = (mark: string): Rule => ({
  kind: 'string',
  open: String.raw`@${mark}[ \t]*(?=[\r\n])`,
  close: () => String.raw`[\r\n]${mark}@`,
});
const powershell: readonly Rule[] = [
  { kind: 'comment', open: '<#', close: () => '#>' },
  // Inside of a word it is a letter as any other.
  line(String.raw`(?<![^\s;(){}|,])#`),
  { ...hereString(doubleMark), embedded: subexpression },
  hereString(singleMark),
  { kind: 'string', open: doubleMark, close: () => doubleMark, skipped: () => '`[^]', embedded: subexpression },
  { kind: 'string', open: singleMark, close: () => singleMark },
  // An escaped mark opens nothing.
  { kind: 'string', open: '`[^]', close: () => '' },
];

/** What reads the comments of a language: source ranges, sorted. */
export const lexicalComments = {
  powershell: (source: string) => commentsBy(powershell, source),
  kotlin: (source: string) => commentsBy(kotlin, source),
  swift: (source: string) => commentsBy(swift, source),
  lua: (source: string) => commentsBy(lua, source),
  sql: (source: string) => commentsBy(sql, source),
  toml: (source: string) => commentsBy(toml, source),
  yaml: yamlComments,
};

/** Strings in code in strings … deeper than anybody writes. */
const mostNested = 20;

function commentsBy(rules: readonly Rule[], source: string): SourceRange[] {
  const opens = rules.map(({ open }) => `(${open})`).join('|');
  const found: SourceRange[] = [];
  /** Reads code from `from` up to the bracket that closes it; where it goes on. */
  const code = (from: number, bracket: '{' | '(' | undefined, depth: number): number => {
    const closing = bracket === '{' ? '}' : ')';
    const tokens = new RegExp(bracket === undefined ? opens : `${opens}|[${bracket}${closing}]`, 'g');
    let open = 1;
    for (let at = from; ; ) {
      tokens.lastIndex = at;
      const match = tokens.exec(source);
      if (match === null) return source.length;
      const rule = rules[match.slice(1).findIndex((text) => text !== undefined)];
      if (rule === undefined) {
        open += match[0] === bracket ? 1 : -1;
        at = match.index + 1;
        if (open === 0) return at;
        continue;
      }
      at = token(rule, match[0], match.index + match[0].length, depth);
      if (rule.kind === 'comment') found.push({ start: match.index, end: at });
    }
  };
  /** Where the token ends that `opened` has begun. @param from behind it */
  const token = (rule: Rule, opened: string, from: number, depth: number): number => {
    const { nested, embedded, skipped } = rule;
    const inner = [
      `(${rule.close(opened)})`,
      nested === true ? `(${rule.open})` : '(?!)()',
      embedded === undefined ? '(?!)()' : `(${embedded.open(opened)})`,
      ...(skipped === undefined ? [] : [skipped(opened)]),
    ].join('|');
    const parts = new RegExp(inner, 'g');
    let open = 1;
    for (let at = from; ; ) {
      parts.lastIndex = at;
      const match = parts.exec(source);
      if (match === null) return source.length;
      at = match.index + match[0].length;
      if (match[1] !== undefined) open -= 1;
      else if (match[2] !== undefined) open += 1;
      else if (match[3] !== undefined && depth < mostNested) at = code(at, embedded!.bracket, depth + 1);
      if (open === 0) return at;
    }
  };
  code(0, undefined, 0);
  return found.sort((left, right) => left.start - right.start);
}
