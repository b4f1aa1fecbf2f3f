import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIdentifier, protectedRanges } from '../../../src/text/protect';
import { awkwardText } from './arbitraries';

const found = (text: string, plain = false): string[] =>
  protectedRanges(text, plain).map(([start, end]) => text.slice(start, end));

describe('protected text', () => {
  it.each([
    [
      'See https://a.b/c_d?e=f(g), (http://x.y/z). And www.a.org!',
      ['https://a.b/c_d?e=f(g)', 'http://x.y/z', 'www.a.org'],
    ],
    ['Mail me@example.com, or not.', ['me@example.com']],
    [
      'Open ./a/b.ts, ../c, ~/d, /etc/hosts, src/text/ or C:\\Users\\me.',
      ['./a/b.ts', '../c', '~/d', '/etc/hosts', 'src/text/', 'C:\\Users\\me'],
    ],
    [
      'Use camelCase, PascalCase, snake_case, CONST_CASE and kebab-case.',
      ['camelCase', 'PascalCase', 'snake_case', 'CONST_CASE'],
    ],
    ['Call foo.bar(), baz(x), a::b and $x->y.', ['foo.bar()', 'baz(x)', 'a::b', '$x->y']],
    ['Set $HOME, %PATH%, ${NAME} and --dry-run=1 or -v.', ['$HOME', '%PATH%', '${NAME}', '--dry-run=1', '-v']],
    ['Ask @user or @scope/name about #123 and o/r#4.', ['@user', '@scope/name', '#123', 'o/r#4']],
    ['Versions v1.2.3, 2.0.0-beta.1, v8 and ^1.2.', ['v1.2.3', '2.0.0-beta.1', 'v8', '^1.2']],
    ['Commits a1b2c3d4 and 0xFF are hex.', ['a1b2c3d4', '0xFF']],
    ['A :tada: and :+1: at 10:30.', [':tada:']],
    ['Press Ctrl+Shift+P; set key=value.', ['Ctrl+Shift+P', 'key=value']],
    ['{{ page.title }} {% if a b %} {x.y} stay', ['{{ page.title }}', '{% if a b %}', '{x.y}']],
    ['Edit .gitignore, package-lock.json and Node.js.', ['.gitignore', 'package-lock.json', 'Node.js']],
    ['Type \\alpha or \\frac{1}{2} here.', ['\\alpha', '\\frac{1}']],
    ['It took 10ms on x86 in utf8.', ['10ms', 'x86', 'utf8']],
  ] as const)('%s', (text, expected) => {
    const ranges = found(text);
    for (const part of expected)
      expect(
        ranges.some((range) => range.includes(part)),
        `${part} in ${JSON.stringify(ranges)}`,
      ).toBe(true);
  });

  it.each([
    'Plain words, well-known words; "quoted" ones (and bracketed) — don\'t touch e.g. these, i.e. none!',
    'Two sentences without a blank.The second one. APIs, URLs and IDs in HTML.',
    'We have 3 files and 1,000 words, 50% of 12.',
    'THe and tHe are slips of a key. The 1st, 2nd and 1990s.',
    'Straße naïve café 日本語 שלום',
  ])('leaves prose alone: %s', (text) => {
    expect(found(text)).toEqual([]);
  });

  it('finds code, tags and math in plain text only where Markdown has not', () => {
    expect(found('Use `a b` and <b x="y">z</b> with $x + y$ now.', true)).toEqual([
      '`a b`',
      '<b x="y">',
      '</b>',
      '$x + y$',
    ]);
    expect(found('It is $5 or $6.', true)).toEqual(['$5', '$6']);
  });

  it('knows identifiers from words', () => {
    expect(['file.ts', 'fooBar', 'a_b', 'x86', 'std::vec', 'a/b'].every(isIdentifier)).toBe(true);
    expect(['word', 'well-known', 'done.The', 'APIs', "don't", 'e.g', 'A', '1st', ''].some(isIdentifier)).toBe(false);
  });

  it('gives sorted ranges inside of any text', () => {
    fc.assert(
      fc.property(awkwardText, fc.boolean(), (text, plain) => {
        let at = 0;
        for (const [start, end] of protectedRanges(text, plain)) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThan(start);
          at = end;
        }
        expect(at).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 1000 },
    );
  });
});
